"""A leader's page from the running server: whose scope, what may be opened, what is kept of it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import flask
import pytest

from api import crossing
from api.crossing import Crossing
from api.signed_in import COOKIE
from bundling import ASSETS, Bundles
from data_sources.connect import Sources
from layouts.document import Shell
from layouts.face import Name
from layouts.leader_face import SCRIPT_WORDS, LeaderFace
from layouts.wording import WORDS
from leading import KEPT, SCRIPTS, SHEETS, WORKER, shell_of, worker_of
from operations.people.account import Stage
from operations.people.person import Ring
from operations.people.roles import Role
from operations.people.sign_in import Asked, open_session
from operations.ports import Watched
from operations.pulse.alarm import AlarmState, Severity
from operations.pulse.windows import to_us
from settings import read_settings
from tests.people import PROOFS, account
from tests.watched import alarm
from webserver import create_app, now

LONGKOU = "370681"


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str, accounts: str) -> Iterator[Sources]:
    settings = read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts=accounts)
    made = Sources(settings)
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    made.watchbook.keep(Watched(alarms=(alarm(id="a-1", severity=Severity.CRITICAL),)))
    yield made
    made.close()


@pytest.fixture
def accounts() -> str:
    return "off"


with_accounts = pytest.mark.parametrize("accounts", ["on"])


def client_of(server: flask.Flask, sources: Sources, **who: Any) -> Any:
    """Give a browser in which somebody is signed in, or nobody where nothing is said of them."""
    client = server.test_client()
    page = Crossing(sources.page_key).token()
    client.set_cookie(crossing.COOKIE, page)
    client.environ_base["HTTP_X_CSRF_TOKEN"] = page
    if who:
        made = account(**who)
        sources.accounts.add(made)
        token, _ = open_session(sources.sign_in, made, Stage.FULL, Asked(to_us(now())))
        client.set_cookie(COOKIE, token)
    return client


def facts_of(page: str) -> dict[str, Any]:
    found = re.search(r'<script id="page-facts" type="application/json">(.*?)</script>', page)
    assert found is not None
    said: dict[str, Any] = json.loads(found[1])
    return said


def test_the_page_stands_before_any_script_has_run(sources: Sources) -> None:
    answer = client_of(create_app(sources), sources).get("/leader?lang=en")
    page = answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.count("leader-figure") == 5
    stages = re.findall(r'class="leader-stage" data-stage="(\w+)" .*? href="([^"]+)"', page)
    assert [name for name, _ in stages] == ["clarify", "perform", "fulfil", "supervise", "account"]
    assert stages[1][1] == "/desk?duty=perform&amp;lang=en"
    within = client_of(create_app(sources), sources).get(f"/leader/district-{LONGKOU}")
    assert f"/desk?duty=account&amp;district={LONGKOU}&amp;lang=zh" in within.get_data(as_text=True)
    assert "Opened today" in page
    facts = facts_of(page)
    assert (facts["scope"], facts["language"], facts["until_ms"]) == ("city", "en", None)
    assert client_of(create_app(sources), sources).get("/leader/district-999").status_code == 404


@with_accounts
@pytest.mark.parametrize(
    ("where", "scope"),
    [
        ({}, "city"),
        ({"ring": Ring.COUNTY, "place": LONGKOU}, f"district-{LONGKOU}"),
        ({"ring": Ring.TOWN, "place": "370681104"}, f"district-{LONGKOU}"),
    ],
)
def test_a_leader_sees_their_own_part_first(
    sources: Sources, where: dict[str, Any], scope: str
) -> None:
    client = client_of(create_app(sources), sources, roles=frozenset({Role.LEADER}), **where)
    page = client.get("/leader").get_data(as_text=True)
    facts = facts_of(page)
    assert (facts["scope"], facts["acts"], facts["studies"]) == (scope, False, True)
    assert facts["until_ms"] > to_us(now()) // 1000
    assert "/logout" in page
    assert "王芳" not in page, "the page is kept on the device, and names nobody"
    assert "wang" not in page


@with_accounts
def test_the_mark_of_a_reader_names_nobody_and_is_their_own(sources: Sources) -> None:
    server = create_app(sources)
    leaders = frozenset({Role.LEADER})
    two = [client_of(server, sources, login=name, roles=leaders) for name in ("wang", "zhao")]
    marks = [facts_of(one.get("/leader").get_data(as_text=True))["reader"] for one in two]
    again = facts_of(two[0].get("/leader/city").get_data(as_text=True))["reader"]
    assert len(set(marks)) == 2
    assert again == marks[0]
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in marks)


def test_an_alarm_is_acknowledged_as_it_was_seen_and_no_other(sources: Sources) -> None:
    client = client_of(create_app(sources), sources)
    where = "/leader/alarms/a-1/acknowledge?lang=en"
    assert client.post(where, json={"version": "1"}).status_code == 400
    assert client.post(where, json=[1]).status_code == 400
    late = client.post(where, json={"version": 7})
    assert late.status_code == 409
    assert late.get_json()["done"] is False
    assert sources.watchbook.alarm("a-1").state is AlarmState.RAISED  # type: ignore[union-attr]
    done = client.post(where, json={"version": 1})
    assert (done.status_code, done.get_json()["done"]) == (200, True)
    held = sources.watchbook.alarm("a-1")
    assert held is not None
    assert (held.state, held.version) == (AlarmState.ACKNOWLEDGED, 2)
    unsigned = create_app(sources).test_client()
    assert unsigned.post(where, json={"version": 2}).status_code == 403, "without the page's token"


@with_accounts
def test_an_alarm_acknowledged_there_is_signed_by_the_account(sources: Sources) -> None:
    client = client_of(create_app(sources), sources, login="wang")
    assert client.post("/leader/alarms/a-1/acknowledge", json={"version": 1}).status_code == 200
    line = sources.watchbook.alarm_lines("a-1")[-1]
    assert (line.actor, line.verified) == ("王芳 (wang)", True)


def test_the_page_can_be_installed(sources: Sources) -> None:
    client = client_of(create_app(sources), sources)
    answer = client.get("/leader/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    said = json.loads(answer.get_data())
    assert (said["start_url"], said["scope"], said["display"]) == (
        "/leader",
        "/leader",
        "standalone",
    )
    sizes = set()
    for icon in said["icons"]:
        with client.get(icon["src"]) as drawn:
            assert (drawn.status_code, drawn.mimetype) == (200, "image/png")
            wide, high = (int.from_bytes(drawn.data[at : at + 4], "big") for at in (16, 20))
        assert icon["sizes"] == f"{wide}x{high}"
        sizes.add((wide, icon["purpose"]))
    assert sizes == {(192, "any"), (512, "any"), (512, "maskable")}


def test_the_worker_reaches_the_page_alone_and_may_ask_this_server_alone(sources: Sources) -> None:
    client = client_of(create_app(sources), sources)
    answer = client.get("/leader/worker.js")
    assert answer.headers["Service-Worker-Allowed"] == "/leader"
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    said = re.match(r"const SHELL = (.*);\n", answer.get_data(as_text=True))
    assert said is not None
    files = json.loads(said[1])["files"]
    assert len(files) == 2 + len(KEPT)
    for name in files:
        assert name.startswith("/assets/")
        with client.get(name) as part:
            assert part.status_code == 200, name
    page = client.get("/leader").get_data(as_text=True)
    assert all(f'"{one}"' in page for one in files if one not in KEPT)
    scripts = re.findall(r'<script src="(/assets/[^"]*)"', client.get("/").get_data(as_text=True))
    joined = client.get(scripts[0]).get_data(as_text=True)
    assert len(scripts) == 1
    assert "/* leader.js */" in joined
    assert WORKER not in joined, "on no page as a script"


def test_the_page_is_told_every_word_its_scripts_say() -> None:
    used = set()
    for name in SCRIPTS:
        text = (ASSETS / name).read_text("utf-8")
        used |= set(re.findall(r"\bwords\.(\w+)", text)) | set(re.findall(r'"(\w+_rate)"', text))
    told = LeaderFace("city", "zh", Name("1", "市"), Name("1", "市"), "Asia/Shanghai").facts("v")
    assert len(used) > 60
    assert used - set(told["words"]) == {"source_on_time_rate"} & used
    assert set(SCRIPT_WORDS) <= set(WORDS)


def test_what_is_kept_changes_its_name_with_its_content(tmp_path: Path) -> None:
    for name in (*SHEETS, *SCRIPTS, WORKER):
        (tmp_path / name).write_text(name)

    def made(assets: Path) -> Shell:
        return shell_of(Bundles(assets), assets)

    before = made(tmp_path)
    assert before == made(tmp_path)
    (tmp_path / "leader.js").write_text("another")
    after = made(tmp_path)
    assert before.version != after.version
    assert len(set(after.scripts) - set(before.scripts)) == 1
    assert worker_of(before, tmp_path) != worker_of(after, tmp_path)
    assert made(ASSETS).version not in (before.version, after.version)
