import { ArrowLeft } from "lucide-react";
import { useMemo, useState } from "react";
import type { ModelCallView } from "../../../shared/contracts/models.ts";
import { Button } from "../../ui/button.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { ErrorState, SkeletonText } from "../../ui/states.tsx";
import { CallFacts } from "./call-facts.tsx";
import { CallNotices } from "./call-notices.tsx";
import { conversationOf } from "./conversation.ts";
import { ConversationView } from "./conversation-view.tsx";
import { RawJson } from "./raw-json.tsx";
import { useModelCall } from "./use-model-calls.ts";

export interface CallDetailProps {
  submissionId: string;
  callId: string;
  onBack: () => void;
}

export function CallDetail({ submissionId, callId, onBack }: CallDetailProps) {
  const call = useModelCall(submissionId, callId);
  return (
    <div className="flex flex-col gap-4 p-4" data-testid="model-call-detail">
      {/* The list that had the focus has gone. */}
      <Button size="small" variant="quiet" className="-ml-3 self-start" onPress={onBack} autoFocus>
        <ArrowLeft aria-hidden size={15} />
        All calls
      </Button>
      {call.data ? (
        <LoadedCall call={call.data} />
      ) : call.error ? (
        <ErrorState error={call.error} onRetry={() => void call.refetch()} isRetrying={call.isFetching} />
      ) : (
        <SkeletonText lines={8} label="Loading the call" />
      )}
    </div>
  );
}

type Look = "conversation" | "raw";

function LoadedCall({ call }: { call: ModelCallView }) {
  const [look, setLook] = useState<Look>("conversation");
  const conversation = useMemo(() => conversationOf(call.request, call.response), [call]);
  const isKept = call.request !== null || call.response !== null;
  return (
    <>
      <CallFacts call={call} />
      <CallNotices call={call} />
      {isKept ? (
        <>
          <Segmented
            label="How to show it"
            value={look}
            onChange={setLook}
            className="self-start"
            options={[
              { value: "conversation", label: "Conversation" },
              { value: "raw", label: "Raw JSON" },
            ]}
          />
          {look === "raw" ? (
            <RawJson call={call} />
          ) : conversation ? (
            <ConversationView conversation={conversation} />
          ) : (
            <p className="text-ink-soft">It is no conversation; Raw JSON has it as it is.</p>
          )}
        </>
      ) : (
        <p className="text-ink-soft" data-testid="nothing-kept">
          What was said in this call was not kept, or cannot be read any more.
        </p>
      )}
    </>
  );
}
