export type ImageErrorCode =
  | "docker_unreachable"
  | "disk_full"
  | "base_image_unavailable"
  | "build_failed"
  | "pull_failed";

/** A failure to obtain an image, with a sentence that says what to do. */
export class ImageError extends Error {
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "ImageError";
    this.code = code;
  }
}

const DISK_FULL = /no space left on device|ENOSPC|disk quota exceeded/i;
const UNREACHABLE = /ENOENT|ECONNREFUSED|EACCES|ECONNRESET|ENOTFOUND|socket hang up/;

/** Turns what Docker or the system said into a sentence for whoever runs the tool. */
export function explainFailure(doing: string, cause: unknown): ImageError {
  if (cause instanceof ImageError) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  if (DISK_FULL.test(said)) {
    return new ImageError(
      "disk_full",
      `The disk is full, so ${doing} stopped. Free some space (\`docker system df\` shows what Docker holds; about 6 GB are needed) and run it again.`,
      { cause },
    );
  }
  const systemCode = (cause as { code?: unknown } | null)?.code;
  if (typeof systemCode === "string" && UNREACHABLE.test(systemCode)) {
    return new ImageError(
      "docker_unreachable",
      systemCode === "EACCES"
        ? "Docker is there, but this user may not use it. Run as root or add the user to the `docker` group."
        : "Docker does not answer. Install it, start it (`systemctl start docker`), then run this again.",
      { cause },
    );
  }
  return new ImageError("build_failed", `${capitalise(doing)} failed: ${said}`, { cause });
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
