import { hiddenCharacterDescription, hiddenCharacterLabel, splitAtHidden } from "./hidden-characters.ts";

/** A file name as it really is: what would hide in it or turn it around is shown as a label. */
export function VisibleName({ name }: { name: string }) {
  const pieces = splitAtHidden(name);
  if (pieces.length <= 1 && !pieces[0]?.hidden) return <bdi>{name}</bdi>;
  return (
    <bdi>
      {pieces.map((piece, at) =>
        piece.hidden ? (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name never move
            key={at}
            title={hiddenCharacterDescription(piece.text)}
            className="mx-px rounded border border-danger-line bg-danger-soft px-1 text-[0.7rem] font-semibold text-danger"
          >
            {hiddenCharacterLabel(piece.text)}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name never move
          <span key={at}>{piece.text}</span>
        ),
      )}
    </bdi>
  );
}
