"""The registry of partners from the running server: by whom, and what incidents make of it."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import flask
import pytest

from data_sources.connect import Sources
from data_sources.reference import CITIES
from operations.people.audit import AuditSearch
from operations.people.person import Ring
from operations.people.roles import Role
from registering import begin_registry
from settings import read_settings
from tests.people import PROOFS
from tests.test_incident_pages import CENTRE, HANDLER, act, opened
from tests.test_leading import client_of
from webserver import create_app

PLANT = {"code": "plant", "name_zh": "净水厂<b>", "name_en": "Waterworks", "kind": "water",
         "telephone": "0535-000-1001", "department": "water_company", "active": "1"}  # fmt: skip


@pytest.fixture
def sources(tmp_path: Path, valkey_url: str) -> Iterator[Sources]:
    made = Sources(
        read_settings(data_dir=tmp_path, redis_url=valkey_url, demo=False, accounts="on")
    )
    made.migrate()
    made.__dict__["proofs"] = PROOFS
    yield made
    made.close()


@pytest.fixture
def server(sources: Sources) -> flask.Flask:
    return create_app(sources)


@pytest.fixture
def staff(server: flask.Flask, sources: Sources) -> Any:
    return client_of(server, sources, login="wang", roles=CENTRE)


def keep(client: Any, **changes: Any) -> Any:
    return client.post("/api/v1/partners?lang=zh", json=PLANT | {"version": 0} | changes)


def text_of(client: Any, path: str) -> str:
    return str(client.get(path).get_data(as_text=True))


def test_one_is_added_found_changed_and_told_of_an_overtaking(staff: Any) -> None:
    assert keep(staff).json["done"]
    page = text_of(staff, "/partners?lang=zh")
    assert "净水厂&lt;b&gt;" in page
    assert "供排水" in page
    assert "新增单位" in page
    assert "1 家" in text_of(staff, "/partners?lang=zh&words=净水 1001")
    assert "没有协作单位" in text_of(staff, "/partners?lang=zh&words=煤气")
    assert keep(staff, version=1, active="0").json["done"]
    late = keep(staff, version=1, telephone="110")
    assert (late.status_code, late.json["version"]) == (409, 2)
    assert "已有人修改" in late.json["told"]
    assert [one["active"] for one in staff.get("/api/v1/partners").json["partners"]] == [False]


@pytest.mark.parametrize(("column", "cell"), [("code", "water_company"), ("telephone", "x")])
def test_what_does_not_fit_is_told_in_words(staff: Any, column: str, cell: str) -> None:
    answer = keep(staff, **{column: cell})
    assert (answer.status_code, answer.json["error"]["field"]) == (409, column)
    assert keep(staff, version=-1).json["error"]["field"] == "version"


def test_a_table_goes_out_and_comes_in(staff: Any) -> None:
    keep(staff)
    table = text_of(staff, "/api/v1/partners.csv?lang=zh")
    more = table + "b,热源厂,,heating,,heating_company,1\r\n"
    answer = staff.post("/api/v1/partners.csv?lang=zh", json={"csv": more})
    assert answer.json["told"] == "已导入：1 家有变化，共读 2 家。"
    wrong = staff.post("/api/v1/partners.csv?lang=zh", json={"csv": "x"})
    assert (wrong.status_code, wrong.json["error"]["field"]) == (409, "csv")
    assert staff.post("/api/v1/partners.csv", json={"csv": 1}).status_code == 400
    assert staff.post("/api/v1/partners", json=[1]).status_code == 400


def release(client: Any, version: int, *, released: bool = True, code: str = "plant") -> Any:
    said = {"version": version, "released": released}
    return client.post(f"/api/v1/partners/{code}/release?lang=zh", json=said)


def test_a_name_is_released_and_withdrawn_on_the_page(staff: Any, sources: Sources) -> None:
    keep(staff)
    assert "放行上墙" in text_of(staff, "/partners?lang=zh")
    assert release(staff, 1).json == {"done": True, "version": 2,
                                      "told": "名称已放行，可显示在大屏上。"}  # fmt: skip
    page = text_of(staff, "/partners?lang=zh")
    assert 'aria-label="撤回 净水厂&lt;b&gt; · Waterworks"' in page
    assert staff.get("/api/v1/partners").json["partners"][0]["released"] is True
    assert sources.partner_book.released() == {"plant": ("净水厂<b>", "Waterworks")}
    late = release(staff, 1, released=False)
    assert (late.status_code, late.json["version"]) == (409, 2)
    assert release(staff, 2, released=False).json["done"]
    assert sources.partner_book.released() == {}
    assert release(staff, 1, code="nobody").status_code == 404
    wrong = staff.post("/api/v1/partners/plant/release", json={"version": 3, "released": "yes"})
    assert (wrong.status_code, wrong.json["error"]["field"]) == (409, "released")


def test_a_table_that_comes_in_neither_releases_nor_withdraws(staff: Any, sources: Sources) -> None:
    keep(staff)
    release(staff, 1)
    table = text_of(staff, "/api/v1/partners.csv?lang=zh")
    more = table + "b,热源厂,,heating,,heating_company,1\r\n"
    assert staff.post("/api/v1/partners.csv", json={"csv": more}).json["done"]
    assert list(sources.partner_book.released()) == ["plant"]


def test_a_name_is_the_whole_city_s_to_release(server: flask.Flask, sources: Sources) -> None:
    near = client_of(server, sources, login="li", roles=CENTRE, ring=Ring.COUNTY, place="370602")
    assert keep(near).json["done"]
    page = text_of(near, "/partners?lang=zh")
    assert ("修改" in page, "放行上墙" in page) == (True, False)
    assert release(near, 1).status_code == 403
    assert sources.partner_book.released() == {}


def test_others_read_it_and_see_no_hands(server: flask.Flask, sources: Sources) -> None:
    health = client_of(server, sources, login="sun", roles=HANDLER, department="health")
    assert "新增单位" not in text_of(health, "/partners?lang=zh")
    assert keep(health).status_code == 403
    audit = client_of(server, sources, login="shen", roles=frozenset({Role.AUDIT_ADMIN}))
    assert audit.get("/partners").status_code == 403


def test_an_incident_calls_partners_of_the_registry_and_others_with_a_reason(staff: Any) -> None:
    keep(staff)
    keep(staff, code="closed", name_zh="停产的厂", active="0")
    incident = opened(staff, "").json["incident"]
    page = text_of(staff, f"/incidents/{incident}?lang=zh")
    assert '<option value="plant">' in page
    assert '<option value="closed">' not in page
    assert act(staff, incident, "summon", party="plant").json["done"]
    for party in ("closed", "一家没听过的厂"):
        refused = act(staff, incident, "summon", outside=party)
        assert refused.json["error"]["field"] == "unlisted", party
    assert act(staff, incident, "summon", outside="一家没听过的厂", unlisted="水从那里来").json[
        "done"
    ]
    assert act(staff, incident, "plan", title="改工艺", owner="plant", within_min="60").json["done"]
    assert not act(staff, incident, "hand_over", lead="plant", version=1).json["done"]
    page = text_of(staff, f"/incidents/{incident}?lang=zh")
    assert "0535-000-1001" in page
    assert "一家没听过的厂" in page
    assert "水从那里来" in page


def test_an_empty_registry_begins_with_the_city_s_own_once(sources: Sources) -> None:
    begin_registry(sources)
    first = sources.partner_book.all()
    assert len(first) == 15
    begin_registry(sources)
    assert sources.partner_book.all() == first
    assert sources.partner_book.released() == {}, "a city's own people release its names"


def test_the_demo_city_s_partners_are_released_by_lines_of_the_audit_log(
    tmp_path: Path, valkey_url: str
) -> None:
    with closing(Sources(read_settings(data_dir=tmp_path, redis_url=valkey_url))) as demo:
        demo.migrate()
        begin_registry(demo)
        assert len(demo.partner_book.released()) == 15
        lines = demo.audit.find(AuditSearch(act="partner.release"), most=99)
        assert {(one.actor, one.verified) for one in lines} == {("partners.csv", False)}
        assert len(lines) == 15


def test_a_registry_of_a_folder_of_one_s_own_is_released_by_nobody(
    tmp_path: Path, valkey_url: str
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(CITIES / "yantai", folder)
    own = read_settings(data_dir=tmp_path / "data", redis_url=valkey_url, city=str(folder))
    with closing(Sources(own)) as demo:
        demo.migrate()
        begin_registry(demo)
        assert len(demo.partner_book.all()) == 15
        assert demo.partner_book.released() == {}
