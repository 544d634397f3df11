import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { PROJECT_DIRECTORY } from "../../services/tools/instance/instance.ts";

export const API_CLIENT_FILE = join(PROJECT_DIRECTORY, "services/web/api-client/platform-api.gen.ts");

/** Refusals are the same everywhere and thrown as errors; the generator does not know ranges such as `4XX`. */
function withoutProblems(key: string, value: unknown): unknown {
  return /^[45]XX$/i.test(key) ? undefined : value;
}

/** The client of the pages as it follows from the API's document: one typed function for each operation. */
export async function generateApiClient(document: object): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "worksample-api-client-"));
  try {
    const source = join(directory, "openapi.json");
    const target = join(directory, "client.ts");
    await writeFile(source, JSON.stringify(document, withoutProblems));
    await execa("oazapfts", [source, target, "--optimistic", "--enumStyle=union"], {
      preferLocal: true,
      localDir: PROJECT_DIRECTORY,
      nodeOptions: [],
    });
    return await readFile(target, "utf8");
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
