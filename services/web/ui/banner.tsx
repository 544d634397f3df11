import { CircleAlert, CircleCheck, Info, TriangleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";

export type Tone = "neutral" | "good" | "warn" | "danger";

const TONES: Record<Tone, { box: string; icon: string; Icon: typeof Info }> = {
  neutral: { box: "border-line bg-sunken", icon: "text-ink-soft", Icon: Info },
  good: { box: "border-accent-line bg-accent-soft", icon: "text-accent", Icon: CircleCheck },
  warn: { box: "border-warn-line bg-warn-soft", icon: "text-warn", Icon: TriangleAlert },
  danger: { box: "border-danger-line bg-danger-soft", icon: "text-danger", Icon: CircleAlert },
};

export interface BannerProps {
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons after the text. */
  actions?: ReactNode;
  onDismiss?: () => void;
  /** `status` is read out politely when it appears, `alert` at once; without it nothing is announced. */
  role?: "status" | "alert";
  /** Across the page, without rounded corners. */
  flush?: boolean;
  className?: string;
  "data-testid"?: string;
}

/** A message that belongs to what is around it. */
export function Banner({
  tone = "neutral",
  title,
  children,
  actions,
  onDismiss,
  flush,
  ...rest
}: BannerProps) {
  const { box, icon, Icon } = TONES[tone];
  return (
    <div
      role={rest.role}
      data-testid={rest["data-testid"]}
      className={classNames(
        "flex items-start gap-3 px-4 py-3 text-[0.933rem]",
        flush ? "border-b" : "rounded-lg border",
        box,
        rest.className,
      )}
    >
      <Icon aria-hidden size={18} className={classNames("mt-[0.15rem] shrink-0", icon)} />
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_16rem]">
          {title ? <p className="font-[620] text-ink">{title}</p> : null}
          {children ? <div className="text-ink-soft">{children}</div> : null}
        </div>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {onDismiss ? (
        <IconButton label="Dismiss" size="small" className="-my-1 -mr-2" onPress={onDismiss}>
          <X aria-hidden size={16} />
        </IconButton>
      ) : null}
    </div>
  );
}
