import type { Difference } from "./differences.ts";

/** What is different, one line each. */
export function DifferenceList({ items }: { items: readonly Difference[] }) {
  return (
    <ul className="flex flex-col gap-1 text-[0.933rem]" data-testid="differences">
      {items.map(({ name, words }) => (
        <li key={`${name} ${words}`} className="grid gap-x-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
          <span className="text-ink-faint [overflow-wrap:anywhere]">{name}</span>
          <span className="[overflow-wrap:anywhere]">{words}</span>
        </li>
      ))}
    </ul>
  );
}
