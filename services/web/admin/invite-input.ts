import type { z } from "zod";
import { CreateInvitationRequest } from "../../shared/contracts/admin.ts";

export interface InviteInput {
  assessmentVersionId: string | null;
  candidateName: string;
  candidateEmail: string;
  /** As `<input type="datetime-local">` writes it, in the reader's time zone. */
  expiresAt: string;
  extraTimeFactor: string;
  /** Where mail can be sent. */
  sendEmail: boolean;
}

export type InviteErrors = Partial<Record<keyof InviteInput, string>>;

const DAY_MS = 24 * 3600_000;

export const emptyInvite = (now: Date, assessmentVersionId: string | null): InviteInput => ({
  assessmentVersionId,
  candidateName: "",
  candidateEmail: "",
  expiresAt: toLocalInput(new Date(now.getTime() + 14 * DAY_MS)),
  extraTimeFactor: "1",
  sendEmail: true,
});

/** `2026-03-01T09:00`, in this machine's time zone. */
export function toLocalInput(instant: Date): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${instant.getFullYear()}-${two(instant.getMonth() + 1)}-${two(instant.getDate())}`;
  return `${day}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}

/** @returns what to send, or what is wrong with each field. */
export function readInvite(
  input: InviteInput,
  now: Date,
): { request: z.input<typeof CreateInvitationRequest> } | { errors: InviteErrors } {
  const errors: InviteErrors = {};
  const expires = new Date(input.expiresAt);
  if (input.assessmentVersionId === null) errors.assessmentVersionId = "Choose an assessment.";
  if (input.candidateName.trim() === "") errors.candidateName = "Enter the candidate’s name.";
  if (!CreateInvitationRequest.shape.candidateEmail.safeParse(input.candidateEmail.trim()).success) {
    errors.candidateEmail = "Enter a full e-mail address.";
  }
  if (Number.isNaN(expires.getTime())) errors.expiresAt = "Enter a date and time.";
  else if (expires <= now) errors.expiresAt = "Choose a time to come.";
  if (Object.keys(errors).length > 0) return { errors };
  return {
    request: {
      assessmentVersionId: input.assessmentVersionId!,
      candidateName: input.candidateName.trim(),
      candidateEmail: input.candidateEmail.trim(),
      expiresAt: expires.toISOString(),
      extraTimeFactor: Number(input.extraTimeFactor),
    },
  };
}
