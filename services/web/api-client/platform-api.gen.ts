/**
 * Worksample
 * 1
 * DO NOT MODIFY - This file has been generated using oazapfts.
 * See https://www.npmjs.com/package/oazapfts
 */
import * as Oazapfts from "@oazapfts/runtime";
import * as QS from "@oazapfts/runtime/query";
export const defaults: Oazapfts.Defaults<Oazapfts.CustomHeaders> = {
    headers: {},
    baseUrl: "http://localhost:4000"
};
const oazapfts = Oazapfts.runtime(defaults);
export const servers = {
    server1: "http://localhost:4000"
};
export type SignInRequestInput = {
    email: string;
    password: string;
};
export type StaffRole = "admin" | "reviewer";
export type StaffMe = {
    id: string;
    name: string;
    email: string;
    role: StaffRole;
};
export type OpenInvitationRequestInput = {
    token: string;
};
export type OpenInvitationResponse = {
    invitationId: string;
};
export type RoleType = 1 | 2 | 3;
export type LobbyView = {
    company: {
        name: string;
        about: string;
    };
    role: {
        title: string;
        "type": RoleType;
        typeName: string;
    };
    title: string;
    expectations: string;
    disclosures: string[];
    aiPolicy: {
        kind: string;
        statement: string;
    };
    limitSec: number;
    extraTimeIncluded: boolean;
    practiceLimitSec: number;
    consentVersion: string;
};
export type AttemptState = "provisioning" | "running" | "sealing" | "submitted" | "ended" | "failed";
export type SandboxState = "starting" | "ready" | "frozen" | "lost" | "removed";
export type EndReason = "candidate" | "deadline" | "admin" | "revoked" | "failed";
export type AttemptView = {
    id: string;
    state: AttemptState;
    sandboxState: SandboxState | null;
    startedAt: string | null;
    deadlineAt: string | null;
    limitSec: number;
    credits: {
        seconds: number;
        reason: string;
        at: string;
    }[];
    lastSavedAt: string | null;
    endedAt: string | null;
    endReason: EndReason | null;
    failure: string | null;
    submitRequestedAt: string | null;
    pausedAt: string | null;
    pauseReason: string | null;
    messages: {
        id: string;
        text: string;
        sentAt: string;
        readAt: string | null;
    }[];
};
export type CandidateView = {
    now: string;
    invitationId: string;
    candidateName: string;
    expiresAt: string;
    consentedAt: string | null;
    lobby: LobbyView;
    attempt: AttemptView | null;
    practice: AttemptView | null;
    requests: {
        id: string;
        kind: "new_date" | "extra_time";
        message: string;
        wantedDate: string | null;
        state: "open" | "granted" | "declined" | "withdrawn";
        answer: string;
        createdAt: string;
        answeredAt: string | null;
    }[];
};
export type ConsentRequestInput = {
    accepted: true;
    consentVersion: string;
};
export type RequestKindInput = "new_date" | "extra_time";
export type AskRequestInput = {
    kind: RequestKindInput;
    message: string;
    wantedDate?: string;
};
export type TaskView = {
    brief: string;
    datasets: {
        mountName: string;
        mountPath: string;
        title: string;
    }[];
    mockApis: {
        hostname: string;
        baseUrl: string;
        title: string;
    }[];
    notesToReviewer: string;
};
export type DatasetColumn = {
    name: string;
    "type": string;
    description: string;
};
export type DatasetTable = {
    name: string;
    rows: number;
    columns: DatasetColumn[];
    preview: (string | null)[][];
};
export type DatasetGuide = {
    mountName: string;
    mountPath: string;
    title: string;
    description: string;
    card: string;
    files: {
        path: string;
        bytes: number;
    }[];
    tables: DatasetTable[];
};
export type MockApiReference = {
    hostname: string;
    baseUrl: string;
    apiKey: string | null;
    document: {
        [key: string]: any;
    };
};
export type WorkspaceLinkRequestInput = {
    attempt: "scored" | "practice";
    target: "ide" | number;
};
export type WorkspaceLinkResponse = {
    url: string;
    expiresAt: string;
};
export type NotesRequestInput = {
    notes: string;
};
export type NotesResponse = {
    savedAt: string;
};
export type SubmitRequestInput = {
    confirm: true;
    notes?: string;
};
export type ReceiptStatement = {
    format: "worksample-receipt-1";
    submissionId: string;
    attemptId: string;
    assessment: string;
    startedAt: string;
    frozenAt: string;
    sealedAt: string;
    reason: "candidate" | "deadline" | "admin";
    fileCount: number;
    totalBytes: number;
    omittedCount: number;
    archiveSha256: string;
    archiveBytes: number;
};
export type Receipt = {
    statement: ReceiptStatement;
    keyId: string;
    publicKey: string;
    signature: string;
};
export type OmissionReason = "fifo" | "socket" | "device" | "larger_than_workspace" | "sparse_total_too_large" | "hard_link_total_too_large" | "other_filesystem" | "unreadable" | "too_many_files";
export type Omission = {
    path: string;
    pathBase64?: string;
    reason: OmissionReason;
    size?: number;
};
export type ReceiptView = {
    receipt: Receipt;
    archiveSha256: string;
    files: {
        path: string;
        size: number;
        sha256: string;
    }[];
    filesTruncated: boolean;
    omitted: Omission[];
    downloadUrl: string;
};
export type QueueItem = {
    submissionId: string;
    codeName: string;
    assessmentTitle: string;
    roleTitle: string;
    roleType: RoleType;
    sealedAt: string;
    myReview: "none" | "draft" | "submitted";
    reviewsSubmitted: number;
};
export type QueueView = {
    items: QueueItem[];
};
export type Anchor = {
    level: number;
    title: string;
    description: string;
};
export type Criterion = {
    id: string;
    title: string;
    guidance: string;
    weight: number;
    anchors: Anchor[];
};
export type Rubric = {
    criteria: Criterion[];
};
export type Rating = {
    level: number | null;
    evidence: string;
};
export type Recommendation = "strong_no" | "no" | "yes" | "strong_yes";
export type ReviewView = {
    id: string;
    state: "draft" | "submitted";
    ratings: {
        [key: string]: Rating;
    };
    summary: string;
    recommendation: Recommendation | null;
    revision: number;
    updatedAt: string;
    submittedAt: string | null;
};
export type SubmissionView = {
    submissionId: string;
    codeName: string;
    sealedAt: string;
    reason: "candidate" | "deadline" | "admin";
    fileCount: number;
    totalBytes: number;
    archiveSha256: string;
    notesToReviewer: string;
    assessment: {
        title: string;
        roleTitle: string;
        roleType: RoleType;
        brief: string;
        aiPolicy: {
            kind: string;
            statement: string;
        };
    };
    rubric: Rubric;
    review: ReviewView | null;
};
export type FileChange = "added" | "modified" | "unchanged" | "deleted";
export type SubmissionEntry = {
    index: number;
    path: string;
    "type": "file" | "symlink";
    size: number;
    change: FileChange;
    starterIndex: number | null;
};
export type SubmissionTreeView = {
    entries: SubmissionEntry[];
    omitted: {
        path: string;
        reason: OmissionReason;
    }[];
    hiddenGitFiles: number;
    truncated: boolean;
};
export type FileView = {
    path: string;
    size: number;
    sha256: string | null;
    kind: "text" | "binary" | "image" | "symlink";
    imageType: string | null;
    imageBase64: string | null;
    text: string | null;
    truncated: boolean;
    redacted: boolean;
};
export type RatingInput = {
    level: number | null;
    evidence: string;
};
export type RecommendationInput = "strong_no" | "no" | "yes" | "strong_yes";
export type SaveReviewRequestInput = {
    revision: number;
    ratings: {
        [key: string]: RatingInput;
    };
    summary: string;
    recommendation: RecommendationInput | null;
};
export type SubmitReviewRequestInput = {
    revision: number;
};
export type AssessmentVersionItem = {
    id: string;
    assessmentTitle: string;
    "number": number;
    roleTitle: string;
    roleType: RoleType;
    limitSec: number;
};
export type AssessmentVersionList = {
    items: AssessmentVersionItem[];
};
export type BoardGroupInput = "attention" | "live" | "waiting" | "done";
export type InvitationStatus = "open" | "not_yet_valid" | "expired" | "revoked" | "used";
export type BoardGroup = "attention" | "live" | "waiting" | "done";
export type SandboxHealth = {
    at: string;
    memoryBytes: number;
    memoryLimitBytes: number;
    cpuPercent: number;
    diskUsedBytes: number;
    diskLimitBytes: number;
    ideAnswers: boolean;
};
export type BoardItem = {
    invitationId: string;
    candidateName: string;
    candidateEmail: string;
    assessmentTitle: string;
    assessmentVersion: number;
    status: InvitationStatus;
    link: string;
    validFrom: string;
    expiresAt: string;
    extraTimeFactor: number;
    group: BoardGroup;
    email: {
        state: "waiting" | "sent" | "failed";
        at: string;
    } | null;
    openRequests: number;
    attempt: {
        id: string;
        state: AttemptState;
        startedAt: string | null;
        deadlineAt: string | null;
        creditedSec: number;
        lastSavedAt: string | null;
        endedAt: string | null;
        endReason: EndReason | null;
        failure: string | null;
        sandboxState: SandboxState | null;
        epoch: number;
        health: SandboxHealth | null;
        pausedAt: string | null;
        pauseReason: string | null;
        resumeRequestedAt: string | null;
        submitRequestedAt: string | null;
        faultCount: number;
        unreadMessages: number;
    } | null;
    practiceRunning: boolean;
    submissionId: string | null;
};
export type BoardView = {
    now: string;
    items: BoardItem[];
    page: number;
    pageCount: number;
    counts: {
        attention: number;
        live: number;
        waiting: number;
        done: number;
    };
    openRequests: number;
    assessments: {
        id: string;
        title: string;
    }[];
};
export type CreateInvitationRequestInput = {
    assessmentVersionId: string;
    candidateName: string;
    candidateEmail: string;
    expiresAt?: string;
    validFrom?: string;
    extraTimeFactor?: number;
    sendEmail?: boolean;
    idempotencyKey?: string;
};
export type CreateInvitationResponse = {
    invitationId: string;
    link: string;
    expiresAt: string;
};
export type CheckBulkRequestInput = {
    assessmentVersionId: string;
    text?: string;
    fileBase64?: string;
    validFrom?: string;
    expiresAt?: string;
    extraTimeFactor?: number;
    timeZone?: string;
};
export type BulkField = "name" | "first_name" | "last_name" | "email" | "validFrom" | "expiresAt" | "extraTimeFactor";
export type BulkProblem = {
    field: "row" | "name" | "email" | "validFrom" | "expiresAt" | "extraTimeFactor";
    code: "missing" | "invalid" | "too_long" | "repeated_in_file" | "already_invited" | "too_many_values";
    message: string;
};
export type BulkRow = {
    line: number;
    name: string;
    email: string;
    validFrom: string | null;
    expiresAt: string | null;
    extraTimeFactor: number | null;
    problems: BulkProblem[];
};
export type BulkReport = {
    dialect: {
        encoding: string;
        delimiter: "," | ";" | "\t" | "|";
        hasHeader: boolean;
        columns: {
            header: string;
            field: BulkField | null;
        }[];
    };
    rows: BulkRow[];
    readyCount: number;
    problemCount: number;
};
export type CreateBulkRequestInput = {
    assessmentVersionId: string;
    text?: string;
    fileBase64?: string;
    validFrom?: string;
    expiresAt?: string;
    extraTimeFactor?: number;
    timeZone?: string;
    idempotencyKey: string;
    leaveOutProblems?: boolean;
    sendEmail?: boolean;
};
export type BulkResult = {
    batchId: string;
    created: {
        line: number;
        invitationId: string;
        name: string;
        email: string;
        link: string;
    }[];
    leftOut: {
        line: number;
        email: string;
        problems: BulkProblem[];
    }[];
    isRepeat: boolean;
};
export type EmailTemplateName = "invitation" | "answer";
export type EmailState = "waiting" | "sent" | "failed";
export type EmailItem = {
    id: string;
    template: EmailTemplateName;
    recipient: string;
    state: EmailState;
    attempts: number;
    failure: string | null;
    nextTryAt: string | null;
    createdAt: string;
    sentAt: string | null;
};
export type RequestKind = "new_date" | "extra_time";
export type RequestState = "open" | "granted" | "declined" | "withdrawn";
export type CandidateRequestView = {
    id: string;
    kind: RequestKind;
    message: string;
    wantedDate: string | null;
    state: RequestState;
    answer: string;
    createdAt: string;
    answeredAt: string | null;
};
export type InvitationDetails = {
    item: BoardItem;
    createdAt: string;
    createdBy: string | null;
    revokedAt: string | null;
    revokeReason: string | null;
    consentedAt: string | null;
    reinvitedFrom: string | null;
    reinvitedAs: string | null;
    canEdit: boolean;
    canReinvite: boolean;
    emails: EmailItem[];
    requests: CandidateRequestView[];
    messages: {
        id: string;
        text: string;
        sentAt: string;
        readAt: string | null;
        sentBy: string | null;
    }[];
    credits: {
        seconds: number;
        reason: string;
        at: string;
    }[];
    faults: {
        hostname: string;
        fault: string;
        count: number;
    }[];
};
export type EditInvitationRequestInput = {
    validFrom?: string;
    expiresAt?: string;
    extraTimeFactor?: number;
};
export type RevokeInvitationRequestInput = {
    reason?: string;
};
export type ReinviteRequestInput = {
    assessmentVersionId?: string;
    validFrom?: string;
    expiresAt?: string;
    extraTimeFactor?: number;
    sendEmail?: boolean;
    idempotencyKey?: string;
};
export type SendEmailRequestInput = {
    template?: "invitation";
};
export type ExtendAttemptRequestInput = {
    seconds: number;
    reason: string;
    idempotencyKey?: string;
};
export type ExtendAttemptResponse = {
    deadlineAt: string;
    creditedSec: number;
};
export type SendMessageRequestInput = {
    text: string;
};
export type AttemptMessage = {
    id: string;
    text: string;
    sentAt: string;
    readAt: string | null;
};
export type PauseAttemptRequestInput = {
    reason: string;
};
export type EndAttemptRequestInput = {
    reason: string;
};
export type AdminRequestItem = {
    id: string;
    kind: RequestKind;
    message: string;
    wantedDate: string | null;
    state: RequestState;
    answer: string;
    createdAt: string;
    answeredAt: string | null;
    invitationId: string;
    candidateName: string;
    candidateEmail: string;
    assessmentTitle: string;
    validFrom: string;
    expiresAt: string;
    extraTimeFactor: number;
    canGrant: boolean;
    answeredBy: string | null;
};
export type AdminRequestList = {
    items: AdminRequestItem[];
    openCount: number;
};
export type AnswerRequestInput = {
    decision: "grant";
    answer?: string;
    validFrom?: string;
    expiresAt?: string;
    extraTimeFactor?: number;
    sendEmail?: boolean;
} | {
    decision: "decline";
    answer: string;
    sendEmail?: boolean;
};
export type EmailTemplate = {
    name: EmailTemplateName;
    subject: string;
    body: string;
    revision: number;
    isDefault: boolean;
    updatedAt: string | null;
};
export type EmailSettings = {
    isConfigured: boolean;
    "from": string | null;
    templates: EmailTemplate[];
};
export type EmailTemplateNameInput = "invitation" | "answer";
export type SaveEmailTemplateRequestInput = {
    revision: number;
    subject: string;
    body: string;
};
export type PreviewEmailRequestInput = {
    subject: string;
    body: string;
};
export type EmailPreview = {
    subject: string;
    text: string;
    html: string;
};
export type StaffMember = {
    id: string;
    name: string;
    email: string;
    role: StaffRole;
    createdAt: string;
};
export type StaffList = {
    items: StaffMember[];
};
export type StaffRoleInput = "admin" | "reviewer";
export type CreateStaffRequestInput = {
    name: string;
    email: string;
    role: StaffRoleInput;
    password: string;
};
export type ApiScope = "admin:read" | "admin:write" | "staff:write" | "metrics:read";
export type ApiTokenItem = {
    id: string;
    name: string;
    scopes: ApiScope[];
    createdAt: string;
    createdBy: string | null;
    expiresAt: string | null;
    revokedAt: string | null;
    lastUsedAt: string | null;
};
export type ApiTokenList = {
    now: string;
    items: ApiTokenItem[];
};
export type ApiScopeInput = "admin:read" | "admin:write" | "staff:write" | "metrics:read";
export type CreateApiTokenRequestInput = {
    name: string;
    scopes: ApiScopeInput[];
    expiresAt?: string | null;
};
export type CreateApiTokenResponse = {
    item: ApiTokenItem;
    token: string;
};
export type AuditActorKind = "staff" | "token" | "command";
export type AuditSubject = {
    "type": string;
    id: string;
    label: string;
};
export type JsonValue = string | number | boolean | null | JsonValue[] | {
    [key: string]: JsonValue;
};
export type AuditEvent = {
    id: number;
    at: string;
    actor: {
        kind: AuditActorKind;
        id: string | null;
        name: string;
    };
    action: string;
    subject: AuditSubject;
    before: JsonValue | null;
    after: JsonValue | null;
    ip: string | null;
    userAgent: string | null;
    previousHash: string;
    hash: string;
};
export type AuditPage = {
    items: AuditEvent[];
    nextBefore: number | null;
};
export type AuditFacets = {
    actors: {
        kind: AuditActorKind;
        id: string;
        name: string;
    }[];
    actions: string[];
};
export type AuditCheck = {
    checked: number;
    head: {
        id: number;
        hash: string;
    } | null;
    fault: {
        id: number;
        reason: "missing_event" | "wrong_previous_hash" | "wrong_hash";
    } | null;
};
export type UploadPurpose = "dataset" | "mock_api" | "starter" | "assessment";
export type UploadState = "receiving" | "stored" | "cancelled" | "failed";
export type UploadView = {
    id: string;
    purpose: UploadPurpose;
    fileName: string;
    bytes: number;
    received: number;
    state: UploadState;
    failure: string | null;
    createdAt: string;
};
/**
 * This document
 */
export function readApiDocument(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            [key: string]: any;
        };
    }>("/api/openapi.json", {
        ...opts
    }));
}
/**
 * Prometheus metrics; from this machine, or with a token
 */
export function readMetrics(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText("/metrics", {
        ...opts
    }));
}
/**
 * The process lives
 */
export function readLiveness(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            status: "ok";
        };
    }>("/healthz", {
        ...opts
    }));
}
/**
 * Its parts work
 */
export function readReadiness(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            ready: boolean;
            checks: {
                [key: string]: "ok" | "failing";
            };
        };
    } | {
        status: 503;
        data: {
            ready: boolean;
            checks: {
                [key: string]: "ok" | "failing";
            };
        };
    }>("/readyz", {
        ...opts
    }));
}
/**
 * Sign in
 */
export function signIn(signInRequestInput: SignInRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            ok: true;
        };
    }>("/api/auth/sign-in/email", oazapfts.json({
        ...opts,
        method: "POST",
        body: signInRequestInput
    })));
}
/**
 * Sign out
 */
export function signOut(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            ok: true;
        };
    }>("/api/auth/sign-out", {
        ...opts,
        method: "POST"
    }));
}
/**
 * Who is signed in
 */
export function readStaffMe(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: StaffMe;
    }>("/api/staff/me", {
        ...opts
    }));
}
/**
 * Trade the token of a personal link for a session
 */
export function openInvitation(openInvitationRequestInput: OpenInvitationRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: OpenInvitationResponse;
    }>("/api/candidate/sessions", oazapfts.json({
        ...opts,
        method: "POST",
        body: openInvitationRequestInput
    })));
}
/**
 * Where the candidate stands
 */
export function readCandidateView(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}`, {
        ...opts
    }));
}
/**
 * The same, live: `state` events
 */
export function followCandidateView(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/events`, {
        ...opts
    }));
}
/**
 * Accept the conditions
 */
export function giveConsent(invitationId: string, consentRequestInput: ConsentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/consent`, oazapfts.json({
        ...opts,
        method: "POST",
        body: consentRequestInput
    })));
}
/**
 * Ask for a practice workspace
 */
export function startPractice(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/practice`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Give the practice workspace up
 */
export function stopPractice(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/practice`, {
        ...opts,
        method: "DELETE"
    }));
}
/**
 * Start the scored sitting
 */
export function startAttempt(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/start`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Ask for another date or for extra time
 */
export function askForSomething(invitationId: string, askRequestInput: AskRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/requests`, oazapfts.json({
        ...opts,
        method: "POST",
        body: askRequestInput
    })));
}
/**
 * Take back what was asked for
 */
export function withdrawRequest(invitationId: string, requestId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/requests/${encodeURIComponent(requestId)}/withdraw`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Put a message away
 */
export function readMessage(invitationId: string, messageId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/messages/${encodeURIComponent(messageId)}/read`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * The task
 */
export function readTask(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: TaskView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/task`, {
        ...opts
    }));
}
/**
 * What a dataset holds
 */
export function readDatasetGuide(invitationId: string, mountName: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetGuide;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/datasets/${encodeURIComponent(mountName)}`, {
        ...opts
    }));
}
/**
 * How to call an API of the task
 */
export function readMockApiReference(invitationId: string, hostname: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiReference;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/mock-apis/${encodeURIComponent(hostname)}`, {
        ...opts
    }));
}
/**
 * A one-time address into the workspace
 */
export function createWorkspaceLink(invitationId: string, workspaceLinkRequestInput: WorkspaceLinkRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: WorkspaceLinkResponse;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/workspace-links`, oazapfts.json({
        ...opts,
        method: "POST",
        body: workspaceLinkRequestInput
    })));
}
/**
 * Save the notes to the reviewer
 */
export function saveNotes(invitationId: string, notesRequestInput: NotesRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: NotesResponse;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/notes`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: notesRequestInput
    })));
}
/**
 * Submit before the deadline
 */
export function submitAttempt(invitationId: string, submitRequestInput: SubmitRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: CandidateView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/submit`, oazapfts.json({
        ...opts,
        method: "POST",
        body: submitRequestInput
    })));
}
/**
 * The signed receipt
 */
export function readReceipt(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ReceiptView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/receipt`, {
        ...opts
    }));
}
/**
 * Download what was submitted
 */
export function downloadMyArchive(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/archive`, {
        ...opts
    }));
}
/**
 * Submissions to review
 */
export function listReviewQueue(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: QueueView;
    }>("/api/review/queue", {
        ...opts
    }));
}
/**
 * A submission with its rubric and my review
 */
export function readSubmission(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: SubmissionView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}`, {
        ...opts
    }));
}
/**
 * Its files, compared with the starter files
 */
export function readSubmissionTree(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: SubmissionTreeView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/tree`, {
        ...opts
    }));
}
/**
 * One file of the submission, or of the starter files
 */
export function readSubmissionFile(submissionId: string, side: "submission" | "starter", index: number, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: FileView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/files/${encodeURIComponent(side)}/${encodeURIComponent(index)}`, {
        ...opts
    }));
}
/**
 * Start my review, or return it
 */
export function startReview(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ReviewView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/review`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Save the draft of my review
 */
export function saveReview(submissionId: string, saveReviewRequestInput: SaveReviewRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ReviewView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/review`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: saveReviewRequestInput
    })));
}
/**
 * Submit my review; it cannot be changed afterwards
 */
export function submitReview(submissionId: string, submitReviewRequestInput: SubmitReviewRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ReviewView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/review/submit`, oazapfts.json({
        ...opts,
        method: "POST",
        body: submitReviewRequestInput
    })));
}
/**
 * Versions that candidates can be invited to
 */
export function listInvitableVersions(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentVersionList;
    }>("/api/admin/assessment-versions", {
        ...opts
    }));
}
/**
 * Invitations and how their attempts are going, by page
 */
export function readBoard({ assessmentId, group, search, page }: {
    assessmentId?: string;
    group?: BoardGroupInput;
    search?: string;
    page?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: BoardView;
    }>(`/api/admin/board${QS.query(QS.explode({
        assessmentId,
        group,
        search,
        page
    }))}`, {
        ...opts
    }));
}
/**
 * The same, live: `board` events
 */
export function followBoard({ assessmentId, group, search, page }: {
    assessmentId?: string;
    group?: BoardGroupInput;
    search?: string;
    page?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/board/events${QS.query(QS.explode({
        assessmentId,
        group,
        search,
        page
    }))}`, {
        ...opts
    }));
}
/**
 * Download a sealed submission
 */
export function downloadArchive(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/submissions/${encodeURIComponent(submissionId)}/archive`, {
        ...opts
    }));
}
/**
 * Invite a candidate
 */
export function createInvitation(createInvitationRequestInput: CreateInvitationRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: CreateInvitationResponse;
    }>("/api/admin/invitations", oazapfts.json({
        ...opts,
        method: "POST",
        body: createInvitationRequestInput
    })));
}
/**
 * Read a table of candidates and say, row by row, what inviting them would do
 */
export function checkBulkInvitations(checkBulkRequestInput: CheckBulkRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: BulkReport;
    }>("/api/admin/invitations/bulk/check", oazapfts.json({
        ...opts,
        method: "POST",
        body: checkBulkRequestInput
    })));
}
/**
 * Invite everybody in a table
 */
export function createBulkInvitations(createBulkRequestInput: CreateBulkRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: BulkResult;
    }>("/api/admin/invitations/bulk", oazapfts.json({
        ...opts,
        method: "POST",
        body: createBulkRequestInput
    })));
}
/**
 * An invitation with all that belongs to it
 */
export function readInvitation(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: InvitationDetails;
    }>(`/api/admin/invitations/${encodeURIComponent(invitationId)}`, {
        ...opts
    }));
}
/**
 * Change window and extra time before the candidate starts
 */
export function editInvitation(invitationId: string, editInvitationRequestInput: EditInvitationRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: BoardItem;
    }>(`/api/admin/invitations/${encodeURIComponent(invitationId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: editInvitationRequestInput
    })));
}
/**
 * Withdraw an invitation
 */
export function revokeInvitation(invitationId: string, revokeInvitationRequestInput: RevokeInvitationRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: BoardItem;
    }>(`/api/admin/invitations/${encodeURIComponent(invitationId)}/revoke`, oazapfts.json({
        ...opts,
        method: "POST",
        body: revokeInvitationRequestInput
    })));
}
/**
 * Invite the same person anew
 */
export function reinvite(invitationId: string, reinviteRequestInput: ReinviteRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: CreateInvitationResponse;
    }>(`/api/admin/invitations/${encodeURIComponent(invitationId)}/reinvite`, oazapfts.json({
        ...opts,
        method: "POST",
        body: reinviteRequestInput
    })));
}
/**
 * Send the link by e-mail, again if it was sent before
 */
export function sendInvitationEmail(invitationId: string, sendEmailRequestInput: SendEmailRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: InvitationDetails;
    }>(`/api/admin/invitations/${encodeURIComponent(invitationId)}/emails`, oazapfts.json({
        ...opts,
        method: "POST",
        body: sendEmailRequestInput
    })));
}
/**
 * Give a running attempt more time
 */
export function extendAttempt(attemptId: string, extendAttemptRequestInput: ExtendAttemptRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ExtendAttemptResponse;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/extend`, oazapfts.json({
        ...opts,
        method: "POST",
        body: extendAttemptRequestInput
    })));
}
/**
 * Show the candidate a message
 */
export function messageCandidate(attemptId: string, sendMessageRequestInput: SendMessageRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: AttemptMessage;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/messages`, oazapfts.json({
        ...opts,
        method: "POST",
        body: sendMessageRequestInput
    })));
}
/**
 * Stop clock and workspace for a fault of the platform
 */
export function pauseAttempt(attemptId: string, pauseAttemptRequestInput: PauseAttemptRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: BoardItem;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/pause`, oazapfts.json({
        ...opts,
        method: "POST",
        body: pauseAttemptRequestInput
    })));
}
/**
 * Let a paused attempt go on, with the time given back
 */
export function resumeAttempt(attemptId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: BoardItem;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/resume`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Seal a running attempt as it stands
 */
export function endAttempt(attemptId: string, endAttemptRequestInput: EndAttemptRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: BoardItem;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/end`, oazapfts.json({
        ...opts,
        method: "POST",
        body: endAttemptRequestInput
    })));
}
/**
 * What candidates ask for: what waits for an answer, or the latest answered
 */
export function listRequests({ state }: {
    state?: "open" | "answered";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AdminRequestList;
    }>(`/api/admin/requests${QS.query(QS.explode({
        state
    }))}`, {
        ...opts
    }));
}
/**
 * Grant or decline what a candidate asks for
 */
export function answerRequest(requestId: string, answerRequestInput: AnswerRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AdminRequestList;
    }>(`/api/admin/requests/${encodeURIComponent(requestId)}/answer`, oazapfts.json({
        ...opts,
        method: "POST",
        body: answerRequestInput
    })));
}
/**
 * Whether mail can be sent, and what it says
 */
export function readEmailSettings(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: EmailSettings;
    }>("/api/admin/email", {
        ...opts
    }));
}
/**
 * Change what a mail says
 */
export function saveEmailTemplate(name: EmailTemplateNameInput, saveEmailTemplateRequestInput: SaveEmailTemplateRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: EmailTemplate;
    }>(`/api/admin/email/templates/${encodeURIComponent(name)}`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: saveEmailTemplateRequestInput
    })));
}
/**
 * How a mail would read, with made-up values
 */
export function previewEmail(name: EmailTemplateNameInput, previewEmailRequestInput: PreviewEmailRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: EmailPreview;
    }>(`/api/admin/email/templates/${encodeURIComponent(name)}/preview`, oazapfts.json({
        ...opts,
        method: "POST",
        body: previewEmailRequestInput
    })));
}
/**
 * Staff accounts
 */
export function listStaff(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: StaffList;
    }>("/api/admin/staff", {
        ...opts
    }));
}
/**
 * Create a staff account
 */
export function createStaffMember(createStaffRequestInput: CreateStaffRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: StaffMember;
    }>("/api/admin/staff", oazapfts.json({
        ...opts,
        method: "POST",
        body: createStaffRequestInput
    })));
}
/**
 * API tokens
 */
export function listApiTokens(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ApiTokenList;
    }>("/api/admin/tokens", {
        ...opts
    }));
}
/**
 * Make an API token
 */
export function createApiToken(createApiTokenRequestInput: CreateApiTokenRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: CreateApiTokenResponse;
    }>("/api/admin/tokens", oazapfts.json({
        ...opts,
        method: "POST",
        body: createApiTokenRequestInput
    })));
}
/**
 * Make an API token useless
 */
export function revokeApiToken(tokenId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ApiTokenItem;
    }>(`/api/admin/tokens/${encodeURIComponent(tokenId)}/revoke`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * What staff did, the newest first
 */
export function listAuditEvents({ before, limit, actor, action, subjectType, subjectId, search, $from, to }: {
    before?: number;
    limit?: number;
    actor?: string;
    action?: string;
    subjectType?: string;
    subjectId?: string;
    search?: string;
    $from?: string;
    to?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AuditPage;
    }>(`/api/admin/audit${QS.query(QS.explode({
        before,
        limit,
        actor,
        action,
        subjectType,
        subjectId,
        search,
        "from": $from,
        to
    }))}`, {
        ...opts
    }));
}
/**
 * Who and what the log has events of
 */
export function readAuditFacets(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AuditFacets;
    }>("/api/admin/audit/facets", {
        ...opts
    }));
}
/**
 * Check that no event was changed, removed or put in between
 */
export function checkAuditLog(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AuditCheck;
    }>("/api/admin/audit/check", {
        ...opts
    }));
}
/**
 * Download the log, the oldest first
 */
export function exportAuditLog({ actor, action, subjectType, subjectId, search, $from, to, format }: {
    actor?: string;
    action?: string;
    subjectType?: string;
    subjectId?: string;
    search?: string;
    $from?: string;
    to?: string;
    format?: "csv" | "jsonl";
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/audit/export${QS.query(QS.explode({
        actor,
        action,
        subjectType,
        subjectId,
        search,
        "from": $from,
        to,
        format
    }))}`, {
        ...opts
    }));
}
/**
 * What of tus is spoken here
 */
export function describeUploads(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText("/api/admin/uploads", {
        ...opts,
        method: "OPTIONS"
    }));
}
/**
 * Announce a file, with or without its first bytes
 */
export function createUpload(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: UploadView;
    }>("/api/admin/uploads", {
        ...opts,
        method: "POST"
    }));
}
/**
 * Add bytes at Upload-Offset
 */
export function appendToUpload(uploadId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/uploads/${encodeURIComponent(uploadId)}`, {
        ...opts,
        method: "PATCH"
    }));
}
/**
 * Cancel an upload
 */
export function cancelUpload(uploadId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/uploads/${encodeURIComponent(uploadId)}`, {
        ...opts,
        method: "DELETE"
    }));
}
/**
 * An upload and how far it is
 */
export function getUpload(uploadId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: UploadView;
    }>(`/api/admin/uploads/${encodeURIComponent(uploadId)}/status`, {
        ...opts
    }));
}
