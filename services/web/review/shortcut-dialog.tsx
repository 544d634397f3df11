import { Fragment } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { SHORTCUT_HELP } from "./shortcuts.ts";

export function ShortcutDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      size="medium"
      data-testid="shortcut-help"
    >
      <p>They rest while you type.</p>
      <div className="mt-4 grid gap-x-10 gap-y-5 sm:grid-cols-2">
        {SHORTCUT_HELP.map((group) => (
          <section key={group.title}>
            <h3 className="mb-2 text-[0.867rem] font-[620] text-ink">{group.title}</h3>
            <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-2 text-[0.9rem]">
              {group.rows.map(([keys, what]) => (
                <Fragment key={what}>
                  <dt className="flex gap-1">
                    {keys.map((key) => (
                      <kbd
                        key={key}
                        className="min-w-6 rounded-md border border-line-strong/70 bg-sunken px-1.5 text-center font-mono text-[0.8rem] text-ink"
                      >
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
