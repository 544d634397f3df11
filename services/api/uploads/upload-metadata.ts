import { PlatformError } from "../../shared/contracts/problem.ts";
import { UploadPurpose } from "../../shared/contracts/upload.ts";

/**
 * Reads tus' `Upload-Metadata`: `key base64,key base64`.
 * @returns the file's name without directories and control characters, and what the upload is for
 * @throws PlatformError upload_invalid
 */
export function readUploadMetadata(header: string | undefined): { fileName: string; purpose: UploadPurpose } {
  const values = new Map<string, string>();
  for (const pair of (header ?? "").split(",")) {
    const [key, value = ""] = pair.trim().split(/ +/, 2);
    if (key) values.set(key, Buffer.from(value, "base64").toString("utf8"));
  }
  const purpose = UploadPurpose.safeParse(values.get("purpose"));
  if (!purpose.success)
    throw new PlatformError(
      "upload_invalid",
      `Upload-Metadata must name a purpose: ${UploadPurpose.options.join(", ")}, in base64.`,
    );
  return { fileName: plainName(values.get("filename") ?? values.get("name") ?? ""), purpose: purpose.data };
}

/** For people to recognise the file by; never used as a path. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? "";
  const plain = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\uFFFD]/gu, "")
    .trim()
    .slice(0, 200);
  return plain || "unnamed";
}
