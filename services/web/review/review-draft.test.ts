import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReviewView } from "../../shared/contracts/review.ts";
import { localCopyKey } from "./local-copy.ts";
import { advanceDraft, type DraftState, localCopyOf, openDraft, saveDelayMs } from "./review-draft.ts";
import type { ReviewContent } from "./rubric-progress.ts";

const content = (summary: string, level: number | null = null): ReviewContent => ({
  ratings: { clarity: { level, evidence: "" } },
  summary,
  recommendation: null,
});
const review = (revision: number, over: Partial<ReviewView> = {}): ReviewView => ({
  id: "7a5a1c0e-4a35-4b39-9a54-0d7a52d4a6c1",
  state: "draft",
  ...content(""),
  revision,
  updatedAt: `2026-03-01T09:00:0${revision}.000Z`,
  submittedAt: null,
  ...over,
});
const edited = (summary: string, level: number | null = null) =>
  ({ type: "edited", content: content(summary, level) }) as const;
const play = (state: DraftState, ...events: Parameters<typeof advanceDraft>[1][]) =>
  events.reduce(advanceDraft, state);

describe("a draft", () => {
  it("is saved after an edit and rests", () => {
    const typed = play(openDraft(review(1), null), edited("good"));
    expect(typed.phase).toBe("unsaved");
    expect(saveDelayMs(typed)).toBe(800);
    const saved = play(
      typed,
      { type: "save_started" },
      { type: "save_answered", review: review(2, content("good")) },
    );
    expect(saved).toMatchObject({ phase: "saved", revision: 2 });
    expect(saveDelayMs(saved)).toBeNull();
    expect(localCopyOf(saved)).toBeNull();
  });

  it("keeps what was typed while a save was under way, on the new revision", () => {
    const state = play(openDraft(review(1), null), edited("go"), { type: "save_started" }, edited("good"), {
      type: "save_answered",
      review: review(2, content("go")),
    });
    expect(state).toMatchObject({ phase: "unsaved", revision: 2, content: content("good") });
  });

  it("needs no save when an edit is taken back", () => {
    expect(play(openDraft(review(1), null), edited("x"), edited("")).phase).toBe("saved");
  });

  it("waits longer after each failure and keeps the words meanwhile", () => {
    let state = play(openDraft(review(1), null), edited("good"));
    const delays: (number | null)[] = [];
    for (let round = 0; round < 7; round += 1) {
      state = play(state, { type: "save_started" }, { type: "save_failed" });
      delays.push(saveDelayMs(state));
    }
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(play(state, edited("better"))).toMatchObject({ phase: "failed", content: content("better") });
  });

  it("merges a newer revision that changed other fields, and saves on", () => {
    const state = play(
      openDraft(review(1), null),
      edited("mine"),
      { type: "save_started" },
      {
        type: "save_refused",
        review: review(2, content("", 4)),
      },
    );
    expect(state).toMatchObject({
      phase: "unsaved",
      revision: 2,
      content: content("mine", 4),
      collisions: [],
    });
  });

  it("asks when one field has two new values, and settles either way", () => {
    const conflict = play(
      openDraft(review(1), null),
      edited("mine"),
      { type: "save_started" },
      {
        type: "save_refused",
        review: review(2, content("theirs", 3)),
      },
    );
    expect(conflict).toMatchObject({ phase: "conflict", content: content("mine", 3) });
    expect(conflict.collisions).toEqual([
      { field: "summary", criterionId: null, mine: "mine", theirs: "theirs" },
    ]);
    expect(saveDelayMs(conflict)).toBeNull();
    expect(play(conflict, { type: "collisions_settled", keep: "mine" })).toMatchObject({
      phase: "unsaved",
      revision: 2,
      content: content("mine", 3),
    });
    expect(play(conflict, { type: "collisions_settled", keep: "theirs" })).toMatchObject({
      phase: "saved",
      content: content("theirs", 3),
    });
  });

  it("locks when it was submitted elsewhere", () => {
    const submitted = review(3, {
      ...content("done", 5),
      state: "submitted",
      submittedAt: "2026-03-01T10:00:00.000Z",
    });
    const state = play(
      openDraft(review(1), null),
      edited("mine"),
      { type: "save_started" },
      {
        type: "save_refused",
        review: submitted,
      },
    );
    expect(state.phase).toBe("locked");
    expect(play(state, edited("more"))).toBe(state);
  });
});

describe("words left from the last visit", () => {
  it("belong to one reviewer and one submission", () => {
    expect(localCopyKey("ada", "s1")).not.toBe(localCopyKey("bob", "s1"));
    expect(localCopyKey("ada", "s1")).not.toBe(localCopyKey("ada", "s2"));
  });
  const local = { revision: 1, acknowledged: content(""), content: content("typed before the crash") };
  it("come back and are saved", () => {
    expect(openDraft(review(1), local)).toMatchObject({ phase: "unsaved", content: local.content });
  });
  it("are put on top of what happened since", () => {
    expect(openDraft(review(4, content("", 2)), local)).toMatchObject({
      phase: "unsaved",
      revision: 4,
      content: content("typed before the crash", 2),
    });
  });
  it("raise a conflict when the same field moved on", () => {
    expect(openDraft(review(4, content("newer")), local).phase).toBe("conflict");
  });
  it("raise it again after a reload, as long as nobody has decided", () => {
    const conflict = openDraft(review(4, content("newer")), local);
    expect(openDraft(review(4, content("newer")), localCopyOf(conflict))).toMatchObject({
      phase: "conflict",
      collisions: conflict.collisions,
    });
    const settled = play(conflict, { type: "collisions_settled", keep: "mine" });
    expect(openDraft(review(4, content("newer")), localCopyOf(settled))).toMatchObject({
      phase: "unsaved",
      content: local.content,
    });
  });
  it("are of no use after the submission", () => {
    expect(openDraft(review(4, { state: "submitted" }), local).phase).toBe("locked");
  });
});

describe("any course of events", () => {
  const word = fc.string({ maxLength: 3 });
  const event = fc.oneof(
    fc.record({ type: fc.constant("edited" as const), content: word.map((text) => content(text)) }),
    fc.constant({ type: "save_failed" as const }),
    fc.constant({ type: "save_started" as const }),
    word.map((text) => ({ type: "save_refused" as const, review: review(2, content("", text.length)) })),
  );
  it("never loses the last words typed, on screen or in the local copy", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), word, (events, last) => {
        const state = play(
          openDraft(review(1), null),
          ...events,
          edited(last),
          { type: "save_started" },
          {
            type: "save_failed",
          },
        );
        expect(state.content.summary).toBe(last);
        if (last !== state.acknowledged.summary) expect(localCopyOf(state)?.content.summary).toBe(last);
      }),
    );
  });
});
