import { usdOf } from "../../../shared/domain/model-cost.ts";
import { ModelError } from "../model-error.ts";
import type { ModelRequest } from "../request/read-call.ts";
import type { OpenCall, Reservation } from "./ledger.ts";

/** Why a call is not made, with what the program can do about it. */
export function refusalOf(
  reservation: Exclude<Reservation, { state: "reserved" }>,
  { reserved }: OpenCall,
  { bound }: ModelRequest,
): ModelError {
  if (reservation.state === "closed")
    return new ModelError("workspace_closed", "The attempt is not running, so no model can be asked.");
  const { limit, spent, reserved: held } = reservation.balance;
  const leftNanoUsd = limit.nanoUsd - spent.nanoUsd - held.nanoUsd;
  const leftTokens =
    limit.tokens === null ? Number.POSITIVE_INFINITY : limit.tokens - spent.tokens - held.tokens;
  const [left, most] =
    reserved.nanoUsd > leftNanoUsd
      ? [dollars(leftNanoUsd), dollars(reserved.nanoUsd)]
      : [`${leftTokens} tokens`, `${reserved.tokens} tokens`];
  if (leftNanoUsd <= 0 || leftTokens <= 0)
    return new ModelError("insufficient_quota", "The budget of this assessment for models is used up.");
  return new ModelError(
    "reservation_too_large",
    `This request could use up to ${most} (at most ${bound.input} tokens of input and ${bound.output} of output), and ${left} of the budget are free. Ask for a shorter answer, or send less.`,
  );
}

function dollars(nano: number): string {
  return `$${usdOf(nano).toFixed(6)}`;
}
