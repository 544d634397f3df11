import type { ReactNode } from "react";
import { ROLE_TYPE_NAMES } from "../../shared/contracts/common.ts";
import type { SubmissionView } from "../../shared/contracts/review.ts";
import { CopyButton } from "../ui/code-block.tsx";
import { formatBytes, formatInstant, timeZoneName } from "../ui/time-words.ts";
import { InstalledPackages } from "./installed-packages.tsx";

const REASONS: Record<SubmissionView["reason"], string> = {
  candidate: "The candidate submitted it.",
  deadline: "The time was up; the workspace was sealed as it stood.",
  admin: "An admin ended the attempt; the workspace was sealed as it stood.",
};

/** The facts of a submission that a reviewer may know. */
export function AboutSubmission({ submission }: { submission: SubmissionView }) {
  const { assessment } = submission;
  return (
    <div className="px-5 py-5" data-testid="about-submission">
      <dl className="flex flex-col gap-4">
        <Fact name="Code name">{submission.codeName}</Fact>
        <Fact name="Assessment">
          {assessment.title}
          <span className="block text-ink-soft">
            {assessment.roleTitle}, {ROLE_TYPE_NAMES[assessment.roleType]}
          </span>
        </Fact>
        <Fact name="Sealed">
          {formatInstant(submission.sealedAt, true)} {timeZoneName(submission.sealedAt)}
          <span className="block text-ink-soft">{REASONS[submission.reason]}</span>
        </Fact>
        <Fact name="Size">
          {submission.fileCount.toLocaleString("en")} files, {formatBytes(submission.totalBytes)}
        </Fact>
        <Fact name="AI help">
          <span className="break-words text-ink-soft">{assessment.aiPolicy.statement}</span>
        </Fact>
        {assessment.hasPackages ? (
          <Fact name="Packages installed">
            <InstalledPackages submissionId={submission.submissionId} />
          </Fact>
        ) : null}
        <Fact name="Digest of the archive">
          <span className="flex items-start gap-1">
            <code className="font-mono text-[0.8rem] leading-relaxed break-all text-ink-soft">
              {submission.archiveSha256}
            </code>
            <CopyButton text={submission.archiveSha256} label="Copy the digest" />
          </span>
          <span className="block text-[0.84rem] text-ink-faint">
            SHA-256. The candidate’s receipt carries the same, signed.
          </span>
        </Fact>
      </dl>
      <p className="mt-4 border-t border-line pt-4 text-[0.867rem] text-ink-faint">
        How long the candidate had, and whether anyone was given extra time, is not shown to reviewers.
      </p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[0.8rem] text-ink-faint">{name}</dt>
      <dd className="text-[0.933rem]">{children}</dd>
    </div>
  );
}
