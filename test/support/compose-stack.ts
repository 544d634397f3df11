import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { execa } from "execa";
import { ensureImages } from "../../services/tools/images/ensure-images.ts";
import { type ComposeCommand, findCompose } from "../../services/tools/instance/compose.ts";
import { LABELS } from "../../services/worker/engine/container-options.ts";

const PROJECT = join(import.meta.dirname, "../..");
const HEALTHY_WITHIN_MS = 90_000;

/** docker-compose.yml under a name, ports and a data directory of its own, beside whatever else runs here. */
export interface ComposeStack {
  docker: Docker;
  project: string;
  hostId: string;
  dataDir: string;
  publicUrl: string;
  gatewayPort: number;
  /** Runs Compose. @returns what it printed. @throws with its output when it fails */
  compose(...args: string[]): Promise<string>;
  /** Runs Compose with further settings. */
  composeWith(settings: Record<string, string>, ...args: string[]): Promise<string>;
  /** Waits until Docker calls the services healthy. @throws with the log of the one that is not */
  healthy(...services: string[]): Promise<void>;
  inspect(service: string): Promise<Docker.ContainerInspectInfo>;
  /** Containers of Compose and of sandboxes, in any state. */
  containers(): Promise<string[]>;
  sandboxes(): Promise<Docker.ContainerInfo[]>;
  /** What is mounted below the data directory, as this machine sees it. */
  mounts(): Promise<string[]>;
  /** Removes everything, whatever state it is in. */
  destroy(): Promise<void>;
}

export async function createComposeStack(): Promise<ComposeStack> {
  const command = await findCompose();
  if (!command) throw new Error("Docker Compose is missing: `npm test` installs it where it can.");
  const images = await ensureImages(["postgres", "valkey", "workbench", "platform"]);
  const project = `worksample-test-${randomBytes(4).toString("hex")}`;
  const [apiPort, gatewayPort] = await freePorts(2);
  const dataDir = await sharedDirectory();
  const publicUrl = `http://localhost:${apiPort}`;
  const settings = {
    WORKSAMPLE_SECRET: randomBytes(32).toString("hex"),
    WORKSAMPLE_DATABASE_PASSWORD: randomBytes(16).toString("hex"),
    WORKSAMPLE_DATA_DIR: dataDir,
    WORKSAMPLE_PUBLIC_URL: publicUrl,
    WORKSAMPLE_SANDBOX_DOMAIN: `localhost:${gatewayPort}`,
    WORKSAMPLE_API_PORT: String(apiPort),
    WORKSAMPLE_GATEWAY_PORT: String(gatewayPort),
    // Workers remove containers that bear their name and are unknown to their database.
    WORKSAMPLE_HOST_ID: project,
    WORKSAMPLE_PLATFORM_IMAGE: images.platform,
    WORKSAMPLE_POSTGRES_IMAGE: images.postgres,
    WORKSAMPLE_VALKEY_IMAGE: images.valkey,
    WORKSAMPLE_WORKBENCH_IMAGE: images.workbench,
  };
  return new Stack(command, { project, dataDir, publicUrl, gatewayPort: gatewayPort!, settings });
}

interface Parts {
  project: string;
  dataDir: string;
  publicUrl: string;
  gatewayPort: number;
  settings: Record<string, string>;
}

class Stack implements ComposeStack {
  readonly docker = new Docker();
  readonly project: string;
  readonly hostId: string;
  readonly dataDir: string;
  readonly publicUrl: string;
  readonly gatewayPort: number;
  readonly #command: ComposeCommand;
  readonly #settings: Record<string, string>;

  constructor(command: ComposeCommand, parts: Parts) {
    this.#command = command;
    this.#settings = parts.settings;
    this.project = parts.project;
    this.hostId = parts.project;
    this.dataDir = parts.dataDir;
    this.publicUrl = parts.publicUrl;
    this.gatewayPort = parts.gatewayPort;
  }

  compose(...args: string[]): Promise<string> {
    return this.composeWith({}, ...args);
  }

  async composeWith(settings: Record<string, string>, ...args: string[]): Promise<string> {
    const [program, ...first] = this.#command;
    const { stdout } = await execa(program, [...first, "--project-name", this.project, ...args], {
      cwd: PROJECT,
      env: { ...this.#settings, ...settings },
      timeout: 180_000,
    });
    return stdout;
  }

  async healthy(...services: string[]): Promise<void> {
    const giveUp = Date.now() + HEALTHY_WITHIN_MS;
    for (const service of services) {
      while ((await this.inspect(service)).State.Health?.Status !== "healthy") {
        if (Date.now() > giveUp)
          throw new Error(`${service} did not become healthy:\n${await this.compose("logs", service)}`);
        await sleep(250);
      }
    }
  }

  async inspect(service: string): Promise<Docker.ContainerInspectInfo> {
    const label = [`com.docker.compose.project=${this.project}`, `com.docker.compose.service=${service}`];
    const [found] = await this.docker.listContainers({ all: true, filters: { label } });
    if (!found) throw new Error(`there is no container of ${service}`);
    return this.docker.getContainer(found.Id).inspect();
  }

  async containers(): Promise<string[]> {
    const label = [`com.docker.compose.project=${this.project}`];
    const ours = await this.docker.listContainers({ all: true, filters: { label } });
    return [...ours, ...(await this.sandboxes())].map((container) => container.Names.join());
  }

  sandboxes(): Promise<Docker.ContainerInfo[]> {
    return this.docker.listContainers({ all: true, filters: { label: [`${LABELS.host}=${this.hostId}`] } });
  }

  async mounts(): Promise<string[]> {
    const table = await readFile("/proc/self/mountinfo", "utf8");
    const places = table.split("\n").map((line) => line.split(" ")[4] ?? "");
    return places.filter((place) => place.startsWith(`${this.dataDir}/`));
  }

  async destroy(): Promise<void> {
    const attempts = [
      () => this.compose("down", "--volumes", "--remove-orphans", "--timeout", "10"),
      // After the worker, which would bring them back.
      async () => {
        for (const { Id } of await this.sandboxes())
          await this.docker.getContainer(Id).remove({ force: true });
      },
      async () => {
        for (const place of (await this.mounts()).reverse()) await execa("umount", ["-l", place]);
      },
      () => execa("umount", ["-l", this.dataDir]),
      () => rm(this.dataDir, { recursive: true, force: true }),
    ];
    const failures: unknown[] = [];
    for (const attempt of attempts) await Promise.resolve(attempt()).catch((error) => failures.push(error));
    if (failures.length > 0) throw new AggregateError(failures, "the stack could not be removed altogether");
  }
}

/** A directory that passes mounts on, on machines whose root does not. */
async function sharedDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-compose-"));
  await execa("mount", ["--bind", directory, directory]);
  await execa("mount", ["--make-rshared", directory]);
  return directory;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports: number[] = [];
  for (const server of servers) {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}
