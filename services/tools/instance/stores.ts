import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { Redis } from "ioredis";
import pg from "pg";
import type { Instance } from "./instance.ts";
import {
  bySocket,
  makeSocketDirectory,
  SOCKETS_IN_CONTAINER,
  socketDirectoryOf,
} from "./socket-directory.ts";
import { UserError } from "./user-error.ts";

export interface StoreAddresses {
  databaseUrl: string;
  redisUrl: string;
}

const LABEL = "worksample.instance";
const READY_TIMEOUT_MS = 60_000;

interface Store {
  name: string;
  image: string;
  port: number;
  volume: { name: string; target: string };
  /** A directory of the host where its socket goes; null: it has none. */
  sockets: string | null;
  environment: string[];
  command?: string[];
}

/** Postgres and Valkey in containers of this instance, with data in named volumes that survive a restart. */
export async function startStores(
  instance: Instance,
  images: { postgres: string; valkey: string },
): Promise<StoreAddresses> {
  const docker = new Docker();
  const password = instance.secrets.databasePassword;
  const sockets = socketDirectoryOf(instance);
  const [postgresPort, valkeyPort] = await Promise.all([
    startStore(docker, instance, {
      name: storeName(instance, "postgres"),
      image: images.postgres,
      port: 5432,
      volume: { name: storeName(instance, "postgres"), target: "/var/lib/postgresql/data" },
      sockets,
      environment: ["POSTGRES_USER=worksample", `POSTGRES_PASSWORD=${password}`, "POSTGRES_DB=worksample"],
      command: ["postgres", "-c", "max_connections=200"],
    }),
    startStore(docker, instance, {
      name: storeName(instance, "valkey"),
      image: images.valkey,
      port: 6379,
      volume: { name: storeName(instance, "valkey"), target: "/data" },
      sockets: null,
      environment: [],
      // Queues must not lose keys when memory runs short, and survive a restart.
      command: [
        "valkey-server",
        "--requirepass",
        password,
        "--appendonly",
        "yes",
        "--maxmemory-policy",
        "noeviction",
      ],
    }),
  ]);
  const databaseUrl = databaseUrlOf(instance, postgresPort);
  const redisUrl = `redis://:${password}@127.0.0.1:${valkeyPort}`;
  await Promise.all([
    waitFor("Postgres", () => askPostgres(databaseUrl)),
    waitFor("Valkey", () => askValkey(redisUrl)),
  ]);
  return { databaseUrl: await nearestUrl(databaseUrl, sockets), redisUrl };
}

/**
 * By Postgres's socket, where one can be shared with a container here. A published port is served by a program of
 * Docker's, which takes part in every statement and makes it take several times as long.
 */
async function nearestUrl(databaseUrl: string, sockets: string | null): Promise<string> {
  if (sockets === null) return databaseUrl;
  const url = bySocket(databaseUrl, sockets);
  return askPostgres(url).then(
    () => url,
    () => databaseUrl,
  );
}

/** Of the instance's Postgres, or null while it does not run. */
export async function runningDatabaseUrl(instance: Instance): Promise<string | null> {
  const container = new Docker().getContainer(storeName(instance, "postgres"));
  const info = await container.inspect().catch(() => null);
  const port = Number(info?.NetworkSettings.Ports["5432/tcp"]?.[0]?.HostPort);
  return port ? databaseUrlOf(instance, port) : null;
}

const CONNECTION_BROKE =
  /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|terminating connection|not yet accepting/;
const LAST_LINES = 20;

/**
 * Runs an action that may be run again, once more when Postgres broke its connections and has come back.
 * @throws UserError with the last lines of Postgres's log, when it broke them twice
 */
export async function acrossRestart<Result>(
  instance: Instance,
  { databaseUrl }: StoreAddresses,
  action: () => Promise<Result>,
): Promise<Result> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await action();
    } catch (error) {
      if (!CONNECTION_BROKE.test(String(error))) throw error;
      const log = await lastLines(storeName(instance, "postgres"));
      if (!isFirst) throw new UserError(`Postgres ended its connections. The last it logged:\n${log}`);
      console.log(`    Postgres ended its connections and is asked again. The last it logged:\n${log}`);
      await waitFor("Postgres", () => askPostgres(databaseUrl));
    }
  }
}

async function lastLines(containerName: string): Promise<string> {
  const options = { stdout: true, stderr: true, tail: LAST_LINES } as const;
  const log = await new Docker()
    .getContainer(containerName)
    .logs(options)
    .catch((error: Error) => Buffer.from(error.message));
  // Frames of eight bytes' head each; what is printable is the text.
  return log.toString("utf8").replaceAll(/[\u0000-\u0008\u000b-\u001f\ufffd]/g, "");
}

function databaseUrlOf(instance: Instance, port: number): string {
  return `postgres://worksample:${instance.secrets.databasePassword}@127.0.0.1:${port}/worksample`;
}

export async function stopStores(instance: Instance): Promise<void> {
  await forEachContainer(instance, async (container) => {
    await container.stop({ t: 20 }).catch(ignoreStatus(304, 404));
  });
}

/** Removes containers and volumes: all data of the instance's stores. */
export async function removeStores(instance: Instance): Promise<void> {
  await forEachContainer(instance, (container) => container.remove({ force: true }).catch(ignoreStatus(404)));
  for (const kind of ["postgres", "valkey"]) {
    await new Docker().getVolume(storeName(instance, kind)).remove({ force: true }).catch(ignoreStatus(404));
  }
}

function storeName(instance: Instance, kind: string): string {
  return `worksample-${instance.id}-${kind}`;
}

async function startStore(docker: Docker, instance: Instance, store: Store): Promise<number> {
  let container = docker.getContainer(store.name);
  let info = await container.inspect().catch(ignoreStatus(404));
  const isAsWanted = (found: Docker.ContainerInspectInfo) =>
    found.Config.Image === store.image &&
    (store.sockets === null || found.Mounts.some(({ Source }) => Source === store.sockets));
  if (info && !isAsWanted(info)) {
    await container.remove({ force: true });
    info = undefined;
  }
  if (store.sockets !== null && !info?.State.Running) await makeSocketDirectory(store.sockets);
  if (!info) {
    container = await docker.createContainer({
      name: store.name,
      Image: store.image,
      Env: store.environment,
      ...(store.command ? { Cmd: store.command } : {}),
      Labels: { [LABEL]: instance.id },
      ExposedPorts: { [`${store.port}/tcp`]: {} },
      HostConfig: {
        Mounts: [
          { Type: "volume", Source: store.volume.name, Target: store.volume.target },
          ...(store.sockets === null
            ? []
            : [{ Type: "bind" as const, Source: store.sockets, Target: SOCKETS_IN_CONTAINER }]),
        ],
        // Loopback only, on a port that Docker finds free.
        PortBindings: { [`${store.port}/tcp`]: [{ HostIp: "127.0.0.1", HostPort: "" }] },
        ShmSize: 128 * 1024 * 1024,
        // Processes whose parent ended must not become Postgres's: it takes their death for a crash of its own.
        Init: true,
      },
    });
  }
  await container.start().catch(ignoreStatus(304));
  const started = await container.inspect();
  const port = Number(started.NetworkSettings.Ports[`${store.port}/tcp`]?.[0]?.HostPort);
  if (!port)
    throw new UserError(`The container ${store.name} has no port: \`docker logs ${store.name}\` says why.`);
  return port;
}

async function forEachContainer(
  instance: Instance,
  action: (container: Docker.Container) => Promise<unknown>,
): Promise<void> {
  const docker = new Docker();
  const found = await docker.listContainers({ all: true, filters: { label: [`${LABEL}=${instance.id}`] } });
  await Promise.all(found.map((info) => action(docker.getContainer(info.Id))));
}

async function waitFor(name: string, ask: () => Promise<unknown>): Promise<void> {
  const giveUp = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > giveUp)
        throw new UserError(`${name} did not answer within a minute: ${(error as Error).message}`);
      await sleep(150);
    }
  }
}

async function askPostgres(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("select 1");
  } finally {
    await client.end().catch(() => {});
  }
}

async function askValkey(url: string): Promise<void> {
  const redis = new Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: 2000,
  });
  redis.on("error", () => {});
  try {
    await redis.connect();
    await redis.ping();
  } finally {
    redis.disconnect();
  }
}

function ignoreStatus(...statuses: number[]): (error: { statusCode?: number }) => undefined {
  return (error) => {
    if (error.statusCode !== undefined && statuses.includes(error.statusCode)) return undefined;
    throw error;
  };
}
