"""A thin client of the help desk. Extend it, replace it, or ignore it."""

import os
from collections.abc import Iterator

import httpx

BASE_URL = os.environ.get("HELPDESK_BASE_URL", "http://helpdesk.internal/v1")


def connect() -> httpx.Client:
    """Client with the key of this attempt; raise_for_status() is yours to call."""
    key = os.environ["HELPDESK_API_KEY"]
    return httpx.Client(base_url=BASE_URL, headers={"Authorization": f"Bearer {key}"}, timeout=10)


def tickets(client: httpx.Client, **filters: str) -> Iterator[dict]:
    """All tickets that match, page by page."""
    params = {"limit": "100", **filters}
    while True:
        response = client.get("/tickets", params=params)
        response.raise_for_status()
        page = response.json()
        yield from page["data"]
        if not page.get("next_cursor"):
            return
        params["cursor"] = page["next_cursor"]
