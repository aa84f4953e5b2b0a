"""Search among 10,000 entries: at most 5 ms a question. Run: python tests/bench/search.py."""

import random
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from guide.api.search.entries import Entry, EntryKind
from guide.api.search.index import SearchIndex

ENTRIES = 10_000
QUESTIONS = 400
SEED = 20_261_124
KANA = "かきくけこさしすせそたちつてとなにのはひふまみもやゆよらりるわん"
KANJI = "坂町山川田中上下東西南北富士見室蘭港本輪海岸通地球岬八幡母恋絵鞆測量増市仏御前水元栄幸緑舟入江"


def main() -> None:
    """Prints the times of questions of every sort, with and without a place."""
    source = random.Random(SEED)  # noqa: S311 (names, not secrets)
    entries = [make_entry(source, number) for number in range(ENTRIES)]
    began_s = time.perf_counter()
    index = SearchIndex(entries)
    print(f"index of {ENTRIES} entries made in {time.perf_counter() - began_s:.2f} s")
    for sort, questions in questions_by_sort(source, entries).items():
        for near in (None, (141.05, 42.35)):
            seconds = []
            for question in questions:
                began_s = time.thread_time()
                index.search(question, near=near)
                seconds.append(time.thread_time() - began_s)
            times_ms = 1000 * np.array(seconds)
            where = "near a place" if near else "anywhere"
            print(
                f"  {sort:<10} {where:<13} median {np.median(times_ms):.2f} ms, "
                f"99 % {np.percentile(times_ms, 99):.2f} ms, longest {times_ms.max():.2f} ms (at most 5)"
            )


def make_entry(source: random.Random, number: int) -> Entry:
    kind = EntryKind.SLOPE if number % 50 == 0 else EntryKind.LANDMARK if number % 3 == 0 else EntryKind.STREET
    name = "".join(source.choices(KANJI, k=source.randint(2, 5))) + ("坂" if kind is EntryKind.SLOPE else "通")
    reading = "".join(source.choices(KANA, k=source.randint(4, 9)))
    return Entry(
        kind=kind,
        names=(name, reading + "ざか", reading + " street"),
        words=("展望", "viewpoint") if kind is EntryKind.LANDMARK else (),
        id=str(number),
        name=name,
        place=(141 + source.random() / 10, 42.3 + source.random() / 10),
    )


def questions_by_sort(source: random.Random, entries: list[Entry]) -> dict[str, list[str]]:
    names = [source.choice(entry.names) for entry in source.sample(entries, QUESTIONS)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    return {
        "whole": names,
        "begun": [name[: max(len(name) // 2, 1)] for name in names],
        "mistyped": [name[:2] + source.choice(letters) + name[3:] for name in names],
        "common": ["坂", "通", "ざか", "zaka", "street", "a", "viewpoint", "展望"] * 10,
        "nonsense": ["".join(source.choices(letters, k=12)) for _ in range(QUESTIONS)],
    }


if __name__ == "__main__":
    main()
