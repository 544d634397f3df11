import { hiddenCharacterDescription, hiddenCharacterLabel } from "./hidden-characters.ts";

/** A label in the place of a character that nobody would see. */
export function HiddenMark({ character }: { character: string }) {
  return (
    <span
      title={hiddenCharacterDescription(character)}
      className="mx-px rounded border border-danger-line bg-danger-soft px-1 text-[0.7rem] font-semibold text-danger"
    >
      {hiddenCharacterLabel(character)}
    </span>
  );
}
