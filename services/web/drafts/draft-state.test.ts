import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advanceDraft,
  type DraftState,
  localCopyOf,
  openDraft,
  type ServerDraft,
  saveDelayMs,
} from "./draft-state.ts";

interface Content {
  title: string;
  about: string;
}
const server = (revision: number, content: Content): ServerDraft<Content> => ({
  revision,
  content,
  updatedAt: `2026-03-01T09:00:0${revision}.000Z`,
});
const FIRST = { title: "Triage", about: "Support" };
const opened = openDraft(server(1, FIRST), null);
const edit = (state: DraftState<Content>, changes: Partial<Content>) =>
  advanceDraft(state, { type: "edited", content: { ...state.content, ...changes } });
const saving = (state: DraftState<Content>) => advanceDraft(state, { type: "save_started" });

describe("a draft in the browser", () => {
  it("is unsaved after an edit and saved again when the edit is undone", () => {
    const edited = edit(opened, { title: "Ranking" });
    expect(edited.phase).toBe("unsaved");
    expect(saveDelayMs(edited)).toBe(800);
    expect(edit(edited, { title: "Triage" }).phase).toBe("saved");
  });

  it("stays unsaved when something was typed while the save was under way", () => {
    const sent = saving(edit(opened, { title: "Ranking" }));
    const typed = edit(sent, { about: "More" });
    const answered = advanceDraft(typed, {
      type: "save_answered",
      draft: server(2, { title: "Ranking", about: "Support" }),
    });
    expect(answered).toMatchObject({ phase: "unsaved", revision: 2 });
    expect(answered.content).toEqual({ title: "Ranking", about: "More" });
  });

  it("takes over what the server tidied, except where something was typed since", () => {
    const sent = saving(edit(opened, { title: " Ranking " }));
    const tidied = server(2, { title: "Ranking", about: "Support" });
    const rested = advanceDraft(sent, { type: "save_answered", draft: tidied });
    expect(rested).toMatchObject({ phase: "saved", content: { title: "Ranking" } });
    const typed = advanceDraft(edit(sent, { about: "More" }), { type: "save_answered", draft: tidied });
    expect(typed.content).toEqual({ title: "Ranking", about: "More" });
  });

  it("waits longer after each failed save and keeps what is typed meanwhile", () => {
    let state = edit(opened, { title: "Ranking" });
    const delays: (number | null)[] = [];
    for (let round = 0; round < 7; round += 1) {
      state = advanceDraft(saving(state), { type: "save_failed" });
      delays.push(saveDelayMs(state));
    }
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(edit(state, { about: "Kept" }).content.about).toBe("Kept");
  });

  it("joins what another tab changed elsewhere", () => {
    const mine = saving(edit(opened, { title: "Ranking" }));
    const refused = advanceDraft(mine, {
      type: "save_refused",
      draft: server(2, { title: "Triage", about: "Theirs" }),
    });
    expect(refused).toMatchObject({ phase: "unsaved", revision: 2, collisions: [] });
    expect(refused.content).toEqual({ title: "Ranking", about: "Theirs" });
  });

  describe("when one value has two", () => {
    const mine = saving(edit(opened, { title: "Mine", about: "Also mine" }));
    const theirs = server(2, { title: "Theirs", about: "Support" });
    const conflict = advanceDraft(mine, { type: "save_refused", draft: theirs });

    it("asks, keeping mine in sight", () => {
      expect(conflict).toMatchObject({ phase: "conflict", content: { title: "Mine", about: "Also mine" } });
      expect(conflict.collisions).toEqual([{ path: ["title"], mine: "Mine", theirs: "Theirs" }]);
      expect(saveDelayMs(conflict)).toBeNull();
    });

    it("keeps mine or takes theirs, and in both cases what was typed since", () => {
      const typed = edit(conflict, { about: "Typed since" });
      const kept = advanceDraft(typed, { type: "collisions_settled", keep: "mine" });
      expect(kept).toMatchObject({ phase: "unsaved", content: { title: "Mine", about: "Typed since" } });
      const taken = advanceDraft(typed, { type: "collisions_settled", keep: "theirs" });
      expect(taken).toMatchObject({ phase: "unsaved", content: { title: "Theirs", about: "Typed since" } });
    });

    it("is saved already when theirs are taken and nothing else was changed", () => {
      const titles = advanceDraft(saving(edit(opened, { title: "Mine" })), {
        type: "save_refused",
        draft: theirs,
      });
      const taken = advanceDraft(titles, { type: "collisions_settled", keep: "theirs" });
      expect(taken).toMatchObject({ phase: "saved", revision: 2, content: theirs.content });
    });

    it.each([
      ["mine", "Typed since", "Mine"],
      ["mine", "Support", "Mine"],
      ["theirs", "Typed since", "Theirs"],
      ["theirs", "Support", "Theirs"],
    ] as const)(
      "keeps %s and the value %j typed since over theirs, which nobody was asked about",
      (keep, about, title) => {
        const joined = advanceDraft(saving(edit(opened, { title: "Mine" })), {
          type: "save_refused",
          draft: server(2, { title: "Theirs", about: "Their words" }),
        });
        const settled = advanceDraft(edit(joined, { about }), { type: "collisions_settled", keep });
        expect(settled).toMatchObject({ phase: "unsaved", content: { title, about } });
      },
    );

    it("is still asked after a reload", () => {
      const reopened = openDraft(theirs, localCopyOf(conflict));
      expect(reopened).toMatchObject({ phase: "conflict", content: { title: "Mine", about: "Also mine" } });
    });
  });

  it("is locked as the server holds it, and changes no more", () => {
    const locked = { ...server(2, { title: "Theirs", about: "Theirs" }), isLocked: true };
    const typed = edit(opened, { title: "Mine" });
    for (const state of [
      openDraft(locked, localCopyOf(typed)),
      advanceDraft(saving(typed), { type: "save_refused", draft: locked }),
      advanceDraft(edit(saving(typed), { about: "More" }), { type: "save_answered", draft: locked }),
    ]) {
      expect(state).toMatchObject({ phase: "locked", revision: 2, content: locked.content });
      expect([saveDelayMs(state), localCopyOf(state)]).toEqual([null, null]);
      expect(edit(state, { title: "More" })).toBe(state);
    }
  });

  it("goes on from the words the last visit left behind, and forgets them once the server has them", () => {
    const left = localCopyOf(edit(opened, { title: "Left behind" }));
    const reopened = openDraft(server(1, FIRST), left);
    expect(reopened).toMatchObject({ phase: "unsaved", content: { title: "Left behind" } });
    const saved = advanceDraft(saving(reopened), {
      type: "save_answered",
      draft: server(2, { ...FIRST, title: "Left behind" }),
    });
    expect(localCopyOf(saved)).toBeNull();
  });
});

describe("any course of events", () => {
  const word = fc.string({ maxLength: 3 });
  const event = fc.oneof(
    fc.record({ type: fc.constant("edited" as const), content: fc.record({ title: word, about: word }) }),
    fc.constant({ type: "save_failed" as const }),
    fc.constant({ type: "save_started" as const }),
    word.map((about) => ({ type: "save_refused" as const, draft: server(2, { ...FIRST, about }) })),
    fc.constant({ type: "collisions_settled" as const, keep: "mine" as const }),
  );
  it("never loses the last words typed, on screen or in the local copy", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), word, (events, last) => {
        const state = advanceDraft(saving(edit(events.reduce(advanceDraft, opened), { title: last })), {
          type: "save_failed",
        });
        expect(state.content.title).toBe(last);
        if (last !== state.acknowledged.title) expect(localCopyOf(state)?.content.title).toBe(last);
      }),
    );
  });
});
