import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { UserError } from "./user-error.ts";

export const PROJECT_DIRECTORY = resolve(import.meta.dirname, "../../..");

const Secrets = z.object({
  secret: z.string().min(32),
  databasePassword: z.string().min(16),
  adminPassword: z.string(),
  reviewerPassword: z.string(),
  secondReviewerPassword: z.string(),
});
export type Secrets = z.infer<typeof Secrets>;

const Ports = z.object({
  WORKSAMPLE_API_PORT: z.coerce.number().int().min(1).max(65535).default(4000),
  WORKSAMPLE_GATEWAY_PORT: z.coerce.number().int().min(1).max(65535).default(4001),
  WORKSAMPLE_WORKER_PORT: z.coerce.number().int().min(1).max(65535).default(4002),
  WORKSAMPLE_MOCK_UPSTREAM_PORT: z.coerce.number().int().min(1).max(65535).default(4003),
});

/** One installation on this machine: where its data lies, what it is called, and its ports. */
export interface Instance {
  /** Ten hexadecimal digits that set it apart from another clone on the same machine. */
  id: string;
  home: string;
  dataDir: string;
  hostId: string;
  ports: Record<"api" | "gateway" | "worker" | "mockUpstream", number>;
  publicUrl: string;
  sandboxDomain: string;
  secrets: Secrets;
}

/** Sets containers and volumes of one home directory apart from those of every other on the machine. */
export function instanceId(home: string): string {
  return createHash("sha256").update(home).digest("hex").slice(0, 10);
}

/** Opens the instance of this checkout (or of `WORKSAMPLE_HOME`); its secrets are made at the first call. */
export async function openInstance(): Promise<Instance> {
  const home = resolve(process.env.WORKSAMPLE_HOME ?? join(PROJECT_DIRECTORY, ".worksample"));
  await mkdir(home, { recursive: true, mode: 0o700 });
  const id = instanceId(home);
  const ports = Ports.safeParse(withoutEmpty(process.env));
  if (!ports.success) {
    const issue = ports.error.issues[0]!;
    throw new UserError(`${String(issue.path[0])} must be a port from 1 to 65535.`);
  }
  const {
    WORKSAMPLE_API_PORT: api,
    WORKSAMPLE_GATEWAY_PORT: gateway,
    WORKSAMPLE_WORKER_PORT: worker,
    WORKSAMPLE_MOCK_UPSTREAM_PORT: mockUpstream,
  } = ports.data;
  return {
    id,
    home,
    dataDir: join(home, "data"),
    hostId: `${hostname().slice(0, 48)}-${id}`,
    ports: { api, gateway, worker, mockUpstream },
    publicUrl: `http://localhost:${api}`,
    sandboxDomain: `localhost:${gateway}`,
    secrets: await loadOrCreateSecrets(join(home, "secrets.json")),
  };
}

/** Environment of all processes. */
export function processEnvironment(
  instance: Instance,
  stores: { databaseUrl: string; redisUrl: string },
  workbenchImage: string,
): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    WORKSAMPLE_DATABASE_URL: stores.databaseUrl,
    WORKSAMPLE_REDIS_URL: stores.redisUrl,
    WORKSAMPLE_SECRET: instance.secrets.secret,
    WORKSAMPLE_DATA_DIR: instance.dataDir,
    WORKSAMPLE_PUBLIC_URL: process.env.WORKSAMPLE_PUBLIC_URL ?? instance.publicUrl,
    WORKSAMPLE_SANDBOX_DOMAIN: process.env.WORKSAMPLE_SANDBOX_DOMAIN ?? instance.sandboxDomain,
    WORKSAMPLE_API_PORT: String(instance.ports.api),
    WORKSAMPLE_GATEWAY_PORT: String(instance.ports.gateway),
    WORKSAMPLE_WORKER_PORT: String(instance.ports.worker),
    WORKSAMPLE_MOCK_UPSTREAM_PORT: String(instance.ports.mockUpstream),
    WORKSAMPLE_HOST_ID: instance.hostId,
    WORKSAMPLE_WORKBENCH_IMAGE: workbenchImage,
    WORKSAMPLE_WEB_DIR: join(PROJECT_DIRECTORY, "services/web/dist"),
  };
}

async function loadOrCreateSecrets(file: string): Promise<Secrets> {
  const text = await readFile(file, "utf8").catch(() => null);
  if (text !== null) {
    const parsed = Secrets.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    throw new UserError(
      `${file} is damaged: restore it from a backup, or run \`npm run reset\` to begin anew.`,
    );
  }
  const secrets: Secrets = {
    secret: randomBytes(32).toString("base64url"),
    databasePassword: randomBytes(18).toString("base64url"),
    adminPassword: password(),
    reviewerPassword: password(),
    secondReviewerPassword: password(),
  };
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  return secrets;
}

/** 80 bits in groups that can be read out. */
function password(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789ABCDE";
  const picked = [...randomBytes(16)].map((byte) => letters[byte % letters.length]);
  return [0, 4, 8, 12].map((start) => picked.slice(start, start + 4).join("")).join("-");
}

function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
}
