import type { AiPolicy, Stage } from "../../../../shared/contracts/assessment.ts";

export const AI_POLICY_NAMES: Record<(typeof AiPolicy)["shape"]["kind"]["options"][number], string> = {
  none: "No AI help",
  disclose: "AI help, disclosed",
  assistant: "AI assistants expected",
};
export const STAGE_NAMES: Record<(typeof Stage)["options"][number], string> = {
  work_sample: "Work sample",
  system_design: "System design",
  failure_story: "Failure story",
};

/** Memory and disk: drafts hold MiB. */
export const gigabytes = (mib: number | null) =>
  mib === null
    ? "not set"
    : mib % 1024 === 0 || mib > 10_240
      ? `${Math.round(mib / 102.4) / 10} GB`
      : `${mib} MB`;
