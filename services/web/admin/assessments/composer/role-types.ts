import { ROLE_TYPE_NAMES, type RoleType } from "../../../../shared/contracts/common.ts";
import type { Choice } from "../../../ui/choice-cards.tsx";

/** What each role type means for whoever composes: whom it describes, and what their work is judged by. */
const WORDS: Record<RoleType, string> = {
  1: "Makes models and services that exist useful: calls APIs well, copes with what goes wrong, builds something people rely on.",
  2: "Works on the models themselves: data, features, training, and knowing what the numbers do and do not say.",
  3: "Builds the systems around models: retrieval, serving, evaluation and operations that hold up under load.",
};

export const ROLE_TYPE_CHOICES: Choice<`${RoleType}`>[] = ([1, 2, 3] as const).map((type) => ({
  value: `${type}`,
  label: ROLE_TYPE_NAMES[type],
  description: WORDS[type],
}));
