/**
 * `node sandbox-images/workbench/smoke-test.ts [image]`: runs the image as a sandbox does, hardened and
 * without a network, and checks what a candidate and the platform rely on.
 */
import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";

/** A hardened container of the image, with a stand-in for the gateway on the other end of its socket. */
export interface Workbench {
  /** Runs a shell command inside as the candidate; gives its output, both streams, and exit code. */
  run(command: string): Promise<{ output: string; exitCode: number | undefined }>;
  /** Status code of a GET to the editor through its socket; 0 when nothing answers. */
  askIde(path: string): Promise<number>;
  isRunning(): Promise<boolean>;
  stop(): Promise<{ milliseconds: number }>;
  remove(): Promise<void>;
}

const HARDENING = [
  ...[
    "--network",
    "none",
    "--read-only",
    "--cap-drop",
    "ALL",
    "--security-opt",
    "no-new-privileges",
    "--init",
  ],
  ...["--pids-limit", "512", "--memory", "2g", "--memory-swap", "2g", "--ipc", "private"],
  ...["--user", "10001:10001", "--sysctl", "net.ipv4.ip_unprivileged_port_start=0"],
  ...["--tmpfs", "/tmp:rw,exec,nosuid,nodev,size=256m,mode=1777"],
  ...["--tmpfs", "/home/candidate:rw,exec,nosuid,nodev,size=512m,uid=10001,gid=10001,mode=0700"],
  ...["--add-host", "helpdesk.internal:127.0.0.1", "--add-host", "models.internal:127.0.0.1"],
];

export async function startWorkbench(image: string): Promise<Workbench> {
  const root = await mkdtemp(join(tmpdir(), "workbench-smoke-"));
  await chmod(root, 0o755);
  const run = join(root, "run");
  const workspace = join(root, "workspace");
  for (const directory of [run, join(run, "ide"), workspace]) await mkdir(directory);
  for (const directory of [join(run, "ide"), workspace]) await chmod(directory, 0o777);
  await writeFile(join(workspace, "README.md"), "# The task\n");
  const gateway = await listenAsGateway(join(run, "gateway.sock"));
  const mounts = [
    `${run}:/run/worksample:ro`,
    `${join(run, "ide")}:/run/worksample/ide`,
    `${workspace}:/workspace`,
  ];
  const { stdout: id } = await execa("docker", [
    "run",
    "--detach",
    ...HARDENING,
    ...mounts.flatMap((mount) => ["--volume", mount]),
    image,
  ]);

  return {
    async run(command) {
      const { all, exitCode } = await execa("docker", ["exec", id, "bash", "-c", command], {
        all: true,
        reject: false,
      });
      return { output: all, exitCode };
    },
    askIde: (path) => getStatus(join(run, "ide", "ide.sock"), path),
    async isRunning() {
      return (await execa("docker", ["inspect", "--format", "{{.State.Running}}", id])).stdout === "true";
    },
    async stop() {
      const started = performance.now();
      await execa("docker", ["stop", "--time", "10", id]);
      return { milliseconds: performance.now() - started };
    },
    async remove() {
      await execa("docker", ["rm", "--force", "--volumes", id], { reject: false });
      gateway.close();
      gateway.closeAllConnections();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function listenAsGateway(socket: string): Promise<Server> {
  const server = createServer((asked, answer) => answer.end(`${asked.headers.host}${asked.url}`));
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  await chmod(socket, 0o666);
  return server;
}

function getStatus(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ socketPath, path, headers: { host: "smoke.localhost" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.setTimeout(2_000, () => asked.destroy());
    asked.on("error", () => resolve(0));
    asked.end();
  });
}

/** Waits until the editor answers. @returns how many milliseconds it took. */
export async function waitForIde(workbench: Workbench, withinMs = 20_000): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < withinMs) {
    if ((await workbench.askIde("/healthz")) === 200) return performance.now() - started;
    await sleep(50);
  }
  throw new Error(`The editor did not answer within ${withinMs} ms.`);
}

async function expectOutput(workbench: Workbench, command: string, expected: RegExp): Promise<void> {
  const { output, exitCode } = await workbench.run(command);
  assert.match(output, expected, `${command} (exit code ${exitCode})`);
}

async function expectFailure(workbench: Workbench, command: string): Promise<void> {
  const { output, exitCode } = await workbench.run(command);
  assert.notEqual(exitCode, 0, `${command} should fail and said: ${output}`);
}

const PYTHON_MODULES =
  "pandas numpy scipy sklearn openai httpx requests fastapi uvicorn flask matplotlib pytest jinja2 pydantic sqlite3 IPython pip venv";

/** Both processes of the editor: one starts the other. In brackets, so as not to match the search itself. */
const IDE_PROCESSES = "/opt/ide/out/node/[e]ntry";

/** In order: what breaks things comes last. */
export const checks: { name: string; check: (workbench: Workbench) => Promise<void> }[] = [
  {
    name: "the editor answers on its socket and opens the workspace",
    async check(workbench) {
      await waitForIde(workbench);
      assert.equal(await workbench.askIde("/"), 302);
      assert.equal(await workbench.askIde("/?folder=/workspace"), 200);
    },
  },
  {
    name: "it runs as user 10001 without any capability, and cannot gain one",
    async check(workbench) {
      await expectOutput(
        workbench,
        "id",
        /^uid=10001\(candidate\) gid=10001\(candidate\) groups=10001\(candidate\)$/,
      );
      await expectOutput(
        workbench,
        "grep -E 'CapEff|NoNewPrivs' /proc/self/status",
        /CapEff:\s0+\nNoNewPrivs:\s1/,
      );
    },
  },
  {
    name: "the workspace, the home directory and /tmp can be written, and nothing else",
    async check(workbench) {
      for (const directory of ["/workspace", "/home/candidate", "/tmp"]) {
        const program = `${directory}/hello`;
        await expectOutput(
          workbench,
          `printf '#!/bin/sh\\necho hello' > ${program} && chmod +x ${program} && ${program} && rm ${program}`,
          /^hello$/,
        );
      }
      for (const directory of ["/", "/etc", "/usr/local/bin", "/opt/ide", "/run/worksample"]) {
        await expectFailure(workbench, `touch ${directory}/hello`);
      }
    },
  },
  {
    name: "Python 3.13 has what the tasks need",
    async check(workbench) {
      await expectOutput(workbench, "python --version", /^Python 3\.13/);
      await expectOutput(
        workbench,
        `python -c 'import ${PYTHON_MODULES.replaceAll(" ", ", ")}; print("ok")'`,
        /ok$/,
      );
      await expectOutput(workbench, "python -m venv /tmp/v && /tmp/v/bin/pip --version", /^pip /);
    },
  },
  {
    name: "Node 24, TypeScript and the tools of the trade are there",
    async check(workbench) {
      await expectOutput(workbench, "node --version", /^v24\./);
      await expectOutput(
        workbench,
        "npm --version && tsc --version && tsx --version",
        /Version \d+[\s\S]*tsx v/,
      );
      await expectOutput(
        workbench,
        "git --version && rg --version && fd --version && jq --version && sqlite3 --version",
        /jq-1/,
      );
      for (const tool of ["curl", "less", "nano", "vim", "tree", "ps", "make", "ipython3"]) {
        await expectOutput(workbench, `command -v ${tool}`, new RegExp(tool));
      }
    },
  },
  {
    name: "the gateway's socket is the only way out",
    async check(workbench) {
      await expectOutput(workbench, "ls /sys/class/net", /^lo$/);
      await expectFailure(workbench, "curl --silent --max-time 2 http://192.0.2.1/");
      await expectOutput(
        workbench,
        "curl -s http://helpdesk.internal/v1/tickets",
        /^helpdesk\.internal\/v1\/tickets$/,
      );
      await expectOutput(
        workbench,
        `python -c 'import openai; print(openai.OpenAI().base_url)'`,
        /^http:\/\/models\.internal\/v1\/$/,
      );
    },
  },
  {
    name: "the assistant is there, and says what is wrong when the gateway does not know it",
    async check(workbench) {
      await expectOutput(workbench, "node /opt/assistant/dist/bundle/cli.js --version", /^\d+\.\d+\.\d+$/);
      await expectOutput(workbench, "assistant -p Hello", /^This assessment has no coding assistant\.$/);
      await expectFailure(workbench, "assistant -p Hello");
    },
  },
  {
    name: "npm, pip and uv are set to the package mirror",
    async check(workbench) {
      await expectOutput(workbench, "npm config get registry", /^http:\/\/packages\.internal\/npm\/$/);
      await expectOutput(
        workbench,
        "pip config list && printenv UV_DEFAULT_INDEX",
        /index-url='http:\/\/packages\.internal\/pypi\/simple'[\s\S]*trusted-host='packages\.internal'[\s\S]*\/pypi\/simple$/,
      );
    },
  },
  {
    name: "sixty requests at the same time all get through the forwarder",
    async check(workbench) {
      await expectOutput(
        workbench,
        `seq 60 | xargs -P 60 -I{} curl -s http://helpdesk.internal/{} | grep -o helpdesk.internal | wc -l`,
        /^60$/,
      );
    },
  },
  {
    name: "a killed forwarder comes back",
    async check(workbench) {
      await workbench.run("kill -9 $(pgrep -o socat)");
      await sleep(600);
      await expectOutput(workbench, "curl -s http://helpdesk.internal/again", /again$/);
    },
  },
  {
    name: "a killed editor answers again within three seconds",
    async check(workbench) {
      await workbench.run(`pkill -9 -f '${IDE_PROCESSES}'`);
      await sleep(50);
      await waitForIde(workbench, 3_000);
    },
  },
  {
    name: "a program that takes all memory is killed, and not the editor",
    async check(workbench) {
      const before = await workbench.run(`pgrep -f '${IDE_PROCESSES}'`);
      const { output } = await workbench.run(
        `/etc/worksample/shell/bash -c "python -c 'x = bytearray(3 << 30)'; echo exit code \\$?"`,
      );
      assert.match(output, /exit code 137/);
      assert.deepEqual(await workbench.run(`pgrep -f '${IDE_PROCESSES}'`), before);
      assert.equal(await workbench.askIde("/healthz"), 200);
    },
  },
  {
    name: "the editor comes back even when the home directory and /tmp are full",
    async check(workbench) {
      await workbench.run(
        "dd if=/dev/zero of=/tmp/full bs=1M; dd if=/dev/zero of=/home/candidate/full bs=1M",
      );
      assert.equal(await workbench.askIde("/healthz"), 200);
      await workbench.run(`pkill -9 -f '${IDE_PROCESSES}'`);
      await sleep(50);
      await waitForIde(workbench, 5_000);
      assert.equal(await workbench.askIde("/?folder=/workspace"), 200);
    },
  },
  {
    name: "it stops promptly when asked to",
    async check(workbench) {
      assert.equal(await workbench.isRunning(), true);
      const { milliseconds } = await workbench.stop();
      assert.ok(milliseconds < 5_000, `took ${milliseconds} ms`);
    },
  },
];

if (import.meta.main) {
  const workbench = await startWorkbench(process.argv[2] ?? "worksample/workbench:dev");
  try {
    for (const { name, check } of checks) {
      const started = performance.now();
      await check(workbench);
      console.log(`ok  ${name} (${Math.round(performance.now() - started)} ms)`);
    }
  } finally {
    await workbench.remove();
  }
}
