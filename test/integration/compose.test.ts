import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AssessmentVersionList, CreateInvitationResponse } from "../../services/shared/contracts/admin.ts";
import { ReceiptView, WorkspaceLinkResponse } from "../../services/shared/contracts/candidate.ts";
import { type ComposeStack, createComposeStack } from "../support/compose-stack.ts";
import { type Candidate, getLocally, HttpClient, openLink } from "../support/http-client.ts";
import { scratchDirectory } from "../support/scratch-directory.ts";

const SERVICES = ["api", "gateway", "worker"] as const;
const ADMIN = {
  WORKSAMPLE_ADMIN_EMAIL: "first.admin@example.com",
  WORKSAMPLE_ADMIN_PASSWORD: "correct horse battery staple",
};

let stack: ComposeStack;

// The platform's image may have to be built.
beforeAll(async () => {
  stack = await createComposeStack();
}, 900_000);

afterAll(() => stack?.destroy(), 120_000);

/** Each test goes on from where the one before it left the stack. */
describe("docker-compose.yml", { timeout: 180_000 }, () => {
  test("comes up migrated and healthy", async () => {
    await stack.compose("up", "-d");
    await stack.healthy("postgres", "valkey", ...SERVICES);
    expect((await stack.inspect("migrate")).State).toMatchObject({ Status: "exited", ExitCode: 0 });
  });

  test("gives Docker to the worker alone, and capabilities to nobody else", async () => {
    for (const service of SERVICES) {
      const { Mounts, HostConfig } = await stack.inspect(service);
      const sources = Mounts.map((mount) => mount.Source);
      expect(sources.includes("/var/run/docker.sock"), service).toBe(service === "worker");
      expect(HostConfig.ReadonlyRootfs, service).toBe(true);
      const status = await inside(service, "cat", "/proc/self/status");
      const capabilities = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
      if (service === "worker") expect(capabilities).not.toMatch(/^0+$/);
      else expect(capabilities, service).toMatch(/^0+$/);
      expect(status).toMatch(/^NoNewPrivs:\s*1$/m);
    }
  });

  test("shows the signing key to the worker and not to the api", async () => {
    const key = join(stack.dataDir, "keys/submission-signing.pem");
    expect(await inside("worker", "cat", key)).toContain("PRIVATE KEY");
    await expect(inside("api", "cat", key)).rejects.toThrow("No such file");
  });

  test("listens on this machine alone, and only for browsers", async () => {
    const published = [];
    for (const service of ["postgres", "valkey", ...SERVICES]) {
      const { Ports } = (await stack.inspect(service)).NetworkSettings;
      for (const [port, bindings] of Object.entries(Ports))
        for (const binding of bindings ?? []) published.push([service, port, binding.HostIp]);
    }
    expect(published).toEqual([
      ["api", "4000/tcp", "127.0.0.1"],
      ["gateway", "4001/tcp", "127.0.0.1"],
    ]);
  });

  test("runs an image that holds the platform and nothing of where it was built", async () => {
    const files = await filesOfImage("-type", "f", "-not", "-path", "/app/node_modules/*");
    expect(files).toEqual(
      expect.arrayContaining(["/app/services/api/main.ts", "/app/services/web/dist/index.html"]),
    );
    const unwanted = /\.test\.tsx?$|\/smoke-test\.|\/\.(worksample|git|ci)\/|\.env$|\/\.npmrc$|\.pem$|\.key$/;
    expect(files.filter((file) => unwanted.test(file))).toEqual([]);
    expect(await filesOfImage("-name", "*.pem", "-o", "-name", "*.key")).toEqual([]);
    expect(await filesOfImage("-perm", "-o+w", "-not", "-type", "l")).toEqual([]);
    const trusted = await inside("api", "grep", "-c", "BEGIN CERT", "/etc/ssl/certs/ca-certificates.crt");
    expect(trusted).toBe(await inside("api", "grep", "-c", "^[^#!]", "/etc/ca-certificates.conf"));
  });

  test("seeds the first admin and the demo, and leaves them alone the second time", async () => {
    const first = await stack.composeWith(ADMIN, "run", "--rm", "seed", "--demo");
    expect(first).toContain(`Made the admin ${ADMIN.WORKSAMPLE_ADMIN_EMAIL}`);
    const again = await stack.composeWith(ADMIN, "run", "--rm", "seed", "--demo");
    expect(again).toContain("left as it is");
    expect((await demoVersions(await signIn())).length).toBe(2);
  });

  test("says what is wrong with the first admin", async () => {
    const weak = { ...ADMIN, WORKSAMPLE_ADMIN_PASSWORD: "short" };
    await expect(stack.composeWith(weak, "run", "--rm", "seed")).rejects.toThrow("WORKSAMPLE_ADMIN_PASSWORD");
  });

  test("carries an attempt from its link to a verified archive, through new containers on the way", async () => {
    const candidate = await invite();
    await candidate.client.fetch("POST", `${candidate.base}/start`);
    await candidate.until("attempt", (attempt) => attempt.state === "running");
    expect(await openEditor(candidate)).toContain("workbench");
    const [sandbox] = await stack.sandboxes();
    await execa("docker", ["exec", sandbox!.Id, "sh", "-c", "echo made-in-compose > /workspace/mine.txt"]);

    await stack.compose("up", "-d", "--no-deps", "--force-recreate", ...SERVICES);
    await stack.healthy(...SERVICES);
    expect(await openEditor(candidate)).toContain("workbench");
    expect((await stack.sandboxes()).map(({ Id }) => Id)).toEqual([sandbox!.Id]);
    // A container that has the mount and does not follow would keep the workspace's device after its end.
    expect(await workspacesSeenBy("gateway")).toHaveLength(1);
    expect(await workspacesSeenBy("api")).toEqual([]);

    await candidate.client.fetch("POST", `${candidate.base}/submit`, { confirm: true, notes: "Done." });
    await candidate.until("attempt", (attempt) => attempt.state === "submitted");
    await expectVerifiedArchive(candidate);
    await expect.poll(() => stack.sandboxes(), { timeout: 20_000 }).toEqual([]);
    await expect.poll(() => stack.mounts(), { timeout: 20_000 }).toEqual([]);
    expect(await workspacesSeenBy("gateway")).toEqual([]);
  });

  test("goes down leaving volumes and files alone, and brings a running attempt back", async () => {
    const candidate = await invite();
    await candidate.client.fetch("POST", `${candidate.base}/start`);
    await candidate.until("attempt", (attempt) => attempt.state === "running");
    const [before] = await stack.sandboxes();
    await execa("docker", ["exec", before!.Id, "sh", "-c", "echo kept > /workspace/kept.txt; sync"]);
    expect(await stack.mounts()).toHaveLength(2);

    await stack.compose("stop", ...SERVICES);
    await stack.compose("run", "--rm", "release");
    await stack.compose("down");
    expect(await stack.containers()).toEqual([]);
    expect(await stack.mounts()).toEqual([]);
    const label = [`com.docker.compose.project=${stack.project}`];
    expect(await stack.docker.listNetworks({ filters: { label } })).toEqual([]);
    const { Volumes } = await stack.docker.listVolumes({ filters: JSON.stringify({ label }) as never });
    expect(Volumes.map(({ Name }) => Name).sort()).toEqual([
      `${stack.project}_postgres`,
      `${stack.project}_valkey`,
    ]);

    await stack.compose("up", "-d");
    await stack.healthy(...SERVICES);
    const back = await candidate.until("attempt", (attempt) => attempt.sandboxState === "ready");
    expect(back.credits).toHaveLength(1);
    const [after] = await stack.sandboxes();
    expect(after!.Id).not.toBe(before!.Id);
    const { stdout } = await execa("docker", ["exec", after!.Id, "cat", "/workspace/kept.txt"]);
    expect(stdout).toBe("kept");
  });
});

async function inside(service: string, ...command: string[]): Promise<string> {
  return stack.compose("exec", "-T", service, ...command);
}

function filesOfImage(...conditions: string[]): Promise<string[]> {
  return inside("api", "find", "/app", ...conditions).then((list) => list.split("\n").filter(Boolean));
}

async function workspacesSeenBy(service: string): Promise<string[]> {
  const table = await inside(service, "cat", "/proc/self/mountinfo");
  return table.split("\n").filter((line) => line.includes(`${stack.dataDir}/workspaces/`));
}

async function signIn(): Promise<HttpClient> {
  const admin = new HttpClient(stack.publicUrl);
  await admin.fetch("POST", "/api/auth/sign-in/email", {
    email: ADMIN.WORKSAMPLE_ADMIN_EMAIL,
    password: ADMIN.WORKSAMPLE_ADMIN_PASSWORD,
  });
  return admin;
}

async function demoVersions(admin: HttpClient) {
  return (await admin.call(AssessmentVersionList, "GET", "/api/admin/assessment-versions")).items;
}

async function invite(): Promise<Candidate> {
  const admin = await signIn();
  const version = (await demoVersions(admin)).find(({ limitSec }) => limitSec === 7200)!;
  const { link } = await admin.call(CreateInvitationResponse, "POST", "/api/admin/invitations", {
    assessmentVersionId: version.id,
    candidateName: "Amelie Brandt",
    candidateEmail: "amelie.brandt@example.com",
  });
  return openLink(stack.publicUrl, link);
}

/** The way a browser goes: a ticket, its cookie, the editor. @returns the page */
async function openEditor(candidate: Candidate): Promise<string> {
  const { url } = await candidate.client.call(
    WorkspaceLinkResponse,
    "POST",
    `${candidate.base}/workspace-links`,
    { attempt: "scored", target: "ide" },
  );
  const entered = await getLocally(url);
  expect(entered.status).toBe(303);
  const cookie = entered.headers["set-cookie"]![0]!.split(";")[0]!;
  const origin = new URL("/", url).toString();
  expect((await getLocally(origin)).status).toBe(401);
  let page = await getLocally(origin, { cookie });
  if (page.status === 302)
    page = await getLocally(new URL(page.headers.location!, origin).toString(), { cookie });
  expect(page.status).toBe(200);
  return page.body;
}

async function expectVerifiedArchive(candidate: Candidate): Promise<void> {
  const directory = await scratchDirectory();
  const archive = join(directory, "submission.tar.zst");
  const receipt = join(directory, "receipt.json");
  const download = await candidate.client.fetch("GET", `${candidate.base}/archive`);
  await writeFile(archive, Buffer.from(await download.arrayBuffer()));
  const view = await candidate.client.call(ReceiptView, "GET", `${candidate.base}/receipt`);
  await writeFile(receipt, JSON.stringify(view.receipt));
  const verified = await execa(process.execPath, [
    join(import.meta.dirname, "../../services/tools/verify.ts"),
    archive,
    "--public-key",
    join(stack.dataDir, "keys/submission-signing.pub"),
    "--receipt",
    receipt,
  ]);
  expect(verified.stdout).toMatch(/^VERIFIED$/m);
  expect(verified.stdout).toContain("Receipt: signed with the same key, and for this archive");
  const { stdout } = await execa("tar", ["--zstd", "-xOf", archive, "workspace/mine.txt"]);
  expect(stdout).toBe("made-in-compose");
}
