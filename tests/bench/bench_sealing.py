"""What sealing and masking cost a ticket, and reading one whole.

`python -m tests.bench.bench_sealing [--tickets 20000]`: processor microseconds for one ticket.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from data_sources.connect import Sources
from data_sources.protecting import Person, guard
from operations.people.masking import mask
from settings import read_settings
from tests.bench.report import median, report

TITLE = "投诉自来水发黄"
ADDRESS = "龙口市南山街道东海园小区12号楼2单元301室"
TEXT = (
    "来电人反映：龙口市南山街道东海园小区12号楼家里的自来水从昨天开始发黄，有异味，"
    "多次拨打供水公司电话无人接听，希望有关部门核实处理并尽快答复，联系人王先生。"
)
PERSON = Person(name="王建国", phone="13812345678", caller="13812345678")
RUNS = 5


def each_us(work: Callable[[int], object], times: int) -> float:
    """Give the median of a few runs, microseconds for one."""
    found = []
    for _ in range(RUNS):
        started = time.process_time()
        for number in range(times):
            work(number)
        found.append((time.process_time() - started) / times * 1e6)
    return median(found)


def rows(sources: Sources, times: int) -> Iterable[dict[str, object]]:
    """Measure each part of the way in."""
    sealer, reader, now = sources.sealer, sources.reader, datetime.now(UTC)
    words = {"title": TITLE, "text": TEXT, "address": ADDRESS}
    fields = PERSON.fields() | words

    def record(number: int) -> dict[str, object]:
        return {
            "source": "bench",
            "external_id": f"T-{number}",
            "status": "办理中",
            "created_at": now.isoformat(),
            "category": "水质发黄",
            "caller": "13812345678",
            **words,
        }

    yield {
        "what": "seal",
        "us": each_us(lambda n: sealer.seal_ticket(("b", f"{n}"), fields), times),
    }
    known = PERSON.known_words()
    masked = each_us(lambda _: [mask(one, known) for one in words.values()], times)
    yield {"what": "mask title, text, address", "us": masked}
    guarded = each_us(
        lambda n: guard(sealer, ("b", f"{n}"), PERSON, words, phone="13812345678"), times
    )
    yield {"what": "both", "us": guarded}
    whole = each_us(lambda n: reader.read(record(n), now=now, feed="bench"), times)
    yield {"what": "read a record, all told", "us": whole}


def main() -> None:
    """Run the benchmark."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tickets", type=int, default=20_000)
    asked = options.parse_args()
    sources = Sources(read_settings(data_dir=Path(mkdtemp(prefix="lianxin-bench-"))))
    report("sealing", list(rows(sources, asked.tickets)))


if __name__ == "__main__":
    main()
