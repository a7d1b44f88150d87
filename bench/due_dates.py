"""How long a million due dates take on one core: JSON lines in, JSON lines out, as `--batch` does.

python -m bench.due_dates [count]
"""

import json
import random
import sys
import time
from datetime import date, timedelta

from rules.asking import batch

KEYS = ("offer.reply_days", "file.days", "review.days", "publish.days", "renewal.window")
PLACES = ("000000", "110000", "310000", "330100", "330200", "370000", "410000", "421000", "500000")


def lines(count: int) -> list[str]:
    """The same questions every time."""
    pick = random.Random(20260301)
    return [
        json.dumps(
            {
                "rule": pick.choice(KEYS),
                "division": pick.choice(PLACES),
                "kind": "wage",
                "anchor": (date(2024, 1, 2) + timedelta(days=pick.randrange(1000))).isoformat(),
            }
        )
        for _ in range(count)
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    asked = lines(count)
    next(batch(asked[:1]))  # the books and the calendar are read once
    start = time.perf_counter()
    refused = sum('"error"' in answer for answer in batch(asked))
    took = time.perf_counter() - start
    print(f"{count:,} due dates in {took:.1f} s, {count / took:,.0f} a second, {refused} refused")


if __name__ == "__main__":
    main()
