"""One row of everything, for drivers that take Python values."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

COLUMNS = ["label", "small", "big", "amount", "ratio", "flag", "at", "at_local", "day", "took", "raw", "ref", "tags", "counts", "note"]

FULL = {
    "label": "full – ‘ünïcödé’ \\ 'quoted' \"double\" $1 %s :x 日本 🐘",
    "small": -32768,
    "big": 9007199254740993,
    "amount": Decimal("123456.789"),
    "ratio": 0.1,
    "flag": True,
    "at": datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=timezone.utc),
    "at_local": datetime(1999, 12, 31, 23, 59, 59),
    "day": date(2024, 2, 29),
    "took": timedelta(days=3, hours=4, seconds=5, microseconds=6),
    "raw": bytes(range(256)),
    "ref": UUID("a11ce000-0000-4000-8000-000000000001"),
    "tags": ["a", "b,c", 'd"e', "", None],
    "counts": [1, -2, None],
    "note": "twenty chars at most",
}

EMPTY = {**{column: None for column in COLUMNS}, "label": ""}
