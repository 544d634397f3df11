import { afterAll, beforeAll, expect, test } from "vitest";
import type { Inside } from "../support/container-exec.ts";
import { withControl } from "../support/control-container.ts";
import { type Platform, type RunningAttempt, startPlatform } from "../support/platform-fixture.ts";
import { until } from "../support/until.ts";

/** What a sandbox may use up, tried from inside; each limit is shown to be what stops it. */
let platform: Platform;
let attacker: RunningAttempt;
let neighbour: RunningAttempt;
let inside: Inside;

beforeAll(async () => {
  platform = await startPlatform();
  [attacker, neighbour] = await Promise.all([platform.begin(), platform.begin()]);
  inside = attacker.inside;
});
afterAll(() => platform?.close());

const python = (code: string) => `python3 - <<'PYTHON'\n${code}\nPYTHON`;

test("nothing can be written but in the workspace, the home directory and /tmp", async () => {
  const written =
    await inside.print(`find / \\( -path /proc -o -path /sys \\) -prune -o -type d -print 2>/dev/null |
    while IFS= read -r place; do
      { : > "$place/.written"; } 2>/dev/null && rm "$place/.written" && echo "$place"
    done; true`);
  const allowed = /^\/(workspace|tmp|home\/candidate|run\/worksample\/ide|dev\/shm|dev\/mqueue)(\/|$)/;
  const places = written.split("\n").filter(Boolean);
  expect(places).toEqual(expect.arrayContaining(["/workspace", "/tmp", "/home/candidate"]));
  expect(places.filter((place) => !allowed.test(place))).toEqual([]);
  await withControl(
    (options) => {
      options.HostConfig.ReadonlyRootfs = false;
    },
    async (control) => expect((await control.inside.run("touch /var/cache/ide/x")).exitCode).toBe(0),
  );
});

test("the directory of the IDE's socket holds 1 MiB and a few names, and no program", async () => {
  const fill = "head -c 8M /dev/zero > /run/worksample/ide/fill && stat -c %s /run/worksample/ide/fill";
  const names = "for i in $(seq 500); do : > /run/worksample/ide/n$i || exit 1; done; echo made";
  const program = "cp /usr/bin/true /run/worksample/ide/t && /run/worksample/ide/t && echo ran";
  const clean = "rm -f /run/worksample/ide/fill /run/worksample/ide/n* /run/worksample/ide/t";
  expect((await inside.run(fill)).output).toContain("No space left on device");
  await inside.print(clean);
  expect((await inside.run(names)).output).toContain("No space left on device");
  await inside.print(clean);
  expect((await inside.run(program)).output).toContain("Permission denied");
  await inside.print(clean);
  expect(await platform.visitIde(attacker.id)).toBe(200);
  await withControl(
    () => {},
    async (control) => {
      expect(await control.inside.print(fill)).toBe(`${8 << 20}\n`);
      expect(await control.inside.print(names)).toBe("made\n");
      expect(await control.inside.print(program)).toBe("ran\n");
    },
  );
});

test("memory files are small", async () => {
  const attack = "head -c 100M /dev/zero > /dev/shm/fill; stat -c %s /dev/shm/fill; rm /dev/shm/fill";
  expect((await inside.run(attack)).output).toContain("No space left on device");
  expect((await inside.run("head -c 400M /dev/zero > /tmp/fill; rm /tmp/fill")).output).toContain(
    "No space left",
  );
  await withControl(
    (options) => {
      options.HostConfig.ShmSize = 256 << 20;
    },
    async (control) => expect(await control.inside.print(attack)).toBe(`${100 << 20}\n`),
  );
});

test("memory is limited, without swap", async () => {
  const attack =
    "echo 1000 > /proc/self/oom_score_adj; python3 -c 'bytearray(b\"x\") * (1 << 30)' && echo took";
  expect((await inside.run(attack)).exitCode).toBe(137);
  await until(async () => (await platform.visitIde(attacker.id)) === 200);
  await withControl(
    (options) => {
      Object.assign(options.HostConfig, { Memory: 0, MemorySwap: 0 });
    },
    async (control) => expect((await control.inside.run(attack)).output).toContain("took"),
  );
});

test("processes are limited: a fork bomb stays inside", async () => {
  const count = python(`import os, time
children = []
try:
  while len(children) < 600:
      child = os.fork()
      if child == 0:
          time.sleep(30); os._exit(0)
      children.append(child)
except OSError: pass
for child in children: os.kill(child, 9)
print(len(children))`);
  expect(Number(await inside.print(count))).toBeLessThan(256);
  await withControl(
    (options) => {
      options.HostConfig.PidsLimit = 0;
    },
    async (control) => expect(Number(await control.inside.print(count))).toBe(600),
  );

  const victim = await platform.begin();
  await victim.inside.start(":() { : | : & }; :");
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const { pids_stats: pids } = await platform.docker
    .getContainer(victim.containerId)
    .stats({ stream: false });
  expect(pids?.current).toBeGreaterThan(100);
  expect(pids?.current).toBeLessThanOrEqual(256);
  expect(await platform.visitIde(neighbour.id)).toBe(200);
  expect(await neighbour.inside.print("echo alive")).toBe("alive\n");
  await platform.discard(victim.id);
});
