import { mkdir, statfs } from "node:fs/promises";
import { createServer } from "node:net";
import type { Instance } from "./instance.ts";
import { UserError } from "./user-error.ts";

const GIB = 1024 ** 3;
const NEEDED_GIB = 2;

/** @throws UserError when a port is taken or the disk is nearly full. */
export async function checkMachine(instance: Instance): Promise<void> {
  const { api, gateway, worker, mockUpstream } = instance.ports;
  if (new Set([api, gateway, worker, mockUpstream]).size < 4)
    throw new UserError("The ports of api, gateway, worker and the mock of a model must differ.");
  await checkPort(api, "WORKSAMPLE_API_PORT");
  await checkPort(gateway, "WORKSAMPLE_GATEWAY_PORT");
  await checkPort(worker, "WORKSAMPLE_WORKER_PORT");
  await checkPort(mockUpstream, "WORKSAMPLE_MOCK_UPSTREAM_PORT");
  await mkdir(instance.dataDir, { recursive: true });
  const { bavail, bsize } = await statfs(instance.dataDir);
  const free = (bavail * bsize) / GIB;
  if (free < NEEDED_GIB) {
    throw new UserError(
      `The disk of ${instance.home} has ${free.toFixed(1)} GiB left and Worksample needs at least ${NEEDED_GIB}: free some space and run this again.`,
    );
  }
}

function checkPort(port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EACCES" ? "may not be used without root" : "is taken by another program";
      reject(
        new UserError(
          `Port ${port} ${why}: choose another, for example \`${variable}=${port + 100} npm start\`.`,
        ),
      );
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}
