import { existsSync } from "node:fs";
import { execa } from "execa";
import { UserError } from "./user-error.ts";

/** Program and first arguments: Docker's plugin, or the older program by itself. */
export type ComposeCommand = readonly [program: string, ...first: string[]];

const KNOWN: readonly ComposeCommand[] = [["docker", "compose"], ["docker-compose"]];

/** @returns undefined when this machine has none. WORKSAMPLE_COMPOSE, such as `docker-compose`, chooses. */
export async function findCompose(): Promise<ComposeCommand | undefined> {
  const chosen = process.env.WORKSAMPLE_COMPOSE?.split(" ").filter(Boolean);
  for (const command of chosen?.length ? [chosen as unknown as ComposeCommand] : KNOWN) {
    const [program, ...first] = command;
    const { exitCode } = await execa(program, [...first, "version"], { reject: false });
    if (exitCode === 0) return command;
  }
  return undefined;
}

/** Makes sure that docker-compose.yml can be run here; on Debian and Ubuntu, as root, installs what does. */
export async function ensureCompose(detail: (text: string) => void): Promise<ComposeCommand> {
  const found = await findCompose();
  if (found) return found;
  const byHand = "install the Compose plugin of Docker (https://docs.docker.com/compose/install/)";
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get"))
    throw new UserError(`docker-compose.yml is tested, which needs Docker Compose: ${byHand}.`);
  detail("installing docker-compose from Debian's packages");
  const environment = { env: { DEBIAN_FRONTEND: "noninteractive" }, reject: false } as const;
  await execa("apt-get", ["update", "-q"], environment);
  const { stderr } = await execa(
    "apt-get",
    ["install", "-y", "-q", "--no-install-recommends", "docker-compose"],
    environment,
  );
  const installed = await findCompose();
  if (installed) return installed;
  const last = stderr.trim().split("\n").at(-1);
  throw new UserError(`Docker Compose could not be installed: apt-get said “${last}”; ${byHand}.`);
}
