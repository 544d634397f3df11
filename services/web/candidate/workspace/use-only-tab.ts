import { useCallback, useEffect, useRef, useState } from "react";

/**
 * Two editors on one workspace overwrite each other's windows, so the newest tab has it and older ones step back.
 * `elsewhere` is true in a tab that stepped back; `takeOver` makes it the newest again.
 */
export function useOnlyTab(name: string): { elsewhere: boolean; takeOver: () => void } {
  const [elsewhere, setElsewhere] = useState(false);
  const channel = useRef<BroadcastChannel>(undefined);

  useEffect(() => {
    if (!("BroadcastChannel" in window)) return;
    const opened = new BroadcastChannel(`worksample-workspace-${name}`);
    channel.current = opened;
    opened.onmessage = () => setElsewhere(true);
    opened.postMessage("opened");
    return () => opened.close();
  }, [name]);

  const takeOver = useCallback(() => {
    setElsewhere(false);
    channel.current?.postMessage("opened");
  }, []);
  return { elsewhere, takeOver };
}
