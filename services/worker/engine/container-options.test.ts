import { describe, expect, it } from "vitest";
import { containerOptions } from "./container-options.ts";
import type { ContainerSpec } from "./engine.ts";

const spec: ContainerSpec = {
  image: "worksample/workbench:dev",
  runtime: "runc",
  hostId: "host-1",
  sandboxId: "5b7c1c5e-58f7-4a3c-9d0e-4f6f8f0a8a11",
  attemptId: "0e3b7a4e-6a1f-4f58-8d55-7a8a3c1b2d22",
  epoch: 3,
  environment: { HELPDESK_API_KEY: "key" },
  hostnames: ["helpdesk.internal"],
  mounts: [
    { source: "/data/run", target: "/run/worksample", readOnly: true },
    { source: "/data/files", target: "/workspace", readOnly: false },
  ],
  limits: { cpus: 1.5, memoryMib: 1024, pids: 256 },
};

describe("containerOptions", () => {
  const host = containerOptions("worksample-x", spec).HostConfig!;

  it("gives a sandbox no network, no capability, no privilege and no way to gain one", () => {
    expect(host).toMatchObject({
      NetworkMode: "none",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      Privileged: false,
      ReadonlyRootfs: true,
      IpcMode: "private",
      Devices: [],
    });
    expect(containerOptions("worksample-x", spec).User).toBe("10001:10001");
  });

  it("never turns the default seccomp profile off", () => {
    expect(host.SecurityOpt).not.toContainEqual(expect.stringContaining("seccomp"));
  });

  it("limits processor, memory, processes and core files, without swap", () => {
    expect(host).toMatchObject({ NanoCpus: 1.5e9, Memory: 1024 ** 3, MemorySwap: 1024 ** 3, PidsLimit: 256 });
    expect(host.Ulimits).toEqual([{ Name: "core", Soft: 0, Hard: 0 }]);
  });

  it("mounts what it is given and nothing else, and never the engine's socket", () => {
    expect(host.Mounts).toHaveLength(2);
    expect(host.Mounts).toContainEqual(
      expect.objectContaining({ Target: "/run/worksample", ReadOnly: true }),
    );
    expect(host.Binds).toBeUndefined();
    expect(JSON.stringify(host)).not.toContain("docker.sock");
  });

  it("points internal names at the forwarder inside", () => {
    expect(host.ExtraHosts).toEqual(["helpdesk.internal:127.0.0.1"]);
  });

  it("bounds what a sandbox may print", () => {
    expect(host.LogConfig).toEqual({ Type: "json-file", Config: { "max-size": "1m", "max-file": "1" } });
  });
});
