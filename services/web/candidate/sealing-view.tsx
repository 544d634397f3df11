import { NoticePage } from "../ui/notice-page.tsx";
import { Spinner } from "../ui/spinner.tsx";

/** Between the freeze and the receipt: a few seconds. */
export function SealingView({ timeUp }: { timeUp: boolean }) {
  return (
    <NoticePage
      icon={<Spinner className="size-5" />}
      title={timeUp ? "The time is up. Your work is being archived" : "Your work is being archived"}
      role="status"
      data-testid="sealing"
    >
      {timeUp ? <p>You need to do nothing: your work is submitted for you as it stands.</p> : null}
      <p>
        Your workspace is frozen and every file in it is being copied, digested and signed. This usually takes
        a few seconds.
      </p>
      <p>You may close this page. The same link shows your receipt as soon as it is ready.</p>
    </NoticePage>
  );
}
