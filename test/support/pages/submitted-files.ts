import type { FileView, SubmissionEntry } from "../../../services/shared/contracts/review.ts";
import { chartPng } from "./chart-png.ts";

export interface SubmittedFile {
  path: string;
  change: SubmissionEntry["change"];
  kind?: FileView["kind"];
  text?: string;
  /** What the starter had. */
  starter?: string;
  size?: number;
  truncated?: boolean;
  redacted?: boolean;
  imageBase64?: string;
}

const README = `# Triage assistant

Sorts new tickets into queues and shows the three most similar earlier ones.
Written by [candidate name], [candidate e-mail].

## What I found first

| | tickets |
| --- | --- |
| in the data | 162,400 |
| re-opened copies of earlier ones | 53,117 |
| in a language other than English | 9,842 |

Re-opened tickets made every score look better than it is, so they are left out.

## Known faults

- \`helpdesk.py\` gives up after three attempts
- Swedish tickets are sorted by their subject alone
- The index is built at start, which takes 40 seconds
`;

const STARTER_TRIAGE = `"""Sort support tickets into queues."""

from dataclasses import dataclass


@dataclass
class Ticket:
    id: str
    subject: str
    body: str


QUEUES = ["payments", "account_access", "other"]


def triage(ticket: Ticket) -> str:
    """Return the queue a ticket belongs to."""
    # TODO: your work starts here
    return "other"


def main() -> None:
    print("Nothing to do yet")


if __name__ == "__main__":
    main()
`;

const TRIAGE = `"""Sort support tickets into queues."""

from dataclasses import dataclass, field

from .search import SimilarTickets


@dataclass
class Ticket:
    id: str
    subject: str
    body: str
    language: str = "en"


@dataclass
class Decision:
    queue: str
    confidence: float
    because: list[str] = field(default_factory=list)


QUEUES = ["payments", "account_access", "other"]

# Below this a person decides: a wrong queue costs 26 hours, a second look costs two minutes.
ASK_BELOW = 0.62


def triage(ticket: Ticket, similar: SimilarTickets) -> Decision:
    """Return the queue a ticket belongs to, and the earlier tickets that speak for it."""
    neighbours = similar.find(f"{ticket.subject}\\n{ticket.body}", limit=15)
    votes: dict[str, float] = {queue: 0.0 for queue in QUEUES}
    for neighbour in neighbours:
        votes[neighbour.queue] += neighbour.score**2
    total = sum(votes.values()) or 1.0
    queue = max(votes, key=votes.__getitem__)
    confidence = votes[queue] / total
    if confidence < ASK_BELOW:
        return Decision("other", confidence, ["not sure enough: a person should look"])
    reasons = [n.ticket_id for n in neighbours if n.queue == queue]
    return Decision(queue, confidence, reasons[:3])


def main() -> None:
    similar = SimilarTickets.load("/datasets/support-tickets")
    for line in open("inbox.jsonl"):
        print(triage(Ticket(**json.loads(line)), similar))


if __name__ == "__main__":
    main()
`;

const HELPDESK = `"""A client for the help desk that reads all pages and survives bad minutes."""

import os
import time
from collections.abc import Iterator

import httpx

BASE_URL = os.environ.get("HELPDESK_URL", "http://helpdesk.internal")
ATTEMPTS = 3


class HelpDesk:
    def __init__(self, key: str) -> None:
        self._client = httpx.Client(base_url=BASE_URL, headers={"authorization": f"Bearer {key}"}, timeout=10.0)

    def _get(self, path: str, **params: object) -> dict | None:
        for attempt in range(ATTEMPTS):
            answer = self._client.get(path, params=params)
            if answer.status_code == 429:
                time.sleep(float(answer.headers.get("retry-after", 1)))
            elif answer.status_code >= 500:
                time.sleep(2**attempt)
            else:
                return answer.raise_for_status().json()
        return None

    def tickets(self, queue: str) -> Iterator[dict]:
        cursor = None
        while page := self._get("/v1/tickets", queue=queue, cursor=cursor):
            yield from page["items"]
            cursor = page.get("next_cursor")
            if not cursor:
                return
`;

const TESTS = `import pytest

from src.triage import QUEUES, Ticket, triage
from tests.held_out import HELD_OUT, similar


@pytest.mark.parametrize("queue", QUEUES)
def test_recall_per_queue(queue):
    tickets = [t for t in HELD_OUT if t.queue == queue]
    right = [t for t in tickets if triage(t, similar).queue == queue]
    recall = len(right) / len(tickets)
    print(f"{queue}: {recall:.2%} of {len(tickets)}")
    assert recall > {"payments": 0.85, "account_access": 0.8, "other": 0.6}[queue]
`;

const TROJAN = `def may_refund(user, amount):
    # Only admins may go beyond the limit.
    access_level = "user"
    if access_level != "none\u202e\u2066": # Check if admin\u2069\u2066" and amount > 100:
        return False
    is\u200bAdmin = True  # a zero-width space makes this another name
    price\u00a0= 100
    return True
`;

const MINIFIED = `!function(){"use strict";${"const e=document.createElement('div');e.className='row';document.body.append(e);".repeat(9000)}}();`;

const ENDINGS = "host = helpdesk.internal\r\nport = 80\r\nretries = 3\r\n[cache]\r\nsize = 512\r\n";

const unchanged = (path: string, text = "# From the starter.\n"): SubmittedFile => ({
  path,
  change: "unchanged",
  text,
});

/** A submission with everything a reviewer can meet. */
export const SUBMITTED_FILES: SubmittedFile[] = [
  {
    path: "README.md",
    change: "modified",
    text: README,
    starter: "# Triage assistant\n\nWrite here what you built.\n",
    redacted: true,
  },
  { path: "src/triage.py", change: "modified", text: TRIAGE, starter: STARTER_TRIAGE },
  { path: "src/helpdesk.py", change: "added", text: HELPDESK },
  { path: "src/search.py", change: "added", text: "class SimilarTickets:\n    ...\n" },
  { path: "src/refunds.py", change: "added", text: TROJAN },
  { path: "src/__init__.py", change: "unchanged", text: "" },
  { path: "src/web/dist/bundle.min.js", change: "added", text: MINIFIED },
  { path: "src/settings.ini", change: "modified", text: ENDINGS, starter: ENDINGS.replaceAll("\r\n", "\n") },
  { path: "src/mixed.txt", change: "added", text: "one\r\ntwo\nthree\rfour\n" },
  { path: "src/placeholder.py", change: "deleted", starter: STARTER_TRIAGE },
  { path: "tests/test_triage.py", change: "added", text: TESTS },
  { path: "tests/held_out.py", change: "added", text: "HELD_OUT = []\n" },
  { path: "reports/confusion.png", change: "added", kind: "image", imageBase64: chartPng(), size: 41_220 },
  { path: "reports/index.bin", change: "added", kind: "binary", size: 734_003 },
  { path: "reports/latest", change: "added", kind: "symlink", text: "../../../etc/\u202epasswd" },
  { path: "reports/invoice\u202efdp.exe", change: "added", kind: "binary", size: 9_120 },
  {
    path: "data/predictions.csv",
    change: "added",
    text: `id,queue,score\n${"T-1042,payments,0.93\n".repeat(4000)}`,
    size: 8_400_000,
    truncated: true,
  },
  { path: "data/empty.jsonl", change: "added", text: "" },
  unchanged(".gitignore", "__pycache__/\n.venv/\n"),
  unchanged("docs/api.md"),
  unchanged("docs/dataset.md"),
  unchanged("pyproject.toml", '[project]\nname = "triage"\nversion = "0.1.0"\n'),
  unchanged("requirements.txt", "httpx\npandas\n"),
  unchanged("scripts/check.sh", "#!/bin/sh\npytest -q\n"),
];
