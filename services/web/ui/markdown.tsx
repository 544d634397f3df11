import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { classNames } from "./class-names.ts";

/** Pictures would call other sites, and no author's link may reach back into our page. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ alt }) => <span>{alt}</span>,
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="prose-table" tabIndex={0} aria-label="Table">
      <table>{children}</table>
    </section>
  ),
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
  pre: ({ children }) => <pre tabIndex={0}>{children}</pre>,
};

export interface MarkdownProps {
  text: string;
  /** Headings start at this level, so that the page keeps one outline. */
  headingLevel?: 2 | 3 | 4;
  className?: string;
}

/** Markdown by people we do not know: no HTML, no pictures, links in a new tab. */
export function Markdown({ text, headingLevel = 2, className }: MarkdownProps) {
  return (
    <div className={classNames("prose", className)}>
      <ReactMarkdown remarkPlugins={[remarkGfm]} skipHtml components={componentsFrom(headingLevel)}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

const shifted = new Map<number, Components>();

function componentsFrom(level: number): Components {
  let components = shifted.get(level);
  if (!components) {
    const heading = (depth: number) => `h${Math.min(6, depth + level - 1)}` as "h2";
    components = { ...COMPONENTS, h1: heading(1), h2: heading(2), h3: heading(3), h4: heading(4) };
    shifted.set(level, components);
  }
  return components;
}
