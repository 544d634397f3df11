import { z } from "zod";
import { RoleType, Sha256 } from "./common.ts";
import { SpecModels } from "./models.ts";
import { SpecPackages } from "./packages.ts";
import { Rubric } from "./rubric.ts";

export const Stage = z.enum(["work_sample", "system_design", "failure_story"]);

/** How a candidate may use AI help during an attempt. */
export const AiPolicy = z.object({
  kind: z.enum(["none", "disclose", "assistant"]),
  /** Shown to candidates word for word. */
  statement: z.string().min(1).max(4000),
});

export const SandboxLimits = z.object({
  cpus: z.number().min(0.25).max(64),
  memoryMib: z.int().min(256).max(262_144),
  /** Size of the workspace volume; also the largest file an archive keeps. */
  diskMib: z.int().min(64).max(1_048_576),
  pids: z.int().min(64).max(32_768),
});
export type SandboxLimits = z.infer<typeof SandboxLimits>;

/** Everything an assessment version fixes. Immutable once published. */
export const AssessmentSpec = z.object({
  title: z.string().min(1).max(200),
  company: z.object({ name: z.string().min(1).max(120), about: z.string().max(4000) }),
  role: z.object({ title: z.string().min(1).max(120), type: RoleType }),
  stages: z.array(Stage).min(1),
  /** Markdown; readable only once the attempt runs. */
  brief: z.string().min(1).max(100_000),
  /** Markdown list for the lobby: what the candidate will do, without giving the task away. */
  expectations: z.string().max(20_000),
  /** Each is a sentence for the lobby: what is recorded, who sees it, how long it is kept. */
  disclosures: z.array(z.string().min(1).max(500)).min(1),
  aiPolicy: AiPolicy,
  limitSec: z
    .int()
    .min(30)
    .max(7 * 24 * 3600),
  practiceLimitSec: z
    .int()
    .min(60)
    .max(24 * 3600),
  snapshotIntervalSec: z.int().min(5).max(3600),
  image: z.string().min(1).max(100),
  limits: SandboxLimits,
  /** Tree digest of the files a scored workspace starts with. */
  starterTreeSha256: Sha256,
  /** Tree digest of the files a practice workspace starts with. */
  practiceTreeSha256: Sha256,
  rubric: Rubric,
  // Versions from before there were any have neither.
  packages: SpecPackages.default({ kind: "none" }),
  models: SpecModels.default({ kind: "none" }),
});
export type AssessmentSpec = z.infer<typeof AssessmentSpec>;
