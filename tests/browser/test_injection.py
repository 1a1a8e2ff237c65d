"""No text that came in runs on any page, whatever is written in it."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from data_sources.connect import Sources
from data_sources.rows import us_of
from operations.ports import Watched
from operations.pulse.alarm import AlarmLine, AlarmStep, Cause, Reason, Severity
from settings import read_kept_settings
from tests.browser.guard import guarded, nothing_ran
from tests.browser.hours import Row, Stage, bad, on_stage
from tests.browser.test_clusters import KNOWN
from tests.clusters import HOUR_US, cluster, line
from tests.injections import WHOLE, injections
from tests.system import System, running
from tests.watched import alarm

pytestmark = [pytest.mark.browser, pytest.mark.timeout(7200 if WHOLE else 300)]

TEXTS = (
    *("category", "department", "cooperating", "district", "town", "address", "title", "text"),
    *("channel", "urgency", "type", "caller", "parent", "external_id"),
)
SHOWN = ("name_zh", "name_en", "district_zh", "district_en", "place_zh", "place_en", "category")
LISTED = 250
"""Clusters a list shows at once, with some to spare."""


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    # A city known only by its mapping takes the names it shows from the tickets.
    arguments = ("--no-demo", "--city", "mapping:boston311")
    with running(tmp_path_factory.mktemp("texts"), *arguments, LIANXIN_WATCH="false") as made:
        yield made


@pytest.fixture(scope="module")
def sources(system: System) -> Iterator[Sources]:
    made = Sources(read_kept_settings(system.data))
    yield made
    made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1920, "height": 1080})
    with guarded(made):
        yield made
    made.close()


def pieces(texts: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Cut into lists of that size; the last may be shorter."""
    left = iter(texts)
    while some := list(islice(left, size)):
        yield some


def hostile(texts: list[str]) -> Iterator[dict[str, Any]]:
    """Make tickets with such texts in every field that takes one."""
    now = datetime.now(UTC).isoformat()
    fixed = {"source": "test", "created_at": now, "status": "受理"}
    around = islice(cycle(texts), 2 * len(texts))
    for n, some in enumerate(pieces(around, len(TEXTS))):
        said = dict(zip(TEXTS, some, strict=False))
        for name in ("external_id", "parent"):  # an identity takes printable characters alone
            said[name] = "".join(filter(str.isprintable, f"{n} {said.get(name, '')}"))[:120].strip()
        yield said | fixed


def test_what_is_posted_is_taken_or_refused_and_runs_nowhere(page: Page, system: System) -> None:
    # Each text becomes a category, a district and a department of its own, up to their bound.
    numbers = []
    for some in pieces(hostile(injections()), 200):
        said = system.post(some)
        refused = {one["index"] for one in said["rejected"]}
        numbers += [one["external_id"] for n, one in enumerate(some) if n not in refused]
    assert len(numbers) > len(injections()) // len(TEXTS)
    for path in ("/wall", "/wall?scene=map", "/clusters", "/", "/desk"):
        page.goto(system.url + path)
        page.wait_for_selector("main")
        page.wait_for_timeout(700)
        nothing_ran(page)
    page.goto(f"{system.url}/desk")
    page.wait_for_selector(".desk-title")
    assert "ran" in page.locator(".desk-grid").inner_text().lower(), "they are shown"
    for number in numbers if WHOLE else numbers[:2]:
        page.goto(f"{system.url}/tickets/test/{quote(number, safe='')}")
        page.wait_for_selector(".ticket-columns")
        page.wait_for_timeout(50)
        nothing_ran(page)
    shown = json.dumps(system.get("/api/v1/pictures/city"))
    assert "onerror" in shown or "script" in shown, "the texts do reach the picture"


def renamed(value: Any, texts: Iterator[str]) -> Any:
    """Give a picture again in which every name is the next text."""
    if isinstance(value, list):
        return [renamed(one, texts) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: next(texts) if name in SHOWN and isinstance(one, str) else renamed(one, texts)
        for name, one in value.items()
    }


@pytest.mark.parametrize("scene", ["overview", "clusters", "alarm-a-water"])
def test_every_name_on_the_wall_is_text(page: Page, system: System, scene: str) -> None:
    page.add_init_script(KNOWN)
    with on_stage(system.data) as stage:
        page.goto(f"{system.url}/wall?scene={scene}")
        page.wait_for_selector("main.wall")
        slots = json.dumps(bad(stage.base, datetime.now(UTC))["sections"]).count('name_zh"') * 2
        for some in pieces(injections(), slots):
            put_up(page, stage, some)
            nothing_ran(page)
        assert "ran" in page.locator("main.wall").inner_text().lower(), "they are shown"


def put_up(page: Page, stage: Stage, texts: list[str]) -> None:
    """Show texts as the names of clusters, alarms, categories, districts and departments."""
    seen: list[int] = []

    def hour(base: Row, now: datetime) -> Row:
        picture = bad(base, now)
        picture["sections"] = renamed(picture["sections"], cycle(texts))
        seen.append(picture["seq"])
        return picture

    stage.show(hour)
    while not seen:
        page.wait_for_timeout(20)
    page.wait_for_function(
        "seq => Number(document.querySelector('main.wall').dataset.seq) >= seq", arg=seen[0]
    )
    page.wait_for_timeout(200)


def keep(sources: Sources, texts: list[str]) -> list[str]:
    """Keep clusters with such texts as names, and histories in which people wrote them."""
    now_us, kept = us_of(datetime.now(UTC)), []
    for n, some in enumerate(pieces(cycle(texts), 3)):
        if n * 3 >= len(texts):
            break
        name = f"c-{now_us}-{n}"
        told = cluster(
            id=name, category=some[0], district=some[1], town=some[2], place=some[0],
            start_us=now_us - 6 * HOUR_US, newest_us=now_us, as_of_us=now_us,
            born_us=now_us - HOUR_US, changed_us=now_us, ended_us=now_us,
        )  # fmt: skip
        raised = alarm(id=f"a-{name}", reasons=(Reason(Cause.CLUSTER, name),
                       Reason(Cause.CATEGORY, some[1])), group=name, category=some[0],
                       district=some[1], raised_us=now_us, changed_us=now_us)  # fmt: skip
        lines = [
            AlarmLine(f"a-{name}", now_us + k, AlarmStep.ACKNOWLEDGED, Severity.HIGH,
                      actor=text[:60], note=text)
            for k, text in enumerate(texts if n == 0 else some)
        ]  # fmt: skip
        born = line(cluster=name, at_us=now_us - HOUR_US, start_us=told.evidence.start_us)
        sources.watchbook.keep(
            Watched(clusters=(told,), cluster_lines=(born,), alarms=(raised,),
                    alarm_lines=tuple(lines))
        )  # fmt: skip
        kept.append(name)
    return kept


def test_lists_and_evidence_show_them_as_text(page: Page, system: System, sources: Sources) -> None:
    for some in pieces(injections(), LISTED * 3):
        names = keep(sources, list(some))
        page.goto(f"{system.url}/clusters")
        page.wait_for_selector("main.dossier")
        page.wait_for_timeout(500)
        nothing_ran(page)
        for name in (names[0], names[-1]):
            page.goto(f"{system.url}/clusters/{name}")
            page.wait_for_selector("main.dossier .part-history")
            page.wait_for_timeout(700)
            nothing_ran(page)
    assert "ran" in page.locator(".part-history").inner_text().lower(), "they are shown"


@pytest.mark.parametrize(
    "where",
    [
        "/wall?category={}",
        "/clusters?district={}",
        "/{}",
        "/wall?lang={}",
        "/desk?words={}",
        "/desk?status={}",
        "/tickets/demo/{}",
    ],
)
def test_an_address_runs_nothing(page: Page, system: System, where: str) -> None:
    for text in injections()[: 60 if WHOLE else 2]:
        page.goto(system.url + where.format(quote(text, safe="")))
        page.wait_for_selector("main")
        nothing_ran(page)
