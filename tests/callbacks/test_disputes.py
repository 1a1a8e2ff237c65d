"""What pages show of disputes, to each who may see them."""

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from callbacks.dispute import ruling_face
from callbacks.disputing import DisputeActs
from callbacks.leader import to_sign
from callbacks.pages import screen
from callbacks.ticket_rows import reader_of
from operations.people.person import Person, Ring
from operations.people.roles import Role
from operations.response.dispute import Act
from operations.response.dispute_actions import Asked
from tests.builders import LONGKOU, NOW
from tests.desk import desk, sources
from tests.response import City, asked


class Signed:
    """Somebody who is signed in."""

    def __init__(self, role: Role, **where: Any) -> None:
        person = Person(id="1", login="wang", name="王", roles=frozenset({role}), **where)
        self._who = type("Who", (), {"person": person})()

    def who(self) -> Any:
        """Give who asks."""
        return self._who

    def beside(self, work: Any, *given: Any) -> Any:
        """Do it at once."""
        return work(*given)


class House:
    """A city with a dispute, its pages, and who asks."""

    def __init__(self, engine: Engine) -> None:
        self.city = City(engine)
        self.city.deliver(title="井盖响动", department="water", category="water_quality")
        self.sources = sources(
            dispute_book=self.city.disputes, clinic_book=self.city.clinics,
            opinion_book=self.city.opinions, ledger=self.city.ledger,
        )  # fmt: skip
        self.sources.names.departments.update(
            drainage=("市排水处", "Drainage"), telecom=("市通信局", "Telecom")
        )
        self.people: Any = None

    def desk(self) -> Any:
        """Give the desk of who asks."""
        return desk(people=self.people, now=lambda: self.city.now, stream=self.city.stream)

    def page(self, path: str, query: str = "?lang=zh") -> str:
        """Draw a page, as JSON."""
        drawn = screen(self.sources, self.desk(), path, query)
        return json.dumps(
            drawn.to_plotly_json(), ensure_ascii=False, default=lambda one: one.to_plotly_json()
        )

    def acts(self) -> DisputeActs:
        """Give the acts of who asks; an order is written as its number."""
        return DisputeActs(
            self.sources, self.desk(), lambda one, titles, _reader: f"{one.number}{titles}".encode()
        )


def docket(house: House) -> dict[str, str]:
    """Give the figures of the docket by their words."""
    page = json.loads(house.page("/disputes"))
    found, waiting = {}, [page]
    while waiting:
        one = waiting.pop()
        props = one.get("props", {}) if isinstance(one, dict) else {}
        children = one if isinstance(one, list) else props.get("children")
        if props.get("className") == "docket-count" and isinstance(children, list):
            number, word = (part["props"]["children"] for part in children)
            found[word] = number
        waiting += children if isinstance(children, list) else [children] if children else []
    return found


@pytest.fixture
def house(sqlite_engine: Engine) -> House:
    return House(sqlite_engine)


def test_the_docket_says_how_many_stand_where_and_what_comes_next(house: House) -> None:
    assert "没有争议" in house.page("/disputes")
    held = house.city.scheduled()
    said = house.page("/disputes")
    for word in (
        held.number,
        "井盖响动",
        "列入坐诊",
        "坐诊 2026-11-24 11:00",
        "2/2",
        "ZZ2026-0001",
    ):
        assert word in said or word == "2/2", word
    assert "on a clinic's agenda" in house.page("/disputes", "?lang=en")


def test_a_dispute_is_for_whom_it_concerns(house: House) -> None:
    held = house.city.scheduled()
    for role, where, sees in (
        (Role.CENTRE_STAFF, {}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "drainage"}, True),  # is asked, holds no ticket
        (Role.DEPARTMENT_HANDLER, {"department": "telecom"}, False),
        (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": LONGKOU}, True),
        (Role.CENTRE_STAFF, {"ring": Ring.COUNTY, "place": "370602"}, False),
    ):
        house.people = Signed(role, **where)
        assert (held.number in house.page(f"/disputes/{held.number}")) is sees, (role, where)
        assert (house.acts().version(held.number) is not None) is sees
        assert (f"/disputes/{held.number}" in house.page("/disputes")) is sees


def test_who_is_asked_and_sees_no_ticket_reads_no_title(house: House) -> None:
    held = house.city.scheduled()
    house.people = Signed(Role.DEPARTMENT_HANDLER, department="drainage")
    said = house.page(f"/disputes/{held.number}")
    assert "井盖响动" not in said
    assert "另有 1 件不在您的查看范围" in said


def test_who_is_asked_says_its_word_wherever_it_lies(house: House) -> None:
    held = house.city.opened()
    wanted = Asked(departments=asked("water", "drainage"), deadline=NOW.replace(hour=6))
    house.acts().act(held.number, "invite", wanted, 1, "zh")
    for department, says in (("drainage", True), ("telecom", False)):
        house.people = Signed(
            Role.DEPARTMENT_HANDLER, department=department, ring=Ring.COUNTY, place="370602"
        )
        page = house.page(f"/disputes/{held.number}")
        assert (f"/api/v1/disputes/{held.number}/say/{department}" in page) is says
        assert f"/api/v1/disputes/{held.number}/say/water" not in page


def test_only_leaders_are_offered_to_sign_and_are_told_what_waits(house: House) -> None:
    held = house.city.scheduled()
    house.people = Signed(Role.LEADER)
    assert to_sign(house.sources, house.desk(), "zh") == [], "the clinic has not begun"
    assert "签署终诊意见" not in house.page(f"/disputes/{held.number}")
    house.city.hand(after=NOW.replace(hour=4) - NOW)
    (one,) = to_sign(house.sources, house.desk(), "zh")
    assert (one.dispute, one.about) == (held.number, "自来水发黄 · 龙口市")
    page = house.page(f"/disputes/{held.number}")
    assert 0 < page.find("签署终诊意见") < page.find("会商单位"), "what waits stands first"
    house.people = Signed(Role.CENTRE_STAFF)
    assert to_sign(house.sources, house.desk(), "zh") == []
    assert "签署终诊意见" not in house.page(f"/disputes/{held.number}")


def test_the_office_prepares_what_a_leader_signs_by_two_presses(house: House) -> None:
    held = house.city.scheduled()
    house.people = Signed(Role.CENTRE_STAFF)
    assert "拟终诊意见稿" in house.page(f"/disputes/{held.number}")
    made = house.city.draft()
    done, told, _ = house.acts().act(
        held.number, "draft", Asked(draft=replace(made, lead="nobody")), held.version, "zh"
    )  # type: ignore[misc]
    assert (done, told.startswith("请指定且只指定一个牵头单位")) == (False, True)
    done, _, there = house.acts().act(held.number, "draft", Asked(draft=made), held.version, "zh")  # type: ignore[misc]
    assert done
    house.city.hand(after=NOW.replace(hour=4) - NOW)
    house.people = Signed(Role.LEADER)
    page = house.page(f"/disputes/{held.number}")
    for word in (
        "签署终诊意见",
        made.basis,
        made.decision,
        '"value": "drainage", "selected": true',
    ):
        assert word in page or word.startswith('"'), word
    assert "拟稿：市排水处牵头" in page
    done, _, signed = house.acts().sign(held.number, made, there["version"], "zh")  # type: ignore[misc]
    assert done
    assert signed["order"] == "MZ2026-0001"


def test_what_was_prepared_goes_with_the_agenda(house: House) -> None:
    held = house.city.scheduled()
    acts = house.acts()
    acts.act(held.number, "draft", Asked(draft=house.city.draft()), held.version, "zh")
    kept = house.city.disputes.dispute(held.number)
    assert kept is not None
    assert kept.draft is not None
    acts.act(held.number, "put_off", Asked(reason="改日再议"), kept.version, "zh")
    after = house.city.disputes.dispute(held.number)
    assert after is not None
    assert (after.state.value, after.draft) == ("unresolved", None)


def test_an_order_is_for_its_units_and_titles_for_who_sees_the_ticket(house: House) -> None:
    opinion = house.city.ruled()
    house.city.reckon()
    for role, where, order in (
        (Role.LEADER, {}, f"{opinion.number}['井盖响动']"),
        (Role.DEPARTMENT_HANDLER, {"department": "drainage"}, f"{opinion.number}['井盖响动']"),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, f"{opinion.number}['']"),
        (Role.DEPARTMENT_HANDLER, {"department": "telecom"}, None),
    ):
        house.people = Signed(role, **where)
        found = house.acts().order(opinion.number, "zh")
        assert (found and found.decode()) == order, (role, where)
    assert house.acts().order("MZ2026-0009", "zh") is None


def test_what_is_refused_is_told_in_the_readers_language(house: House) -> None:
    held = house.city.opened()
    wanted = Asked(departments=asked("water"), deadline=None)
    for language, words in (("zh", "会商至少两个单位"), ("en", "two to twenty departments")):
        done, told, there = house.acts().act(held.number, "invite", wanted, 1, language)  # type: ignore[misc]
        assert not done
        assert words in told
        assert there == {"field": "departments"}
    done, told, _ = house.acts().act(held.number, "agree", wanted, 1, "zh")  # type: ignore[misc]
    assert (done, told) == (False, "现在的进展不能这样做，请刷新后再看。")
    done, _, _ = house.acts().act(held.number, "withdraw", Asked(reason="解决了"), 1, "zh")  # type: ignore[misc]
    assert done
    done, told, _ = house.acts().act(held.number, "withdraw", Asked(reason="解决了"), 1, "zh")  # type: ignore[misc]
    assert "撤销争议" in told
    assert "您填写的内容还在" in told


def test_a_dispute_that_is_not_there_is_none(house: House) -> None:
    assert house.acts().act("ZY2026-0009", "withdraw", Asked(reason="x"), 1, "zh") is None
    assert house.acts().begin(("demo", "T-9"), "没有", "zh") is None
    assert "没有这个页面" in house.page("/disputes/ZY2026-0009")


def test_who_is_suggested_is_asked_with_the_reasons_that_spoke_for_it(house: House) -> None:
    held = house.city.opened()
    said = house.page(f"/disputes/{held.number}")
    assert "正在承办" in said
    wanted = Asked(departments=asked("water", "telecom"), deadline=NOW.replace(hour=6))
    done, _, _ = house.acts().act(held.number, "invite", wanted, 1, "zh")  # type: ignore[misc]
    assert done
    kept = house.city.disputes.dispute(held.number)
    assert kept is not None
    reasons = {one.department: one.reasons for one in kept.candidates}
    assert any(reason.startswith("holds|") for reason in reasons["water"])
    assert reasons["telecom"] == ("by_hand",)
    page = house.page(f"/disputes/{held.number}", "?lang=en")
    assert "Holds it now" in page
    assert "named by hand" in page


def test_times_in_the_history_are_the_citys(house: House) -> None:
    held = house.city.opened()
    acts, until = house.acts(), NOW.replace(hour=6)
    wanted = Asked(departments=asked("water", "drainage"), deadline=until)
    acts.act(held.number, "invite", wanted, 1, "zh")
    assert "，意见截止 2026-11-24 14:00" in house.page(f"/disputes/{held.number}")
    more = Asked(departments=asked("telecom"), deadline=NOW.replace(hour=5))
    done, told, _ = acts.act(held.number, "invite", more, 2, "zh")  # type: ignore[misc]
    assert (done, "不改截止时间" in told) == (False, True)
    longer = Asked(deadline=NOW.replace(hour=9), reason="等测绘结果")
    acts.act(held.number, "prolong", longer, 2, "zh")
    assert "期限延至 2026-11-24 17:00" in house.page(f"/disputes/{held.number}")


def test_an_agreement_that_is_not_carried_out_is_told_and_counted(house: House) -> None:
    held, until = house.city.opened(), NOW.replace(hour=6)
    ticket = house.city.ledger.ticket(*held.tickets[0])
    assert ticket is not None
    steps = (
        (Act.INVITE, Asked(departments=asked("water", "drainage"), deadline=until)),
        (Act.SAY, Asked(department="drainage", stance="lead")),
        (Act.AGREE, Asked(lead="drainage")),
    )
    for act, wanted in steps:
        held = house.city.hand().act(held.number, act, wanted, expected_version=held.version)
    reader = reader_of(house.sources, house.desk(), "zh")
    told = ruling_face(house.sources, house.desk(), ticket, reader)
    agreed = f"2026-11-24 10:00 会商一致由市排水处牵头（争议 {held.number}）"
    assert told.agreed == f"{agreed}，工单还没有转到：目前在市水务局。"
    assert told.gather == "/disputes?source=demo&external_id=T-1&lang=zh"
    there = replace(ticket, department="drainage")
    assert ruling_face(house.sources, house.desk(), there, reader).agreed == ""
    counted = docket(house)
    assert counted["议定未转办"] == "1"
    waiting = house.page("/disputes", "?lang=zh&state=waiting")
    assert f"/disputes/{held.number}" in waiting
    assert "牵头：市排水处 · 1 件还没有转到" in waiting
    assert "not there yet: 1" in house.page("/disputes", "?lang=en&state=waiting")
    house.city.now += until - NOW
    house.city.deliver(department="drainage")
    assert f"/disputes/{held.number}" not in house.page("/disputes", "?lang=zh&state=waiting")
    assert docket(house)["议定未转办"] == "0"
