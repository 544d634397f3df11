import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import Docker from "dockerode";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Demo } from "../../services/tools/instance/demo-file.ts";
import { instanceId } from "../../services/tools/instance/instance.ts";
import { type PlatformEnvironment, privateInstance, runCommand } from "../support/platform-setup.ts";

let platform: PlatformEnvironment;
const readDemo = async () => JSON.parse(await readFile(`${platform.home}/demo.json`, "utf8")) as Demo;

beforeAll(async () => {
  platform = await privateInstance();
});
afterAll(async () => {
  await runCommand("stop", platform);
  await runCommand("reset", platform, "--yes");
  await rm(platform.home, { recursive: true, force: true });
});

describe("an instance", () => {
  it("says in one sentence that a port is taken", async () => {
    const port = Number(platform.environment.WORKSAMPLE_GATEWAY_PORT);
    const other = await occupy(port);
    const refused = await runCommand("start", platform, "--detach");
    other.close();
    expect(refused.exitCode).toBe(1);
    expect(refused.all).toContain(`Port ${port} is taken by another program`);
    expect(refused.all).not.toContain("    at ");
  });

  it("starts with a demo, says so when started twice, and stops without losing anything", async () => {
    const started = await runCommand("start", platform, "--detach");
    expect(started.exitCode, started.all).toBe(0);
    expect(started.all).toMatch(/Ready after [\d.]+ s/);
    const demo = await readDemo();
    expect(demo.candidateUrls.length).toBeGreaterThanOrEqual(4);
    for (const url of demo.candidateUrls) expect(started.all + JSON.stringify(demo)).toContain(url);
    expect(demo.adminApiToken).toMatch(/^wsk_/);

    const twice = await runCommand("start", platform, "--detach");
    expect(twice.exitCode).toBe(0);
    expect(twice.all).toContain("running already");

    const invited = await invite(demo, "Kept Across Restarts");
    const refusedReset = await runCommand("reset", platform, "--yes");
    expect(refusedReset.exitCode).toBe(1);
    expect(refusedReset.all).toContain("`npm stop` it first");

    const stopped = await runCommand("stop", platform);
    expect(stopped.exitCode).toBe(0);
    await expect(fetch(demo.api)).rejects.toThrow();

    const again = await runCommand("start", platform, "--detach");
    expect(again.exitCode, again.all).toBe(0);
    const board = await fetch(`${demo.api}/api/admin/board`, {
      headers: { authorization: `Bearer ${demo.adminApiToken}` },
    });
    expect(await board.text()).toContain(invited);
    expect(await readDemo()).toEqual(demo);
  });

  it("asks before it removes everything, and then removes everything", async () => {
    await runCommand("stop", platform);
    const unasked = await runCommand("reset", platform);
    expect(unasked.exitCode).toBe(1);
    expect(unasked.all).toContain("--yes");
    expect(existsSync(`${platform.home}/demo.json`)).toBe(true);
    const reset = await runCommand("reset", platform, "--yes");
    expect(reset.exitCode, reset.all).toBe(0);
    expect(existsSync(platform.home)).toBe(false);
    const { Volumes } = await new Docker().listVolumes();
    expect(
      Volumes.map((volume) => volume.Name).filter((name) => name.includes(instanceId(platform.home))),
    ).toEqual([]);
  });
});

async function invite(demo: Demo, candidateName: string): Promise<string> {
  const headers = { authorization: `Bearer ${demo.adminApiToken}`, "content-type": "application/json" };
  const versions = (await (await fetch(`${demo.api}/api/admin/assessment-versions`, { headers })).json()) as {
    items: { id: string }[];
  };
  const response = await fetch(`${demo.api}/api/admin/invitations`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      assessmentVersionId: versions.items[0]!.id,
      candidateName,
      candidateEmail: "kept@candidates.example",
    }),
  });
  expect(response.status).toBe(201);
  return candidateName;
}

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
