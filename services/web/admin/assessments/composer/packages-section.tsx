import { useRef } from "react";
import type { PackagePolicy } from "../../../../shared/contracts/assessment-draft.ts";
import type { PackageEcosystem } from "../../../../shared/contracts/packages.ts";
import { Card } from "../../../ui/card.tsx";
import { type Choice, ChoiceCards } from "../../../ui/choice-cards.tsx";
import { NumberField } from "../../../ui/number-field.tsx";
import { Switch } from "../../../ui/switch.tsx";
import { PatternList } from "./pattern-list.tsx";
import type { SectionProps } from "./section-props.ts";

type Mirror = Extract<PackagePolicy, { kind: "mirror" }>;

const CHOICES: Choice<PackagePolicy["kind"]>[] = [
  { value: "none", label: "No packages", description: "Candidates use what the image has." },
  {
    value: "mirror",
    label: "Through the mirror",
    description: "pip and npm work as usual, and only for what you allow. There is no other way out.",
  },
];

const everything = { enabled: true, allow: [], deny: [] };
const FIRST_MIRROR: Mirror = {
  kind: "mirror",
  npm: everything,
  pypi: everything,
  maxFileMib: 200,
  maxTotalMib: 2048,
};

export function PackagesSection(props: SectionProps) {
  const { content, edit, gapAt } = props;
  const { packages } = content;
  // Who looks at the other choice and comes back has lost nothing.
  const kept = useRef(FIRST_MIRROR);
  if (packages.kind === "mirror") kept.current = packages;
  const choose = (kind: PackagePolicy["kind"]) =>
    edit((draft) =>
      draft.packages.kind === kind
        ? draft
        : { ...draft, packages: kind === "none" ? { kind } : kept.current },
    );
  return (
    <div className="flex flex-col gap-5">
      <Card>
        <div data-path="packages.kind">
          <ChoiceCards
            label="Packages that can be installed"
            columns={2}
            choices={CHOICES}
            value={packages.kind}
            onChange={choose}
            error={gapAt("packages.kind")}
            data-testid="package-policy"
          />
        </div>
      </Card>
      {packages.kind === "mirror" ? (
        <>
          <RegistryCard {...props} mirror={packages} ecosystem="pypi" />
          <RegistryCard {...props} mirror={packages} ecosystem="npm" />
          <SizesCard {...props} mirror={packages} />
        </>
      ) : null}
    </div>
  );
}

type MirrorProps = SectionProps & { mirror: Mirror };

const withMirror = ({ edit }: SectionProps, change: (mirror: Mirror) => Partial<Mirror>) =>
  edit((draft) =>
    draft.packages.kind === "none"
      ? draft
      : { ...draft, packages: { ...draft.packages, ...change(draft.packages) } },
  );

const REGISTRIES: Record<PackageEcosystem, { title: string; tool: string; example: string }> = {
  pypi: { title: "PyPI", tool: "pip", example: "requests, types-*" },
  npm: { title: "npm", tool: "npm", example: "left-pad, @types/*" },
};

function RegistryCard(props: MirrorProps & { ecosystem: PackageEcosystem }) {
  const { ecosystem, mirror, gapAt } = props;
  const { title, tool, example } = REGISTRIES[ecosystem];
  const rules = mirror[ecosystem];
  const set = (change: Partial<Mirror["npm"]>) =>
    withMirror(props, (current) => ({ [ecosystem]: { ...current[ecosystem], ...change } }));
  // What is wrong in a list must be seen, also while its registry is off.
  const showsLists = rules.enabled || rules.allow.length + rules.deny.length > 0;
  return (
    <Card
      title={title}
      actions={
        <Switch
          isSelected={rules.enabled}
          onChange={(enabled) => set({ enabled })}
          data-testid={`enable-${ecosystem}`}
        >
          {rules.enabled ? `${tool} works` : `${tool} is refused`}
        </Switch>
      }
    >
      {showsLists ? (
        <div className="grid items-start gap-5 sm:grid-cols-2">
          <PatternList
            label="Only these"
            description={`One a line, for example ${example}. Empty: all but what is refused. What they depend on must be here, too.`}
            path={`packages.${ecosystem}.allow`}
            patterns={rules.allow}
            gapAt={gapAt}
            onChange={(allow) => set({ allow })}
          />
          <PatternList
            label="Never these"
            description="One a line. Stronger than the other list."
            path={`packages.${ecosystem}.deny`}
            patterns={rules.deny}
            gapAt={gapAt}
            onChange={(deny) => set({ deny })}
          />
        </div>
      ) : null}
    </Card>
  );
}

function SizesCard(props: MirrorProps) {
  const { mirror, gapAt } = props;
  return (
    <Card title="Sizes" description="For each candidate. What is larger is refused, and they are told why.">
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <div data-path="packages.maxFileMib">
          <NumberField
            label="Largest file"
            unit="MiB"
            value={mirror.maxFileMib}
            onChange={(maxFileMib) => withMirror(props, () => ({ maxFileMib }))}
            error={gapAt("packages.maxFileMib")}
            data-testid="max-file"
          />
        </div>
        <div data-path="packages.maxTotalMib">
          <NumberField
            label="All files together"
            unit="MiB"
            value={mirror.maxTotalMib}
            onChange={(maxTotalMib) => withMirror(props, () => ({ maxTotalMib }))}
            error={gapAt("packages.maxTotalMib")}
            data-testid="max-total"
          />
        </div>
      </div>
    </Card>
  );
}
