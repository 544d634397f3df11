import { type Config, sandboxOrigin } from "../../shared/config/config.ts";
import { parseScratchLabel } from "../../shared/domain/mock-api-key.ts";
import { parseOriginLabel, type WorkspaceAccess } from "../../shared/domain/workspace-access.ts";
import { parseAuthority } from "../http/authority.ts";

/** One origin of the sandbox domain: the IDE of an attempt, or one port of the candidate's own app. */
export interface SandboxOrigin extends Pick<WorkspaceAccess, "attemptId" | "target"> {
  /** As a browser writes it, for example `http://3000-<attemptId>.localhost:4001`. */
  origin: string;
  /** The Host header that goes with it. */
  host: string;
}

type DomainConfig = Pick<Config, "sandboxDomain" | "sandboxScheme">;

/**
 * What a hostname is to us: one of the sandbox origins, a scratch instance of a mock API, a name of the sandbox
 * domain that is neither, or our own.
 */
export type HostKind =
  | { kind: "sandbox"; origin: SandboxOrigin }
  | { kind: "scratch"; scratchId: string }
  | { kind: "unknown" }
  | { kind: "platform" };

/** @param hostname as {@link parseAuthority} gives it. The port is not compared: a proxy in front may have another. */
export function classifyHost(config: DomainConfig, hostname: string): HostKind {
  const domain = parseAuthority(config.sandboxDomain);
  if (!hostname.endsWith(`.${domain}`)) return { kind: "platform" };
  const label = hostname.slice(0, -(domain!.length + 1));
  const scratchId = parseScratchLabel(label);
  if (scratchId !== null) return { kind: "scratch", scratchId };
  const place = parseOriginLabel(label);
  if (!place) return { kind: "unknown" };
  return {
    kind: "sandbox",
    origin: { ...place, origin: sandboxOrigin(config, label), host: `${label}.${config.sandboxDomain}` },
  };
}
