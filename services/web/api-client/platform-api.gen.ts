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
export type ModelLine = "product" | "assistant";
export type ModelKind = "chat" | "embedding";
export type ModelOffer = {
    line: ModelLine;
    models: {
        alias: string;
        kind: ModelKind;
        mock: boolean;
    }[];
    limitUsd: number;
    limitTokens: number | null;
};
export type PackageEcosystem = "npm" | "pypi";
export type PackageOffer = {
    ecosystem: PackageEcosystem;
    allow: string[];
    deny: string[];
};
export type LobbyOffers = {
    models: ModelOffer[];
    packages: PackageOffer[];
};
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
    offers: LobbyOffers;
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
    isTrial: boolean;
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
    scale?: number;
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
    variables: {
        baseUrl: string;
        apiKey: string | null;
    };
    document: {
        [key: string]: any;
    };
};
export type ModelBudgetView = {
    line: ModelLine;
    models: {
        alias: string;
        kind: ModelKind;
        mock: boolean;
    }[];
    limitUsd: number;
    spentUsd: number;
    reservedUsd: number;
    limitTokens: number | null;
    spentTokens: number;
    reservedTokens: number;
    requests: number;
};
export type CandidateModelsView = {
    baseUrl: string;
    lines: ModelBudgetView[];
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
        hasModels: boolean;
        hasPackages: boolean;
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
export type ModelLineInput = "product" | "assistant";
export type ModelOutcome = "open" | "answered" | "aborted" | "refused" | "upstream_failed" | "lost" | "replayed";
export type ModelCallSummary = {
    id: string;
    afterSec: number;
    line: ModelLine;
    endpoint: string;
    alias: string;
    upstreamModel: string | null;
    mock: boolean;
    stream: boolean;
    outcome: ModelOutcome;
    status: number | null;
    errorCode: string | null;
    inputTokens: number | null;
    cachedInputTokens: number | null;
    outputTokens: number | null;
    usage: "reported" | "estimated" | "none";
    costUsd: number;
    firstTokenMs: number | null;
    durationMs: number | null;
    failedTargets: number;
    excerpt: string;
};
export type ModelCallTotals = {
    line: ModelLine;
    calls: number;
    answered: number;
    costUsd: number;
    inputTokens: number;
    outputTokens: number;
};
export type ModelCallPage = {
    items: ModelCallSummary[];
    nextAfter: string | null;
    totals: ModelCallTotals[];
};
export type ModelCallView = {
    id: string;
    afterSec: number;
    line: ModelLine;
    endpoint: string;
    alias: string;
    upstreamModel: string | null;
    mock: boolean;
    stream: boolean;
    outcome: ModelOutcome;
    status: number | null;
    errorCode: string | null;
    inputTokens: number | null;
    cachedInputTokens: number | null;
    outputTokens: number | null;
    usage: "reported" | "estimated" | "none";
    costUsd: number;
    firstTokenMs: number | null;
    durationMs: number | null;
    failedTargets: number;
    excerpt: string;
    request: string | null;
    response: string | null;
    reassembled: boolean;
    requestBytes: number;
    responseBytes: number;
    truncated: boolean;
    redacted: boolean;
};
export type InstalledPackage = {
    ecosystem: PackageEcosystem;
    name: string;
    version: string;
    files: number;
    bytes: number;
};
export type InstalledPackages = {
    items: InstalledPackage[];
    truncated: boolean;
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
export type TreatmentMark = "upstreamFailures" | "refusals" | "firstTokenP50Ms" | "firstTokenP95Ms" | "tokensPerSecP50" | "outages";
export type ModelTreatmentRow = {
    attemptId: string;
    candidateName: string;
    running: boolean;
    calls: number;
    upstreamFailures: number;
    refusals: number;
    firstTokenP50Ms: number | null;
    firstTokenP95Ms: number | null;
    tokensPerSecP50: number | null;
    spentUsd: number;
    outages: {
        "from": string;
        until: string;
        failures: number;
        creditedSec: number;
        uncreditedSec: number;
    }[];
    marks: TreatmentMark[];
};
export type ModelTreatmentReport = {
    assessmentVersionId: string;
    title: string;
    "number": number;
    rows: ModelTreatmentRow[];
};
export type CreditOutageRequestInput = {
    "from": string;
};
export type CreditOutageResponse = {
    deadlineAt: string;
    givenSec: number;
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
export type ApiScope = "admin:read" | "admin:write" | "models:write" | "staff:write" | "metrics:read";
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
export type ApiScopeInput = "admin:read" | "admin:write" | "models:write" | "staff:write" | "metrics:read";
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
export type TraceRequestInput = {
    text: string;
} | {
    uploadId: string;
};
export type TraceMatch = {
    invitationId: string;
    attemptId: string;
    candidateName: string;
    assessmentTitle: string;
    datasetTitle: string;
    datasetVersion: number;
    table: string;
    column: string;
    startedAt: string | null;
    markers: string[];
    outOf: number;
};
export type TraceResponse = {
    searchedBytes: number;
    matches: TraceMatch[];
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
export type AssessmentStateInput = "draft" | "published" | "archived";
export type AssessmentState = "draft" | "published" | "archived";
export type AssessmentListItem = {
    id: string;
    title: string;
    companyName: string;
    roleTitle: string;
    roleType: RoleType;
    state: AssessmentState;
    changed: boolean;
    limitSec: number | null;
    latestVersion: {
        id: string;
        "number": number;
        publishedAt: string;
    } | null;
    invitationCount: number;
    submissionCount: number;
    updatedAt: string;
};
export type AssessmentList = {
    items: AssessmentListItem[];
    counts: {
        draft: number;
        published: number;
        archived: number;
    };
};
export type TemplateIdInput = "blank" | "api_integrator" | "ml_engineer" | "ai_systems_engineer";
export type CreateAssessmentRequestInput = {
    title: string;
    template?: TemplateIdInput;
};
export type Stage = "work_sample" | "system_design" | "failure_story";
export type InlineFile = {
    path: string;
    text: string;
};
export type Starter = {
    source: {
        kind: "none";
    } | {
        kind: "upload";
        uploadId: string;
    } | {
        kind: "version";
        assessmentVersionId: string;
    };
    files: InlineFile[];
};
export type PracticeStarter = {
    source: {
        kind: "platform";
    } | {
        kind: "upload";
        uploadId: string;
    } | {
        kind: "version";
        assessmentVersionId: string;
    };
    files: InlineFile[];
};
export type DraftAnchor = {
    level: number;
    title: string;
    description: string;
};
export type DraftCriterion = {
    id: string;
    title: string;
    guidance: string;
    weight: number | null;
    anchors: DraftAnchor[];
};
export type DatasetDelivery = {
    sample?: {
        table: string;
        rows: number;
    };
    canary?: {
        table: string;
        column: string;
        rows: number;
    } | null;
};
export type DatasetPin = {
    mountName: string;
    datasetVersionId: string | null;
    delivery: DatasetDelivery;
};
export type MockApiPin = {
    hostname: string;
    mockApiVersionId: string | null;
};
export type PackagePolicy = {
    kind: "none";
} | {
    kind: "mirror";
    npm: {
        enabled: boolean;
        allow: string[];
        deny: string[];
    };
    pypi: {
        enabled: boolean;
        allow: string[];
        deny: string[];
    };
    maxFileMib: number | null;
    maxTotalMib: number | null;
};
export type ModelPolicy = {
    kind: "none";
} | {
    kind: "metered";
    models: {
        alias: string;
        modelIds: string[];
        missing?: {
            upstream: string;
            name: string;
        }[];
    }[];
    budget: {
        usd: number | null;
        tokens: number | null;
    };
    limits: {
        requestsPerMin: number | null;
        parallel: number | null;
        maxOutputTokens: number | null;
    };
    assistant: {
        model: {
            alias: string;
            modelIds: string[];
            missing?: {
                upstream: string;
                name: string;
            }[];
        };
        budget: {
            usd: number | null;
            tokens: number | null;
        };
    } | null;
};
export type AssessmentDraft = {
    title: string;
    company: {
        name: string;
        about: string;
    };
    role: {
        title: string;
        "type": RoleType;
    };
    stages: Stage[];
    brief: string;
    expectations: string;
    disclosures: string[];
    aiPolicy: {
        kind: "none" | "disclose" | "assistant";
        statement: string;
    };
    limitSec: number | null;
    practiceLimitSec: number | null;
    snapshotIntervalSec: number | null;
    image: string;
    limits: {
        cpus: number | null;
        memoryMib: number | null;
        diskMib: number | null;
        pids: number | null;
    };
    starter: Starter;
    practiceStarter: PracticeStarter;
    rubric: {
        criteria: DraftCriterion[];
    };
    datasets: DatasetPin[];
    mockApis: MockApiPin[];
    packages: PackagePolicy;
    models: ModelPolicy;
};
export type CheckStatus = "pending" | "running" | "passed" | "warning" | "failed" | "skipped";
export type ComposerSection = "basics" | "brief" | "expectations" | "disclosures" | "ai_policy" | "limits" | "image" | "starter" | "practice_starter" | "rubric" | "datasets" | "mock_apis" | "models" | "packages";
export type CheckItem = {
    id: string;
    title: string;
    status: CheckStatus;
    message: string;
    remedy: string;
    target: {
        section: ComposerSection;
        path: string;
    } | null;
    durationMs: number | null;
};
export type CheckReport = {
    startedAt: string;
    finishedAt: string | null;
    items: CheckItem[];
};
export type CheckView = {
    state: "none" | "waiting" | "passed" | "failed";
    revision: number | null;
    current: boolean;
    report: CheckReport | null;
};
export type StarterImportView = {
    uploadId: string;
    fileName: string;
    state: "receiving" | "waiting" | "ready" | "failed";
    files: number;
    bytes: number;
    entries: {
        path: string;
        bytes: number;
    }[];
    problems: string[];
};
export type PinnedDataset = {
    datasetVersionId: string;
    datasetId: string;
    title: string;
    "number": number;
    latestVersionId: string;
    latestNumber: number;
    archived: boolean;
    tables: {
        name: string;
        rows: number;
        columns: string[];
    }[];
};
export type PinnedMockApi = {
    mockApiVersionId: string;
    mockApiId: string;
    title: string;
    "number": number;
    latestVersionId: string;
    latestNumber: number;
    archived: boolean;
};
export type ModelPrice = {
    inputUsdPerMTok: number;
    cachedInputUsdPerMTok: number;
    outputUsdPerMTok: number;
};
export type PinnedModelView = {
    modelId: string;
    upstreamId: string;
    upstreamName: string;
    name: string;
    kind: ModelKind;
    mock: boolean;
    price: ModelPrice | null;
    archived: boolean;
};
export type DraftView = {
    assessmentId: string;
    revision: number;
    updatedAt: string;
    updatedBy: string | null;
    changed: boolean;
    content: AssessmentDraft;
    check: CheckView;
    starterImports: StarterImportView[];
    pinnedDatasets: PinnedDataset[];
    pinnedMockApis: PinnedMockApi[];
    pinnedModels: PinnedModelView[];
};
export type AssessmentVersionSummary = {
    id: string;
    "number": number;
    title: string;
    changeNote: string;
    publishedAt: string;
    publishedBy: string | null;
    limitSec: number;
    hasModels: boolean;
    invitationCount: number;
    submissionCount: number;
};
export type TrialView = {
    invitationId: string;
    link: string;
    createdAt: string;
    createdBy: string | null;
    expiresAt: string;
};
export type AssessmentDetail = {
    id: string;
    slug: string;
    title: string;
    state: AssessmentState;
    createdAt: string;
    archivedAt: string | null;
    draft: DraftView;
    versions: AssessmentVersionSummary[];
    trials: TrialView[];
};
export type TemplateId = "blank" | "api_integrator" | "ml_engineer" | "ai_systems_engineer";
export type ComposerOptions = {
    images: {
        name: string;
        isDefault: boolean;
    }[];
    templates: {
        id: TemplateId;
        title: string;
        description: string;
    }[];
    practiceFiles: InlineFile[];
};
export type AssessmentVersionView = {
    id: string;
    "number": number;
    title: string;
    changeNote: string;
    publishedAt: string;
    publishedBy: string | null;
    limitSec: number;
    hasModels: boolean;
    invitationCount: number;
    submissionCount: number;
    assessmentId: string;
    content: AssessmentDraft;
    pinnedDatasets: PinnedDataset[];
    pinnedMockApis: PinnedMockApi[];
    pinnedModels: PinnedModelView[];
};
export type CloneAssessmentRequestInput = {
    title?: string;
    assessmentVersionId?: string;
};
export type RoleTypeInput = 1 | 2 | 3;
export type StageInput = "work_sample" | "system_design" | "failure_story";
export type InlineFileInput = {
    path: string;
    text: string;
};
export type StarterInput = {
    source: {
        kind: "none";
    } | {
        kind: "upload";
        uploadId: string;
    } | {
        kind: "version";
        assessmentVersionId: string;
    };
    files?: InlineFileInput[];
};
export type PracticeStarterInput = {
    source: {
        kind: "platform";
    } | {
        kind: "upload";
        uploadId: string;
    } | {
        kind: "version";
        assessmentVersionId: string;
    };
    files?: InlineFileInput[];
};
export type DraftAnchorInput = {
    level: number;
    title: string;
    description: string;
};
export type DraftCriterionInput = {
    id: string;
    title: string;
    guidance: string;
    weight: number | null;
    anchors: DraftAnchorInput[];
};
export type DatasetDeliveryInput = {
    sample?: {
        table: string;
        rows: number;
    };
    canary?: {
        table: string;
        column: string;
        rows: number;
    } | null;
};
export type DatasetPinInput = {
    mountName: string;
    datasetVersionId: string | null;
    delivery?: DatasetDeliveryInput;
};
export type MockApiPinInput = {
    hostname: string;
    mockApiVersionId: string | null;
};
export type PackagePolicyInput = {
    kind: "none";
} | {
    kind: "mirror";
    npm: {
        enabled: boolean;
        allow: string[];
        deny: string[];
    };
    pypi: {
        enabled: boolean;
        allow: string[];
        deny: string[];
    };
    maxFileMib: number | null;
    maxTotalMib: number | null;
};
export type ModelPolicyInput = {
    kind: "none";
} | {
    kind: "metered";
    models: {
        alias: string;
        modelIds: string[];
        missing?: {
            upstream: string;
            name: string;
        }[];
    }[];
    budget: {
        usd: number | null;
        tokens: number | null;
    };
    limits: {
        requestsPerMin: number | null;
        parallel: number | null;
        maxOutputTokens: number | null;
    };
    assistant: {
        model: {
            alias: string;
            modelIds: string[];
            missing?: {
                upstream: string;
                name: string;
            }[];
        };
        budget: {
            usd: number | null;
            tokens: number | null;
        };
    } | null;
};
export type AssessmentDraftInput = {
    title: string;
    company: {
        name: string;
        about: string;
    };
    role: {
        title: string;
        "type": RoleTypeInput;
    };
    stages: StageInput[];
    brief: string;
    expectations: string;
    disclosures: string[];
    aiPolicy: {
        kind: "none" | "disclose" | "assistant";
        statement: string;
    };
    limitSec: number | null;
    practiceLimitSec: number | null;
    snapshotIntervalSec: number | null;
    image: string;
    limits: {
        cpus: number | null;
        memoryMib: number | null;
        diskMib: number | null;
        pids: number | null;
    };
    starter: StarterInput;
    practiceStarter: PracticeStarterInput;
    rubric: {
        criteria: DraftCriterionInput[];
    };
    datasets: DatasetPinInput[];
    mockApis: MockApiPinInput[];
    packages: PackagePolicyInput;
    models: ModelPolicyInput;
};
export type SaveDraftRequestInput = {
    revision: number;
    content: AssessmentDraftInput;
};
export type DraftRevisionRequestInput = {
    revision: number;
};
export type PublishAssessmentRequestInput = {
    revision: number;
    changeNote?: string;
};
export type PublishAssessmentResponse = {
    assessmentVersionId: string;
    "number": number;
};
export type MockApiCheckState = "none" | "waiting" | "passed" | "failed";
export type MockApiListItem = {
    id: string;
    slug: string;
    title: string;
    createdAt: string;
    archivedAt: string | null;
    latestVersion: {
        id: string;
        "number": number;
        createdAt: string;
    } | null;
    draft: {
        checkState: MockApiCheckState;
        sourceName: string | null;
        updatedAt: string;
    } | null;
};
export type MockApiList = {
    items: MockApiListItem[];
};
export type CreateMockApiRequestInput = {
    title: string;
    slug?: string;
};
export type MockApiVersionItem = {
    id: string;
    "number": number;
    sha256: string;
    createdAt: string;
    createdBy: string | null;
    usedBy: number;
};
export type MockApiDetail = {
    id: string;
    slug: string;
    title: string;
    createdAt: string;
    archivedAt: string | null;
    latestVersion: {
        id: string;
        "number": number;
        createdAt: string;
    } | null;
    draft: {
        checkState: MockApiCheckState;
        sourceName: string | null;
        updatedAt: string;
    } | null;
    versions: MockApiVersionItem[];
};
export type RenameMockApiRequestInput = {
    title: string;
};
export type MockApiParameterSummary = {
    name: string;
    "in": "path" | "query" | "header" | "cookie";
    required: boolean;
    "type": string;
};
export type MockApiAnswerKind = ("list" | "read" | "create" | "patch" | "put" | "delete" | "action" | "constant") | "document";
export type MockApiDatasetSummary = {
    datasetVersionId: string;
    datasetTitle: string;
    "number": number;
    tables: {
        name: string;
        rows: number;
        columns: {
            name: string;
            "type": string;
        }[];
    }[];
};
export type ClosedValues = {
    allowed: string[];
    aliases: {
        [key: string]: string;
    };
    otherwise?: string | null;
};
export type MockApiProperty = {
    column?: string;
    "as"?: string;
    "type": "string" | "integer" | "number" | "boolean" | "time" | "date" | "json" | "strings";
    nullable: boolean;
    optional: boolean;
    missing?: JsonValue;
    hidden: boolean;
    references?: string;
    values?: ClosedValues;
};
export type MockApiCollection = {
    table: string;
    id: string;
    jsonApiType?: string;
    properties: {
        [key: string]: MockApiProperty;
    };
    search: string[];
};
export type Parent = {
    collection: string;
    parameter: string;
    property: string;
};
export type Filter = {
    property: string;
    comparison: "eq" | "in" | "gte" | "gt" | "lte" | "lt" | "prefix" | "contains";
};
export type CursorPage = {
    style: "cursor";
    cursor: string;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type OffsetPage = {
    style: "offset";
    offset: string;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type NumberedPage = {
    style: "page";
    page: string;
    first: number;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type ListPage = CursorPage | OffsetPage | NumberedPage;
export type ListFact = "nextCursor" | "total" | "count" | "limit" | "offset" | "page" | "pages" | "hasMore" | "selfUrl" | "firstUrl" | "previousUrl" | "nextUrl" | "lastUrl";
export type ListEnvelope = {
    items: string | null;
    nextCursor?: string;
    fields: {
        [key: string]: ListFact;
    };
};
export type Expansion = {
    "from": string;
    collection: string;
    properties: string[];
};
export type ListOperation = {
    kind: "list";
    collection: string;
    parent?: Parent;
    within: {
        [key: string]: string;
    };
    filters: {
        [key: string]: Filter;
    };
    search?: string;
    sort: {
        parameter?: string;
        direction?: string;
        names: {
            [key: string]: string;
        };
        properties: string[];
        "default": string;
    };
    page?: ListPage;
    envelope: ListEnvelope;
    headers: {
        [key: string]: ListFact | "links";
    };
    expand: {
        [key: string]: Expansion;
    };
};
export type RecordKey = string | {
    query: string;
} | {
    body: string;
};
export type ReadOperation = {
    kind: "read";
    collection: string;
    parameter: RecordKey;
    key?: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
};
export type Condition = {
    "of": "record" | "before" | "parent" | "target";
    property: string;
    "in"?: JsonValue[];
    notIn?: JsonValue[];
    isNull?: boolean;
};
export type Guard = {
    when: Condition[];
    status: 403 | 409 | 422;
    code: string;
    detail: string;
};
export type ValueExpression = {
    constant: JsonValue;
} | {
    now: true;
} | {
    parameter: string;
} | {
    record: string;
} | {
    plus: number;
} | {
    uuid: true;
} | {
    sequence: {
        prefix: string;
        digits: number;
    };
};
export type Effect = {
    target?: {
        collection: string;
        id: ValueExpression;
    };
    changed?: string[];
    when: Condition[];
    "set": {
        [key: string]: ValueExpression;
    };
    add: {
        [key: string]: ValueExpression;
    };
    remove: {
        [key: string]: ValueExpression;
    };
};
export type CreateOperation = {
    kind: "create";
    collection: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
    parent?: Parent;
    guards: Guard[];
    effects: Effect[];
    accept: string[];
    bodyAt?: string;
    defaults: {
        [key: string]: ValueExpression;
    };
};
export type PatchOperation = {
    kind: "patch";
    collection: string;
    parameter: RecordKey;
    key?: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
    parent?: Parent;
    guards: Guard[];
    effects: Effect[];
    accept: string[];
    bodyAt?: string;
};
export type PutOperation = {
    kind: "put";
    collection: string;
    parameter: RecordKey;
    key?: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
    parent?: Parent;
    guards: Guard[];
    effects: Effect[];
    accept: string[];
    bodyAt?: string;
    defaults: {
        [key: string]: ValueExpression;
    };
    createMissing: boolean;
};
export type DeleteOperation = {
    kind: "delete";
    collection: string;
    parameter: RecordKey;
    key?: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
    parent?: Parent;
    guards: Guard[];
    effects: Effect[];
};
export type ActionOperation = {
    kind: "action";
    collection: string;
    parameter: RecordKey;
    key?: string;
    within: {
        [key: string]: string;
    };
    expand: {
        [key: string]: Expansion;
    };
    wrap?: string;
    parent?: Parent;
    guards: Guard[];
    effects: Effect[];
};
export type ConstantOperation = {
    kind: "constant";
    body: JsonValue;
};
export type MockApiOperation = ListOperation | ReadOperation | CreateOperation | PatchOperation | PutOperation | DeleteOperation | ActionOperation | ConstantOperation;
export type MockApiBindings = {
    formatVersion: 1;
    timeZone: string;
    dateOrder: "day-first" | "month-first";
    collections: {
        [key: string]: MockApiCollection;
    };
    operations: {
        [key: string]: MockApiOperation;
    };
    apiKey?: {
        environment: string;
    };
    rateLimit: {
        requestsPerMinute: number;
        burst: number;
    };
    quota: {
        records: number;
        bytes: number;
    };
};
export type DelayDistribution = {
    shape: "constant";
    ms: number;
} | {
    shape: "uniform";
    minMs: number;
    maxMs: number;
} | {
    shape: "normal";
    meanMs: number;
    deviationMs: number;
} | {
    shape: "lognormal";
    p50Ms: number;
    p99Ms: number;
};
export type FaultyWrites = "happen" | "lost";
export type Fault = {
    kind: "latency";
    delay: DelayDistribution;
    atMostMs: number;
} | {
    kind: "rate_limit";
    retryAfterSec: number;
} | {
    kind: "server_error";
    status: 500 | 502 | 503 | 504;
    retryAfterSec?: number;
    writes: FaultyWrites;
} | {
    kind: "timeout";
    afterSec: number;
    writes: FaultyWrites;
} | {
    kind: "dropped_connection";
    at: "before_headers" | "mid_body";
    writes: FaultyWrites;
} | {
    kind: "malformed_json";
    how: "truncated" | "trailing_garbage";
} | {
    kind: "schema_drift";
    change: "renamed" | "removed" | "retyped" | "nulled";
    pointer?: string;
    renameTo?: string;
} | {
    kind: "slow_body";
    bytesPerSec: number;
    atMostSec: number;
};
export type WeatherRate = {
    kind: "probability";
    probability: number;
} | {
    kind: "every";
    every: number;
};
export type WeatherSchedule = {
    afterRequests?: number;
    fromSec?: number;
    toSec?: number;
    burst?: {
        everySec: number;
        forSec: number;
    };
};
export type WeatherRule = {
    name: string;
    operations: "*" | string[];
    fault: Fault;
    rate: WeatherRate;
    schedule: WeatherSchedule;
    atMost?: number;
};
export type Weather = {
    rules: WeatherRule[];
    atMostInARow: number;
};
export type MockApiVersionView = {
    id: string;
    mockApiId: string;
    mockApiTitle: string;
    "number": number;
    sha256: string;
    createdAt: string;
    createdBy: string | null;
    document: {
        title: string;
        version: string;
    };
    operations: {
        operationId: string;
        method: string;
        path: string;
        summary: string;
        tags: string[];
        deprecated: boolean;
        parameters: MockApiParameterSummary[];
        requestTypes: string[];
        responses: string[];
        answeredBy: MockApiAnswerKind;
    }[];
    dataset: MockApiDatasetSummary | null;
    bindings: MockApiBindings;
    weather: Weather;
    hasSource: boolean;
};
export type MockApiDocument = {
    openapi: string;
    [key: string]: any;
};
export type MockApiIssue = {
    severity: "error" | "warning";
    rule: string;
    message: string;
    pointer: string;
    line: number | null;
    column: number | null;
    file: string | null;
};
export type MockApiOperationSummary = {
    operationId: string;
    method: string;
    path: string;
    summary: string;
    tags: string[];
    deprecated: boolean;
    parameters: MockApiParameterSummary[];
    requestTypes: string[];
    responses: string[];
};
export type MockApiReport = {
    checkedAt: string;
    openapi: string | null;
    title: string | null;
    version: string | null;
    bytes: number;
    durationMs: number;
    peakMemoryBytes: number | null;
    errors: number;
    warnings: number;
    issues: MockApiIssue[];
    operations: MockApiOperationSummary[];
};
export type MockApiDraftView = {
    mockApiId: string;
    revision: number;
    source: {
        name: string;
        bytes: number;
    } | null;
    document: {
        title: string;
        version: string;
    } | null;
    operations: {
        operationId: string;
        method: string;
        path: string;
        summary: string;
        tags: string[];
        deprecated: boolean;
        parameters: MockApiParameterSummary[];
        requestTypes: string[];
        responses: string[];
        answeredBy: MockApiAnswerKind;
    }[];
    checkState: MockApiCheckState;
    report: MockApiReport | null;
    dataset: MockApiDatasetSummary | null;
    bindings: MockApiBindings | null;
    weather: Weather;
    updatedAt: string;
    updatedBy: string | null;
};
export type JsonValueInput = string | number | boolean | null | JsonValueInput[] | {
    [key: string]: JsonValueInput;
};
export type ClosedValuesInput = {
    allowed: string[];
    aliases?: {
        [key: string]: string;
    };
    otherwise?: string | null;
};
export type MockApiPropertyInput = {
    column?: string;
    "as"?: string;
    "type": "string" | "integer" | "number" | "boolean" | "time" | "date" | "json" | "strings";
    nullable?: boolean;
    optional?: boolean;
    missing?: JsonValueInput;
    hidden?: boolean;
    references?: string;
    values?: ClosedValuesInput;
};
export type MockApiCollectionInput = {
    table: string;
    id: string;
    jsonApiType?: string;
    properties: {
        [key: string]: MockApiPropertyInput;
    };
    search?: string[];
};
export type ParentInput = {
    collection: string;
    parameter: string;
    property: string;
};
export type FilterInput = {
    property: string;
    comparison: "eq" | "in" | "gte" | "gt" | "lte" | "lt" | "prefix" | "contains";
};
export type CursorPageInput = {
    style?: "cursor";
    cursor: string;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type OffsetPageInput = {
    style: "offset";
    offset: string;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type NumberedPageInput = {
    style: "page";
    page: string;
    first?: number;
    limit?: string;
    defaultLimit: number;
    maxLimit: number;
};
export type ListPageInput = CursorPageInput | OffsetPageInput | NumberedPageInput;
export type ListFactInput = "nextCursor" | "total" | "count" | "limit" | "offset" | "page" | "pages" | "hasMore" | "selfUrl" | "firstUrl" | "previousUrl" | "nextUrl" | "lastUrl";
export type ListEnvelopeInput = {
    items: string | null;
    nextCursor?: string;
    fields?: {
        [key: string]: ListFactInput;
    };
};
export type ExpansionInput = {
    "from": string;
    collection: string;
    properties: string[];
};
export type ListOperationInput = {
    kind: "list";
    collection: string;
    parent?: ParentInput;
    within?: {
        [key: string]: string;
    };
    filters?: {
        [key: string]: FilterInput;
    };
    search?: string;
    sort: {
        parameter?: string;
        direction?: string;
        names?: {
            [key: string]: string;
        };
        properties: string[];
        "default": string;
    };
    page?: ListPageInput;
    envelope?: ListEnvelopeInput;
    headers?: {
        [key: string]: ListFactInput | "links";
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
};
export type RecordKeyInput = string | {
    query: string;
} | {
    body: string;
};
export type ReadOperationInput = {
    kind: "read";
    collection: string;
    parameter: RecordKeyInput;
    key?: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
};
export type ConditionInput = {
    "of": "record" | "before" | "parent" | "target";
    property: string;
    "in"?: JsonValueInput[];
    notIn?: JsonValueInput[];
    isNull?: boolean;
};
export type GuardInput = {
    when: ConditionInput[];
    status: 403 | 409 | 422;
    code: string;
    detail: string;
};
export type ValueExpressionInput = {
    constant: JsonValueInput;
} | {
    now: true;
} | {
    parameter: string;
} | {
    record: string;
} | {
    plus: number;
} | {
    uuid: true;
} | {
    sequence: {
        prefix: string;
        digits: number;
    };
};
export type EffectInput = {
    target?: {
        collection: string;
        id: ValueExpressionInput;
    };
    changed?: string[];
    when?: ConditionInput[];
    "set"?: {
        [key: string]: ValueExpressionInput;
    };
    add?: {
        [key: string]: ValueExpressionInput;
    };
    remove?: {
        [key: string]: ValueExpressionInput;
    };
};
export type CreateOperationInput = {
    kind: "create";
    collection: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
    parent?: ParentInput;
    guards?: GuardInput[];
    effects?: EffectInput[];
    accept: string[];
    bodyAt?: string;
    defaults: {
        [key: string]: ValueExpressionInput;
    };
};
export type PatchOperationInput = {
    kind: "patch";
    collection: string;
    parameter: RecordKeyInput;
    key?: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
    parent?: ParentInput;
    guards?: GuardInput[];
    effects?: EffectInput[];
    accept: string[];
    bodyAt?: string;
};
export type PutOperationInput = {
    kind: "put";
    collection: string;
    parameter: RecordKeyInput;
    key?: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
    parent?: ParentInput;
    guards?: GuardInput[];
    effects?: EffectInput[];
    accept: string[];
    bodyAt?: string;
    defaults?: {
        [key: string]: ValueExpressionInput;
    };
    createMissing?: boolean;
};
export type DeleteOperationInput = {
    kind: "delete";
    collection: string;
    parameter: RecordKeyInput;
    key?: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
    parent?: ParentInput;
    guards?: GuardInput[];
    effects?: EffectInput[];
};
export type ActionOperationInput = {
    kind: "action";
    collection: string;
    parameter: RecordKeyInput;
    key?: string;
    within?: {
        [key: string]: string;
    };
    expand?: {
        [key: string]: ExpansionInput;
    };
    wrap?: string;
    parent?: ParentInput;
    guards?: GuardInput[];
    effects?: EffectInput[];
};
export type ConstantOperationInput = {
    kind: "constant";
    body: JsonValueInput;
};
export type MockApiOperationInput = ListOperationInput | ReadOperationInput | CreateOperationInput | PatchOperationInput | PutOperationInput | DeleteOperationInput | ActionOperationInput | ConstantOperationInput;
export type MockApiBindingsInput = {
    formatVersion: 1;
    timeZone?: string;
    dateOrder?: "day-first" | "month-first";
    collections: {
        [key: string]: MockApiCollectionInput;
    };
    operations: {
        [key: string]: MockApiOperationInput;
    };
    apiKey?: {
        environment: string;
    };
    rateLimit?: {
        requestsPerMinute: number;
        burst: number;
    };
    quota?: {
        records: number;
        bytes: number;
    };
};
export type DelayDistributionInput = {
    shape: "constant";
    ms: number;
} | {
    shape: "uniform";
    minMs: number;
    maxMs: number;
} | {
    shape: "normal";
    meanMs: number;
    deviationMs: number;
} | {
    shape: "lognormal";
    p50Ms: number;
    p99Ms: number;
};
export type FaultyWritesInput = "happen" | "lost";
export type FaultInput = {
    kind: "latency";
    delay: DelayDistributionInput;
    atMostMs?: number;
} | {
    kind: "rate_limit";
    retryAfterSec: number;
} | {
    kind: "server_error";
    status: 500 | 502 | 503 | 504;
    retryAfterSec?: number;
    writes?: FaultyWritesInput;
} | {
    kind: "timeout";
    afterSec: number;
    writes?: FaultyWritesInput;
} | {
    kind: "dropped_connection";
    at: "before_headers" | "mid_body";
    writes?: FaultyWritesInput;
} | {
    kind: "malformed_json";
    how: "truncated" | "trailing_garbage";
} | {
    kind: "schema_drift";
    change: "renamed" | "removed" | "retyped" | "nulled";
    pointer?: string;
    renameTo?: string;
} | {
    kind: "slow_body";
    bytesPerSec: number;
    atMostSec?: number;
};
export type WeatherRateInput = {
    kind: "probability";
    probability: number;
} | {
    kind: "every";
    every: number;
};
export type WeatherScheduleInput = {
    afterRequests?: number;
    fromSec?: number;
    toSec?: number;
    burst?: {
        everySec: number;
        forSec: number;
    };
};
export type WeatherRuleInput = {
    name?: string;
    operations: "*" | string[];
    fault: FaultInput;
    rate: WeatherRateInput;
    schedule?: WeatherScheduleInput;
    atMost?: number;
};
export type WeatherInput = {
    rules?: WeatherRuleInput[];
    atMostInARow?: number;
};
export type SaveMockApiDraftRequestInput = {
    revision: number;
    bindings?: MockApiBindingsInput | null;
    weather?: WeatherInput;
    datasetVersionId?: string | null;
};
export type PutMockApiDocumentRequestInput = {
    revision: number;
    uploadId: string;
} | {
    revision: number;
    fileName: string;
    text: string;
};
export type MockApiProposalRequestInput = {
    datasetVersionId?: string;
};
export type Certainty = "high" | "medium" | "low";
export type MockApiProposalReason = {
    "of": {
        kind: "collection";
        collection: string;
    } | {
        kind: "operation";
        operationId: string;
    };
    certainty: Certainty;
    why: string[];
};
export type MockApiProposal = {
    bindings: MockApiBindings;
    reasons: MockApiProposalReason[];
    unbound: {
        operationId: string;
        why: string;
    }[];
};
export type MockApiRevisionRequestInput = {
    revision: number;
};
export type PublishMockApiResponse = {
    version: MockApiVersionItem;
    mockApi: MockApiDetail;
};
export type CreateMockApiScratchRequestInput = {
    versionId?: string;
};
export type MockApiScratch = {
    id: string;
    address: string;
    apiKey: string | null;
    createdAt: string;
    expiresAt: string;
};
export type MockApiRequestItem = {
    id: number;
    at: string;
    method: string;
    target: string;
    operationId: string | null;
    status: number | null;
    durationMs: number;
    fault: string | null;
    request: JsonValue;
    response: JsonValue;
};
export type MockApiRequestPage = {
    items: MockApiRequestItem[];
    next: number | null;
};
export type DatasetVersionItem = {
    id: string;
    "number": number;
    sha256: string;
    createdAt: string;
    createdBy: string | null;
    tables: number;
    rows: number;
    bytes: number;
    parent: {
        id: string;
        "number": number;
    } | null;
};
export type ImportState = "waiting" | "profiling" | "ready" | "publishing" | "published" | "failed" | "cancelled";
export type DatasetItem = {
    id: string;
    slug: string;
    title: string;
    description: string;
    createdAt: string;
    archivedAt: string | null;
    versions: number;
    latestVersion: DatasetVersionItem | null;
    openImport: {
        id: string;
        state: ImportState;
    } | null;
};
export type DatasetList = {
    items: DatasetItem[];
};
export type CreateDatasetRequestInput = {
    title: string;
    description?: string;
};
export type DatasetImportItem = {
    id: string;
    state: ImportState;
    fileNames: string[];
    parentVersionId: string | null;
    createdAt: string;
};
export type DatasetDetail = {
    id: string;
    slug: string;
    title: string;
    description: string;
    createdAt: string;
    archivedAt: string | null;
    versions: DatasetVersionItem[];
    imports: DatasetImportItem[];
};
export type UpdateDatasetRequestInput = {
    title?: string;
    description?: string;
    archived?: boolean;
};
export type ReadingWishInput = {
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "iso-8859-1" | "iso-8859-15" | "macintosh";
    delimiter?: "," | ";" | "\t" | "|";
    header?: boolean;
};
export type CreateImportRequestInput = {
    files: {
        uploadId: string;
        reading?: ReadingWishInput;
    }[];
} | {
    versionId: string;
};
export type ImportProgress = {
    phase: "waiting" | "copying" | "reading" | "profiling" | "scanning" | "writing" | "storing" | "done";
    subject: string | null;
    share: number;
    rows: number;
};
export type ImportFailureCode = "git_lfs_pointer" | "spreadsheet" | "web_page" | "unknown_format" | "empty_file" | "no_table" | "too_many_tables" | "too_many_columns" | "malformed_json" | "parquet_encrypted" | "parquet_corrupt" | "sqlite_encrypted" | "sqlite_corrupt" | "archive_encrypted" | "archive_corrupt" | "archive_kind" | "archive_nested" | "archive_escapes" | "archive_special_entry" | "archive_too_many_files" | "archive_too_large" | "archive_ratio" | "too_many_broken_rows" | "too_large" | "timed_out" | "too_much_memory" | "too_much_disk" | "nothing_left" | "failed";
export type ImportFailure = {
    code: ImportFailureCode;
    message: string;
    file: string | null;
};
export type ReadingWish = {
    encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "iso-8859-1" | "iso-8859-15" | "macintosh";
    delimiter?: "," | ";" | "\t" | "|";
    header?: boolean;
};
export type FileFormat = "csv" | "json" | "jsonl" | "parquet" | "sqlite";
export type TextReading = {
    encoding: string;
    byteOrderMark: boolean;
    delimiter: ("," | ";" | "\t" | "|") | null;
    header: boolean | null;
    lineEnd: "lf" | "crlf" | "cr" | "mixed";
};
export type ColumnType = "text" | "integer" | "decimal" | "number" | "boolean" | "date" | "timestamp" | "time" | "json" | "binary";
export type Histogram = {
    kind: "range" | "values" | "length";
    bins: {
        label: string;
        to: string | null;
        count: number;
    }[];
    other: number;
};
export type SensitiveKind = "email" | "phone" | "card" | "iban" | "us_ssn" | "uk_nino" | "de_tax_id" | "fr_nir" | "es_dni" | "it_fiscal_code" | "ip_address" | "person_name" | "postal_address" | "birth_date" | "secret";
export type SensitiveFinding = {
    kind: SensitiveKind;
    by: "content" | "name";
    where: "value" | "inside";
    matches: number;
    share: number;
    confidence: "high" | "medium" | "low";
    samples: string[];
};
export type ColumnAction = "keep" | "drop" | "mask" | "pseudonymise";
export type ColumnProfile = {
    name: string;
    originalName: string | null;
    "type": ColumnType;
    nulls: number;
    distinct: number;
    distinctEstimated: boolean;
    min: string | null;
    max: string | null;
    mean: number | null;
    longest: number | null;
    samples: string[];
    histogram: Histogram | null;
    findings: SensitiveFinding[];
    suggestion: ColumnAction;
};
export type RowIssueKind = "too_few_fields" | "too_many_empty_fields" | "too_many_fields" | "unclosed_quote" | "text_after_quote" | "quote_inside_value" | "row_too_long" | "invalid_json" | "not_an_object" | "invalid_characters" | "nul_characters" | "before_header";
export type RowNote = {
    line: number | null;
    text: string;
};
export type RowIssue = {
    kind: RowIssueKind;
    outcome: "repaired" | "skipped";
    rows: number;
    examples: RowNote[];
};
export type TableProfile = {
    name: string;
    file: string;
    format: FileFormat;
    reading: TextReading | null;
    rows: number;
    columns: ColumnProfile[];
    issues: RowIssue[];
};
export type DatasetProfile = {
    tables: TableProfile[];
    leftOut: {
        file: string;
        why: string;
    }[];
};
export type ImportChoices = {
    columns: {
        [key: string]: {
            [key: string]: ColumnAction;
        };
    };
    leftOut: string[];
    candidateFiles: "original" | "written";
};
export type DatasetImportView = {
    now: string;
    id: string;
    dataset: {
        id: string;
        title: string;
    };
    state: ImportState;
    revision: number;
    progress: ImportProgress;
    failure: ImportFailure | null;
    files: {
        uploadId: string;
        fileName: string;
        bytes: number;
        reading: ReadingWish;
    }[];
    parent: {
        id: string;
        "number": number;
    } | null;
    profile: DatasetProfile | null;
    choices: ImportChoices;
    version: {
        id: string;
        "number": number;
    } | null;
    createdAt: string;
};
export type DatasetFile = {
    path: string;
    bytes: number;
    sha256: string;
};
export type DatasetVersionView = {
    id: string;
    "number": number;
    sha256: string;
    createdAt: string;
    createdBy: string | null;
    tables: number;
    rows: number;
    bytes: number;
    parent: {
        id: string;
        "number": number;
    } | null;
    dataset: {
        id: string;
        title: string;
    };
    description: string;
    licence: string;
    card: string;
    files: DatasetFile[];
    tableList: {
        name: string;
        rows: number;
        columns: {
            name: string;
            "type": string;
            description: string;
        }[];
        pageable: boolean;
        preview: (string | null)[][];
    }[];
    profile: DatasetProfile | null;
    treated: {
        table: string;
        column: string;
        action: ColumnAction;
    }[];
    usedBy: {
        assessmentTitle: string;
        "number": number;
    }[];
};
export type RowPage = {
    columns: {
        name: string;
        "type": ColumnType;
    }[];
    rows: (string | null)[][];
    cut: never[][];
    page: number;
    pageSize: number;
    matching: number;
    total: number;
};
export type ColumnActionInput = "keep" | "drop" | "mask" | "pseudonymise";
export type ImportChoicesInput = {
    columns?: {
        [key: string]: {
            [key: string]: ColumnActionInput;
        };
    };
    leftOut?: string[];
    candidateFiles?: "original" | "written";
};
export type SaveChoicesRequestInput = {
    revision: number;
    choices: ImportChoicesInput;
};
export type PublishImportRequestInput = {
    revision: number;
};
export type UpstreamKind = "compatible" | "mock";
export type UpstreamTest = {
    at: string;
    ok: boolean;
    message: string;
    durationMs: number;
    models: string[];
};
export type ModelView = {
    id: string;
    upstreamId: string;
    name: string;
    kind: ModelKind;
    price: ModelPrice | null;
    archivedAt: string | null;
};
export type UpstreamView = {
    id: string;
    name: string;
    kind: UpstreamKind;
    baseUrl: string;
    hasKey: boolean;
    keyHint: string;
    createdAt: string;
    updatedAt: string;
    archivedAt: string | null;
    test: UpstreamTest | null;
    models: ModelView[];
};
export type UpstreamList = {
    items: UpstreamView[];
};
export type CreateUpstreamRequestInput = {
    name: string;
    baseUrl: string;
    apiKey?: string;
};
export type UpdateUpstreamRequestInput = {
    name?: string;
    baseUrl?: string;
    apiKey?: string;
    archived?: boolean;
};
export type TestUpstreamRequestInput = {
    model?: string;
};
export type ModelKindInput = "chat" | "embedding";
export type ModelPriceInput = {
    inputUsdPerMTok: number;
    cachedInputUsdPerMTok: number;
    outputUsdPerMTok: number;
};
export type CreateModelRequestInput = {
    name: string;
    kind: ModelKindInput;
    price: ModelPriceInput | null;
};
export type UpdateModelRequestInput = {
    price?: ModelPriceInput | null;
    archived?: boolean;
};
export type ImportAssessmentRequestInput = {
    uploadId: string;
};
export type ImportedPart = {
    kind: "dataset" | "mock_api" | "model" | "starter" | "assessment";
    title: string;
    outcome: "created" | "reused" | "missing";
};
export type AssessmentImportView = {
    id: string;
    state: "waiting" | "done" | "failed";
    fileName: string;
    assessmentId: string | null;
    parts: ImportedPart[];
    problems: string[];
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
 * Language models to call, and what is left of their budget
 */
export function readCandidateModels(invitationId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CandidateModelsView;
    }>(`/api/candidate/invitations/${encodeURIComponent(invitationId)}/models`, {
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
 * Calls to language models, oldest first
 */
export function listModelCalls(submissionId: string, { line, after }: {
    line?: ModelLineInput;
    after?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ModelCallPage;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/model-calls${QS.query(QS.explode({
        line,
        after
    }))}`, {
        ...opts
    }));
}
/**
 * One call, with what was said
 */
export function readModelCall(submissionId: string, callId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ModelCallView;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/model-calls/${encodeURIComponent(callId)}`, {
        ...opts
    }));
}
/**
 * Packages that were installed
 */
export function listInstalledPackages(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: InstalledPackages;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/packages`, {
        ...opts
    }));
}
/**
 * My latest run of a submission
 */
export function readRun(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            now: string;
            limitSec: number;
            codeName: string;
            run: {
                id: string;
                state: "preparing" | "running" | "ended" | "failed";
                startedAt: string | null;
                deadlineAt: string | null;
                endedAt: string | null;
                end: ("reviewer" | "deadline" | "lost" | "failed") | null;
                models: {
                    recorded: number;
                    replayed: number;
                    newRequests: {
                        id: string;
                        at: string;
                        times: number;
                        endpoint: string;
                        alias: string;
                        stream: boolean;
                        outcome: ModelOutcome;
                        errorCode: string | null;
                        costUsd: number;
                        excerpt: string;
                    }[];
                    newCount: number;
                    ceilingUsd: number;
                    spending: {
                        limitUsd: number;
                        spentUsd: number;
                        reservedUsd: number;
                    } | null;
                } | null;
            } | null;
        };
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/run`, {
        ...opts
    }));
}
/**
 * Run a submission in a sandbox of its own, or return my open run
 */
export function startRun(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            now: string;
            limitSec: number;
            codeName: string;
            run: {
                id: string;
                state: "preparing" | "running" | "ended" | "failed";
                startedAt: string | null;
                deadlineAt: string | null;
                endedAt: string | null;
                end: ("reviewer" | "deadline" | "lost" | "failed") | null;
                models: {
                    recorded: number;
                    replayed: number;
                    newRequests: {
                        id: string;
                        at: string;
                        times: number;
                        endpoint: string;
                        alias: string;
                        stream: boolean;
                        outcome: ModelOutcome;
                        errorCode: string | null;
                        costUsd: number;
                        excerpt: string;
                    }[];
                    newCount: number;
                    ceilingUsd: number;
                    spending: {
                        limitUsd: number;
                        spentUsd: number;
                        reservedUsd: number;
                    } | null;
                } | null;
            } | null;
        };
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/run`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * End my run; nothing of it is kept
 */
export function endRun(submissionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            now: string;
            limitSec: number;
            codeName: string;
            run: {
                id: string;
                state: "preparing" | "running" | "ended" | "failed";
                startedAt: string | null;
                deadlineAt: string | null;
                endedAt: string | null;
                end: ("reviewer" | "deadline" | "lost" | "failed") | null;
                models: {
                    recorded: number;
                    replayed: number;
                    newRequests: {
                        id: string;
                        at: string;
                        times: number;
                        endpoint: string;
                        alias: string;
                        stream: boolean;
                        outcome: ModelOutcome;
                        errorCode: string | null;
                        costUsd: number;
                        excerpt: string;
                    }[];
                    newCount: number;
                    ceilingUsd: number;
                    spending: {
                        limitUsd: number;
                        spentUsd: number;
                        reservedUsd: number;
                    } | null;
                } | null;
            } | null;
        };
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/run`, {
        ...opts,
        method: "DELETE"
    }));
}
/**
 * A one-time address into the sandbox of my run
 */
export function createRunLink(submissionId: string, body: {
    target: "ide" | number;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: WorkspaceLinkResponse;
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/run/workspace-links`, oazapfts.json({
        ...opts,
        method: "POST",
        body
    })));
}
/**
 * Let my run ask models what is not on the record, for so many dollars in all
 */
export function allowRunSpending(submissionId: string, body: {
    usd: number;
}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: {
            now: string;
            limitSec: number;
            codeName: string;
            run: {
                id: string;
                state: "preparing" | "running" | "ended" | "failed";
                startedAt: string | null;
                deadlineAt: string | null;
                endedAt: string | null;
                end: ("reviewer" | "deadline" | "lost" | "failed") | null;
                models: {
                    recorded: number;
                    replayed: number;
                    newRequests: {
                        id: string;
                        at: string;
                        times: number;
                        endpoint: string;
                        alias: string;
                        stream: boolean;
                        outcome: ModelOutcome;
                        errorCode: string | null;
                        costUsd: number;
                        excerpt: string;
                    }[];
                    newCount: number;
                    ceilingUsd: number;
                    spending: {
                        limitUsd: number;
                        spentUsd: number;
                        reservedUsd: number;
                    } | null;
                } | null;
            } | null;
        };
    }>(`/api/review/submissions/${encodeURIComponent(submissionId)}/run/spending`, oazapfts.json({
        ...opts,
        method: "POST",
        body
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
 * What each candidate met of the language models
 */
export function readModelTreatment(assessmentId: string, versionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ModelTreatmentReport;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/versions/${encodeURIComponent(versionId)}/model-treatment`, {
        ...opts
    }));
}
/**
 * Give the time of an outage of the models back
 */
export function creditOutage(attemptId: string, creditOutageRequestInput: CreditOutageRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: CreditOutageResponse;
    }>(`/api/admin/attempts/${encodeURIComponent(attemptId)}/model-outages/credit`, oazapfts.json({
        ...opts,
        method: "POST",
        body: creditOutageRequestInput
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
 * Find out whose copy of a dataset a file is, by its canary rows
 */
export function traceCanary(traceRequestInput: TraceRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: TraceResponse;
    }>("/api/admin/datasets/trace", oazapfts.json({
        ...opts,
        method: "POST",
        body: traceRequestInput
    })));
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
    }>(`/api/admin/uploads/${encodeURIComponent(uploadId)}`, {
        ...opts
    }));
}
/**
 * Assessments, most recently changed first
 */
export function listAssessments({ state, search }: {
    state?: AssessmentStateInput;
    search?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentList;
    }>(`/api/admin/assessments${QS.query(QS.explode({
        state,
        search
    }))}`, {
        ...opts
    }));
}
/**
 * Begin an assessment, blank or from a template
 */
export function createAssessment(createAssessmentRequestInput: CreateAssessmentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: AssessmentDetail;
    }>("/api/admin/assessments", oazapfts.json({
        ...opts,
        method: "POST",
        body: createAssessmentRequestInput
    })));
}
/**
 * What the composer offers on this instance
 */
export function readComposerOptions(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: ComposerOptions;
    }>("/api/admin/assessments/options", {
        ...opts
    }));
}
/**
 * An assessment: its draft, its versions, its trials
 */
export function readAssessment(assessmentId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentDetail;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}`, {
        ...opts
    }));
}
/**
 * A published version
 */
export function readAssessmentVersion(assessmentId: string, versionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentVersionView;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/versions/${encodeURIComponent(versionId)}`, {
        ...opts
    }));
}
/**
 * Begin an assessment with the draft or a version of another
 */
export function cloneAssessment(assessmentId: string, cloneAssessmentRequestInput: CloneAssessmentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: AssessmentDetail;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/clone`, oazapfts.json({
        ...opts,
        method: "POST",
        body: cloneAssessmentRequestInput
    })));
}
/**
 * Put an assessment away: nobody is invited any more
 */
export function archiveAssessment(assessmentId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentDetail;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/archive`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Bring an assessment back
 */
export function restoreAssessment(assessmentId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentDetail;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/restore`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * The draft
 */
export function readAssessmentDraft(assessmentId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DraftView;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft`, {
        ...opts
    }));
}
/**
 * Save the draft, on top of the revision that was edited
 */
export function saveAssessmentDraft(assessmentId: string, saveDraftRequestInput: SaveDraftRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DraftView;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: saveDraftRequestInput
    })));
}
/**
 * The draft, its uploads and its check, live: `draft` events
 */
export function followAssessmentDraft(assessmentId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft/events`, {
        ...opts
    }));
}
/**
 * Check the draft: all that it needs, and a workspace that really starts
 */
export function checkAssessmentDraft(assessmentId: string, draftRevisionRequestInput: DraftRevisionRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: DraftView;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft/check`, oazapfts.json({
        ...opts,
        method: "POST",
        body: draftRevisionRequestInput
    })));
}
/**
 * Try the draft as a candidate: a personal link that is good for a day
 */
export function tryAssessmentDraft(assessmentId: string, draftRevisionRequestInput: DraftRevisionRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: TrialView;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft/trial`, oazapfts.json({
        ...opts,
        method: "POST",
        body: draftRevisionRequestInput
    })));
}
/**
 * Publish the draft that passed its check, as a version that never changes
 */
export function publishAssessmentDraft(assessmentId: string, publishAssessmentRequestInput: PublishAssessmentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: PublishAssessmentResponse;
    }>(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/draft/publish`, oazapfts.json({
        ...opts,
        method: "POST",
        body: publishAssessmentRequestInput
    })));
}
/**
 * All mock APIs
 */
export function listMockApis(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiList;
    }>("/api/admin/mock-apis", {
        ...opts
    }));
}
/**
 * Begin a mock API with an empty draft
 */
export function createMockApi(createMockApiRequestInput: CreateMockApiRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: MockApiDetail;
    }>("/api/admin/mock-apis", oazapfts.json({
        ...opts,
        method: "POST",
        body: createMockApiRequestInput
    })));
}
/**
 * A mock API and its versions
 */
export function readMockApi(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDetail;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}`, {
        ...opts
    }));
}
/**
 * Give a mock API another title
 */
export function renameMockApi(mockApiId: string, renameMockApiRequestInput: RenameMockApiRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDetail;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: renameMockApiRequestInput
    })));
}
/**
 * Offer a mock API nowhere any more
 */
export function archiveMockApi(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDetail;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/archive`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * Offer a mock API again
 */
export function restoreMockApi(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDetail;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/restore`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * A published version
 */
export function readMockApiVersion(versionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiVersionView;
    }>(`/api/admin/mock-api-versions/${encodeURIComponent(versionId)}`, {
        ...opts
    }));
}
/**
 * The OpenAPI 3.1 document that a version serves
 */
export function readMockApiVersionDocument(versionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDocument;
    }>(`/api/admin/mock-api-versions/${encodeURIComponent(versionId)}/document`, {
        ...opts
    }));
}
/**
 * The draft, with what its last check found
 */
export function readMockApiDraft(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDraftView;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft`, {
        ...opts
    }));
}
/**
 * Save bindings, faults or the dataset of the draft
 */
export function saveMockApiDraft(mockApiId: string, saveMockApiDraftRequestInput: SaveMockApiDraftRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDraftView;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: saveMockApiDraftRequestInput
    })));
}
/**
 * The document of the draft that passed last, as OpenAPI 3.1
 */
export function readMockApiDraftDocument(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDocument;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/document`, {
        ...opts
    }));
}
/**
 * Give the draft an OpenAPI document: an upload, or its text
 */
export function putMockApiDocument(mockApiId: string, putMockApiDocumentRequestInput: PutMockApiDocumentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDraftView;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/document`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: putMockApiDocumentRequestInput
    })));
}
/**
 * State of its check, live: `check` events
 */
export function followMockApiDraft(mockApiId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/events`, {
        ...opts
    }));
}
/**
 * Propose which operations answer from which tables
 */
export function proposeMockApiBindings(mockApiId: string, mockApiProposalRequestInput: MockApiProposalRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiProposal;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/proposal`, oazapfts.json({
        ...opts,
        method: "POST",
        body: mockApiProposalRequestInput
    })));
}
/**
 * Have the draft checked; follow its events for the outcome
 */
export function checkMockApiDraft(mockApiId: string, mockApiRevisionRequestInput: MockApiRevisionRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiDraftView;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/check`, oazapfts.json({
        ...opts,
        method: "POST",
        body: mockApiRevisionRequestInput
    })));
}
/**
 * Make a version of the draft
 */
export function publishMockApiDraft(mockApiId: string, mockApiRevisionRequestInput: MockApiRevisionRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: PublishMockApiResponse;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/draft/publish`, oazapfts.json({
        ...opts,
        method: "POST",
        body: mockApiRevisionRequestInput
    })));
}
/**
 * Start a trial instance of the draft or of a version
 */
export function createMockApiScratch(mockApiId: string, createMockApiScratchRequestInput: CreateMockApiScratchRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: MockApiScratch;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/scratch`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createMockApiScratchRequestInput
    })));
}
/**
 * A trial instance
 */
export function readMockApiScratch(mockApiId: string, scratchId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiScratch;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/scratch/${encodeURIComponent(scratchId)}`, {
        ...opts
    }));
}
/**
 * Begin anew: another instance of the same, and this one is gone
 */
export function resetMockApiScratch(mockApiId: string, scratchId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: MockApiScratch;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/scratch/${encodeURIComponent(scratchId)}/reset`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * What was asked of a trial instance, newest first
 */
export function listMockApiScratchRequests(mockApiId: string, scratchId: string, { before, limit }: {
    before?: number;
    limit?: number;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: MockApiRequestPage;
    }>(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/scratch/${encodeURIComponent(scratchId)}/requests${QS.query(QS.explode({
        before,
        limit
    }))}`, {
        ...opts
    }));
}
/**
 * The newest of them, live: `requests` events
 */
export function followMockApiScratchRequests(mockApiId: string, scratchId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/mock-apis/${encodeURIComponent(mockApiId)}/scratch/${encodeURIComponent(scratchId)}/requests/events`, {
        ...opts
    }));
}
/**
 * Datasets and their newest versions
 */
export function listDatasets({ archived }: {
    archived?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetList;
    }>(`/api/admin/datasets${QS.query(QS.explode({
        archived
    }))}`, {
        ...opts
    }));
}
/**
 * Create a dataset; its versions come from imports
 */
export function createDataset(createDatasetRequestInput: CreateDatasetRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: DatasetDetail;
    }>("/api/admin/datasets", oazapfts.json({
        ...opts,
        method: "POST",
        body: createDatasetRequestInput
    })));
}
/**
 * A dataset with its versions and imports
 */
export function getDataset(datasetId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetDetail;
    }>(`/api/admin/datasets/${encodeURIComponent(datasetId)}`, {
        ...opts
    }));
}
/**
 * Rename, describe, archive or bring back a dataset
 */
export function updateDataset(datasetId: string, updateDatasetRequestInput: UpdateDatasetRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetDetail;
    }>(`/api/admin/datasets/${encodeURIComponent(datasetId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateDatasetRequestInput
    })));
}
/**
 * Read uploaded files, or treat the columns of a version anew
 */
export function startDatasetImport(datasetId: string, createImportRequestInput: CreateImportRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: DatasetImportView;
    }>(`/api/admin/datasets/${encodeURIComponent(datasetId)}/imports`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createImportRequestInput
    })));
}
/**
 * A version: files, tables, profile, lineage and where it is used
 */
export function getDatasetVersion(versionId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetVersionView;
    }>(`/api/admin/dataset-versions/${encodeURIComponent(versionId)}`, {
        ...opts
    }));
}
/**
 * Rows of a table, filtered, sorted, by page
 */
export function listDatasetRows(versionId: string, table: string, { page, pageSize, sort, filter }: {
    page?: number;
    pageSize?: number;
    sort?: string;
    filter?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: RowPage;
    }>(`/api/admin/dataset-versions/${encodeURIComponent(versionId)}/tables/${encodeURIComponent(table)}/rows${QS.query(QS.explode({
        page,
        pageSize,
        sort,
        filter
    }))}`, {
        ...opts
    }));
}
/**
 * An import and what was found
 */
export function getDatasetImport(importId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetImportView;
    }>(`/api/admin/dataset-imports/${encodeURIComponent(importId)}`, {
        ...opts
    }));
}
/**
 * The same, live: `import` events
 */
export function followDatasetImport(importId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/dataset-imports/${encodeURIComponent(importId)}/events`, {
        ...opts
    }));
}
/**
 * Rows of a table as it was read, filtered, sorted, by page
 */
export function listDatasetImportRows(importId: string, table: string, { page, pageSize, sort, filter }: {
    page?: number;
    pageSize?: number;
    sort?: string;
    filter?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: RowPage;
    }>(`/api/admin/dataset-imports/${encodeURIComponent(importId)}/tables/${encodeURIComponent(table)}/rows${QS.query(QS.explode({
        page,
        pageSize,
        sort,
        filter
    }))}`, {
        ...opts
    }));
}
/**
 * Say what becomes of each column
 */
export function saveDatasetImportChoices(importId: string, saveChoicesRequestInput: SaveChoicesRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetImportView;
    }>(`/api/admin/dataset-imports/${encodeURIComponent(importId)}/choices`, oazapfts.json({
        ...opts,
        method: "PUT",
        body: saveChoicesRequestInput
    })));
}
/**
 * Make a version of an import, by its choices
 */
export function publishDatasetImport(importId: string, publishImportRequestInput: PublishImportRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetImportView;
    }>(`/api/admin/dataset-imports/${encodeURIComponent(importId)}/publish`, oazapfts.json({
        ...opts,
        method: "POST",
        body: publishImportRequestInput
    })));
}
/**
 * Give an import up
 */
export function cancelDatasetImport(importId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: DatasetImportView;
    }>(`/api/admin/dataset-imports/${encodeURIComponent(importId)}/cancel`, {
        ...opts,
        method: "POST"
    }));
}
/**
 * All upstreams with their models
 */
export function listUpstreams(opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: UpstreamList;
    }>("/api/admin/model-upstreams", {
        ...opts
    }));
}
/**
 * Add an upstream; its key is never shown again
 */
export function createUpstream(createUpstreamRequestInput: CreateUpstreamRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: UpstreamView;
    }>("/api/admin/model-upstreams", oazapfts.json({
        ...opts,
        method: "POST",
        body: createUpstreamRequestInput
    })));
}
/**
 * Rename an upstream, change its address or key
 */
export function updateUpstream(upstreamId: string, updateUpstreamRequestInput: UpdateUpstreamRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: UpstreamView;
    }>(`/api/admin/model-upstreams/${encodeURIComponent(upstreamId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateUpstreamRequestInput
    })));
}
/**
 * Connect to an upstream and say what is wrong
 */
export function testUpstream(upstreamId: string, testUpstreamRequestInput: TestUpstreamRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: UpstreamView;
    }>(`/api/admin/model-upstreams/${encodeURIComponent(upstreamId)}/test`, oazapfts.json({
        ...opts,
        method: "POST",
        body: testUpstreamRequestInput
    })));
}
/**
 * Add a model of an upstream
 */
export function createModel(upstreamId: string, createModelRequestInput: CreateModelRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 201;
        data: UpstreamView;
    }>(`/api/admin/model-upstreams/${encodeURIComponent(upstreamId)}/models`, oazapfts.json({
        ...opts,
        method: "POST",
        body: createModelRequestInput
    })));
}
/**
 * Price a model, or archive it
 */
export function updateModel(upstreamId: string, modelId: string, updateModelRequestInput: UpdateModelRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: UpstreamView;
    }>(`/api/admin/model-upstreams/${encodeURIComponent(upstreamId)}/models/${encodeURIComponent(modelId)}`, oazapfts.json({
        ...opts,
        method: "PATCH",
        body: updateModelRequestInput
    })));
}
/**
 * Everything an assessment needs, as one file (.tar.zst)
 */
export function exportAssessment(assessmentId: string, { versionId }: {
    versionId?: string;
} = {}, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchText(`/api/admin/assessments/${encodeURIComponent(assessmentId)}/export${QS.query(QS.explode({
        versionId
    }))}`, {
        ...opts
    }));
}
/**
 * Take over an assessment that was exported, here or elsewhere
 */
export function importAssessment(importAssessmentRequestInput: ImportAssessmentRequestInput, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 202;
        data: AssessmentImportView;
    }>("/api/admin/assessments/import", oazapfts.json({
        ...opts,
        method: "POST",
        body: importAssessmentRequestInput
    })));
}
/**
 * What became of an import
 */
export function readAssessmentImport(importId: string, opts?: Oazapfts.RequestOpts) {
    return oazapfts.ok(oazapfts.fetchJson<{
        status: 200;
        data: AssessmentImportView;
    }>(`/api/admin/assessments/imports/${encodeURIComponent(importId)}`, {
        ...opts
    }));
}
