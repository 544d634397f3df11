import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATEGORIES, LANGUAGES, type Language } from "./tables.ts";

export interface Article {
  readonly article_id: string;
  readonly slug: string;
  readonly title: string;
  readonly body_markdown: string;
  readonly category: string;
  readonly language: Language;
  readonly status: "published" | "draft" | "archived";
  readonly updated_at: string;
  /** The English slug a translation belongs to. */
  readonly topic: string;
}

/**
 * Reads `knowledge-base/<language>*.md`. An article starts with
 * `=== slug | title | category | status | date` and, when it is a translation, `| topic=<english slug>`.
 */
export function loadArticles(directory = join(import.meta.dirname, "knowledge-base")): Article[] {
  const articles: Article[] = [];
  for (const file of readdirSync(directory).sort()) {
    const language = file.slice(0, 2) as Language;
    if (!LANGUAGES.includes(language)) throw new RangeError(`unknown language of ${file}`);
    for (const block of readFileSync(join(directory, file), "utf8").split(/^=== /m).slice(1)) {
      articles.push(readArticle(block, language, articles.length + 1));
    }
  }
  return articles;
}

function readArticle(block: string, language: Language, number: number): Article {
  const end = block.indexOf("\n");
  const [slug, title, category, status, date, topic] = block
    .slice(0, end)
    .split("|")
    .map((part) => part.trim());
  if (!slug || !title || !date || !(CATEGORIES as readonly string[]).includes(category!))
    throw new SyntaxError(`cannot read the article ${slug}`);
  return {
    article_id: `kb_${String(number).padStart(4, "0")}`,
    slug,
    title,
    body_markdown: `# ${title}\n\n${block.slice(end + 1).trim()}\n`,
    category: category!,
    language,
    status: status as Article["status"],
    updated_at: `${date}T${String(8 + (number % 10)).padStart(2, "0")}:${String((number * 7) % 60).padStart(2, "0")}:00Z`,
    topic: topic?.replace("topic=", "") ?? slug,
  };
}

/** Translations last edited before this day state rules that have changed. */
const CURRENT_SINCE = "2024-12-01";

/** The published and current article on a topic in the reader's language, or else in English. */
export function articleFor(
  articles: readonly Article[],
  topic: string,
  language: Language,
): Article | undefined {
  const published = articles.filter(
    (article) =>
      article.topic === topic && article.status === "published" && article.updated_at >= CURRENT_SINCE,
  );
  return (
    published.find((article) => article.language === language) ??
    published.find((article) => article.language === "en")
  );
}
