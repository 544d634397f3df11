import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { z } from "zod";
import { Id } from "../../../shared/contracts/common.ts";
import { MockApiBindings } from "../../../shared/contracts/mock-api.ts";
import {
  MockApiCheckEvent,
  type MockApiCheckState,
  type MockApiDraftView,
} from "../../../shared/contracts/mock-api-studio.ts";
import { Weather } from "../../../shared/contracts/weather.ts";
import { type StreamState, useServerEvents } from "../../api-client/event-source.ts";
import type { ServerDraft } from "../../drafts/draft-state.ts";
import { type Draft, type DraftStore, useDraft } from "../../drafts/use-draft.ts";
import { draftPath, draftQuery, loadDraft, mockApiQuery, mockApisQuery, saveDraft } from "./mock-apis-api.ts";

/** What is edited here and saves itself; the document is replaced as a whole. */
export const DraftContent = z.object({
  datasetVersionId: Id.nullable(),
  bindings: MockApiBindings.nullable(),
  weather: Weather,
});
export type DraftContent = z.infer<typeof DraftContent>;

export interface MockApiEditor {
  draft: Draft<DraftContent>;
  /** What the server last said about the draft. */
  view: MockApiDraftView;
  /** Of the draft as it stands on this page: what is not saved yet has not been checked. */
  checkState: MockApiCheckState;
  stream: StreamState;
  /** Saves what is unsaved, does something with that revision, and takes over the draft it answers. */
  act: (does: (revision: number) => Promise<MockApiDraftView>) => Promise<void>;
  /** Asks the server for the draft. */
  refresh: () => void;
}

/** How often a check is asked for while the stream of events is down, in milliseconds. */
const POLL_MS = 4_000;
/** A browser lets no more than 64 KiB outlive its page. */
const KEEPALIVE_CHARACTERS = 20_000;

/** The draft as it is edited here and as it changes elsewhere. */
export function useMockApiDraft(staffId: string, initial: MockApiDraftView): MockApiEditor {
  const { mockApiId } = initial;
  const client = useQueryClient();
  const [view, setView] = useState(initial);
  const store = useMemo(() => storeOf(staffId, mockApiId, setView), [staffId, mockApiId]);
  const draft = useDraft<DraftContent>(
    useMemo(() => serverDraft(initial), [initial]),
    store,
  );
  const latest = useRef({ draft, view });
  latest.current = { draft, view };

  const see = useCallback((next: MockApiDraftView) => {
    const { state, accept } = latest.current.draft;
    // A save under way has its own answer; what is older than the page says nothing new about the draft.
    if (next.revision > state.revision && state.phase !== "saving") accept(serverDraft(next));
    if (next.revision >= state.revision) setView(next);
  }, []);
  const refresh = useCallback(() => void loadDraft(mockApiId).then(see, () => undefined), [mockApiId, see]);
  const stream = useServerEvents(`${draftPath(mockApiId)}/events`, "check", MockApiCheckEvent, (event) => {
    const { view: known, draft: edited } = latest.current;
    const isNews = event.revision > known.revision || event.checkState !== known.checkState;
    if (isNews && edited.state.phase !== "saving") refresh();
  });
  useEffect(() => {
    if (view.checkState !== "waiting" || stream === "live") return;
    const timer = setInterval(refresh, POLL_MS);
    return () => clearInterval(timer);
  }, [view.checkState, stream, refresh]);
  useForgetting(client, mockApiId);

  const act = useCallback<MockApiEditor["act"]>(
    async (does) => see(await does(await latest.current.draft.flush())),
    [see],
  );
  const checkState = draft.state.phase === "saved" ? view.checkState : "none";
  return { draft, view, checkState, stream, act, refresh };
}

/** Whoever comes back to this page or the list starts from what is there then. */
function useForgetting(client: ReturnType<typeof useQueryClient>, mockApiId: string): void {
  useEffect(
    () => () => {
      client.removeQueries({ queryKey: draftQuery(mockApiId).queryKey });
      void client.invalidateQueries({ queryKey: mockApiQuery(mockApiId).queryKey });
      void client.invalidateQueries({ queryKey: mockApisQuery.queryKey });
    },
    [client, mockApiId],
  );
}

function serverDraft(view: MockApiDraftView): ServerDraft<DraftContent> {
  const { revision, updatedAt, dataset, bindings, weather } = view;
  return {
    revision,
    updatedAt,
    content: { datasetVersionId: dataset?.datasetVersionId ?? null, bindings, weather },
  };
}

function storeOf(
  staffId: string,
  mockApiId: string,
  onView: (view: MockApiDraftView) => void,
): DraftStore<DraftContent> {
  const told = (view: MockApiDraftView) => {
    onView(view);
    return serverDraft(view);
  };
  return {
    key: `worksample:mock-api-draft:${staffId}:${mockApiId}`,
    schema: DraftContent,
    conflict: "mock_api_draft_conflict",
    save: async (revision, content, isLeaving) => {
      const outlives = isLeaving && JSON.stringify(content).length < KEEPALIVE_CHARACTERS;
      return told(await saveDraft(mockApiId, { revision, ...content }, outlives));
    },
    load: async () => told(await loadDraft(mockApiId)),
  };
}
