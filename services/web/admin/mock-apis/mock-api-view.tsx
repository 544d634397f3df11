import type { MockApiDetail } from "../../../shared/contracts/mock-api-studio.ts";
import { DraftTrouble } from "../../drafts/draft-trouble.tsx";
import { useDocumentTitle } from "../../ui/document-title.ts";
import { Tabs } from "../../ui/tabs.tsx";
import { AnswersTab } from "./answers/answers-tab.tsx";
import { nameOfPlace, wordsOfValue } from "./conflict-words.ts";
import { DocumentTab } from "./document/document-tab.tsx";
import { MockApiHeader } from "./mock-api-header.tsx";
import { isTabId, type TabId } from "./tab-ids.ts";
import type { MockApiEditor } from "./use-mock-api-draft.ts";
import { VersionsTab } from "./versions/versions-tab.tsx";
import { WeatherTab } from "./weather/weather-tab.tsx";

export interface MockApiViewProps {
  detail: MockApiDetail;
  editor: MockApiEditor;
  tab: TabId;
  onGoTo: (tab: TabId) => void;
}

/** One mock API: its document, what answers it, its weather, and what was published of it. */
export function MockApiView({ detail, editor, tab, onGoTo }: MockApiViewProps) {
  useDocumentTitle(detail.title);
  return (
    <>
      <MockApiHeader detail={detail} editor={editor} onGoTo={onGoTo} />
      <div className="mt-5 empty:hidden">
        <DraftTrouble draft={editor.draft} nameOf={nameOfPlace} wordsOf={wordsOfValue} />
      </div>
      <Tabs
        label="Parts of the mock API"
        className="mt-6"
        selected={tab}
        onSelect={(id) => isTabId(id) && onGoTo(id)}
        panelClassName="pt-6"
        items={[
          { id: "document", label: "Document", content: <DocumentTab editor={editor} onGoTo={onGoTo} /> },
          { id: "answers", label: "Answers", content: <AnswersTab editor={editor} onGoTo={onGoTo} /> },
          { id: "weather", label: "Weather", content: <WeatherTab editor={editor} /> },
          { id: "versions", label: "Versions", content: <VersionsTab detail={detail} /> },
        ]}
      />
    </>
  );
}
