import type { ReactNode } from "react";
import { ROLE_TYPE_NAMES } from "../../../../shared/contracts/common.ts";
import type { AssessmentVersionView } from "../../../../shared/contracts/composer.ts";
import { TextLink } from "../../../ui/button.tsx";
import { KeyValues } from "../../../ui/key-values.tsx";
import { Markdown } from "../../../ui/markdown.tsx";
import { durationWords, plural } from "../../../ui/time-words.ts";
import { ModelsDocument, PackagesDocument } from "./models-document.tsx";
import { RubricDocument } from "./rubric-document.tsx";
import { AI_POLICY_NAMES, gigabytes, STAGE_NAMES } from "./value-words.ts";

export type AssessmentDocumentProps = Pick<
  AssessmentVersionView,
  "content" | "pinnedDatasets" | "pinnedMockApis" | "pinnedModels"
>;

/** A whole assessment to read, in the order it is composed. */
export function AssessmentDocument(props: AssessmentDocumentProps) {
  const { content } = props;
  return (
    <div>
      <Part title="Basics">
        <Basics {...props} />
      </Part>
      <Part title="Brief">
        <Markdown text={content.brief || "_Empty._"} headingLevel={3} />
      </Part>
      <Part title="What to expect">
        <Markdown text={content.expectations || "_Empty._"} headingLevel={3} />
      </Part>
      <Part title="Materials">
        <Materials {...props} />
      </Part>
      <Part title="Models">
        <ModelsDocument models={content.models} pinned={props.pinnedModels} />
      </Part>
      <Part title="Packages">
        <PackagesDocument packages={content.packages} />
      </Part>
      <Part title="Workspace">
        <Workspace {...props} />
      </Part>
      <Part title="Rules">
        <p className="font-[620] text-ink">{AI_POLICY_NAMES[content.aiPolicy.kind]}</p>
        <Markdown text={content.aiPolicy.statement} headingLevel={3} className="mt-1" />
        <p className="mt-5 font-[620] text-ink">What candidates are told</p>
        <ul className="mt-1 list-disc space-y-1.5 pl-5 marker:text-ink-faint">
          {content.disclosures.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </Part>
      <Part title="Rubric">
        <RubricDocument criteria={content.rubric.criteria} />
      </Part>
    </div>
  );
}

/** Title in the margin, text beside it: one rule between parts, no boxes. */
function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid gap-x-10 gap-y-3 border-t border-line py-7 md:grid-cols-[9.5rem_minmax(0,1fr)]">
      <h2 className="font-[620]">{title}</h2>
      <div className="min-w-0 text-ink-soft [overflow-wrap:anywhere]">{children}</div>
    </section>
  );
}

function Basics({ content }: AssessmentDocumentProps) {
  return (
    <KeyValues
      items={[
        { name: "Title", value: content.title },
        { name: "Company", value: content.company.name },
        { name: "About the company", value: content.company.about || "–" },
        { name: "Role", value: content.role.title },
        { name: "Role type", value: ROLE_TYPE_NAMES[content.role.type] },
        { name: "Stages", value: content.stages.map((stage) => STAGE_NAMES[stage]).join(", ") },
      ]}
    />
  );
}

function Materials({ content, pinnedDatasets, pinnedMockApis }: AssessmentDocumentProps) {
  const datasets = content.datasets.map((pin) => {
    const found = pinnedDatasets.find(({ datasetVersionId }) => datasetVersionId === pin.datasetVersionId);
    const { sample, canary } = pin.delivery;
    const notes = [
      sample ? `a sample of ${sample.rows.toLocaleString("en-GB")} rows of ${sample.table} each` : null,
      canary ? `${canary.rows} canary ${plural(canary.rows, "row")}` : null,
    ].filter(Boolean);
    return {
      name: found ? (
        <TextLink href={`/admin/datasets/${found.datasetId}`}>{found.title}</TextLink>
      ) : (
        "Not here"
      ),
      key: `dataset ${pin.mountName}`,
      value: (
        <>
          {found ? `Version ${found.number} at ` : null}
          <code className="font-mono text-[0.867rem]">/datasets/{pin.mountName}</code>
          {notes.length > 0 ? (
            <span className="block text-[0.9rem] text-ink-faint">{notes.join(", ")}</span>
          ) : null}
        </>
      ),
    };
  });
  const apis = content.mockApis.map((pin) => {
    const found = pinnedMockApis.find(({ mockApiVersionId }) => mockApiVersionId === pin.mockApiVersionId);
    return {
      name: found ? (
        <TextLink href={`/admin/mock-apis/${found.mockApiId}`}>{found.title}</TextLink>
      ) : (
        "Not here"
      ),
      key: `api ${pin.hostname}`,
      value: (
        <>
          {found ? `Version ${found.number} at ` : null}
          <code className="font-mono text-[0.867rem]">http://{pin.hostname}</code>
        </>
      ),
    };
  });
  if (datasets.length + apis.length === 0) return <p>No dataset and no mock API.</p>;
  return <KeyValues items={[...datasets, ...apis]} />;
}

function Workspace({ content }: AssessmentDocumentProps) {
  const time = (seconds: number | null) => (seconds ? durationWords(seconds) : "not set");
  const { limits } = content;
  return (
    <KeyValues
      items={[
        { name: "Time", value: time(content.limitSec) },
        { name: "Practice", value: time(content.practiceLimitSec) },
        { name: "Saved every", value: time(content.snapshotIntervalSec) },
        { name: "Image", value: content.image || "not set" },
        {
          name: "Machine",
          value: `${limits.cpus ?? "?"} ${plural(limits.cpus ?? 2, "core")}, ${gigabytes(limits.memoryMib)} memory, ${gigabytes(limits.diskMib)} disk`,
        },
        {
          name: "Starter files",
          value: filesWords(
            content.starter.source.kind,
            content.starter.files.map(({ path }) => path),
          ),
        },
        {
          name: "Practice files",
          value: filesWords(
            content.practiceStarter.source.kind,
            content.practiceStarter.files.map(({ path }) => path),
          ),
        },
      ]}
    />
  );
}

const SOURCES = {
  none: null,
  upload: "an uploaded archive",
  version: "the files of the version",
  platform: "the platform’s tour",
};

function filesWords(source: keyof typeof SOURCES, written: readonly string[]): string {
  return [SOURCES[source], ...written].filter(Boolean).join(", ") || "none but the brief";
}
