import { Monitor, Moon, Sun } from "lucide-react";
import { IconButton } from "./button.tsx";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./theme.ts";

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon };
const NAMES = { system: "as the system", light: "light", dark: "dark" };

/** Goes round: as the system, light, dark. */
export function ThemeSwitch() {
  const choice = useThemeChoice();
  const Icon = ICONS[choice];
  return (
    <IconButton
      label={`Colours: ${NAMES[choice]}. Change to ${NAMES[NEXT[choice]]}`}
      onPress={() => chooseTheme(NEXT[choice])}
      data-testid="theme-switch"
    >
      <Icon aria-hidden size={18} />
    </IconButton>
  );
}
