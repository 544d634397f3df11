import { CircleCheck, Download } from "lucide-react";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { ReceiptView } from "../../../shared/contracts/candidate.ts";
import { AppShell, PageHeading } from "../../ui/app-shell.tsx";
import { Button, LinkButton } from "../../ui/button.tsx";
import { CodeBlock, CopyButton } from "../../ui/code-block.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Swatch } from "../../ui/swatch.tsx";
import { formatBytes, formatInstant, plural, timeZoneName } from "../../ui/time-words.ts";
import { TrialBanner } from "../trial-banner.tsx";
import { ArchivedFiles } from "./archived-files.tsx";
import { downloadText } from "./download-text.ts";

type ReceiptData = z.infer<typeof ReceiptView>;
type Statement = ReceiptData["receipt"]["statement"];

const WORDS: Record<Statement["reason"], { title: string; lead: string }> = {
  candidate: {
    title: "Your work is submitted",
    lead: "It is archived exactly as it was when you pressed Submit.",
  },
  deadline: {
    title: "The time is up",
    lead: "Your work was saved and submitted for you, exactly as it was when the time ended.",
  },
  admin: {
    title: "Your work is submitted",
    lead: "The people who invited you closed the attempt. Your work is archived exactly as it was then.",
  },
};

export interface ReceiptPageViewProps {
  receipt: ReceiptData;
  company: string;
  isTrial: boolean;
}

export function ReceiptPageView({ receipt: view, company, isTrial }: ReceiptPageViewProps) {
  const { receipt } = view;
  const { statement } = receipt;
  const words = WORDS[statement.reason];
  useDocumentTitle("Receipt");
  const saveReceipt = () =>
    downloadText(`receipt-${statement.submissionId}.json`, `${JSON.stringify(receipt, null, 2)}\n`);
  return (
    <AppShell>
      <div data-testid="receipt">
        <PageHeading
          eyebrow={
            <span className="inline-flex items-center gap-2">
              <CircleCheck aria-hidden size={18} /> {statement.assessment}
            </span>
          }
          title={words.title}
          lead={words.lead}
          actions={
            <>
              <Button onPress={saveReceipt} data-testid="download-receipt">
                <Download aria-hidden size={16} /> Receipt
              </Button>
              <LinkButton
                variant="primary"
                href={view.downloadUrl}
                download
                target="_self"
                data-testid="download-archive"
              >
                <Download aria-hidden size={16} /> Your work ({formatBytes(statement.archiveBytes)})
              </LinkButton>
            </>
          }
        />
        <div className="mt-10">
          <Section title="What happens next">
            {isTrial ? (
              <TrialBanner />
            ) : (
              <p>
                Reviewers at {company} read your work without your name and rate it against fixed criteria.
                You hear from the people who invited you. There is nothing left to do; this link keeps showing
                your receipt.
              </p>
            )}
          </Section>
          <Section title="Times">
            <Times statement={statement} />
          </Section>
          <Section title="What was archived">
            <ArchivedFiles view={view} />
          </Section>
          <Section title="Proof">
            <Proof receipt={receipt} />
          </Section>
        </div>
      </div>
    </AppShell>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-8 gap-y-3 border-t border-line py-7 md:grid-cols-[11rem_minmax(0,1fr)]">
      <h2 className="font-[620]">{title}</h2>
      <div className="min-w-0 text-ink-soft">{children}</div>
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className="grid gap-x-8 gap-y-1 sm:grid-cols-[max-content_minmax(0,1fr)] sm:gap-y-2">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="pt-1 text-[0.933rem] sm:pt-0">{name}</dt>
          <dd className="min-w-0 text-ink tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Times({ statement }: { statement: Statement }) {
  const show = (instant: string) => (
    <time dateTime={instant}>
      {formatInstant(instant, true)} <span className="text-ink-faint">{timeZoneName(instant)}</span>
    </time>
  );
  return (
    <Facts
      facts={[
        ["Started", show(statement.startedAt)],
        ["Frozen", show(statement.frozenAt)],
        ["Sealed", show(statement.sealedAt)],
      ]}
    />
  );
}

function Proof({ receipt }: { receipt: ReceiptData["receipt"] }) {
  const { statement } = receipt;
  return (
    <>
      <p className="max-w-[66ch]">
        The digest is the fingerprint of the whole archive. The signature shows that we received exactly that,
        with {statement.fileCount.toLocaleString("en")} {plural(statement.fileCount, "file")}, at the time
        above. Keep both downloads and nobody can dispute it later.
      </p>
      <Swatch className="mt-5">
        <Facts
          facts={[
            [
              "SHA-256",
              <Digest key="digest" value={statement.archiveSha256} name="digest" testId="archive-digest" />,
            ],
            ["Signature", <Digest key="signature" value={receipt.signature} name="signature" />],
            [
              "Key id",
              <code key="key" className="font-mono text-[0.87rem] break-all">
                {receipt.keyId}
              </code>,
            ],
            [
              "Submission",
              <code key="id" className="font-mono text-[0.87rem] break-all">
                {statement.submissionId}
              </code>,
            ],
          ]}
        />
      </Swatch>
      <h3 className="mt-7 font-[620] text-ink">Check it yourself, offline</h3>
      <p className="mt-1 mb-3 max-w-[66ch]">
        The first line must print the digest above; the second unpacks the archive. The signature is Ed25519
        over the compact JSON of <code className="font-mono text-[0.87rem]">statement</code> in your receipt.
      </p>
      <CodeBlock
        label="the commands"
        code={`sha256sum submission-${statement.submissionId}.tar.zst\ntar --zstd -xf submission-${statement.submissionId}.tar.zst`}
      />
    </>
  );
}

function Digest({ value, name, testId }: { value: string; name: string; testId?: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="min-w-0 font-mono text-[0.87rem] break-all" data-testid={testId}>
        {value}
      </code>
      <span className="-mt-1">
        <CopyButton text={value} label={`Copy the ${name}`} />
      </span>
    </span>
  );
}
