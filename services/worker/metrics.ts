import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  registry: Registry;
  jobSeconds: Histogram<"job" | "outcome">;
  provisionSeconds: Histogram<"outcome">;
  deadlineLagSeconds: Histogram;
  sealSeconds: Histogram;
  snapshotSeconds: Histogram;
  lostSandboxes: Counter;
  readySandboxes: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const name = (suffix: string) => `worksample_worker_${suffix}`;
  return {
    registry,
    jobSeconds: new Histogram({
      name: name("job_seconds"),
      help: "Time a job took",
      labelNames: ["job", "outcome"],
      registers,
      buckets: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300],
    }),
    provisionSeconds: new Histogram({
      name: name("provision_seconds"),
      help: "From taking the job to an IDE that answers",
      labelNames: ["outcome"],
      registers,
      buckets: [0.5, 1, 2, 4, 8, 16, 32, 64],
    }),
    deadlineLagSeconds: new Histogram({
      name: name("deadline_lag_seconds"),
      help: "From the deadline to frozen",
      registers,
      buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    }),
    sealSeconds: new Histogram({
      name: name("seal_seconds"),
      help: "From frozen to sealed",
      registers,
      buckets: [0.1, 0.5, 1, 2, 5, 15, 60],
    }),
    snapshotSeconds: new Histogram({
      name: name("snapshot_seconds"),
      help: "Time a snapshot took",
      registers,
      buckets: [0.01, 0.05, 0.1, 0.5, 1, 5],
    }),
    lostSandboxes: new Counter({
      name: name("lost_sandboxes_total"),
      help: "Sandboxes that stopped by themselves",
      registers,
    }),
    readySandboxes: new Gauge({
      name: name("ready_sandboxes"),
      help: "Sandboxes in use on this host",
      registers,
    }),
  };
}
