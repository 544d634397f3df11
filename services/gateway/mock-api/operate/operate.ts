import type { MockApiOperation, ReadOperation } from "../../../shared/contracts/mock-api.ts";
import { entityTag, namesTag } from "./entity-tag.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { findRecord } from "./find-record.ts";
import { keptList } from "./kept-list.ts";
import { presentRecord, wrapRecord } from "./present-record.ts";
import { planAction, planCreate, planDelete, planPatch, planPut } from "./write-records.ts";

/** Does what the operation's binding says. @throws ApiProblem, AttemptClosedError, QuotaExceededError */
export function operate(
  exchange: Exchange,
  binding: Exclude<MockApiOperation, { kind: "constant" }>,
): Readonly<Outcome> | Promise<Outcome> {
  const write = (plan: Parameters<typeof exchange.state.write<Outcome>>[0]) => exchange.state.write(plan);
  switch (binding.kind) {
    case "list":
      return keptList(exchange, binding);
    case "read":
      return readRecord(exchange, binding);
    case "create":
      return write(() => planCreate(exchange, binding));
    case "patch":
      return write(() => planPatch(exchange, binding));
    case "put":
      return write(() => planPut(exchange, binding));
    case "action":
      return write(() => planAction(exchange, binding));
    case "delete":
      return write(() => planDelete(exchange, binding));
  }
}

function readRecord(exchange: Exchange, binding: ReadOperation): Outcome {
  const { database } = exchange.state;
  const find = database.find.bind(database);
  const record = findRecord(exchange, binding, find);
  const etag = entityTag(record);
  if (namesTag(exchange.parameters.header.get("if-none-match"), etag))
    return { status: 304, headers: { etag } };
  const shown = presentRecord(exchange.api, binding.collection, record, binding.expand, find);
  const body = wrapRecord(exchange.api, binding.collection, binding.wrap, shown);
  return { status: exchange.operation.successStatus, body, headers: { etag } };
}
