import { chmod, copyFile, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sandboxLayout, workspaceLayout } from "../../services/shared/sandbox/layout.ts";
import type { Inside } from "../support/container-exec.ts";
import { withControl } from "../support/control-container.ts";
import { type Platform, type RunningAttempt, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

/** Attacks from inside a real sandbox; each is shown to work in a container without the defence that stops it. */
let platform: Platform;
let attacker: RunningAttempt;
let neighbour: RunningAttempt;
let inside: Inside;
const ROOT = { user: "0" };

beforeAll(async () => {
  platform = await startPlatform();
  [attacker, neighbour] = await Promise.all([platform.begin(), platform.begin()]);
  inside = attacker.inside;
  await neighbour.inside.print("echo neighbours-secret > /workspace/secret.txt");
});
afterAll(() => platform?.close());

const unconfined = (options: { HostConfig: Docker.HostConfig }) => {
  options.HostConfig.SecurityOpt = ["no-new-privileges:true", "seccomp=unconfined"];
};
/** Docker's usual ones, for a container of root's. */
const withCapabilities = (options: { User?: string; HostConfig: Docker.HostConfig }) => {
  options.User = "0:0";
  options.HostConfig.CapDrop = [];
};
const python = (code: string) => `python3 - <<'PYTHON'\n${code}\nPYTHON`;
const systemCall = (number: number, parameters: string) =>
  python(
    `import ctypes, os\nlibc = ctypes.CDLL(None, use_errno=True)\nlibc.syscall.restype = ctypes.c_long\n` +
      `result = libc.syscall(${number}, ${parameters})\nprint(result if result >= 0 else os.strerror(ctypes.get_errno()))`,
  );

describe("network", () => {
  const connectTo = (host: string, port: number) =>
    python(
      `import socket\ntry:\n    socket.create_connection(("${host}", ${port}), 2)\n    print("connected")\n` +
        "except OSError as error:\n    print(error.strerror or error)",
    );

  test("there is no interface but lo, and nothing outside can be reached", async () => {
    expect(await inside.print("ls /sys/class/net")).toBe("lo\n");
    const listener = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => listener.listen(0, "0.0.0.0", resolve));
    const { port } = listener.address() as AddressInfo;
    const bridge = await platform.docker.getNetwork("bridge").inspect();
    const gateway = bridge.IPAM?.Config?.[0]?.Gateway ?? "172.17.0.1";
    try {
      for (const host of [gateway, "169.254.169.254", "1.1.1.1"])
        expect(await inside.print(connectTo(host, port))).toBe("Network is unreachable\n");
      // The host's own loopback is another one.
      expect(await inside.print(connectTo("127.0.0.1", port))).toBe("Connection refused\n");
      expect(await inside.print(connectTo("example.com", 80))).not.toContain("connected");
      await withControl(
        (options) => {
          options.HostConfig.NetworkMode = "bridge";
        },
        async (control) => expect(await control.inside.print(connectTo(gateway, port))).toBe("connected\n"),
      );
      await withControl(
        (options) => {
          options.HostConfig.NetworkMode = "host";
          delete options.HostConfig.Sysctls;
          delete options.Hostname;
        },
        async (control) =>
          expect(await control.inside.print(connectTo("127.0.0.1", port))).toBe("connected\n"),
      );
    } finally {
      listener.close();
    }
  });

  test("raw sockets are refused, to root inside as well", async () => {
    const attack = python("import socket\nsocket.socket(socket.AF_INET, socket.SOCK_RAW, 1)\nprint('raw')");
    expect((await inside.run(attack)).output).toContain("Operation not permitted");
    expect((await inside.run(attack, ROOT)).output).toContain("Operation not permitted");
    await withControl(withCapabilities, async (control) =>
      expect((await control.inside.run(attack, ROOT)).output).toBe("raw\n"),
    );
  });
});

describe("the host and its other sandboxes", () => {
  test("their files are not there", async () => {
    const secret = join(workspaceLayout(platform.config.dataDir, neighbour.id).files, "secret.txt");
    expect((await inside.run(`cat ${secret}`)).output).toContain("No such file");
    expect((await inside.run(`cat /proc/1/root${secret}`)).output).toContain("No such file");
    const mounts = await inside.print("cat /proc/self/mountinfo");
    expect(mounts).not.toContain(neighbour.id);
    expect(mounts).not.toContain((await platform.sandbox(neighbour.id)).id);
    await withControl(
      ({ HostConfig }) => {
        const mount = {
          Type: "bind" as const,
          Source: platform.config.dataDir,
          Target: platform.config.dataDir,
        };
        HostConfig.Mounts!.push({ ...mount, ReadOnly: true });
      },
      // The data directory itself is closed to the user inside; root inside is root outside.
      async (control) =>
        expect((await control.inside.run(`cat ${secret}`, ROOT)).output).toBe("neighbours-secret\n"),
    );
  });

  test("the engine's socket is not there", async () => {
    const attack = "curl -s --max-time 3 --unix-socket /var/run/docker.sock http://docker/version";
    expect((await inside.run(attack, ROOT)).output).toBe("");
    expect(await inside.print("find / -xdev -name 'docker*.sock' 2>/dev/null || true")).toBe("");
    await withControl(
      ({ HostConfig }) => {
        const socket = platform.config.dockerSocket;
        HostConfig.Mounts!.push({ Type: "bind", Source: socket, Target: "/var/run/docker.sock" });
      },
      async (control) => expect((await control.inside.run(attack, ROOT)).output).toContain("ApiVersion"),
    );
  });

  test("their processes can neither be seen nor traced", async () => {
    const attack = `cat /proc/${process.pid}/comm`;
    expect((await inside.run(attack, ROOT)).output).toContain("No such file");
    expect(await inside.print(systemCall(ptraceNumber(), `16, ${process.pid}, 0, 0`))).toBe(
      "No such process\n",
    );
    expect(await inside.print("ps -eo comm | grep -c dockerd || true")).toBe("0\n");
    await withControl(
      (options) => {
        options.HostConfig.PidMode = "host";
      },
      async (control) => expect((await control.inside.run(attack, ROOT)).exitCode).toBe(0),
    );
  });

  test("the kernel's key rings, shared by all processes of a user, are closed", async () => {
    const attack = systemCall(process.arch === "arm64" ? 217 : 248, 'b"user", b"worksample", b"x", 1, -4');
    expect(await inside.print(attack)).toBe("Operation not permitted\n");
    await withControl(unconfined, async (control) =>
      expect(Number(await control.inside.print(attack))).toBeGreaterThan(0),
    );
  });

  test("shared memory segments of a neighbour are others", async () => {
    const find = python("import ctypes\nprint(ctypes.CDLL(None).shmget(0x5757, 4096, 0))");
    const make = python("import ctypes\nprint(ctypes.CDLL(None).shmget(0x5757, 4096, 0o1666))");
    const remove = python(
      "import ctypes\nlibc = ctypes.CDLL(None)\nlibc.shmctl(libc.shmget(0x5757, 4096, 0), 0, None)",
    );
    await neighbour.inside.print(make);
    expect(await neighbour.inside.print(find)).not.toBe("-1\n");
    expect(await inside.print(find)).toBe("-1\n");
    const shared = (options: { HostConfig: Docker.HostConfig }) => {
      options.HostConfig.IpcMode = "host";
      delete options.HostConfig.ShmSize;
    };
    await withControl(shared, async (maker) =>
      withControl(shared, async (finder) => {
        await maker.inside.print(make);
        expect(await finder.inside.print(find)).not.toBe("-1\n");
        await maker.inside.print(remove);
      }),
    );
  });
});

describe("privileges", () => {
  const status = "grep -E '^(Cap|NoNewPrivs|Seccomp:)' /proc/self/status";

  test("there are none, and no way to gain one", async () => {
    const nothing = ["Inh", "Prm", "Eff", "Bnd", "Amb"]
      .map((set) => `Cap${set}:\t0000000000000000\n`)
      .join("");
    const expected = `${nothing}NoNewPrivs:\t1\nSeccomp:\t2\n`;
    expect(await inside.print(status)).toBe(expected);
    expect((await inside.run(status, ROOT)).output).toBe(expected);
    expect(await inside.print("cat /proc/1/status | grep -E '^(Cap|NoNewPrivs|Seccomp:)'")).toBe(expected);
    await withControl(
      (options) => {
        withCapabilities(options);
        options.HostConfig.SecurityOpt = ["seccomp=unconfined"];
      },
      async (control) => {
        const output = (await control.inside.run(status, ROOT)).output;
        expect(output).toMatch(/CapEff:\t0000000[0-9a-f]+[1-9a-f]/);
        expect(output).toContain("NoNewPrivs:\t0\nSeccomp:\t0\n");
      },
    );
  });

  test("a setuid program of root's does not make root", async () => {
    const plant = async (directory: string) => {
      await copyFile("/usr/bin/id", join(directory, "become"));
      await chmod(join(directory, "become"), 0o4755);
    };
    const attack = "/workspace/become -u";
    await plant(attacker.files);
    expect(await inside.print(attack)).toBe("10001\n");
    await withControl(
      () => {},
      async (control) => {
        await plant(control.directories.workspace);
        expect(await control.inside.print(attack)).toBe("10001\n");
      },
    );
    await withControl(
      (options) => {
        options.HostConfig.SecurityOpt = [];
      },
      async (control) => {
        await plant(control.directories.workspace);
        expect(await control.inside.print(attack)).toBe("0\n");
      },
    );
  });

  test("no namespace can be made and nothing mounted", async () => {
    const attack = "unshare -Urm sh -c 'mount -t tmpfs none /mnt && id -u'";
    expect((await inside.run(attack)).output).toContain("Operation not permitted");
    expect((await inside.run("mount -t tmpfs none /mnt", ROOT)).exitCode).not.toBe(0);
    await withControl(unconfined, async (control) => expect(await control.inside.print(attack)).toBe("0\n"));
  });

  test("no device can be made", async () => {
    const attack = "rm -f /tmp/disk; mknod /tmp/disk b 254 0 && stat -c %F /tmp/disk";
    expect((await inside.run(attack)).output).toContain("Operation not permitted");
    expect((await inside.run(attack, ROOT)).output).toContain("Operation not permitted");
    await withControl(withCapabilities, async (control) =>
      expect((await control.inside.run(attack, ROOT)).output).toBe("block special file\n"),
    );
  });

  test("the kernel's settings cannot be changed", async () => {
    const attack = "echo changed > /proc/sys/kernel/hostname && cat /proc/sys/kernel/hostname";
    expect((await inside.run(attack)).output).toMatch(/Permission denied|Read-only/);
    expect((await inside.run(attack, ROOT)).output).toContain("Read-only file system");
    await withControl(
      (options) => {
        Object.assign(options.HostConfig, { ReadonlyPaths: [], MaskedPaths: [] });
        withCapabilities(options);
      },
      async (control) => expect((await control.inside.run(attack, ROOT)).output).toBe("changed\n"),
    );
  });
});

describe("the two sockets", () => {
  test("the way out cannot be replaced", async () => {
    const attack = "rm /run/worksample/gateway.sock && echo gone";
    expect((await inside.run(attack)).output).toContain("Read-only file system");
    expect((await inside.run(attack, ROOT)).output).toContain("Read-only file system");
    await withControl(
      ({ HostConfig }) => {
        HostConfig.Mounts![0]!.ReadOnly = false;
      },
      async (control) => {
        await writeFile(join(control.directories.run, "gateway.sock"), "");
        expect((await control.inside.run(attack, ROOT)).output).toBe("gone\n");
      },
    );
  });

  test("a way in that leads to another socket is refused", async () => {
    const own = sandboxLayout(platform.config.dataDir, (await platform.sandbox(attacker.id)).id);
    const other = sandboxLayout(platform.config.dataDir, (await platform.sandbox(neighbour.id)).id);
    expect(await platform.visitIde(attacker.id)).toBe(200);
    const targets: [string, string][] = [
      [other.ideSocket, "/healthz"],
      [other.gatewaySocket, "/health"],
      [platform.config.dockerSocket, "/_ping"],
    ];
    for (const [target, path] of targets) {
      await inside.print(`ln -sfn ${target} /run/worksample/ide/ide.sock`);
      expect(await platform.visitIde(attacker.id)).toBeGreaterThanOrEqual(500);
      // A program that just connects to the path ends up there.
      expect(await statusOf(own.ideSocket, path)).toBeLessThan(500);
    }
    await inside.print("ln -sfn /run/worksample/ide /run/worksample/ide/ide.sock");
    expect(await platform.visitIde(attacker.id)).toBeGreaterThanOrEqual(500);
    // The sandbox has harmed itself alone, and can mend it.
    await inside.print("rm /run/worksample/ide/ide.sock; kill $(pgrep -f '[e]ntry.js') || true");
    await until(async () => (await platform.visitIde(attacker.id)) === 200, 20_000);
  });
});

function ptraceNumber(): number {
  return process.arch === "arm64" ? 117 : 101;
}

function statusOf(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, headers: { host: "helpdesk.internal" } }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    call.on("error", reject);
    call.end();
  });
}
