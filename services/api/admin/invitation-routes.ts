import { z } from "zod";
import {
  BoardItem,
  CreateInvitationRequest,
  CreateInvitationResponse,
  RevokeInvitationRequest,
} from "../../shared/contracts/admin.ts";
import { Id } from "../../shared/contracts/common.ts";
import {
  BulkReport,
  BulkResult,
  CheckBulkRequest,
  CreateBulkRequest,
  EditInvitationRequest,
  InvitationDetails,
  ReinviteRequest,
  SendEmailRequest,
} from "../../shared/contracts/invitation-studio.ts";
import { admins } from "../access/policy.ts";
import type { ApiContext, App } from "../context.ts";
import { auditActorOf } from "../plugins/access.ts";
import { linkOf, readBoardItem } from "./board.ts";
import { checkBulk } from "./bulk/check-bulk.ts";
import { createBulk } from "./bulk/create-bulk.ts";
import { editInvitation, reinvite } from "./change-invitation.ts";
import { readInvitationDetails } from "./invitation-details.ts";
import { type CreatedInvitation, createInvitation, revokeInvitation } from "./invitations.ts";
import { sendInvitationEmail } from "./resend-email.ts";

const tags = ["invitations"];
const reading = { access: admins("admin:read") };
const writing = (audit: `${string}.${string}`) => ({ access: admins("admin:write"), audit });
const params = z.object({ invitationId: Id });
/** A table of 1 MiB in base64, and what JSON may add to text that is pasted. */
const BULK_BODY_BYTES = 4 * 1024 * 1024;

const present = (context: ApiContext, { id, linkGeneration, expiresAt }: CreatedInvitation) => ({
  invitationId: id,
  link: linkOf(context, id, linkGeneration),
  expiresAt: expiresAt.toISOString(),
});

export function registerInvitationRoutes(app: App, context: ApiContext): void {
  app.post(
    "/api/admin/invitations",
    {
      config: writing("invitation.create"),
      schema: {
        tags,
        operationId: "createInvitation",
        summary: "Invite a candidate",
        body: CreateInvitationRequest,
        response: { 201: CreateInvitationResponse },
      },
    },
    async (request, reply) => {
      const created = await createInvitation(context, request.body, auditActorOf(request));
      return reply.code(201).send(present(context, created));
    },
  );

  app.post(
    "/api/admin/invitations/bulk/check",
    {
      // Reads a table and stores nothing.
      config: { ...reading, audit: null },
      bodyLimit: BULK_BODY_BYTES,
      schema: {
        tags,
        operationId: "checkBulkInvitations",
        summary: "Read a table of candidates and say, row by row, what inviting them would do",
        body: CheckBulkRequest,
        response: { 200: BulkReport },
      },
    },
    (request) => checkBulk(context.db, request.body),
  );

  app.post(
    "/api/admin/invitations/bulk",
    {
      config: writing("invitation.create_bulk"),
      bodyLimit: BULK_BODY_BYTES,
      schema: {
        tags,
        operationId: "createBulkInvitations",
        summary: "Invite everybody in a table",
        body: CreateBulkRequest,
        response: { 201: BulkResult },
      },
    },
    async (request, reply) =>
      reply.code(201).send(await createBulk(context, request.body, auditActorOf(request))),
  );
}

/** What is done with one invitation. */
export function registerInvitationActions(app: App, context: ApiContext): void {
  const { db } = context;

  app.get(
    "/api/admin/invitations/:invitationId",
    {
      config: reading,
      schema: {
        tags,
        operationId: "readInvitation",
        summary: "An invitation with all that belongs to it",
        params,
        response: { 200: InvitationDetails },
      },
    },
    (request) => readInvitationDetails(db, context, request.params.invitationId),
  );

  app.patch(
    "/api/admin/invitations/:invitationId",
    {
      config: writing("invitation.edit"),
      schema: {
        tags,
        operationId: "editInvitation",
        summary: "Change window and extra time before the candidate starts",
        params,
        body: EditInvitationRequest,
        response: { 200: BoardItem },
      },
    },
    async (request) => {
      const { invitationId } = request.params;
      await editInvitation(db, invitationId, request.body, auditActorOf(request));
      return readBoardItem(db, context, invitationId);
    },
  );

  app.post(
    "/api/admin/invitations/:invitationId/revoke",
    {
      config: writing("invitation.revoke"),
      schema: {
        tags,
        operationId: "revokeInvitation",
        summary: "Withdraw an invitation",
        params,
        body: RevokeInvitationRequest,
        response: { 200: BoardItem },
      },
    },
    async (request) => {
      const { invitationId } = request.params;
      await revokeInvitation(db, invitationId, auditActorOf(request), request.body.reason);
      return readBoardItem(db, context, invitationId);
    },
  );

  app.post(
    "/api/admin/invitations/:invitationId/reinvite",
    {
      config: writing("invitation.reinvite"),
      schema: {
        tags,
        operationId: "reinvite",
        summary: "Invite the same person anew",
        params,
        body: ReinviteRequest,
        response: { 201: CreateInvitationResponse },
      },
    },
    async (request, reply) => {
      const { invitationId } = request.params;
      const created = await reinvite(context, invitationId, request.body, auditActorOf(request));
      return reply.code(201).send(present(context, created));
    },
  );

  app.post(
    "/api/admin/invitations/:invitationId/emails",
    {
      config: writing("invitation.email"),
      schema: {
        tags,
        operationId: "sendInvitationEmail",
        summary: "Send the link by e-mail, again if it was sent before",
        params,
        body: SendEmailRequest,
        response: { 202: InvitationDetails },
      },
    },
    async (request, reply) => {
      const { invitationId } = request.params;
      await sendInvitationEmail(context, invitationId, auditActorOf(request));
      return reply.code(202).send(await readInvitationDetails(db, context, invitationId));
    },
  );
}
