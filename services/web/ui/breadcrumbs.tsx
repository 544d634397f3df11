import { ChevronRight } from "lucide-react";
import { Link } from "react-aria-components";

export interface Crumb {
  label: string;
  href: string;
}

/** The way down to this page; the page itself is the heading below and is not repeated. Goes into `eyebrow`. */
export function Breadcrumbs({ items }: { items: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb">
      <ol className="flex flex-wrap items-center gap-x-1.5 gap-y-1">
        {items.map((item) => (
          <li key={item.href} className="flex min-w-0 items-center gap-1.5">
            <Link
              href={item.href}
              className="max-w-72 truncate rounded-sm data-hovered:underline data-hovered:underline-offset-3"
            >
              {item.label}
            </Link>
            <ChevronRight aria-hidden size={14} className="shrink-0 text-ink-faint" />
          </li>
        ))}
      </ol>
    </nav>
  );
}
