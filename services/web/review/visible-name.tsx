import { splitAtHidden } from "./hidden-characters.ts";
import { HiddenMark } from "./hidden-mark.tsx";

/** A file name as it really is: what would hide in it or turn it around is shown as a label. */
export function VisibleName({ name }: { name: string }) {
  const pieces = splitAtHidden(name);
  if (pieces.length <= 1 && !pieces[0]?.hidden) return <bdi>{name}</bdi>;
  return (
    <bdi>
      {pieces.map((piece, at) =>
        piece.hidden ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name never move
          <HiddenMark key={at} character={piece.text} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one name never move
          <span key={at}>{piece.text}</span>
        ),
      )}
    </bdi>
  );
}
