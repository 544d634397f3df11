import type { Fault, FaultKind } from "../../../../shared/contracts/weather.ts";

/** What can be said about a kind of fault, in the order it is asked. `path` leads into the fault, by dots. */
export type FaultField =
  | {
      path: string;
      label: string;
      control: "number";
      unit?: string;
      isOptional?: boolean;
      description?: string;
    }
  | { path: string; label: string; control: "text"; description?: string }
  | {
      path: string;
      label: string;
      control: "choice";
      options: readonly { value: string; label: string }[];
      description?: string;
    };

const options = (...pairs: [string, string][]) => pairs.map(([value, label]) => ({ value, label }));

const SHAPE: FaultField = {
  path: "delay.shape",
  label: "How much longer",
  control: "choice",
  options: options(
    ["lognormal", "As real services: mostly short, now and then long"],
    ["constant", "Always the same"],
    ["uniform", "Anything between two times"],
    ["normal", "Around a mean"],
  ),
};
const ms = (path: string, label: string): FaultField => ({ path, label, control: "number", unit: "ms" });
const SHAPES: Record<string, FaultField[]> = {
  lognormal: [ms("delay.p50Ms", "Half take longer than"), ms("delay.p99Ms", "One in a hundred longer than")],
  constant: [ms("delay.ms", "Longer by")],
  uniform: [ms("delay.minMs", "At least"), ms("delay.maxMs", "At most")],
  normal: [ms("delay.meanMs", "Mean"), ms("delay.deviationMs", "Standard deviation")],
};
const WRITES: FaultField = {
  path: "writes",
  label: "A write that meets it",
  control: "choice",
  options: options(["lost", "is lost"], ["happen", "happens all the same"]),
  description: "The caller cannot tell.",
};
const RETRY_AFTER: FaultField = {
  path: "retryAfterSec",
  label: "Retry-After",
  control: "number",
  unit: "s",
  description: "1 to 120.",
};

/** The fields of a fault as it stands: some depend on others. */
export function fieldsOf(fault: { kind: FaultKind } & Record<string, unknown>): FaultField[] {
  switch (fault.kind) {
    case "latency":
      return [
        SHAPE,
        ...(SHAPES[String(getAt(fault, "delay.shape"))] ?? []),
        ms("atMostMs", "Never more than"),
      ];
    case "rate_limit":
      return [RETRY_AFTER];
    case "server_error":
      return [
        {
          path: "status",
          label: "Status",
          control: "choice",
          options: options(
            ["500", "500 Internal Server Error"],
            ["502", "502 Bad Gateway"],
            ["503", "503 Service Unavailable"],
            ["504", "504 Gateway Timeout"],
          ),
        },
        { ...RETRY_AFTER, description: "Optional, 1 to 120." },
        WRITES,
      ];
    case "timeout":
      return [{ path: "afterSec", label: "Silent for", control: "number", unit: "s" }, WRITES];
    case "dropped_connection":
      return [
        {
          path: "at",
          label: "When",
          control: "choice",
          options: options(
            ["before_headers", "Before the answer"],
            ["mid_body", "In the middle of the answer"],
          ),
        },
        ...(fault.at === "before_headers" ? [WRITES] : []),
      ];
    case "malformed_json":
      return [
        {
          path: "how",
          label: "How",
          control: "choice",
          options: options(["truncated", "Cut short"], ["trailing_garbage", "Something after its end"]),
        },
      ];
    case "schema_drift":
      return [
        {
          path: "change",
          label: "What happens to the field",
          control: "choice",
          options: options(
            ["renamed", "It is renamed"],
            ["removed", "It is removed"],
            ["retyped", "It gets another type"],
            ["nulled", "It becomes null"],
          ),
        },
        {
          path: "pointer",
          label: "Which field",
          control: "text",
          description:
            "A JSON pointer, * for every item, for example /data/*/status. Empty: chosen by the seed.",
        },
        ...(fault.change === "renamed"
          ? [
              {
                path: "renameTo",
                label: "New name",
                control: "text" as const,
                description: "Empty: made from the old one.",
              },
            ]
          : []),
      ];
    case "slow_body":
      return [
        { path: "bytesPerSec", label: "Speed", control: "number", unit: "bytes/s" },
        { path: "atMostSec", label: "Through after, at most", control: "number", unit: "s" },
      ];
  }
}

/** What a kind of fault is at first. */
export const FIRST_FAULTS: { [Kind in FaultKind]: Extract<Fault, { kind: Kind }> } = {
  latency: { kind: "latency", delay: { shape: "lognormal", p50Ms: 100, p99Ms: 1500 }, atMostMs: 5000 },
  rate_limit: { kind: "rate_limit", retryAfterSec: 2 },
  server_error: { kind: "server_error", status: 503, writes: "lost" },
  timeout: { kind: "timeout", afterSec: 20, writes: "happen" },
  dropped_connection: { kind: "dropped_connection", at: "before_headers", writes: "happen" },
  malformed_json: { kind: "malformed_json", how: "truncated" },
  schema_drift: { kind: "schema_drift", change: "nulled" },
  slow_body: { kind: "slow_body", bytesPerSec: 2000, atMostSec: 20 },
};

/** What a delay of a shape is at first. */
const FIRST_DELAYS: Record<string, unknown> = {
  lognormal: { shape: "lognormal", p50Ms: 100, p99Ms: 1500 },
  constant: { shape: "constant", ms: 300 },
  uniform: { shape: "uniform", minMs: 100, maxMs: 800 },
  normal: { shape: "normal", meanMs: 300, deviationMs: 100 },
};

type Loose = Record<string, unknown>;

export function getAt(fault: Loose, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => (value as Loose | undefined)?.[name], fault);
}

/** With another value; where that changes which fields there are, those begin anew. */
export function setAt<Some extends Loose>(fault: Some, path: string, value: unknown): Some {
  if (path === "delay.shape") return { ...fault, delay: FIRST_DELAYS[String(value)] };
  if (path === "at") return { ...fault, at: value, writes: "happen" };
  if (path === "status") return { ...fault, status: Number(value) };
  const [name = "", inner] = path.split(".");
  return { ...fault, [name]: inner ? { ...(fault[name] as Loose), [inner]: value } : value };
}
