import { useMemo, useState } from "react";
import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/money-words.ts";
import { splitLinesAtHidden } from "./hidden-characters.ts";
import { HiddenMark } from "./hidden-mark.tsx";

/** Of a long text, so much at a time: every hidden character in it is an element of the page. */
const STEP = 20_000;

/** Text of several lines as it really is, and as nothing but text. Long ones open step by step. */
export function VisibleText({ text }: { text: string }) {
  const [shown, setShown] = useState(STEP);
  const pieces = useMemo(() => splitLinesAtHidden(text.slice(0, shown)), [text, shown]);
  const left = text.length - shown;
  return (
    <>
      <bdi className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {pieces.map((piece, at) =>
          piece.hidden ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
            <HiddenMark key={at} character={piece.text} />
          ) : (
            piece.text
          ),
        )}
      </bdi>
      {left > 0 ? (
        <Button
          size="small"
          className="mt-2 flex"
          onPress={() => setShown((before) => before + STEP)}
          data-testid="show-more-text"
        >
          Show more ({formatCount(left)} characters left)
        </Button>
      ) : null}
    </>
  );
}
