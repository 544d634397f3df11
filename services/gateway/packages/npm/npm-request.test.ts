import { expect, test } from "vitest";
import { pathParts } from "../request-path.ts";
import { readNpmRequest } from "./npm-request.ts";

const read = (path: string) => readNpmRequest(pathParts(path) ?? []);

test.each([
  ["/left-pad", { kind: "packument", name: "left-pad" }],
  ["/left-pad/", { kind: "packument", name: "left-pad" }],
  ["/left-pad?write=true", { kind: "packument", name: "left-pad" }],
  ["/@scope%2fname", { kind: "packument", name: "@scope/name" }],
  ["/@scope%2Fname", { kind: "packument", name: "@scope/name" }],
  ["/%40scope/name", { kind: "packument", name: "@scope/name" }],
  ...["constructor", "tostring", "__proto__"].map((name): [string, unknown] => [
    `/${name}`,
    name === "__proto__" ? null : { kind: "packument", name },
  ]),
  ["/left-pad/latest", { kind: "manifest", name: "left-pad", selector: "latest" }],
  ["/@scope/name/1.0.0", { kind: "manifest", name: "@scope/name", selector: "1.0.0" }],
  ["/left-pad/-/left-pad-1.0.0.tgz", { kind: "tarball", name: "left-pad", file: "left-pad-1.0.0.tgz" }],
  ["/@scope/name/-/name-1.0.0+b.tgz", { kind: "tarball", name: "@scope/name", file: "name-1.0.0+b.tgz" }],
  ["/-/package/@scope%2fname/dist-tags", { kind: "dist-tags", name: "@scope/name" }],
  ["/-/npm/v1/security/advisories/bulk", { kind: "audit-advisories" }],
  ["/-/npm/v1/security/audits/quick", { kind: "audit-report" }],
  ["/-/v1/search?text=a", { kind: "search" }],
])("%s asks for %j", (path, expected) => {
  expect(read(path)).toEqual(expected);
});

test.each([
  "/",
  "/-",
  "/-/npm/v1/keys",
  "/-/npm/v1/attestations/a@1.0.0",
  "/-/whoami",
  "/a/-/b/c.tgz",
  "/a/-/a.zip",
  "/a/b/c",
  "/@scope",
  "/_a",
  "/%",
])("%s asks for nothing that is here", (path) => {
  expect(read(path)).toBeNull();
});
