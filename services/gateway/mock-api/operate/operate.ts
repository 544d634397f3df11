import type { MockApiOperation, ReadOperation } from "../../../shared/contracts/mock-api.ts";
import { notFound } from "../api-problem.ts";
import { entityTag, namesTag } from "./entity-tag.ts";
import type { Exchange, Outcome } from "./exchange.ts";
import { listRecords } from "./list-records.ts";
import { presentRecord } from "./present-record.ts";
import { planAction, planCreate, planDelete, planPatch } from "./write-records.ts";

/** Does what the operation's binding says. @throws ApiProblem, AttemptClosedError, QuotaExceededError */
export function operate(
  exchange: Exchange,
  binding: Exclude<MockApiOperation, { kind: "constant" }>,
): Outcome | Promise<Outcome> {
  const write = (plan: Parameters<typeof exchange.state.write<Outcome>>[0]) => exchange.state.write(plan);
  switch (binding.kind) {
    case "list":
      return listRecords(exchange, binding);
    case "read":
      return readRecord(exchange, binding);
    case "create":
      return write(() => planCreate(exchange, binding));
    case "patch":
      return write(() => planPatch(exchange, binding));
    case "action":
      return write(() => planAction(exchange, binding));
    case "delete":
      return write(() => planDelete(exchange, binding));
  }
}

function readRecord(exchange: Exchange, binding: ReadOperation): Outcome {
  const { database } = exchange.state;
  const id = String(exchange.parameters.path.get(binding.parameter));
  const record = database.find(binding.collection, id);
  if (!record) throw notFound(`There is no record "${id}".`);
  const etag = entityTag(record);
  if (namesTag(exchange.parameters.header.get("if-none-match"), etag))
    return { status: 304, headers: { etag } };
  const find = database.find.bind(database);
  const body = presentRecord(exchange.api.bindings, binding.collection, record, binding.expand, find);
  return { status: exchange.operation.successStatus, body, headers: { etag } };
}
