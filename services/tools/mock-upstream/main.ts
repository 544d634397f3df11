/** Serves made-up answers for demonstrations, on WORKSAMPLE_MOCK_UPSTREAM_PORT. */
import { z } from "zod";
import { createLog } from "../../shared/observability/log.ts";
import { startMockUpstream } from "./mock-upstream.ts";

const Settings = z.object({
  WORKSAMPLE_MOCK_UPSTREAM_PORT: z.coerce.number().int().min(1).max(65535).default(4003),
  WORKSAMPLE_LISTEN_HOST: z.string().default("127.0.0.1"),
});

// Nothing of it has to be brought to an end.
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(0));

const log = createLog("mock-upstream", "info");
const { WORKSAMPLE_MOCK_UPSTREAM_PORT: port, WORKSAMPLE_LISTEN_HOST: host } = Settings.parse(process.env);
const upstream = await startMockUpstream({ port, host });
log.info({ port: upstream.port }, "mock upstream ready: its answers are made up");
