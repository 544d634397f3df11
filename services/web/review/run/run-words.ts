import type { NewModelRequest, Run } from "../../../shared/contracts/run.ts";
import { formatUsd } from "../../ui/money-words.ts";

/** What became of a run that is over. */
export function endWords({ end }: Pick<Run, "end">): { title: string; text: string } {
  switch (end) {
    case "lost":
      return {
        title: "The sandbox stopped by itself",
        text: "This run ended with it. The submission is as it was; start another run.",
      };
    case "failed":
      return {
        title: "The run could not be prepared",
        text: "Its workspace did not come up. Try again; if it keeps failing, tell an admin.",
      };
    case "deadline":
      return { title: "The time of this run is over", text: "Its files were not kept. Start another one." };
    default:
      return { title: "This run has ended", text: "Its files were not kept." };
  }
}

/** What became of a new request, in a word or two. */
export function outcomeWords({ outcome, errorCode, costUsd }: NewModelRequest): string {
  if (errorCode === "not_recorded") return "not asked";
  switch (outcome) {
    case "open":
      return "under way";
    case "answered":
      return `asked, ${formatUsd(costUsd)}`;
    case "aborted":
      return `broken off by the program, ${formatUsd(costUsd)}`;
    case "upstream_failed":
      return "failed at the provider";
    case "lost":
      return `interrupted, ${formatUsd(costUsd)}`;
    default:
      return errorCode === "insufficient_quota" || errorCode === "reservation_too_large"
        ? "over what you allowed"
        : "refused";
  }
}
