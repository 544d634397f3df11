import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { AssessmentDraft } from "../../../../shared/contracts/assessment-draft.ts";
import { type AssessmentDetail, DraftView } from "../../../../shared/contracts/composer.ts";
import { useServerEvents } from "../../../api-client/event-source.ts";
import { type Draft, type DraftStore, useDraft } from "../../../drafts/use-draft.ts";
import { draftEventsUrl, loadDraft, saveDraft } from "../assessments-api.ts";
import { withDisclosures } from "./disclosures.ts";

/** How often a check is asked for while the stream of events is down, in milliseconds. */
const POLL_MS = 4_000;

export interface Composer {
  draft: Draft<AssessmentDraft>;
  /** What the server last said about the draft: its check, its files, what its pins refer to. */
  view: DraftView;
  /** Takes over an answer of the server that holds the draft as it is now. */
  see: (view: DraftView) => void;
}

/** The draft as it is edited here and as it changes elsewhere. */
export function useComposer(staffId: string, detail: AssessmentDetail): Composer {
  const client = useQueryClient();
  const [view, setView] = useState(detail.draft);
  const store = useMemo(() => storeOf(staffId, detail.id, setView), [staffId, detail.id]);
  const saved = useDraft<AssessmentDraft>(detail.draft, store);
  const { edit: editSaved } = saved;
  const edit = useCallback<Draft<AssessmentDraft>["edit"]>(
    (change) => editSaved((before) => withDisclosures(before, change(before))),
    [editSaved],
  );
  const draft = { ...saved, edit };
  const latest = useRef(draft);
  latest.current = draft;

  const see = useCallback((next: DraftView) => {
    const { state, accept } = latest.current;
    // A save under way has its own answer; what is older than the page says nothing new about the draft.
    if (next.revision > state.revision && state.phase !== "saving") accept(next);
    if (next.revision >= state.revision) setView(next);
  }, []);
  const stream = useServerEvents(draftEventsUrl(detail.id), "draft", DraftView, see);

  const isWaiting =
    view.check.state === "waiting" || view.starterImports.some(({ state }) => state === "waiting");
  useEffect(() => {
    if (!isWaiting || stream === "live") return;
    const timer = setInterval(() => void loadDraft(detail.id).then(see, () => undefined), POLL_MS);
    return () => clearInterval(timer);
  }, [isWaiting, stream, detail.id, see]);

  // Whoever comes back to this page starts from what was saved, not from what was fetched at first.
  useEffect(() => () => void client.invalidateQueries({ queryKey: ["admin", "assessments"] }), [client]);
  return { draft, view, see };
}

function storeOf(
  staffId: string,
  assessmentId: string,
  onView: (view: DraftView) => void,
): DraftStore<AssessmentDraft> {
  const told = (view: DraftView) => {
    onView(view);
    return view;
  };
  return {
    key: `worksample:assessment-draft:${staffId}:${assessmentId}`,
    schema: AssessmentDraft,
    conflict: "assessment_conflict",
    save: async (revision, content, leaving) =>
      told(await saveDraft(assessmentId, revision, content, leaving)),
    load: async () => told(await loadDraft(assessmentId)),
  };
}
