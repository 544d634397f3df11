import type Docker from "dockerode";
import { INSIDE, SANDBOX_UID } from "../../shared/sandbox/layout.ts";
import type { ContainerSpec } from "./engine.ts";

export const LABELS = {
  host: "worksample.host",
  sandbox: "worksample.sandbox",
  attempt: "worksample.attempt",
  epoch: "worksample.epoch",
} as const;

const MIB = 1024 * 1024;

/**
 * The one place where a sandbox's confinement is decided. All of it, always: there is no setting that turns a
 * part off. The candidate's way out is the socket under /run/worksample and nothing else.
 */
export function containerOptions(name: string, spec: ContainerSpec): Docker.ContainerCreateOptions {
  const user = `${SANDBOX_UID}:${SANDBOX_UID}`;
  return {
    name,
    Image: spec.image,
    User: user,
    WorkingDir: INSIDE.workspace,
    Hostname: "workspace",
    Env: Object.entries(spec.environment).map(([key, value]) => `${key}=${value}`),
    Labels: {
      [LABELS.host]: spec.hostId,
      [LABELS.sandbox]: spec.sandboxId,
      [LABELS.attempt]: spec.attemptId,
      [LABELS.epoch]: String(spec.epoch),
    },
    AttachStdin: false,
    AttachStdout: false,
    AttachStderr: false,
    Tty: false,
    HostConfig: {
      Runtime: spec.runtime,
      Init: true,
      NetworkMode: "none",
      ExtraHosts: spec.hostnames.map((hostname) => `${hostname}:127.0.0.1`),
      // The forwarder may listen on port 80 without any capability; the namespace is the sandbox's own.
      Sysctls: { "net.ipv4.ip_unprivileged_port_start": "0" },
      ReadonlyRootfs: true,
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges:true"],
      Privileged: false,
      IpcMode: "private",
      PidMode: "",
      UTSMode: "",
      // A field of the engine's API that its type declarations do not know yet.
      ...({ CgroupnsMode: "private" } as object),
      Devices: [],
      PidsLimit: spec.limits.pids,
      NanoCpus: Math.round(spec.limits.cpus * 1e9),
      Memory: spec.limits.memoryMib * MIB,
      // Equal to Memory: no swap.
      MemorySwap: spec.limits.memoryMib * MIB,
      ShmSize: 64 * MIB,
      // The number of open files is the daemon's: asking for more than it may give keeps a container from starting.
      Ulimits: [{ Name: "core", Soft: 0, Hard: 0 }],
      Tmpfs: {
        "/tmp": "rw,exec,nosuid,nodev,size=256m,mode=1777",
        [INSIDE.home]: `rw,exec,nosuid,nodev,size=512m,uid=${SANDBOX_UID},gid=${SANDBOX_UID},mode=0700`,
      },
      Mounts: spec.mounts.map((mount) => ({
        Type: "bind",
        Source: mount.source,
        Target: mount.target,
        ReadOnly: mount.readOnly,
        BindOptions: { Propagation: "rprivate" },
      })),
      // What a sandbox prints must not fill the host's disk.
      LogConfig: { Type: "json-file", Config: { "max-size": "1m", "max-file": "1" } },
      RestartPolicy: { Name: "no" },
    },
  };
}
