import { type PointerEvent, useState } from "react";
import { classNames } from "../../ui/class-names.ts";

const LEAST = 320;
const STEP = 32;
const STORED = "worksample-panel-width";

function storedWidth(): number {
  try {
    return Number(localStorage.getItem(STORED)) || 440;
  } catch {
    return 440;
  }
}

/** Width of the panel at the right, in pixels, kept across visits and within the window. */
export function usePanelWidth(windowWidth: number) {
  const [wanted, setWanted] = useState(storedWidth);
  const [dragging, setDragging] = useState(false);
  const most = Math.max(LEAST, Math.round(windowWidth * 0.65));
  const width = Math.min(most, Math.max(LEAST, wanted));
  const setWidth = (next: number) => {
    const bounded = Math.min(most, Math.max(LEAST, Math.round(next)));
    setWanted(bounded);
    try {
      localStorage.setItem(STORED, String(bounded));
    } catch {
      // The width then lasts as long as the page.
    }
  };
  return { width, least: LEAST, most, setWidth, dragging, setDragging };
}

/** The line between editor and panel: drag it, or move it with the arrow keys. */
export function Splitter({ panel }: { panel: ReturnType<typeof usePanelWidth> }) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (panel.dragging) panel.setWidth(window.innerWidth - event.clientX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a movable separator is not an <hr>
    <div
      role="separator"
      aria-label="Width of the task panel"
      aria-orientation="vertical"
      aria-valuenow={panel.width}
      aria-valuemin={panel.least}
      aria-valuemax={panel.most}
      tabIndex={0}
      className={classNames(
        "relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-line transition-colors hover:bg-accent",
        "before:absolute before:inset-y-0 before:-left-1 before:w-2.5",
        panel.dragging && "bg-accent",
      )}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        panel.setDragging(true);
      }}
      onPointerMove={drag}
      onPointerUp={() => panel.setDragging(false)}
      onPointerCancel={() => panel.setDragging(false)}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") panel.setWidth(panel.width + STEP);
        if (event.key === "ArrowRight") panel.setWidth(panel.width - STEP);
      }}
    />
  );
}
