import { Circle, CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import type { CheckState, SystemCheck } from "./system-check.ts";

const SHOWN: Record<CheckState, { Icon: typeof Circle; className: string; word: string }> = {
  good: { Icon: CircleCheck, className: "text-accent", word: "Fine" },
  warn: { Icon: TriangleAlert, className: "text-warn", word: "Please look" },
  bad: { Icon: CircleAlert, className: "text-danger", word: "Problem" },
  open: { Icon: Circle, className: "text-ink-faint", word: "Not checked" },
};

export function SystemCheckList({ checks }: { checks: readonly SystemCheck[] }) {
  return (
    <ul className="flex flex-col gap-2.5" data-testid="system-check">
      {checks.map(({ id, label, state, detail }) => {
        const { Icon, className, word } = SHOWN[state];
        return (
          <li key={id} className="flex gap-3" data-state={state}>
            <Icon aria-hidden size={18} className={`mt-[0.2rem] shrink-0 ${className}`} />
            <p>
              <span className="sr-only">{word}: </span>
              <span className="font-medium text-ink">{label}.</span> {detail}
            </p>
          </li>
        );
      })}
    </ul>
  );
}
