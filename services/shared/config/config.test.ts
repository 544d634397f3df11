import { expect, it } from "vitest";
import { imageNames, imageReference, readConfig } from "./config.ts";

const REQUIRED = {
  WORKSAMPLE_DATABASE_URL: "postgres://localhost/x",
  WORKSAMPLE_REDIS_URL: "redis://localhost",
  WORKSAMPLE_SECRET: "a secret for tests only, 32 characters or more",
  WORKSAMPLE_DATA_DIR: "/data",
  WORKSAMPLE_PUBLIC_URL: "http://localhost:4000",
  WORKSAMPLE_SANDBOX_DOMAIN: "localhost:4001",
};
const read = (images: string) => readConfig({ ...REQUIRED, WORKSAMPLE_IMAGES: images });

it("offers the workbench and the images that are set", () => {
  const config = read(`gpu=registry.example.com:5000/team/gpu:1.2, small=small@sha256:${"0".repeat(64)}`);
  expect(imageNames(config)).toEqual(["workbench", "gpu", "small"]);
  expect(imageReference(config, "gpu")).toBe("registry.example.com:5000/team/gpu:1.2");
  expect(imageReference(config, "workbench")).toBe("worksample/workbench:dev");
  expect(imageNames(read(""))).toEqual(["workbench"]);
});

it("refuses an image that is not set, also one named like a property of all objects", () => {
  for (const name of ["gpu", "constructor", "__proto__"])
    expect(() => imageReference(read(""), name)).toThrow(`no image is called "${name}"`);
});

it.each([
  ["gpu", "does not give the reference"],
  ["GPU=x", "must begin with a name"],
  ["gpu=", "does not give the reference"],
  ["gpu=two words", "does not give the reference"],
  ["gpu=--privileged", "does not give the reference"],
  ["gpu=a,gpu=b", "is there twice"],
  ["workbench=a", "is set by WORKSAMPLE_WORKBENCH_IMAGE"],
])("says what is wrong with %s", (images, message) => {
  expect(() => read(images)).toThrow(message);
  expect(() => read(images)).toThrow("WORKSAMPLE_IMAGES");
});

it("takes packages from the public registries unless it is told otherwise", () => {
  const { npmRegistry, pypiIndex, packageFileHosts, outboundProxy } = readConfig(REQUIRED);
  expect([npmRegistry, pypiIndex]).toEqual(["https://registry.npmjs.org", "https://pypi.org/simple"]);
  expect([packageFileHosts, outboundProxy]).toEqual([[], ""]);
  const own = readConfig({
    ...REQUIRED,
    WORKSAMPLE_NPM_REGISTRY: "http://user:pass%40word@10.0.0.5:4873/npm/",
    WORKSAMPLE_PACKAGE_FILE_HOSTS: "Files.example.com, 10.0.0.5:8080,[fd00::1]:80",
  });
  expect(own.npmRegistry).toBe("http://user:pass%40word@10.0.0.5:4873/npm");
  expect(own.packageFileHosts).toEqual(["files.example.com", "10.0.0.5:8080", "[fd00::1]:80"]);
});

it.each([
  ["WORKSAMPLE_NPM_REGISTRY", "registry.npmjs.org"],
  ["WORKSAMPLE_NPM_REGISTRY", "file:///etc/passwd"],
  ["WORKSAMPLE_PYPI_INDEX", "https://pypi.org/simple?x"],
  ["WORKSAMPLE_PACKAGE_FILE_HOSTS", "https://files.example.com"],
  ["WORKSAMPLE_PACKAGE_CACHE_MIB", "1"],
  ["WORKSAMPLE_OUTBOUND_PROXY", "proxy.example.com:3128"],
])("says that %s cannot be %s", (name, value) => {
  expect(() => readConfig({ ...REQUIRED, [name]: value })).toThrow(name);
});
