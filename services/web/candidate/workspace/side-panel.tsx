import type { UseQueryResult } from "@tanstack/react-query";
import type { AttemptView, TaskView } from "../../../shared/contracts/candidate.ts";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { type TabItem, Tabs } from "../../ui/tabs.tsx";
import { ModelsPanel } from "../models/models-panel.tsx";
import { ApiPanel } from "./api-panel.tsx";
import { BriefPanel } from "./brief-panel.tsx";
import { DatasetPanel } from "./dataset-panel.tsx";
import { NotesPanel } from "./notes-panel.tsx";
import type { Notes } from "./use-notes.ts";

export interface SidePanelProps {
  invitationId: string;
  attempt: AttemptView;
  task: Pick<UseQueryResult<TaskView>, "data" | "error" | "refetch" | "isFetching">;
  notes: Notes;
  hasModels: boolean;
  /** The panel is in sight. */
  isVisible: boolean;
}

/** What the task is and what there is to work with, beside the editor. */
export function SidePanel(props: SidePanelProps) {
  const { task } = props;
  if (task.error && !task.data)
    return (
      <div className="p-5">
        <ErrorState error={task.error} onRetry={() => void task.refetch()} isRetrying={task.isFetching} />
      </div>
    );
  if (!task.data)
    return (
      <div className="p-5">
        <SkeletonText lines={10} label="Loading the task" />
      </div>
    );
  return <Tabs label="Task" fill items={tabsOf(task.data, props)} />;
}

/** One tab for each dataset and API; with a single one its kind is name enough. */
function tabsOf(task: TaskView, props: SidePanelProps): TabItem[] {
  const { invitationId, attempt, notes, isVisible } = props;
  return [
    { id: "brief", label: "Brief", content: <BriefPanel task={task} attempt={attempt} /> },
    ...task.datasets.map((dataset) => ({
      id: `dataset-${dataset.mountName}`,
      label: task.datasets.length === 1 ? "Dataset" : dataset.title,
      content: <DatasetPanel invitationId={invitationId} dataset={dataset} />,
    })),
    ...task.mockApis.map((api) => ({
      id: `api-${api.hostname}`,
      label: task.mockApis.length === 1 ? "API" : api.title,
      content: <ApiPanel invitationId={invitationId} api={api} />,
    })),
    ...(props.hasModels
      ? [
          {
            id: "models",
            label: "Models",
            content: <ModelsPanel invitationId={invitationId} isVisible={isVisible} />,
          },
        ]
      : []),
    { id: "notes", label: <NotesLabel notes={notes} />, content: <NotesPanel notes={notes} /> },
  ];
}

function NotesLabel({ notes }: { notes: Notes }) {
  return notes.state.status === "failed" ? <span className="text-danger">Notes: not saved</span> : "Notes";
}
