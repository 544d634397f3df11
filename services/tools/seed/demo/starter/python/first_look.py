"""Reads the dataset and the API once, to show that both are there."""

import json
import sqlite3
from pathlib import Path

import helpdesk
import pandas as pd

DATASET = Path("/datasets/support-tickets")


def look_at_dataset() -> None:
    tickets = pd.read_csv(DATASET / "csv" / "tickets.csv", dtype=str)
    print(f"{len(tickets):,} tickets, {tickets['customer_id'].nunique():,} customers")
    print(tickets["category"].value_counts(dropna=False).head(8).to_string(), "\n")

    with sqlite3.connect(f"file:{DATASET / 'support-tickets.sqlite'}?mode=ro", uri=True) as database:
        (messages,) = database.execute("select count(*) from messages").fetchone()
    print(f"{messages:,} messages\n")


def look_at_api() -> None:
    with helpdesk.connect() as client:
        response = client.get("/tickets", params={"status": "open", "limit": "1"})
        response.raise_for_status()
        print(json.dumps(response.json()["data"], indent=2, ensure_ascii=False))


if __name__ == "__main__":
    look_at_dataset()
    look_at_api()
