import type { RoleType } from "../../../shared/contracts/common.ts";

/** What a person of each role type does, without jargon. */
export const ROLE_WORDS: Record<RoleType, string> = {
  1: "You build useful things out of models and services that exist: calling APIs well, handling what goes wrong, and making the result something people can rely on.",
  2: "You work on the models themselves: data, training, evaluation, and knowing what the numbers do and do not say.",
  3: "You build the systems around models: serving, retrieval, evaluation and operations, so that everything holds up under load and over time.",
};
