import { useState } from "react";
import type { Weather } from "../../../../shared/contracts/weather.ts";
import { WEATHER_PRESETS, type WeatherPreset } from "../../../../shared/contracts/weather-words.ts";
import { sameJson } from "../../../drafts/merge.ts";
import { ChoiceCards } from "../../../ui/choice-cards.tsx";
import { ConfirmDialog } from "../../../ui/dialog.tsx";
import { plural } from "../../../ui/time-words.ts";

type PresetId = WeatherPreset["id"];

export interface PresetChoiceProps {
  weather: Weather;
  onChoose: (weather: Weather) => void;
}

/** Weathers to start from. One of one's own is not thrown away without asking. */
export function PresetChoice({ weather, onChoose }: PresetChoiceProps) {
  const [asked, setAsked] = useState<WeatherPreset | null>(null);
  const present = WEATHER_PRESETS.find((preset) => sameJson(preset.weather, weather)) ?? null;
  const choose = (id: PresetId) => {
    const preset = WEATHER_PRESETS.find((one) => one.id === id)!;
    if (present === null && weather.rules.length > 0) setAsked(preset);
    else onChoose(preset.weather);
  };
  return (
    <>
      <ChoiceCards<PresetId>
        label="Start from"
        description={present === null ? "Now it is one of your own, made of the rules below." : undefined}
        columns={3}
        value={present?.id ?? null}
        onChange={choose}
        choices={WEATHER_PRESETS.map(({ id, title, description }) => ({
          value: id,
          label: title,
          description,
        }))}
        data-testid="weather-presets"
      />
      {asked ? (
        <ConfirmDialog
          isOpen
          onClose={() => setAsked(null)}
          title={`Replace your rules by “${asked.title}”?`}
          confirmLabel="Replace"
          variant="danger"
          onConfirm={() => {
            onChoose(asked.weather);
            setAsked(null);
          }}
          data-testid="replace-weather"
        >
          Your {weather.rules.length} {plural(weather.rules.length, "rule")} would be gone from the draft.
          Versions that are published keep theirs.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
