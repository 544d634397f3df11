import { CloudLightning, Plug, Table2, Upload } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";

/** Nothing there yet: what a mock API is for, and what will happen. */
export function FirstMockApi({ onAdd }: { onAdd: () => void }) {
  return (
    <Card data-testid="mock-apis-empty" className="py-10 sm:px-10">
      <div className="mx-auto max-w-3xl">
        <Plug aria-hidden size={30} className="text-ink-faint" />
        <h2 className="mt-3 text-[1.3rem] font-[640]">Let candidates build on your own API</h2>
        <p className="mt-2 max-w-prose text-ink-soft">
          Nobody has to write a line of it. Every candidate gets an instance of their own inside the
          workspace, and nothing they do there reaches your systems.
        </p>
        <ol className="mt-7 grid gap-6 sm:grid-cols-3">
          <Station icon={<Upload aria-hidden size={19} />} title="Upload the description">
            OpenAPI 3.0 or 3.1, as YAML, JSON, or a zip of several files. Mistakes are shown with their line.
          </Station>
          <Station icon={<Table2 aria-hidden size={19} />} title="Put data behind it">
            Lists, filters, pages and writes work on one of your datasets. The rest is answered from examples
            and schemas.
          </Station>
          <Station icon={<CloudLightning aria-hidden size={19} />} title="Choose the weather">
            Slow answers, rate limits, errors, dropped connections: the same for every candidate.
          </Station>
        </ol>
        <Button variant="primary" onPress={onAdd} className="mt-8">
          Make the first mock API
        </Button>
      </div>
    </Card>
  );
}

function Station({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) {
  return (
    <li>
      <span className="grid size-9 place-items-center rounded-lg bg-accent-soft text-accent">{icon}</span>
      <p className="mt-2.5 font-[620]">{title}</p>
      <p className="mt-0.5 text-[0.9rem] text-ink-soft">{children}</p>
    </li>
  );
}
