import { type Logger, pino } from "pino";

export type Log = Logger;

/** Structured log on standard output. Secrets and payloads are never passed to it; the list below is a second net. */
export function createLog(
  process: "api" | "worker" | "gateway" | "tools" | "mock-upstream",
  level: string,
): Log {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        "*.authorization",
        "*.cookie",
        "*.password",
        "*.token",
        "*.secret",
        "headers",
        "body",
        "req.headers",
        "res.headers",
      ],
      censor: "[redacted]",
    },
  });
}
