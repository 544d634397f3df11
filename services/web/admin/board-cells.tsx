import { Accessibility, RotateCcw, TriangleAlert } from "lucide-react";
import type { BoardItem } from "../../shared/contracts/admin.ts";
import { Badge } from "../ui/badge.tsx";
import { Countdown } from "../ui/countdown.tsx";
import { Meter } from "../ui/meter.tsx";
import { agoWords, durationWords, formatBytes, formatInstant, plural } from "../ui/time-words.ts";
import { standingOf, troublesOf } from "./board-standing.ts";

interface CellProps {
  item: BoardItem;
  nowMs: number;
}

export function CandidateCell({ item }: { item: BoardItem }) {
  return (
    <>
      <span className="flex items-center gap-1.5 leading-snug font-[620]">
        <span className="truncate">{item.candidateName}</span>
        {item.extraTimeFactor > 1 ? (
          <span title={`${item.extraTimeFactor} × the time. Reviewers are not told.`} className="shrink-0">
            <Accessibility aria-hidden size={14} className="text-accent" />
            <span className="sr-only">, {item.extraTimeFactor} times the time</span>
          </span>
        ) : null}
      </span>
      <span className="block truncate text-[0.84rem] text-ink-soft" title={item.candidateEmail}>
        {item.candidateEmail}
      </span>
      <span className="block truncate text-[0.84rem] text-ink-faint" title={item.assessmentTitle}>
        {item.assessmentTitle}, version {item.assessmentVersion}
      </span>
    </>
  );
}

export function StandingCell({ item, nowMs, offsetMs }: CellProps & { offsetMs: number }) {
  const { label, tone, isLive } = standingOf(item, nowMs);
  const { attempt } = item;
  return (
    <div
      className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5"
      data-testid={`standing-${item.invitationId}`}
    >
      <Badge tone={tone} dot={isLive}>
        {label}
      </Badge>
      {attempt?.state === "running" && attempt.deadlineAt ? (
        <Countdown
          deadlineAt={attempt.deadlineAt}
          stoppedAt={attempt.pausedAt}
          offsetMs={offsetMs}
          urgentSec={300}
          className="text-[1rem]"
        />
      ) : null}
      <StandingDetail item={item} />
    </div>
  );
}

const END_WORDS = {
  candidate: "by the candidate",
  deadline: "at the deadline",
  admin: "by an admin",
} as const;

function StandingDetail({ item }: { item: BoardItem }) {
  const { attempt } = item;
  const words: string[] = [];
  if (attempt?.state === "submitted" && attempt.endedAt) {
    const how =
      attempt.endReason && attempt.endReason in END_WORDS ? END_WORDS[attempt.endReason as "candidate"] : "";
    words.push(`${formatInstant(attempt.endedAt)}${how ? `, ${how}` : ""}`);
  } else if (attempt?.state === "ended" && attempt.endedAt) words.push(formatInstant(attempt.endedAt));
  else if (item.status === "not_yet_valid") words.push(`opens ${formatInstant(item.validFrom)}`);
  else if (item.status === "open") words.push(`link until ${formatInstant(item.expiresAt)}`);
  else if (item.status === "expired") words.push(formatInstant(item.expiresAt));
  if (attempt && attempt.faultCount > 0)
    words.push(`${attempt.faultCount} ${plural(attempt.faultCount, "fault")} met`);
  if (attempt && attempt.unreadMessages > 0 && attempt.state === "running")
    words.push("message not read yet");
  if (!attempt && item.email?.state === "sent") words.push(`e-mail sent ${formatInstant(item.email.at)}`);
  if (!attempt && item.email?.state === "waiting") words.push("e-mail on its way");
  if (attempt && attempt.creditedSec > 0) words.push(`${durationWords(attempt.creditedSec)} added`);
  if (words.length === 0) return null;
  return <span className="basis-full text-[0.84rem] text-ink-faint">{words.join(" · ")}</span>;
}

export function Troubles({ item, nowMs }: CellProps) {
  const troubles = troublesOf(item, nowMs);
  if (troubles.length === 0) return null;
  return (
    <ul className="mt-1.5 flex max-w-72 flex-col gap-0.5" data-testid={`troubles-${item.invitationId}`}>
      {troubles.map((trouble) => (
        <li key={trouble} className="flex items-start gap-1.5 text-[0.84rem] leading-snug text-danger">
          <TriangleAlert aria-hidden size={13} className="mt-[0.2rem] shrink-0" />
          {trouble}
        </li>
      ))}
    </ul>
  );
}

export function LastSaved({ item, nowMs }: CellProps) {
  const { attempt } = item;
  if (!attempt?.lastSavedAt || attempt.state !== "running") return <span className="text-ink-faint">–</span>;
  return (
    <time dateTime={attempt.lastSavedAt} title={formatInstant(attempt.lastSavedAt, true)}>
      {agoWords(nowMs - Date.parse(attempt.lastSavedAt))}
    </time>
  );
}

/** How the sandbox fares: three small meters, the editor, and how often it had to be replaced. */
export function WorkspaceCell({ item, nowMs }: CellProps) {
  const { attempt } = item;
  if (attempt?.state !== "running") return <span className="text-ink-faint max-lg:hidden">–</span>;
  const { health, epoch } = attempt;
  if (!health) return <span className="text-[0.84rem] text-ink-faint">no report yet</span>;
  const age = nowMs - Date.parse(health.at);
  return (
    <div className="grid gap-y-1" title={`Reported ${agoWords(age)}`}>
      <span className="flex gap-3">
        <Meter
          label="Mem"
          name="Memory"
          share={health.memoryBytes / health.memoryLimitBytes}
          words={`${formatBytes(health.memoryBytes)} of ${formatBytes(health.memoryLimitBytes)}`}
        />
        <Meter
          label="Disk"
          name="Disk"
          share={health.diskUsedBytes / health.diskLimitBytes}
          words={`${formatBytes(health.diskUsedBytes)} of ${formatBytes(health.diskLimitBytes)}`}
        />
        <Meter
          label="CPU"
          name="Processor"
          share={health.cpuPercent / 100}
          words={`${Math.round(health.cpuPercent)} %`}
        />
      </span>
      <span className="inline-flex items-center gap-2.5 text-[0.75rem] text-ink-faint">
        <span className={health.ideAnswers ? "" : "text-danger"}>
          {health.ideAnswers ? "Editor answers" : "Editor silent"}
        </span>
        {epoch > 1 ? <Restarts count={epoch - 1} /> : null}
      </span>
    </div>
  );
}

function Restarts({ count }: { count: number }) {
  return (
    <span
      className="inline-flex items-center gap-1 text-warn"
      title="The workspace was replaced and restored from its last save."
    >
      <RotateCcw aria-hidden size={11} />
      restored {count === 1 ? "once" : `${count} times`}
    </span>
  );
}
