import { spawn } from "node:child_process";
import { existsSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { execa } from "execa";
import { UserError } from "./user-error.ts";

const SOCKET = "/var/run/docker.sock";
const DAEMON_TIMEOUT_MS = 60_000;

/** Makes sure that a Docker daemon answers; on Debian and Ubuntu, as root, installs and starts it. */
export async function ensureDocker(detail: (text: string) => void): Promise<void> {
  if (process.platform !== "linux") {
    throw new UserError(
      "Worksample runs its sandboxes on Linux. On this system, run it in a Linux virtual machine with Docker.",
    );
  }
  // The worker mounts a size-limited file system for each workspace and reads files of every owner in it.
  if (process.getuid?.() !== 0)
    throw new UserError(
      "Worksample mounts a workspace for each sandbox and needs root: run this again with sudo.",
    );
  if (await daemonAnswers()) return;
  const installed = ["/usr/bin/dockerd", "/usr/sbin/dockerd", "/usr/local/bin/dockerd"].some((path) =>
    existsSync(path),
  );
  if (!installed) await installDocker(detail);
  detail("starting the Docker daemon");
  await startDaemon();
}

async function daemonAnswers(): Promise<boolean> {
  return new Docker({ socketPath: SOCKET }).ping().then(
    () => true,
    () => false,
  );
}

async function installDocker(detail: (text: string) => void): Promise<void> {
  if (!isDebianLike()) {
    throw new UserError(
      "Docker is missing and can only be installed by itself on Debian and Ubuntu: install Docker Engine (https://docs.docker.com/engine/install/) and run this again.",
    );
  }
  detail("installing docker.io from Debian's packages");
  const environment = { env: { DEBIAN_FRONTEND: "noninteractive" } };
  try {
    await execa("apt-get", ["update", "-q"], environment);
    await execa(
      "apt-get",
      ["install", "-y", "-q", "--no-install-recommends", "docker.io", "iptables", "ca-certificates"],
      environment,
    );
  } catch (error) {
    const last = String((error as { stderr?: string }).stderr ?? error)
      .trim()
      .split("\n")
      .at(-1);
    throw new UserError(
      `Docker could not be installed: apt-get said “${last}”. Install docker.io by hand and run this again.`,
    );
  }
}

async function startDaemon(): Promise<void> {
  const withSystemd = existsSync("/run/systemd/system");
  if (withSystemd) {
    await execa("systemctl", ["start", "docker"], { reject: false });
  } else {
    const log = openSync("/var/log/dockerd.log", "a");
    spawn("dockerd", [], { detached: true, stdio: ["ignore", log, log] }).unref();
  }
  const giveUp = Date.now() + DAEMON_TIMEOUT_MS;
  while (!(await daemonAnswers())) {
    if (Date.now() > giveUp) {
      const where = withSystemd ? "`journalctl -u docker`" : "/var/log/dockerd.log";
      throw new UserError(`The Docker daemon did not start within a minute: ${where} says why.`);
    }
    await sleep(300);
  }
}

function isDebianLike(): boolean {
  if (!existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
}
