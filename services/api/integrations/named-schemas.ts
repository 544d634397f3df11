import { z } from "zod";
import * as admin from "../../shared/contracts/admin.ts";
import * as apiToken from "../../shared/contracts/api-token.ts";
import * as assessment from "../../shared/contracts/assessment.ts";
import * as assessmentDraft from "../../shared/contracts/assessment-draft.ts";
import * as assessmentTransfer from "../../shared/contracts/assessment-transfer.ts";
import * as audit from "../../shared/contracts/audit.ts";
import * as canaryTrace from "../../shared/contracts/canary-trace.ts";
import * as candidate from "../../shared/contracts/candidate.ts";
import * as common from "../../shared/contracts/common.ts";
import * as composer from "../../shared/contracts/composer.ts";
import * as dataset from "../../shared/contracts/dataset.ts";
import * as datasetProfile from "../../shared/contracts/dataset-profile.ts";
import * as datasetStudio from "../../shared/contracts/dataset-studio.ts";
import * as event from "../../shared/contracts/event.ts";
import * as invitationStudio from "../../shared/contracts/invitation-studio.ts";
import * as mockApi from "../../shared/contracts/mock-api.ts";
import * as mockApiList from "../../shared/contracts/mock-api-list.ts";
import * as mockApiLog from "../../shared/contracts/mock-api-log.ts";
import * as mockApiStudio from "../../shared/contracts/mock-api-studio.ts";
import * as models from "../../shared/contracts/models.ts";
import * as packages from "../../shared/contracts/packages.ts";
import * as problem from "../../shared/contracts/problem.ts";
import * as receipt from "../../shared/contracts/receipt.ts";
import * as review from "../../shared/contracts/review.ts";
import * as rubric from "../../shared/contracts/rubric.ts";
import * as tree from "../../shared/contracts/tree.ts";
import * as upload from "../../shared/contracts/upload.ts";
import * as weather from "../../shared/contracts/weather.ts";

const CONTRACTS: Record<string, unknown>[] = [
  common,
  problem,
  rubric,
  assessment,
  assessmentDraft,
  assessmentTransfer,
  event,
  tree,
  receipt,
  candidate,
  review,
  admin,
  apiToken,
  audit,
  upload,
  dataset,
  datasetProfile,
  datasetStudio,
  weather,
  mockApi,
  mockApiLog,
  mockApiList,
  mockApiStudio,
  composer,
  models,
  packages,
  canaryTrace,
  invitationStudio,
];

/** Kinds of schemas that deserve a name in the document; a string stands where it is used. */
const NAMED = new Set(["object", "union", "enum", "lazy"]);

/**
 * Schemas of the contracts under the names they are exported by: the components of the API's document. The first
 * name of a schema counts. @throws Error when two different schemas have one name
 */
export function nameSchemas(): z.core.$ZodRegistry<{ id?: string | undefined }> {
  const registry = z.registry<{ id?: string | undefined }>();
  const taken = new Map<string, z.ZodType>();
  for (const contract of CONTRACTS) {
    for (const [name, schema] of Object.entries(contract)) {
      if (!(schema instanceof z.ZodType) || !NAMED.has(schema.def.type) || registry.has(schema)) continue;
      if (taken.has(name)) throw new Error(`two contracts export different schemas as ${name}`);
      taken.set(name, schema);
      registry.add(schema, { id: name });
    }
  }
  return registry;
}
