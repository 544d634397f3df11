import { hostname } from "node:os";
import { z } from "zod";

const Port = z.coerce.number().int().min(0).max(65535);
const Seconds = z.coerce.number().int().min(1);
/** Without the slash at the end. */
const RegistryUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .refine((url) => !/[?#]/.test(url), "must have neither query nor fragment")
  .transform((url) => url.replace(/\/+$/, ""));

/** Every setting of the three processes; units are in the names. Read from `WORKSAMPLE_<NAME>` in upper snake case. */
const Settings = z.object({
  databaseUrl: z.string().min(1),
  /** Valkey or Redis. */
  redisUrl: z.string().min(1),
  /** Signs links, cookies and tickets; the same for every process. */
  secret: z.string().min(32, "needs at least 32 characters"),
  /** Blobs, keys, sandbox directories and caches of this host. Absolute. */
  dataDir: z.string().startsWith("/", "must be an absolute path"),
  /** Where people reach the api, without a trailing slash, for example `http://localhost:4000`. */
  publicUrl: z.url().transform((url) => url.replace(/\/$/, "")),
  /** `host[:port]` under which each sandbox has an origin of its own, for example `localhost:4001`. */
  sandboxDomain: z
    .string()
    .regex(/^[a-z0-9.-]+(:\d+)?$/, "must look like sandbox.example.com or localhost:4001"),
  sandboxScheme: z.enum(["http", "https"]).default("http"),
  listenHost: z.string().default("127.0.0.1"),
  apiPort: Port.default(4000),
  gatewayPort: Port.default(4001),
  /** Health and metrics of the worker. */
  workerPort: Port.default(4002),
  /** Names this sandbox host; worker and gateway of one host share it. */
  hostId: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .default(hostname().slice(0, 64)),
  dockerSocket: z.string().default("/var/run/docker.sock"),
  /** OCI runtime of the sandboxes. */
  sandboxRuntime: z.string().default("runc"),
  workbenchImage: z.string().default("worksample/workbench:dev"),
  /** Further images that assessments may choose: `name=reference`, comma-separated. `workbench` is always there. */
  images: z.string().default("").transform(parseImages),
  /** How many sandboxes this host runs at once. */
  maxSandboxes: z.coerce.number().int().min(1).max(1000).default(20),
  /** How long a workspace may take to answer before provisioning is given up. */
  provisionTimeoutSec: Seconds.default(90),
  /** Mail leaves by this server, for example `smtp://user:password@mail.example.com:587`; empty: no mail is sent. */
  smtpUrl: z
    .string()
    .regex(/^(smtps?:\/\/\S+)?$/, "must look like smtp://user:password@mail.example.com:587")
    .default(""),
  /** The sender, for example `Example hiring <hiring@example.com>`. Needed where smtpUrl is set. */
  mailFrom: z
    .string()
    .regex(/^([^\p{Cc}]*<)?[^\s<>@]+@[^\s<>@]+>?$|^$/u, "must look like Example hiring <hiring@example.com>")
    .default(""),
  /** Where npm packages come from. User and password in it are sent along; a password alone is a bearer token. */
  npmRegistry: RegistryUrl.default("https://registry.npmjs.org"),
  /** The same for Python packages: an index as PEP 503 or PEP 691 describes it. */
  pypiIndex: RegistryUrl.default("https://pypi.org/simple"),
  /**
   * Hosts that the registries may send to besides themselves, `host` or `host:port`, comma-separated. These may have
   * private addresses; others may not.
   */
  packageFileHosts: z.string().default("").transform(parseHosts),
  /** How much of packages is kept on this host. */
  packageCacheMib: z.coerce.number().int().min(64).default(10_240),
  /** The HTTP proxy by which the gateway reaches the world, for example `http://proxy.example.com:3128`. */
  outboundProxy: z
    .string()
    .regex(/^(https?:\/\/[^\s/]+\/?)?$/, "must look like http://proxy.example.com:3128")
    .default(""),
  /** Pages are served from here; empty serves none. */
  webDir: z.string().default(""),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Proxies in front of the api whose X-Forwarded-* headers are believed; addresses or CIDRs, comma-separated. */
  trustedProxies: z
    .string()
    .default("")
    .transform((list) =>
      list
        .split(",")
        .map((item) => item.trim())
        .filter(Boolean),
    ),
});

export type Config = z.infer<typeof Settings>;

/** The image that assessments have unless they name another. */
export const DEFAULT_IMAGE = "workbench";
const IMAGE_NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;
/** Registry, path, tag and digest, as Docker takes them; strict enough that a slip is noticed at start. */
const IMAGE_REFERENCE = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}(@sha256:[0-9a-f]{64})?$/;

function parseImages(list: string, issues: z.RefinementCtx): Record<string, string> {
  const images: Record<string, string> = {};
  const refuse = (message: string) => issues.addIssue({ code: "custom", message });
  for (const item of list.split(",").map((text) => text.trim())) {
    if (item === "") continue;
    const [name = "", reference = ""] = item.split(/=(.*)/s);
    if (!IMAGE_NAME.test(name))
      refuse(`"${item}" must begin with a name of a-z, 0-9 and - and an equals sign`);
    else if (!IMAGE_REFERENCE.test(reference)) refuse(`"${item}" does not give the reference of an image`);
    else if (name === DEFAULT_IMAGE) refuse("workbench is set by WORKSAMPLE_WORKBENCH_IMAGE");
    else if (Object.hasOwn(images, name)) refuse(`"${name}" is there twice`);
    else images[name] = reference;
  }
  return images;
}

function parseHosts(list: string, issues: z.RefinementCtx): string[] {
  const hosts = list
    .split(",")
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean);
  for (const host of hosts)
    if (!/^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/.test(host))
      issues.addIssue({
        code: "custom",
        message: `"${host}" must look like files.example.com or 10.0.0.5:8080`,
      });
  return hosts;
}

type ImageSettings = Pick<Config, "workbenchImage" | "images">;

/** Names that assessments may use, the default first. */
export function imageNames(config: Pick<Config, "images">): string[] {
  return [DEFAULT_IMAGE, ...Object.keys(config.images)];
}

/** What Docker calls the image of that name. @throws UnknownImageError */
export function imageReference(config: ImageSettings, name: string): string {
  if (name === DEFAULT_IMAGE) return config.workbenchImage;
  if (!Object.hasOwn(config.images, name)) throw new UnknownImageError(name);
  return config.images[name]!;
}

export class UnknownImageError extends Error {
  constructor(name: string) {
    super(`no image is called "${name}" on this host; see WORKSAMPLE_IMAGES`);
    this.name = "UnknownImageError";
  }
}

export function environmentName(setting: string): string {
  return `WORKSAMPLE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/** Parses the environment. @throws Error with one line for each setting that is missing or wrong. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const raw = Object.fromEntries(
    Object.keys(Settings.shape).map((name) => [name, environment[environmentName(name)] || undefined]),
  );
  const parsed = Settings.safeParse(raw);
  if (parsed.success) return requireSender(parsed.data);
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `${environmentName(name)}: ${raw[name] === undefined ? "is not set" : issue.message}`;
  });
  throw new Error(`The configuration is not valid:\n${lines.join("\n")}`);
}

function requireSender(config: Config): Config {
  if (config.smtpUrl !== "" && config.mailFrom === "")
    throw new Error(
      `The configuration is not valid:\n${environmentName("mailFrom")}: is not set, and mail needs a sender`,
    );
  return config;
}

/** Address of a sandbox origin, for example `http://<label>.localhost:4001`. */
export function sandboxOrigin(
  config: Pick<Config, "sandboxDomain" | "sandboxScheme">,
  label: string,
): string {
  return `${config.sandboxScheme}://${label}.${config.sandboxDomain}`;
}
