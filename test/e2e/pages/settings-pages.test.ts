import { visitStates, withPages } from "../../support/pages/with-pages.ts";
import { SETTINGS_STATES } from "./settings-states.ts";

visitStates(withPages(), "settings", SETTINGS_STATES);
