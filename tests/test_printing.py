"""Reports in the whole: made by a schedule and on request, taken as files, all written down."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask
import pytest
from click.testing import CliRunner
from docx import Document
from flask.testing import FlaskClient

from api.crossing import COOKIE, HEADER
from app import cli
from data_sources.connect import Sources
from housekeeping import Housekeeping
from operations.people.audit import AuditSearch
from reporting import SCHEDULE, Schedule, city_now
from settings import read_settings
from tests.builders import ticket
from tests.papers.test_pdf import text
from tests.valkey_server import ValkeyServer
from webserver import create_app


@pytest.fixture
def sources(tmp_path: Path, valkey_server: ValkeyServer) -> Iterator[Sources]:
    made = read_settings(data_dir=tmp_path, redis_url=valkey_server.url, demo=False)
    found = Sources(made)
    found.migrate()
    now = city_now(found)
    tickets = [
        ticket(external_id=f"T-{day}-{n}", created_at=now - timedelta(days=day, minutes=n),
               department="water_bureau", category="water_yellow")
        for day in range(1, 10)
        for n in range(5)
    ]  # fmt: skip
    found.ledger.store(tickets, clock=now)
    yield found
    found.close()


def yesterday(sources: Sources) -> str:
    local = city_now(sources).astimezone(sources.reference.zone)
    return (local.date() - timedelta(days=1)).isoformat()


def acts(sources: Sources) -> list[str]:
    return [
        f"{one.actor} {one.act} {one.subject}" for one in sources.audit.find(AuditSearch(), most=99)
    ]


@pytest.fixture
def browser(sources: Sources) -> FlaskClient:
    server: flask.Flask = create_app(sources)
    client = server.test_client()
    client.get("/login")
    return client


def post(browser: FlaskClient, said: Any) -> Any:
    kept = browser.get_cookie(COOKIE)
    assert kept is not None
    return browser.post("/api/v1/reports", json=said, headers={HEADER: kept.value})


def test_a_report_is_made_listed_and_taken(browser: FlaskClient, sources: Sources) -> None:
    day = yesterday(sources)
    assert browser.get("/api/v1/reports").json == {"reports": []}
    absent = browser.get(f"/api/v1/reports/daily/{day}.pdf")
    assert absent.status_code == 404
    made = post(browser, {"kind": "daily", "period": day})
    assert made.status_code == 201, made.json
    [row] = browser.get("/api/v1/reports").json["reports"]
    assert (row["kind"], row["period"], row["first"]) == ("daily", day, day)
    paper = browser.get(f"/api/v1/reports/daily/{day}.pdf?lang=zh")
    assert paper.status_code == 200
    assert paper.headers["Cache-Control"] == "no-store"
    assert f'filename="daily-{day}.pdf"' in paper.headers["Content-Disposition"]
    said = text(paper.data)
    assert "受理量5" in said
    assert "未登录·值班员" in said, "who takes it is on it"
    english = browser.get(f"/api/v1/reports/daily/{day}.docx?lang=en")
    assert "Daily report" in [one.text for one in Document(io.BytesIO(english.data)).paragraphs]
    assert acts(sources)[::-1] == [
        f"值班员 report.make daily {day}",
        f"值班员 report.download daily {day}",
        f"值班员 report.download daily {day}",
    ]


def test_a_department_s_report_is_kept_beside_the_city_s(
    browser: FlaskClient, sources: Sources
) -> None:
    day, asked = yesterday(sources), "scope=department-water_bureau"
    said = {"kind": "daily", "period": day}
    kept = browser.get_cookie(COOKIE)
    assert kept is not None
    token = {HEADER: kept.value}
    made = browser.post(f"/api/v1/reports?{asked}", json=said, headers=token)
    assert (made.status_code, made.json["scope"]) == (201, "department-water_bureau"), made.json
    assert browser.get("/api/v1/reports").json == {"reports": []}
    [row] = browser.get(f"/api/v1/reports?{asked}").json["reports"]
    assert row["period"] == day
    assert browser.get(f"/api/v1/reports/daily/{day}.pdf").status_code == 404
    paper = browser.get(f"/api/v1/reports/daily/{day}.pdf?{asked}&lang=zh")
    assert "全市" not in text(paper.data)
    assert "市水务局" in text(paper.data)
    assert "department-water_bureau.pdf" in paper.headers["Content-Disposition"]
    assert acts(sources)[-1] == f"值班员 report.make daily {day} department-water_bureau"
    for scope in ("department-moon", "town-1"):
        assert browser.get(f"/api/v1/reports?scope={scope}").status_code == 400
        refused = browser.post(f"/api/v1/reports?scope={scope}", json=said, headers=token)
        assert refused.json["error"]["field"] == "scope"


def test_the_schedule_makes_those_of_the_settings_too(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = "department-water_bureau, department-moon"
    told = sources.settings.model_copy(update={"reports_scopes": named})
    monkeypatch.setattr(sources, "settings", told)
    schedule = Schedule(sources, lambda: 0.0)
    while schedule.step():
        pass
    scopes = [one.issue.scope for one in sources.report_shelf.listed()]
    assert set(scopes) == {"city", "department-water_bureau"}
    assert scopes.count("city") == scopes.count("department-water_bureau")


@pytest.mark.parametrize(
    "said", [{}, [], {"kind": "daily"}, {"kind": "yearly", "period": "2026"},
             {"kind": "daily", "period": "2050-01-01"}, {"kind": 1, "period": 2}],
)  # fmt: skip
def test_what_cannot_be_made_is_refused_and_leaves_nothing(
    browser: FlaskClient, sources: Sources, said: Any
) -> None:
    answer = post(browser, said)
    assert answer.status_code == 400
    assert set(answer.json["error"]) == {"field", "reason"}
    assert sources.report_shelf.listed() == []
    assert acts(sources) == []


def test_the_schedule_makes_what_is_due_once(sources: Sources) -> None:
    clock = [0.0]
    schedule = Schedule(sources, lambda: clock[0])
    made = 0
    while schedule.step():
        made += 1
    there = sources.report_shelf.listed()
    assert made == len(there) >= 6
    assert yesterday(sources) in {one.issue.code for one in there} or made == 7
    assert all(line.startswith(f"{SCHEDULE} report.make") for line in acts(sources))
    clock[0] += 3600
    assert schedule.step() == 0
    assert len(sources.report_shelf.listed()) == made
    assert Schedule(sources, lambda: 0.0).step() == 0, "another start makes nothing twice"


def test_the_worker_s_housekeeping_makes_them(sources: Sources) -> None:
    keeping = Housekeeping(sources)
    while keeping.tidy():
        pass
    assert len(sources.report_shelf.listed()) >= 6


def test_nothing_is_made_by_itself_where_that_is_off(
    sources: Sources, monkeypatch: pytest.MonkeyPatch
) -> None:
    off = sources.settings.model_copy(update={"reports": False})
    monkeypatch.setattr(sources, "settings", off)
    assert Schedule(sources, lambda: 0.0).step() == 0
    assert sources.report_shelf.listed() == []


def test_the_command_writes_a_file_and_its_line(sources: Sources, tmp_path: Path) -> None:
    out = tmp_path / "week.docx"
    given = ["report", "--data", str(tmp_path), "--kind", "weekly", "--out", str(out)]
    result = CliRunner().invoke(cli, given)
    assert result.exit_code == 0, result.output
    assert "运行周报" in [one.text for one in Document(str(out)).paragraphs]
    assert "report.write weekly" in acts(sources)[0]
    wrong = CliRunner().invoke(cli, [*given[:-1], str(tmp_path / "week.txt")])
    assert wrong.exit_code == 2
    assert ".pdf or .docx" in wrong.output
