import { CircleAlert, CircleCheck, FileText, Pause, Play, RotateCcw, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "./button.tsx";
import { ProgressBar } from "./progress-bar.tsx";
import { formatBytes } from "./time-words.ts";
import { leftWords, secondsLeft } from "./transfer-rate.ts";

/** `interrupted`: begun on an earlier visit; the same file has to be chosen again to go on. */
export type UploadPhase =
  | "waiting"
  | "sending"
  | "paused"
  | "reconnecting"
  | "interrupted"
  | "stored"
  | "failed";

export interface UploadRowProps {
  fileName: string;
  /** Size of the whole file. */
  bytes: number;
  sent: number;
  phase: UploadPhase;
  /** Bytes per second, when known. */
  rate?: number | null;
  /** Why it failed and what to do, for `failed`. */
  failure?: ReactNode;
  onPause?: () => void;
  /** Goes on after a pause or tries again after a failure. */
  onResume?: () => void;
  /** Takes the file away, sent or not. */
  onCancel?: () => void;
  children?: ReactNode;
}

const MARKS: Record<UploadPhase, ReactNode> = {
  waiting: <FileText aria-hidden size={18} className="text-ink-faint" />,
  sending: <FileText aria-hidden size={18} className="text-accent" />,
  paused: <Pause aria-hidden size={18} className="text-warn" />,
  reconnecting: <RotateCcw aria-hidden size={18} className="text-warn" />,
  interrupted: <Pause aria-hidden size={18} className="text-warn" />,
  stored: <CircleCheck aria-hidden size={18} className="text-accent" />,
  failed: <CircleAlert aria-hidden size={18} className="text-danger" />,
};

/** One file on its way: how far, how fast, how long still, and what can be done about it. */
export function UploadRow(props: UploadRowProps) {
  const { fileName, bytes, sent, phase } = props;
  return (
    <li className="flex items-start gap-3 px-4 py-3" data-testid="upload-row" data-phase={phase}>
      <span className="mt-0.5 shrink-0">{MARKS[phase]}</span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{fileName}</span>
          <span className="text-[0.867rem] text-ink-soft tabular-nums">{wordsOf(props)}</span>
        </p>
        {phase === "stored" || (phase === "failed" && sent === 0) ? null : (
          <ProgressBar
            label={`Upload of ${fileName}`}
            hidesLabel
            share={bytes === 0 ? 0 : sent / bytes}
            words={wordsOf(props)}
            tone={
              phase === "failed" ? "danger" : phase === "sending" || phase === "waiting" ? "good" : "warn"
            }
            className="mt-1.5"
          />
        )}
        {phase === "failed" && props.failure ? (
          <div role="alert" className="mt-1.5 text-[0.9rem] text-danger">
            {props.failure}
          </div>
        ) : null}
        {props.children}
      </div>
      <UploadActions {...props} />
    </li>
  );
}

function UploadActions({ fileName, phase, onPause, onResume, onCancel }: UploadRowProps) {
  const canPause = phase === "sending" || phase === "reconnecting";
  const canResume = phase === "paused" || phase === "failed";
  return (
    <div className="-mt-1 flex shrink-0">
      {canPause && onPause ? (
        <IconButton label={`Pause ${fileName}`} size="small" onPress={onPause}>
          <Pause aria-hidden size={16} />
        </IconButton>
      ) : null}
      {canResume && onResume ? (
        <IconButton
          label={phase === "failed" ? `Try ${fileName} again` : `Resume ${fileName}`}
          size="small"
          onPress={onResume}
        >
          {phase === "failed" ? <RotateCcw aria-hidden size={16} /> : <Play aria-hidden size={16} />}
        </IconButton>
      ) : null}
      {onCancel ? (
        <IconButton
          label={phase === "stored" ? `Remove ${fileName}` : `Cancel ${fileName}`}
          size="small"
          onPress={onCancel}
        >
          <X aria-hidden size={16} />
        </IconButton>
      ) : null}
    </div>
  );
}

function wordsOf({ phase, bytes, sent, rate }: UploadRowProps): string {
  const progress = `${formatBytes(sent)} of ${formatBytes(bytes)}`;
  if (phase === "stored") return `${formatBytes(bytes)} · uploaded`;
  if (phase === "waiting") return `${formatBytes(bytes)} · waiting`;
  if (phase === "paused") return `${progress} · paused`;
  if (phase === "interrupted") return `${progress} · interrupted`;
  if (phase === "reconnecting") return `${progress} · connection lost, trying again`;
  if (phase === "failed") return sent === 0 ? formatBytes(bytes) : `${progress} · failed`;
  const speed = rate === null || rate === undefined ? "" : `${formatBytes(rate)}/s`;
  return [progress, speed, leftWords(secondsLeft(bytes, sent, rate ?? null))].filter(Boolean).join(" · ");
}
