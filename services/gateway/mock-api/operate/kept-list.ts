import type { ListOperation } from "../../../shared/contracts/mock-api.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { listRecords } from "./list-records.ts";

/**
 * A list as it was answered before, where nothing was written since. A list depends on what is stored and on the
 * request's address, scheme and host of which stand in its links, and on nothing else.
 * @throws ApiProblem, which is not kept
 */
export function keptList(exchange: Exchange, binding: ListOperation): Readonly<Outcome> {
  const { state, operation, origin, target } = exchange;
  const address = `${operation.operationId} ${origin}${target}`;
  const known = state.lists.get(address);
  if (known) return known;
  const outcome = listRecords(exchange, binding);
  const kept = { ...outcome, json: JSON.stringify(outcome.body) };
  state.lists.set(address, kept);
  return kept;
}
