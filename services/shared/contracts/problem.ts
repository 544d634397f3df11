import { z } from "zod";

/**
 * Every failure the platform answers with: code -> HTTP status, title, and what the reader can do about it.
 * Clients match on the code; the other fields are for people.
 */
export const PROBLEMS = {
  invalid_request: [
    400,
    "The request is not valid",
    "Correct the fields named under `errors` and send it again.",
  ],
  malformed_body: [
    400,
    "The body could not be read",
    "Send well-formed JSON with Content-Type application/json.",
  ],
  unsupported_media_type: [415, "This content type is not accepted here", "Send application/json."],
  body_too_large: [413, "The body is too large", "Send a smaller body."],
  uri_too_long: [414, "The address is too long", "Shorten the query."],
  not_found: [404, "There is nothing at this address", "Check the address."],
  method_not_allowed: [405, "This address does not take that method", "See the Allow header."],
  rate_limited: [429, "Too many requests", "Wait as long as Retry-After says, then try again."],
  internal_error: [
    500,
    "Something went wrong on our side",
    "Try again; if it persists, pass on the request id.",
  ],
  unavailable: [503, "A part of the platform is not answering", "Try again in a moment."],
  cross_site_request: [403, "The request came from another site", "Use the platform's own pages."],

  sign_in_failed: [401, "E-mail and password do not match", "Check both and try again."],
  sign_in_required: [401, "Sign in first", "Sign in and try again."],
  forbidden: [403, "Your account may not do this", "Ask an admin for access."],
  invalid_api_token: [401, "The API token is not valid", "Use a token that is neither revoked nor expired."],
  missing_scope: [
    403,
    "The API token lacks the scope for this",
    "Use a token with the scope named in the detail.",
  ],

  api_token_not_found: [404, "There is no such API token", "Reload the list."],

  invitation_not_found: [
    404,
    "This link is not one of ours",
    "Copy the whole link from your invitation e-mail.",
  ],
  invitation_not_yet_valid: [403, "This link is not open yet", "Come back at the time shown."],
  invitation_expired: [410, "This link has expired", "Write to the person who invited you for a new one."],
  invitation_revoked: [410, "This invitation was withdrawn", "Write to the person who invited you."],
  candidate_session_required: [401, "Open your personal link again", "Use the link from your invitation."],
  consent_required: [
    409,
    "Please accept the conditions first",
    "Read and accept them in the lobby, then press Start.",
  ],

  consent_outdated: [409, "The conditions have changed", "Reload the page, read them again and accept them."],

  attempt_not_found: [404, "There is no such attempt", "Check the address."],
  attempt_not_started: [409, "The attempt has not started", "Press Start first."],
  attempt_not_running: [
    409,
    "The attempt is not running",
    "It has ended, or its workspace is still being prepared.",
  ],
  attempt_already_started: [409, "The attempt has already started", "Open your link to go on with it."],
  attempt_over: [409, "The attempt is over", "What you submitted is on the receipt."],
  attempt_not_sealed: [409, "The submission is not sealed yet", "Wait a few seconds and try again."],
  workspace_unavailable: [
    503,
    "The workspace is not answering",
    "It is being brought back; no time is lost.",
  ],
  no_capacity: [
    503,
    "No workspace is free at the moment",
    "Try again in a few minutes; your clock has not started.",
  ],

  submission_not_found: [404, "There is no such submission", "Go back to the queue."],
  entry_not_found: [404, "There is no such file in this submission", "Reload the page."],
  review_not_started: [409, "You have not started this review", "Open the submission to start it."],
  review_locked: [409, "This review is submitted and cannot change", "Ask an admin if it must be reopened."],
  review_conflict: [
    409,
    "The review was changed elsewhere",
    "Reload to see the newer draft, then repeat your change.",
  ],
  review_incomplete: [
    422,
    "The review is not complete",
    "Rate every criterion and give evidence for each rating.",
  ],

  run_not_running: [
    409,
    "Your run of this submission is not running",
    "Wait until it is ready, or start another one.",
  ],
  run_has_no_models: [
    409,
    "This submission asks no models",
    "Its assessment has none for programs; there is nothing to allow.",
  ],
  run_spending_too_high: [
    422,
    "A run may not spend more than the candidate could",
    "Allow at most the amount in the detail.",
  ],

  assessment_version_not_found: [
    404,
    "There is no such published assessment version",
    "Choose one from the list.",
  ],
  assessment_not_found: [404, "There is no such assessment", "Choose one from the list."],
  assessment_conflict: [
    409,
    "The draft was changed elsewhere",
    "Load the newer draft, then repeat your change; nothing of it is lost on your page.",
  ],
  assessment_archived: [409, "The assessment is archived", "Take it out of the archive first."],
  assessment_incomplete: [
    422,
    "The assessment is not complete",
    "Correct what is named under `errors`, then try again.",
  ],
  assessment_not_checked: [
    409,
    "This draft has not passed its check",
    "Check the draft as it is now, correct what the check finds, then publish.",
  ],
  assessment_unchanged: [
    409,
    "This is published already",
    "Change something in the draft, or use the version that is there.",
  ],
  assessment_import_not_found: [404, "There is no such import", "Upload the file again."],
  upload_not_usable: [
    409,
    "This upload cannot be used here",
    "Wait until it has arrived, or upload the file again in the right place.",
  ],
  invitation_already_used: [
    409,
    "This invitation has an attempt",
    "Invite the candidate anew if they may sit again.",
  ],
  mock_api_not_found: [404, "There is no such mock API", "Go back to the list."],
  mock_api_version_not_found: [404, "There is no such version of a mock API", "Choose one from the list."],
  mock_api_slug_taken: [409, "There is already a mock API with this name", "Use another name."],
  mock_api_archived: [409, "This mock API is archived", "Restore it first."],
  mock_api_draft_conflict: [
    409,
    "The draft was changed elsewhere",
    "Reload to see the newer draft, then repeat your change.",
  ],
  mock_api_document_missing: [
    409,
    "This mock API has no document that passed its check",
    "Upload an OpenAPI document first, and correct what its check finds.",
  ],
  mock_api_not_checked: [
    409,
    "The draft has not passed its check",
    "Check it, correct what the check finds, and publish it then.",
  ],
  mock_api_unchanged: [
    409,
    "A version of exactly this draft is published already",
    "Use that version, or change the draft.",
  ],
  mock_api_dataset_missing: [
    409,
    "The draft has no dataset to bind",
    "Choose a published dataset version first.",
  ],
  mock_api_scratch_not_found: [404, "There is no such trial instance", "Start a new one."],
  invitation_not_editable: [
    409,
    "This invitation cannot change any more",
    "It was used or withdrawn; invite the candidate anew.",
  ],
  invitation_in_use: [
    409,
    "The candidate is at work on this invitation",
    "Wait until the attempt is over, or end it; then invite the candidate anew.",
  ],
  idempotency_key_reused: [
    409,
    "This idempotency key stands for another request",
    "Use a new key for each change you want.",
  ],
  bulk_unreadable: [
    422,
    "The table could not be read",
    "See the detail, correct the table and check it again.",
  ],
  bulk_has_problems: [
    422,
    "Some rows cannot be invited",
    "Correct the rows named under `errors`, or leave them out on purpose.",
  ],
  bulk_nothing_to_invite: [422, "No row can be invited", "Correct the rows named under `errors`."],
  mail_not_configured: [
    409,
    "No mail server is set up",
    "Copy the link and send it yourself, or ask an operator to set WORKSAMPLE_SMTP_URL.",
  ],
  email_template_conflict: [
    409,
    "The template was changed elsewhere",
    "Reload to see the newer text, then repeat your change.",
  ],
  placeholder_unknown: [
    422,
    "The template names something that does not exist",
    "Use only the placeholders that are listed.",
  ],
  placeholder_missing: [
    422,
    "The template lacks something it needs",
    "Put the placeholders named under `errors` in.",
  ],
  request_not_found: [404, "There is no such request", "Reload the page."],
  request_already_open: [
    409,
    "You have asked for this already",
    "Wait for the answer, or withdraw what you asked and ask anew.",
  ],
  too_many_requests_made: [
    409,
    "You have asked as often as you can here",
    "Reply to the e-mail that invited you.",
  ],
  request_closed: [409, "This request is answered or withdrawn", "Reload to see what became of it."],
  attempt_paused: [409, "The attempt is paused", "Its clock stands still. This can be done once it goes on."],
  attempt_not_paused: [409, "The attempt is not paused", "Reload to see how it stands."],
  email_taken: [409, "There is already an account with this e-mail", "Use another address."],

  upload_not_found: [404, "There is no such upload", "Start the upload again."],
  tus_version: [412, "Uploads follow another version of tus here", "Send Tus-Resumable: 1.0.0."],
  request_too_slow: [408, "The request took too long to arrive", "Send it again."],
  upload_invalid: [400, "The upload cannot go on like this", "Follow the tus protocol, version 1.0.0."],
  upload_too_large: [413, "The file is too large", "Send at most 2 GiB; compress it as zip or gzip."],
  upload_quota: [
    429,
    "Too much is being uploaded at once",
    "Wait until other uploads have ended, or cancel some of them.",
  ],
  upload_no_space: [
    507,
    "There is no room for this file",
    "Ask whoever runs the platform to free space on its disk.",
  ],
  upload_offset: [
    409,
    "The upload stands at another offset",
    "Ask for the offset with HEAD and go on from there.",
  ],
  upload_not_stored: [409, "The upload is not complete", "Upload the file to its end, then try again."],
  upload_expired: [410, "The upload was cancelled or has expired", "Start the upload again."],
  dataset_not_found: [404, "There is no such dataset", "Choose one from the list."],
  dataset_archived: [409, "The dataset is archived", "Bring it back from the archive first."],
  dataset_import_not_found: [404, "There is no such import", "Go back to the dataset."],
  dataset_import_conflict: [
    409,
    "The choices were changed elsewhere",
    "Reload to see the newer choices, then repeat your change.",
  ],
  dataset_import_not_ready: [
    409,
    "The import is not waiting for choices",
    "Its state says what it is doing.",
  ],
  dataset_import_over: [409, "The import is over", "Start a new one."],
  dataset_choices_invalid: [
    422,
    "The choices do not fit the profile",
    "Name tables and columns as the profile does, and leave at least one column.",
  ],
  dataset_version_not_found: [404, "There is no such dataset version", "Choose one from the dataset's page."],
  dataset_table_not_found: [404, "There is no such table", "Choose one of the version's tables."],
  dataset_not_pageable: [
    409,
    "The rows of this version cannot be paged through",
    "It was made before that was possible; its preview is on the version's page.",
  ],
  dataset_rows_invalid: [
    400,
    "The rows cannot be listed like this",
    "Name columns of the table, and compare numbers with numbers and dates with dates.",
  ],
  dataset_rows_slow: [503, "Listing the rows took too long", "Filter less, or sort by no column."],

  ticket_invalid: [
    401,
    "This workspace ticket is not valid",
    "Go back to the page you came from and open the workspace again.",
  ],
  sandbox_not_found: [404, "There is no such workspace", "Go back to the page you came from."],
  sandbox_closed: [409, "This workspace is closed", "Go back to the page you came from."],
  sandbox_unreachable: [
    502,
    "The workspace did not answer",
    "It is being brought back; reload in a few seconds.",
  ],
  scratch_not_found: [
    404,
    "There is no such instance to try out",
    "It has expired, or its address is wrong. Start a new one in the studio.",
  ],
  scratch_failed: [
    409,
    "This instance cannot be served",
    "Check the document and its bindings in the studio, then start a new instance.",
  ],
  upstream_not_found: [404, "There is no such upstream", "Reload the list."],
  upstream_name_taken: [409, "There is already an upstream with this name", "Use another name."],
  upstream_archived: [409, "This upstream is archived", "Take it out of the archive first."],
  upstream_key_required: [
    422,
    "A key goes only where it was given for",
    "Give the key again together with the new address, or an empty one.",
  ],
  upstream_address_refused: [
    422,
    "No upstream may be at this address",
    "Link-local addresses and metadata services of clouds are refused. Give the address of an API.",
  ],
  upstream_is_mock: [
    409,
    "This upstream is the platform's own mock",
    "It has neither address nor key to change. Add another upstream.",
  ],
  model_not_found: [404, "There is no such model", "Reload the list."],
  model_name_taken: [409, "This upstream has a model with this name already", "Change that one."],
  model_call_not_found: [404, "There is no such call", "Reload the list."],
  outage_not_found: [404, "There is no such outage", "Reload the report."],
  packages_not_offered: [
    403,
    "This assessment has no packages to install",
    "Use what the workspace has; the brief says what is expected.",
  ],
  package_not_allowed: [
    403,
    "This package may not be installed here",
    "Use another one; the detail says which rule it met.",
  ],
  package_not_found: [404, "There is no such package", "Check its name and version."],
  package_too_large: [
    413,
    "This file is larger than the assessment allows",
    "Use a smaller package or another version.",
  ],
  package_quota_reached: [
    // Not 429: clients would wait and try again, and nothing would have changed.
    403,
    "As much was fetched as the assessment allows",
    "Use what is installed already.",
  ],
  package_registry_failed: [502, "The package registry did not answer properly", "Try again in a moment."],
  unknown_internal_host: [404, "No service has this name", "Use one of the hosts named in the detail."],
} as const satisfies Record<string, readonly [status: number, title: string, hint: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457 problem document, with our `code`, `hint` and the id to quote to an operator. */
export const Problem = z.object({
  type: z.string(),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  hint: z.string(),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** A failure that a caller can act on. Thrown anywhere below a route; presented in one place. */
export class PlatformError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  /** For the log only; never sent. */
  readonly internal: Record<string, unknown> | undefined;
  readonly errors: Problem["errors"];

  constructor(
    code: ProblemCode,
    detail?: string,
    options: { internal?: Record<string, unknown>; errors?: Problem["errors"]; cause?: unknown } = {},
  ) {
    super(detail ?? PROBLEMS[code][1], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "PlatformError";
    this.code = code;
    this.status = PROBLEMS[code][0];
    this.internal = options.internal;
    this.errors = options.errors;
  }

  /** The RFC 9457 document to answer with. */
  toProblem(requestId?: string): Problem {
    const [status, title, hint] = PROBLEMS[this.code];
    return {
      type: `urn:worksample:problem:${this.code}`,
      status,
      code: this.code,
      title,
      hint,
      ...(this.message !== title ? { detail: this.message } : {}),
      ...(requestId ? { requestId } : {}),
      ...(this.errors ? { errors: this.errors } : {}),
    };
  }
}
