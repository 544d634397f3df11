import { z } from "zod";
import { Id, Sha256 } from "../contracts/common.ts";
import { isSignedText, type PublicKey, type SigningKey, signText } from "./signing-key.ts";

/**
 * The seal is the last 1024 bytes of an archive: a zstd skippable frame, which unpackers pass over. It holds JSON,
 * filled up with spaces. `signature` is Ed25519 over the JSON of the other fields, in this order.
 */
const SealStatement = z.strictObject({
  format: z.literal("worksample-seal-1"),
  submissionId: Id,
  attemptId: Id,
  /** Of every byte in front of the seal. */
  contentSha256: Sha256,
  manifestSha256: Sha256,
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
  publicKey: z.string(),
});

export const Seal = SealStatement.extend({ signature: z.string() });
export type Seal = z.infer<typeof Seal>;

export const SEAL_FRAME_BYTES = 1024;
const SKIPPABLE_MAGIC = 0x184d2a57;
const FRAME_HEADER = 8;

export type SealedDigests = Pick<Seal, "submissionId" | "attemptId" | "contentSha256" | "manifestSha256">;

export function signSeal(digests: SealedDigests, key: SigningKey): Seal {
  const statement = SealStatement.parse({
    format: "worksample-seal-1",
    submissionId: digests.submissionId,
    attemptId: digests.attemptId,
    contentSha256: digests.contentSha256,
    manifestSha256: digests.manifestSha256,
    keyId: key.keyId,
    publicKey: key.publicKey,
  });
  return { ...statement, signature: signText(JSON.stringify(statement), key) };
}

/** Whether the seal is signed by `trusted`, or without it by the key that it carries itself. */
export function isSignedSeal(seal: Seal, trusted?: PublicKey): boolean {
  const { signature, ...statement } = seal;
  if (trusted && (trusted.publicKey !== seal.publicKey || trusted.keyId !== seal.keyId)) return false;
  return isSignedText(JSON.stringify(SealStatement.parse(statement)), signature, seal);
}

export function sealFrame(seal: Seal): Buffer {
  const json = Buffer.from(JSON.stringify(Seal.parse(seal)));
  if (json.length > SEAL_FRAME_BYTES - FRAME_HEADER) throw new RangeError("the seal is too long");
  const frame = Buffer.alloc(SEAL_FRAME_BYTES, " ");
  frame.writeUInt32LE(SKIPPABLE_MAGIC, 0);
  frame.writeUInt32LE(SEAL_FRAME_BYTES - FRAME_HEADER, 4);
  json.copy(frame, FRAME_HEADER);
  return frame;
}

/** The seal, or nothing when the bytes are not exactly what sealFrame writes. */
export function parseSealFrame(frame: Buffer): Seal | undefined {
  try {
    const seal = Seal.parse(JSON.parse(frame.toString("utf8", FRAME_HEADER)));
    return sealFrame(seal).equals(frame) ? seal : undefined;
  } catch {
    return undefined;
  }
}
