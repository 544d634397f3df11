import type { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import type { ComposerOptions } from "../../../../shared/contracts/composer.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Select } from "../../../ui/field.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import { durationWords } from "../../../ui/time-words.ts";
import type { SectionProps } from "./section-props.ts";
import { StarterFiles } from "./starter-files.tsx";

export function WorkspaceSection(props: SectionProps) {
  return (
    <div className="flex flex-col gap-5">
      <TimeCard {...props} />
      <MachineCard {...props} />
      <PracticeCard {...props} />
    </div>
  );
}

type TimeKey = "limitSec" | "practiceLimitSec";
const PRESETS_MIN = [60, 90, 120, 180];

function TimeCard({ content, edit, gapAt }: SectionProps) {
  const set = (key: TimeKey, minutes: number | null) =>
    edit((draft) => ({ ...draft, [key]: minutes === null ? null : Math.round(minutes * 60) }));
  const minutes = (key: TimeKey) => {
    const seconds = content[key];
    return seconds === null ? null : seconds / 60;
  };
  return (
    <Card title="Time">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <div data-path="limitSec">
          <NumberField
            label="For the task"
            description={
              content.limitSec ? durationWords(content.limitSec) : "From Start to the automatic submit"
            }
            unit="minutes"
            value={minutes("limitSec")}
            onChange={(value) => set("limitSec", value)}
            error={gapAt("limitSec")}
            data-testid="limit-minutes"
          />
          <div className="mt-2 flex flex-wrap gap-1.5">
            {PRESETS_MIN.map((preset) => (
              <Button key={preset} size="small" onPress={() => set("limitSec", preset)}>
                {durationWords(preset * 60)}
              </Button>
            ))}
          </div>
        </div>
        <div data-path="practiceLimitSec">
          <NumberField
            label="For a practice"
            description="As often as they like, before they start"
            unit="minutes"
            value={minutes("practiceLimitSec")}
            onChange={(value) => set("practiceLimitSec", value)}
            error={gapAt("practiceLimitSec")}
            data-testid="practice-minutes"
          />
        </div>
        <div data-path="snapshotIntervalSec">
          <NumberField
            label="Work is saved every"
            description="Only when something changed; the timeline has a point for each"
            unit="seconds"
            value={content.snapshotIntervalSec}
            onChange={(snapshotIntervalSec) => edit((draft) => ({ ...draft, snapshotIntervalSec }))}
            error={gapAt("snapshotIntervalSec")}
          />
        </div>
      </div>
    </Card>
  );
}

type LimitKey = keyof AssessmentDraft["limits"];

function MachineCard({ content, edit, gapAt, options }: SectionProps) {
  const set = (key: LimitKey, value: number | null) =>
    edit((draft) => ({ ...draft, limits: { ...draft.limits, [key]: value } }));
  const gigabytes = (key: "memoryMib" | "diskMib") => {
    const mib = content.limits[key];
    return mib === null ? null : mib / 1024;
  };
  const setGigabytes = (key: "memoryMib" | "diskMib", value: number | null) =>
    set(key, value === null ? null : Math.round(value * 1024));
  return (
    <Card title="Machine" description="Each candidate has one of their own. The check starts it and looks.">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <div data-path="image" className="sm:col-span-2">
          <ImageField content={content} edit={edit} gapAt={gapAt} options={options} />
        </div>
        <div data-path="limits.cpus">
          <NumberField
            label="Processors"
            unit="cores"
            value={content.limits.cpus}
            onChange={(value) => set("cpus", value)}
            error={gapAt("limits.cpus")}
            data-testid="cpus"
          />
        </div>
        <div data-path="limits.memoryMib">
          <NumberField
            label="Memory"
            unit="GB"
            value={gigabytes("memoryMib")}
            onChange={(value) => setGigabytes("memoryMib", value)}
            error={gapAt("limits.memoryMib")}
            data-testid="memory"
          />
        </div>
        <div data-path="limits.diskMib">
          <NumberField
            label="Disk"
            unit="GB"
            value={gigabytes("diskMib")}
            onChange={(value) => setGigabytes("diskMib", value)}
            error={gapAt("limits.diskMib")}
          />
        </div>
        <div data-path="limits.pids">
          <NumberField
            label="Processes at once"
            value={content.limits.pids}
            onChange={(value) => set("pids", value)}
            error={gapAt("limits.pids")}
          />
        </div>
      </div>
    </Card>
  );
}

function ImageField({
  content,
  edit,
  gapAt,
  options,
}: Pick<SectionProps, "content" | "edit" | "gapAt" | "options">) {
  const images = imagesOf(options, content.image);
  return (
    <Select
      label="Image"
      description="What is installed in the workspace: languages, tools, libraries."
      options={images}
      value={content.image || null}
      onChange={(image) => edit((draft) => ({ ...draft, image }))}
      isDisabled={options === null}
      error={gapAt("image")}
      data-testid="image"
    />
  );
}

/** What is offered, and what the draft says even where this installation does not have it. */
function imagesOf(options: ComposerOptions | null, current: string) {
  const offered = (options?.images ?? []).map(({ name, isDefault }) => ({
    value: name,
    label: name,
    ...(isDefault ? { description: "The standard one" } : {}),
  }));
  if (current === "" || offered.some(({ value }) => value === current)) return offered;
  const words = options === null ? {} : { description: "Not on this installation" };
  return [...offered, { value: current, label: current, ...words }];
}

function PracticeCard(props: SectionProps) {
  const { content, edit, options } = props;
  const isPlatform = content.practiceStarter.source.kind === "platform";
  return (
    <Card
      title="Practice files"
      description="What a practice workspace starts with. It must give nothing of the task away."
    >
      <div data-path="practiceStarter" className="flex flex-col gap-4">
        {isPlatform ? (
          <p className="text-[0.933rem] text-ink-soft">
            Without files of yours, candidates get a short tour of the workspace
            {options && options.practiceFiles.length > 0 ? (
              <>
                : <PracticeFiles options={options} />
              </>
            ) : null}
            .
          </p>
        ) : null}
        <StarterFiles
          {...props}
          name="practice"
          scope={`practice:${props.assessmentId}`}
          starter={content.practiceStarter}
          emptySource={{ kind: "platform" }}
          onChange={(practiceStarter) => edit((draft) => ({ ...draft, practiceStarter }))}
        />
      </div>
    </Card>
  );
}

function PracticeFiles({ options }: { options: ComposerOptions }) {
  return options.practiceFiles.map(({ path }, index) => (
    <span key={path}>
      {index > 0 ? ", " : null}
      <code className="font-mono text-[0.85rem]">{path}</code>
    </span>
  ));
}
