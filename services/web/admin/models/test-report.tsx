import { PlugZap } from "lucide-react";
import type { UpstreamTest } from "../../../shared/contracts/models.ts";
import { Banner } from "../../ui/banner.tsx";
import { Button } from "../../ui/button.tsx";
import { formatInstant } from "../../ui/time-words.ts";

export interface TestReportProps {
  test: UpstreamTest | null;
  isTesting: boolean;
  onTest: () => void;
}

/** What the last test of the connection found, and another one. */
export function TestReport({ test, isTesting, onTest }: TestReportProps) {
  const button = (
    <Button size="small" onPress={onTest} isPending={isTesting} data-testid="test-upstream">
      <PlugZap aria-hidden size={15} />
      Test the connection
    </Button>
  );
  if (test === null)
    return (
      <Banner title="Not tested yet" actions={button} data-testid="test-none">
        A test asks which models there are. It costs nothing.
      </Banner>
    );
  return (
    <Banner
      tone={test.ok ? "good" : "danger"}
      title={test.ok ? test.message : "It cannot be used"}
      actions={button}
      role="status"
      data-testid={test.ok ? "test-passed" : "test-failed"}
    >
      {test.ok ? null : <p className="[overflow-wrap:anywhere]">{test.message}</p>}
      <p className="text-[0.867rem] text-ink-faint">
        {formatInstant(test.at)}, in {(test.durationMs / 1000).toFixed(1)} s
      </p>
    </Banner>
  );
}
