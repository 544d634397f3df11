/** What pip and uv install. */
export const PYPI_FILE = /^[A-Za-z0-9][A-Za-z0-9._+!-]{0,250}\.(?:whl|tar\.gz|zip|tar\.bz2|tar\.xz|tgz)$/;

const ENDING = /\.(?:whl|tar\.gz|zip|tar\.bz2|tar\.xz|tgz)$/;

/** The version in a file's name: the second part of a wheel's, the last of a source archive's. */
export function versionOfFile(file: string): string {
  const stem = file.replace(ENDING, "");
  if (file.endsWith(".whl")) return stem.split("-")[1] ?? "";
  // Old source archives have dashes in the name of the project; a version begins with a digit.
  return /-(\d[^-]*(?:-\d+)?)$/.exec(stem)?.[1] ?? stem.split("-").at(-1) ?? "";
}
