import { z } from "zod";
import {
  AssessmentVersionList,
  BoardQuery,
  BoardView,
  CreateStaffRequest,
  StaffList,
  StaffMember,
} from "../../shared/contracts/admin.ts";
import { Id } from "../../shared/contracts/common.ts";
import { PlatformError } from "../../shared/contracts/problem.ts";
import { recordAudit } from "../../shared/db/audit-log.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { sendEventStream } from "../live/send-stream.ts";
import { auditActorOf } from "../plugins/access.ts";
import { type AssessmentVersionRow, listInvitableVersions } from "../records/assessment-version.ts";
import { sendArchive } from "../records/send-archive.ts";
import { listStaffUsers, type StaffUserRow } from "../records/staff-user.ts";
import { findArchive } from "../records/submission.ts";
import { createStaffMember } from "../staff/create-staff-member.ts";
import { readBoard } from "./board.ts";

const tags = ["admin"];
const reading = { access: admins("admin:read") };
const _writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });

export function registerBoardRoutes(app: App, context: ApiContext): void {
  const { db, live, blobs } = context;

  app.get(
    "/api/admin/assessment-versions",
    {
      config: reading,
      schema: {
        tags,
        operationId: "listInvitableVersions",
        summary: "Versions that candidates can be invited to",
        response: { 200: AssessmentVersionList },
      },
    },
    async () => ({ items: (await listInvitableVersions(db)).map(presentVersion) }),
  );

  app.get(
    "/api/admin/board",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readBoard",
        summary: "Invitations and how their attempts are going, by page",
        querystring: BoardQuery,
        response: { 200: BoardView },
      },
    },
    (request) => readBoard(db, context, request.query),
  );

  app.get(
    "/api/admin/board/events",
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "followBoard",
        summary: "The same, live: `board` events",
        querystring: BoardQuery,
      },
    },
    (request, reply) => sendEventStream(reply, live.boardStream(request.query)),
  );

  app.get(
    "/api/admin/submissions/:submissionId/archive",
    {
      config: reading,
      exposeHeadRoute: false,
      schema: {
        tags,
        operationId: "downloadArchive",
        summary: "Download a sealed submission",
        params: z.object({ submissionId: Id }),
      },
    },
    async (request, reply) => {
      const archive = await findArchive(db, request.params.submissionId);
      if (!archive) throw new PlatformError("submission_not_found");
      await db.transaction().execute((transaction) =>
        recordAudit(transaction, auditActorOf(request), {
          action: "submission.download",
          subject: { type: "submission", id: request.params.submissionId, label: archive.codeName },
        }),
      );
      return sendArchive(reply, blobs, archive, archive.codeName.toLowerCase().replaceAll(" ", "-"));
    },
  );
}

function presentVersion({ id, number, assessmentTitle, spec }: AssessmentVersionRow) {
  return {
    id,
    number,
    assessmentTitle,
    roleTitle: spec.role.title,
    roleType: spec.role.type,
    limitSec: spec.limitSec,
  };
}

export function registerStaffAdministration(app: App, { db }: ApiContext): void {
  app.get(
    "/api/admin/staff",
    {
      config: reading,
      schema: { tags, operationId: "listStaff", summary: "Staff accounts", response: { 200: StaffList } },
    },
    async () => ({ items: (await listStaffUsers(db)).map(presentMember) }),
  );

  app.post(
    "/api/admin/staff",
    {
      config: { access: admins("staff:write"), audit: "staff.create" },
      schema: {
        tags,
        operationId: "createStaffMember",
        summary: "Create a staff account",
        body: CreateStaffRequest,
        response: { 201: StaffMember },
      },
    },
    async (request, reply) => {
      const member = await createStaffMember(db, request.body, auditActorOf(request));
      return reply.code(201).send(presentMember(member));
    },
  );
}

function presentMember(member: StaffUserRow) {
  return { ...member, createdAt: member.createdAt.toISOString() };
}
