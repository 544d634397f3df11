import { CloudSun, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { MAX_WEATHER_RULES, type Weather, type WeatherRule } from "../../../../shared/contracts/weather.ts";
import { describeRule, FAULT_WORDS } from "../../../../shared/contracts/weather-words.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { InlineSelect } from "../../../ui/inline-select.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import type { MockApiEditor } from "../use-mock-api-draft.ts";
import { PresetChoice } from "./preset-choice.tsx";
import { RuleDialog } from "./rule-dialog.tsx";

/** Which faults callers meet. */
export function WeatherTab({ editor: { draft, view } }: { editor: MockApiEditor }) {
  const { weather } = draft.content;
  // The rule being edited: its index, or one behind the last for a new one.
  const [editing, setEditing] = useState<number | null>(null);
  const change = (edit: (weather: Weather) => Weather) =>
    draft.edit((content) => ({ ...content, weather: edit(content.weather) }));
  const put = (index: number, rule: WeatherRule) =>
    change((now) => ({
      ...now,
      rules:
        index < now.rules.length
          ? now.rules.map((one, at) => (at === index ? rule : one))
          : [...now.rules, rule],
    }));
  return (
    <div className="flex flex-col gap-6">
      <Card
        title="Weather"
        description="What a program meets besides right answers. It is drawn from a seed, so every candidate of one assessment version meets the same."
      >
        <PresetChoice weather={weather} onChoose={(next) => change(() => next)} />
      </Card>
      <Card
        padding="none"
        title="Rules"
        description="Of those that strike one request, the first slow answer counts, and the first other fault."
        actions={
          <Button
            size="small"
            onPress={() => setEditing(weather.rules.length)}
            isDisabled={weather.rules.length >= MAX_WEATHER_RULES}
            data-testid="add-rule"
          >
            <Plus aria-hidden size={15} />
            Add a rule
          </Button>
        }
        data-testid="weather-rules"
      >
        {weather.rules.length === 0 ? (
          <EmptyState icon={<CloudSun aria-hidden size={28} />} title="Nothing goes wrong">
            Every request is answered at once. Choose a weather above, or add a rule of your own.
          </EmptyState>
        ) : (
          <ol className="divide-y divide-line">
            {weather.rules.map((rule, index) => (
              <RuleRow
                // biome-ignore lint/suspicious/noArrayIndexKey: rules have no other name, and two may be alike
                key={index}
                rule={rule}
                onEdit={() => setEditing(index)}
                onRemove={() =>
                  change((now) => ({ ...now, rules: now.rules.filter((_one, at) => at !== index) }))
                }
              />
            ))}
          </ol>
        )}
        <MostInARow
          weather={weather}
          onChange={(atMostInARow) => change((now) => ({ ...now, atMostInARow }))}
        />
      </Card>
      {editing === null ? null : (
        <RuleDialog
          present={weather.rules[editing] ?? null}
          operations={view.operations}
          onSave={(rule) => {
            put(editing, rule);
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </div>
  );
}

interface RuleRowProps {
  rule: WeatherRule;
  onEdit: () => void;
  onRemove: () => void;
}

function RuleRow({ rule, onEdit, onRemove }: RuleRowProps) {
  const name = rule.name || FAULT_WORDS[rule.fault.kind].name;
  return (
    <li className="flex items-start gap-4 px-5 py-3" data-testid="weather-rule">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        <p className="font-[620]">{name}</p>
        <p className="text-[0.933rem] text-ink-soft">{describeRule(rule)}.</p>
      </div>
      <div className="-mr-2 flex">
        <IconButton size="small" label={`Change ${name}`} onPress={onEdit}>
          <Pencil aria-hidden size={15} />
        </IconButton>
        <IconButton size="small" label={`Remove ${name}`} onPress={onRemove}>
          <Trash2 aria-hidden size={15} />
        </IconButton>
      </div>
    </li>
  );
}

const ROWS = Array.from({ length: 10 }, (_, index) => String(index + 1));

function MostInARow({ weather, onChange }: { weather: Weather; onChange: (count: number) => void }) {
  if (weather.rules.length === 0) return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1 border-t border-line px-5 py-3 text-[0.933rem] text-ink-soft">
      At most
      <InlineSelect
        label="Failures in a row, at most"
        options={ROWS.map((value) => ({ value, label: value }))}
        value={String(weather.atMostInARow)}
        onChange={(value) => onChange(Number(value))}
        data-testid="most-in-a-row"
      />
      requests in a row to one operation stay without a usable answer; the next one goes through.
    </p>
  );
}
