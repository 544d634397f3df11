import type {
  ColumnProfile,
  DatasetProfile,
  SensitiveFinding,
  TableProfile,
} from "../../../services/shared/contracts/dataset-profile.ts";
import type {
  DatasetDetail,
  DatasetImportView,
  DatasetItem,
  DatasetVersionItem,
  DatasetVersionView,
  RowPage,
} from "../../../services/shared/contracts/dataset-studio.ts";

export const DATASET_ID = "d0000000-0000-4000-8000-000000000001";
export const IMPORT_ID = "d0000000-0000-4000-8000-0000000000a1";
export const VERSION_ID = "d0000000-0000-4000-8000-0000000000b3";
const digest = (letter: string) => letter.repeat(3).padEnd(64, "0f9a3c7e51");

const finding = (over: Partial<SensitiveFinding>): SensitiveFinding => ({
  kind: "email",
  by: "content",
  where: "value",
  matches: 48_114,
  share: 1,
  confidence: "high",
  samples: [],
  ...over,
});

const column = (name: string, over: Partial<ColumnProfile>): ColumnProfile => ({
  name,
  originalName: null,
  type: "text",
  nulls: 0,
  distinct: 48_213,
  distinctEstimated: false,
  min: null,
  max: null,
  mean: null,
  longest: null,
  samples: [],
  histogram: null,
  findings: [],
  suggestion: "keep",
  ...over,
});

const values = (...pairs: [string, number][]): ColumnProfile["histogram"] => ({
  kind: "values",
  bins: pairs.map(([label, count]) => ({ label, to: null, count })),
  other: 0,
});

/** A hill, leaning to the left. */
function range(from: number, step: number, bins: number): ColumnProfile["histogram"] {
  return {
    kind: "range",
    bins: Array.from({ length: bins }, (_, index) => ({
      label: String(from + index * step),
      to: String(from + (index + 1) * step),
      count: Math.round(9000 * Math.exp(-((index - bins / 3) ** 2) / (bins * 1.2))),
    })),
    other: 0,
  };
}

function months(): ColumnProfile["histogram"] {
  const at = (index: number) =>
    new Date(Date.UTC(2024, index, 1)).toISOString().slice(0, 19).replace("T", " ");
  return {
    kind: "range",
    bins: Array.from({ length: 18 }, (_, index) => ({
      label: at(index),
      to: at(index + 1),
      count: 1800 + ((index * 977) % 1500),
    })),
    other: 0,
  };
}

const TICKET_COLUMNS: ColumnProfile[] = [
  column("id", {
    type: "integer",
    min: "100000000000000001",
    max: "100000000000048213",
    samples: ["100000000000000001", "100000000000000002"],
  }),
  column("subject", {
    distinct: 31_870,
    distinctEstimated: true,
    longest: 164,
    samples: ["Card declined abroad", "Can't log in since the update", "Überweisung doppelt ausgeführt"],
    histogram: { ...range(0, 8, 20)!, kind: "length" },
  }),
  column("customer_email", {
    nulls: 99,
    distinct: 20_415,
    distinctEstimated: true,
    samples: ["j•••@e••••••.com", "m••••••@m•••.se"],
    findings: [finding({ samples: ["j•••@e••••••.com", "m••••••@m•••.se", "a•••••@h••••.de"] })],
    suggestion: "pseudonymise",
  }),
  column("customer_name", {
    originalName: "Customer Name",
    distinct: 19_882,
    distinctEstimated: true,
    samples: ["Maya Lindqvist", "Jonas Weber"],
    findings: [finding({ kind: "person_name", by: "name", matches: 0, share: 0, confidence: "medium" })],
    suggestion: "pseudonymise",
  }),
  column("body", {
    distinct: 47_950,
    distinctEstimated: true,
    longest: 6_120,
    samples: ["Hello, my card was declined twice in Lisbon although there is money on the account, please"],
    histogram: { ...range(0, 300, 20)!, kind: "length" },
    findings: [
      finding({
        where: "inside",
        matches: 3_204,
        share: 0.07,
        confidence: "medium",
        samples: ["t•••@p••••.pt"],
      }),
      finding({
        kind: "iban",
        where: "inside",
        matches: 12,
        share: 0.0002,
        samples: ["DE•• •••• •••• •••• ••"],
      }),
    ],
    suggestion: "mask",
  }),
  column("priority", {
    distinct: 4,
    nulls: 512,
    samples: ["high", "normal", "low", "urgent"],
    histogram: values(["normal", 27_400], ["low", 12_020], ["high", 6_100], ["urgent", 2_181]),
  }),
  column("amount_eur", {
    type: "decimal",
    nulls: 30_211,
    distinct: 8_120,
    min: "-120.00",
    max: "18250.50",
    mean: 214.3,
    samples: ["19.99", "-120.00", "4500.00"],
    histogram: range(-120, 918.525, 20),
  }),
  column("created_at", {
    type: "timestamp",
    distinct: 48_101,
    min: "2024-01-01 00:04:12",
    max: "2025-06-30 23:51:40",
    samples: ["2024-01-01 00:04:12"],
    histogram: months(),
  }),
  column("resolved", {
    type: "boolean",
    distinct: 2,
    samples: ["true", "false"],
    histogram: values(["true", 41_207], ["false", 7_006]),
  }),
  column("meta", { type: "json", distinct: 48_213, samples: ['{"channel":"chat","app":"5.1.0"}'] }),
];

const TICKETS: TableProfile = {
  name: "tickets",
  file: "export/tickets 2025 (final).csv",
  format: "csv",
  reading: { encoding: "windows-1252", byteOrderMark: false, delimiter: ";", header: true, lineEnd: "crlf" },
  rows: 48_213,
  columns: TICKET_COLUMNS,
  issues: [
    {
      kind: "too_few_fields",
      outcome: "repaired",
      rows: 214,
      examples: [
        { line: 1_207, text: "100000000000001204;Refund please;k.olsen@example.no;Kari Olsen" },
        { line: 9_881, text: "100000000000009870;;;;;;low" },
      ],
    },
    {
      kind: "unclosed_quote",
      outcome: "skipped",
      rows: 3,
      examples: [
        {
          line: 31_004,
          text: '100000000000030990;"My card says 24" screen;p.silva@example.pt;Paulo Silva;"Bom dia',
        },
      ],
    },
  ],
};

const AGENTS: TableProfile = {
  name: "agents",
  file: "export/agents.jsonl",
  format: "jsonl",
  reading: { encoding: "utf-8", byteOrderMark: true, delimiter: null, header: null, lineEnd: "lf" },
  rows: 42,
  columns: [
    column("agent_id", { type: "integer", distinct: 42, min: "1", max: "42", samples: ["1", "2"] }),
    column("ip", {
      distinct: 40,
      samples: ["10.2.•.•"],
      findings: [finding({ kind: "ip_address", matches: 42, confidence: "low", samples: ["10.2.•.•"] })],
    }),
    column("team", {
      distinct: 3,
      samples: ["cards", "payments", "accounts"],
      histogram: values(["cards", 19], ["payments", 14], ["accounts", 9]),
    }),
  ],
  issues: [],
};

export const PROFILE: DatasetProfile = {
  tables: [TICKETS, AGENTS],
  leftOut: [{ file: "export/README.md", why: "It holds text, but no table." }],
};

/** Nothing sensitive, nothing repaired, one table. */
export const CALM_PROFILE: DatasetProfile = {
  tables: [{ ...AGENTS, columns: [AGENTS.columns[0]!, AGENTS.columns[2]!] }],
  leftOut: [],
};

export function importView(over: Partial<DatasetImportView> = {}): DatasetImportView {
  return {
    now: "2026-03-02T10:15:00.000Z",
    id: IMPORT_ID,
    dataset: { id: DATASET_ID, title: "Support tickets 2025" },
    state: "ready",
    revision: 1,
    progress: { phase: "done", subject: null, share: 1, rows: 48_255 },
    failure: null,
    files: [
      {
        uploadId: "0b0b0b0b-0000-4000-8000-000000000001",
        fileName: "helpdesk-export.zip",
        bytes: 48_220_114,
        reading: {},
      },
    ],
    parent: null,
    profile: PROFILE,
    choices: {
      columns: { tickets: { customer_email: "pseudonymise", customer_name: "pseudonymise", body: "mask" } },
      leftOut: [],
      candidateFiles: "original",
    },
    version: null,
    createdAt: "2026-03-02T10:12:00.000Z",
    ...over,
  };
}

const versionItem = (number: number, over: Partial<DatasetVersionItem> = {}): DatasetVersionItem => ({
  id: `d0000000-0000-4000-8000-0000000000b${number}`,
  number,
  sha256: digest("abcdef"[number] ?? "a"),
  createdAt: `2026-02-${String(number * 5).padStart(2, "0")}T09:30:00.000Z`,
  createdBy: "Ada Moreau",
  tables: 2,
  rows: 48_255,
  bytes: 61_400_221,
  parent: null,
  ...over,
});

export const VERSION_ITEMS = [
  versionItem(3, { parent: { id: versionItem(2).id, number: 2 } }),
  versionItem(2),
  versionItem(1),
];

const detail = {
  id: DATASET_ID,
  slug: "support-tickets-2025",
  title: "Support tickets 2025",
  description:
    "Everything the help desk got in 2024 and the first half of 2025. May be shown to candidates once names and addresses are gone.",
  createdAt: "2026-02-01T09:00:00.000Z",
  archivedAt: null,
};

export function datasetDetail(over: Partial<DatasetDetail> = {}): DatasetDetail {
  const item = {
    fileNames: ["helpdesk-export.zip"],
    parentVersionId: null,
    createdAt: "2026-03-02T10:12:00.000Z",
  };
  return {
    ...detail,
    versions: VERSION_ITEMS,
    imports: [
      { ...item, id: IMPORT_ID, state: "ready" },
      {
        ...item,
        id: "d0000000-0000-4000-8000-0000000000a2",
        state: "failed",
        fileNames: [
          "tickets.xlsx",
          "a-file-with-a-very-long-name-that-somebody-exported-from-a-very-long-report_2025-06-30T235140.csv",
        ],
      },
      {
        ...item,
        id: "d0000000-0000-4000-8000-0000000000a3",
        state: "published",
        fileNames: [],
        parentVersionId: versionItem(2).id,
      },
    ],
    ...over,
  };
}

export const EMPTY_DATASET = datasetDetail({ versions: [], imports: [], description: "" });

export const DATASETS: DatasetItem[] = [
  { ...detail, versions: 3, latestVersion: VERSION_ITEMS[0]!, openImport: { id: IMPORT_ID, state: "ready" } },
  {
    ...detail,
    id: "d0000000-0000-4000-8000-000000000002",
    title: "Card transactions, first quarter",
    description: "",
    versions: 1,
    latestVersion: versionItem(1, { tables: 1, rows: 1_204_551, bytes: 412_000_000 }),
    openImport: null,
  },
  {
    ...detail,
    id: "d0000000-0000-4000-8000-000000000003",
    title: "Knowledgebasearticlesandmacroswithanamethatnobodyeverthoughtofbreakingintowords",
    description: "Long words must not push anything out of the page.",
    versions: 0,
    latestVersion: null,
    openImport: { id: "d0000000-0000-4000-8000-0000000000a9", state: "profiling" },
  },
];

export function versionView(over: Partial<DatasetVersionView> = {}): DatasetVersionView {
  const file = (path: string, bytes: number, letter: string) => ({ path, bytes, sha256: digest(letter) });
  return {
    ...VERSION_ITEMS[0]!,
    dataset: { id: DATASET_ID, title: "Support tickets 2025" },
    description: detail.description,
    licence: "",
    card: "",
    files: [
      file("platform/tables.sqlite", 88_120_320, "a"),
      file("platform/tickets.parquet", 12_400_100, "b"),
      file("candidate/csv/tickets.csv", 48_110_002, "c"),
      file("candidate/csv/agents.csv", 1_204, "d"),
      file("candidate/parquet/tickets.parquet", 13_288_015, "e"),
      file("candidate/parquet/agents.parquet", 1_000, "f"),
    ],
    tableList: PROFILE.tables.map(({ name, rows, columns }) => ({
      name,
      rows,
      columns: columns.map((one) => ({ name: one.name, type: one.type, description: "" })),
      pageable: true,
      preview: [],
    })),
    profile: PROFILE,
    treated: [
      { table: "tickets", column: "customer_email", action: "pseudonymise" },
      { table: "tickets", column: "customer_name", action: "pseudonymise" },
      { table: "tickets", column: "body", action: "mask" },
    ],
    usedBy: [{ assessmentTitle: "Support triage assistant", number: 3 }],
    ...over,
  };
}

/** A page of made-up tickets. */
export function rowPage(query: URLSearchParams): RowPage {
  const page = Number(query.get("page"));
  const pageSize = Number(query.get("pageSize"));
  const isFiltered = query.has("filter");
  const priorities = ["low", "normal", "high", "urgent"];
  const rows = Array.from({ length: isFiltered ? 37 : pageSize }, (_, index) => {
    const number = (page - 1) * pageSize + index + 1;
    return [
      `1000000000000${String(number).padStart(5, "0")}`,
      ["Card declined abroad", "Can't log in since the update", "Überweisung doppelt ausgeführt"][
        number % 3
      ]!,
      `person-${number % 90}@example.com`,
      number % 7 === 0 ? null : "Quiet Heron",
      number % 11 === 0
        ? ""
        : "Hello, my card was declined twice in Lisbon although there is money on the account.",
      priorities[number % 4]!,
      number % 3 === 0 ? null : `${(number * 37) % 900}.50`,
      `2024-01-0${(number % 9) + 1} 08:15:00`,
      number % 2 === 0 ? "true" : "false",
      '{"channel":"chat","app":"5.1.0"}',
    ];
  });
  return {
    columns: TICKET_COLUMNS.map(({ name, type }) => ({ name, type })),
    rows,
    cut: [[0, 4]],
    page,
    pageSize,
    matching: isFiltered ? 37 : 48_213,
    total: 48_213,
  };
}
