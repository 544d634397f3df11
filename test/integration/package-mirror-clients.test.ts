import { randomBytes, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  closePackages,
  openPackages,
  type PackageDependencies,
} from "../../services/gateway/packages/service.ts";
import type { SpecPackages } from "../../services/shared/contracts/packages.ts";
import { createLog } from "../../services/shared/observability/log.ts";
import { insertAssessmentVersion, insertAttempt, insertInvitation } from "../support/fixtures.ts";
import { type GatewayFixture, startGatewayFixture } from "../support/gateway-fixture.ts";
import { type LocalRegistry, npmTarball, startLocalRegistry } from "../support/package-registry.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { startWorkbench, type WorkbenchContainer } from "../support/workbench-container.ts";

const REAL_REGISTRY = "https://registry.npmjs.org";
const MIRROR: SpecPackages = {
  kind: "mirror",
  npm: { enabled: true, allow: [], deny: ["denied-*"] },
  pypi: { enabled: true, allow: [], deny: ["denied-*"] },
  maxFileMib: 8,
  maxTotalMib: 12,
};

let database: TestDatabase;
let registry: LocalRegistry;
let deps: PackageDependencies;
let fixture: GatewayFixture;
let attemptId: string;
let workbench: WorkbenchContainer;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database?.drop());
beforeEach(async () => {
  registry = await startLocalRegistry();
});
afterEach(async () => {
  await workbench.remove();
  await fixture.close();
  await closePackages(deps);
  await registry.close();
});

/** A sandbox without network, as a candidate has it. */
async function enter(packages: SpecPackages, npmRegistry = registry.npmUrl): Promise<void> {
  const version = await insertAssessmentVersion(database.db, { spec: { packages } });
  const invitation = await insertInvitation(database.db, { assessmentVersionId: version.id });
  attemptId = await insertAttempt(database.db, { invitationId: invitation.id });
  fixture = await startGatewayFixture(database.db, {
    openServices: async (attempt) => new Map([["packages.internal", await openPackages(deps, attempt)]]),
  });
  deps = {
    db: database.db,
    log: createLog("gateway", "silent"),
    config: {
      dataDir: fixture.config.dataDir,
      npmRegistry,
      pypiIndex: registry.pypiUrl,
      packageFileHosts: [],
      packageCacheMib: 256,
      outboundProxy: "",
    },
  };
  const sandbox = await fixture.openSandbox({ attemptId, sandboxId: randomUUID() });
  const started = await startWorkbench(fixture.config.dataDir, sandbox, ["packages.internal"]);
  const run = async (command: string) => stripVTControlCharacters(await started.run(command));
  workbench = { ...started, run };
  expect(await workbench.run("ls /sys/class/net"), "it has no network").toMatch(/^lo\s*$/);
}

async function fetched(): Promise<string[]> {
  const rows = await database.db
    .selectFrom("attempt_event")
    .where("attempt_id", "=", attemptId)
    .where("type", "=", "package_fetched")
    .select("data")
    .orderBy("id")
    .execute();
  return rows
    .map(({ data }) => data as Record<string, string>)
    .map(({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`)
    .sort();
}

const manifest = (name: string, version: string, dependencies = {}) =>
  npmTarball({
    "package.json": JSON.stringify({ name, version, dependencies, main: "index.js" }),
    "index.js": `module.exports = "${name} ${version}";`,
  });

/** The tarball's manifest is the packument's, as registries have it. */
async function publish(
  name: string,
  version: string,
  dependencies: Record<string, string> = {},
): Promise<void> {
  await registry.publish(name, { [version]: await manifest(name, version, dependencies) }, (packument) => {
    packument.versions[version].dependencies = dependencies;
    return packument;
  });
}

describe("npm", { timeout: 180_000 }, () => {
  test("installs a package with what it needs, again from its lock file, and finds nothing to audit", async () => {
    await publish("first", "1.2.3", { "@scope/second": "^2.0.0" });
    await publish("@scope/second", "2.1.0");
    await enter(MIRROR);
    const installed = await workbench.run(
      "npm init -y >/dev/null && npm install first && node -p 'require(\"first\")'",
    );
    expect(installed).toContain("added 2 packages");
    expect(installed).toContain("first 1.2.3");
    expect(await fetched()).toEqual(["npm @scope/second 2.1.0", "npm first 1.2.3"]);
    const lock = readFileSync(join(workbench.files, "package-lock.json"), "utf8");
    expect(lock).toContain("sha512-");
    expect(lock, "it holds outside, too").not.toContain("packages.internal");
    expect(await workbench.run("rm -r node_modules ~/.npm && npm ci")).toContain("added 2 packages");
    expect(
      await workbench.run(
        "npm audit && npm view first versions && npm dist-tag ls first && npm search first",
      ),
    ).toMatch(/found 0 vulnerabilities[\s\S]*1\.2\.3[\s\S]*latest: 1\.2\.3[\s\S]*No matches found/);
  });

  test("installs by a lock file that was made elsewhere", async () => {
    await publish("first", "1.2.3");
    await enter(MIRROR);
    const tarball = `${REAL_REGISTRY}/first/-/first-1.2.3.tgz`;
    const packages = {
      "": { dependencies: { first: "1.2.3" } },
      "node_modules/first": { version: "1.2.3", resolved: tarball },
    };
    writeFileSync(
      join(workbench.files, "package.json"),
      JSON.stringify({ dependencies: { first: "1.2.3" } }),
    );
    writeFileSync(
      join(workbench.files, "package-lock.json"),
      JSON.stringify({ lockfileVersion: 3, packages }),
    );
    expect(await workbench.run("npm ci && node -p 'require(\"first\")'")).toContain("first 1.2.3");
  });

  test("shows why something is refused", async () => {
    await publish("denied-package", "1.0.0");
    await registry.publish("large", { "1.0.0": randomBytes(9 * 1024 ** 2) });
    await registry.publish("six", {
      "1.0.0": randomBytes(6 * 1024 ** 2),
      "2.0.0": randomBytes(7 * 1024 ** 2),
    });
    await enter(MIRROR);
    const denied = await workbench.run("npm install denied-package");
    expect(denied).toContain("403 This package may not be installed here");
    expect(denied).toContain("denied-package meets the rule");
    const large = await workbench.run("npm install large");
    expect(large).toContain("413 This file is larger than the assessment allows");
    expect(large).toContain("large-1.0.0.tgz has more than 8 MiB");
    await workbench.run("npm pack six@1.0.0");
    const quota = await workbench.run("npm pack six@2.0.0");
    expect(quota).toContain("403 As much was fetched as the assessment allows");
    expect(quota).toContain("All files together may have 12 MiB");
    expect(await workbench.run("npm install nothing-of-the-kind")).toContain("404");
  });
});

describe("pip", { timeout: 180_000 }, () => {
  /** The image's own, which `python -m venv` uses. */
  async function publishWheels(): Promise<string[]> {
    await workbench.run("cp /usr/share/python-wheels/*.whl /workspace/ && chmod a+r /workspace/*.whl");
    const files = readdirSync(workbench.files).filter((file) => file.endsWith(".whl"));
    for (const file of files)
      registry.publishProject(file.split("-")[0]!.toLowerCase(), {
        [file]: readFileSync(join(workbench.files, file)),
      });
    await workbench.run("rm /workspace/*.whl");
    return files;
  }

  test("installs a wheel, into an environment and out of a list of requirements", async () => {
    await enter(MIRROR);
    const files = await publishWheels();
    const version = files.find((file) => file.startsWith("setuptools-"))!.split("-")[1]!;
    const installed = await workbench.run(
      "echo setuptools > requirements.txt && python -m venv .venv && . .venv/bin/activate && pip install -r requirements.txt && python -c 'import setuptools; print(setuptools.__version__)'",
    );
    expect(installed).toContain(`Successfully installed setuptools-${version}`);
    expect(await fetched()).toEqual([`pypi setuptools ${version}`]);
  });

  test("shows why something is refused", async () => {
    await enter(MIRROR);
    registry.publishProject("denied-package", { "denied_package-1.0-py3-none-any.whl": randomBytes(10) });
    registry.publishProject("large", { "large-1.0-py3-none-any.whl": randomBytes(9 * 1024 ** 2) });
    const denied = await workbench.run("pip install 'denied.package>=1'");
    expect(denied).toContain(
      "This package may not be installed here. denied-package meets the rule 'denied-*'",
    );
    const large = await workbench.run("pip install large");
    expect(large).toContain("413 Client Error: This file is larger than the assessment allows");
  });
});

test("where nothing is offered, npm and pip say so", async () => {
  await publish("first", "1.2.3");
  await enter({ kind: "none" });
  const npm = await workbench.run("npm install first");
  expect(npm).toContain("403 This assessment has no packages to install");
  const pip = await workbench.run("pip install first");
  expect(pip).toContain("This assessment has no packages to install. Use what the workspace has");
  expect(registry.requests).toEqual([]);
});

describe("the real npm registry", () => {
  test("has a package installed by npm, pnpm and yarn", { timeout: 300_000 }, async (context) => {
    const isReachable = await fetch(`${REAL_REGISTRY}/-/ping`, { signal: AbortSignal.timeout(10_000) }).then(
      ({ ok }) => ok,
      () => false,
    );
    await enter({ ...MIRROR, maxFileMib: 64, maxTotalMib: 256 }, isReachable ? REAL_REGISTRY : undefined);
    if (!isReachable) context.skip(`${REAL_REGISTRY} cannot be reached from here`);
    const npm = await workbench.run(
      "mkdir npm && cd npm && npm init -y >/dev/null && npm install express@5.1.0 @types/express && node -p 'require(\"express\").name'",
    );
    expect(npm).toMatch(/added \d+ packages/);
    expect(npm).toContain("createApplication");
    expect(await fetched()).toContain("npm express 5.1.0");
    await workbench.run("npm install --global pnpm@10 yarn@1");
    const pnpm = await workbench.run(
      "mkdir pnpm && cd pnpm && pnpm init && pnpm add --store-dir /tmp/store is-odd@3.0.1 && node -p 'require(\"is-odd\")(3)'",
    );
    expect(pnpm).toMatch(/true\s*$/);
    const yarn = await workbench.run(
      "mkdir yarn && cd yarn && yarn init -y && yarn add is-odd@3.0.1 && node -p 'require(\"is-odd\")(3)'",
    );
    expect(yarn).toMatch(/true\s*$/);
    expect(await workbench.run("cd pnpm && pnpm add --store-dir /tmp/store denied-package")).toContain(
      "This package may not be installed here",
    );
    expect(await workbench.run("cd yarn && yarn add denied-package")).toContain("meets the rule");
  });
});
