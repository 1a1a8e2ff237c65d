"""The pages of tickets: what is on them, in both languages, for each who may see them."""

import json
from types import SimpleNamespace
from typing import Any

import pytest

from callbacks.desk_table import DeskTable
from callbacks.pages import screen
from callbacks.ticket import listed
from data_sources.clinic_book import SqlClinicBook
from data_sources.dispute_book import SqlDisputeBook
from data_sources.distinct_book import SqlDistinctBook
from data_sources.duplicate_search import DuplicateSearch
from data_sources.handling_book import SqlHandlingBook
from data_sources.history import History
from data_sources.ledger import SqlLedger
from data_sources.likely_pairs import LikelyPairs
from data_sources.merge_book import SqlMergeBook
from data_sources.opinion_book import SqlOpinionBook
from data_sources.protecting import Person, guard
from data_sources.reveals import Reveals
from data_sources.saved_views import SqlViews
from data_sources.sealed_book import SealedBook
from data_sources.supervision_rows import OwedReads
from data_sources.ticket_search import TicketFinder
from data_sources.word_index import WordIndex
from operations.errors import OperationsError, Unreachable
from operations.people.permissions import Act, Field, Subject
from operations.people.person import Ring
from operations.people.reveal import reveal
from operations.people.roles import Role
from operations.tickets.search import Order, TicketSearch
from operations.tickets.ticket import Callback, Kind, Satisfaction, Status
from operations.tickets.views import SavedView
from tests.builders import LONGKOU, NOW, at, ticket
from tests.callbacks.test_account import Here
from tests.desk import desk, sources
from tests.people import account
from tests.people import desk as sign_in_desk
from tests.rules import RECKONER
from tests.sealing import SEALER

PHONE, NAME = "13812345678", "栾若水"
PAGE = "/tickets/12345/T%2F1"


class House:
    """The city's tickets in SQLite, and who asks."""

    def __init__(self, engine: Any) -> None:
        self.ledger, self.index = SqlLedger(engine, RECKONER), WordIndex(engine)
        self.book = SealedBook(engine, SEALER)
        self.reveals = Reveals(engine, self.book)
        self.held = {
            "finder": TicketFinder(engine), "history": History(engine), "reveals": self.reveals,
            "sealed_book": self.book, "views": SqlViews(engine),
            "handling_book": SqlHandlingBook(engine), "owed_lists": OwedReads(engine),
            "dispute_book": SqlDisputeBook(engine), "clinic_book": SqlClinicBook(engine),
            "opinion_book": SqlOpinionBook(engine), "ledger": self.ledger,
            "distinct_book": SqlDistinctBook(engine), "likely_pairs": LikelyPairs(engine),
            "merge_book": SqlMergeBook(engine), "duplicates": DuplicateSearch(engine),
        }  # fmt: skip
        self.desk: Any = desk()
        self.sources: Any = sources(**self.held)

    def put(self, **changes: Any) -> None:
        """Keep a ticket as it comes through the door."""
        values = {"source": "12345", "external_id": "T/1", "department": "water"} | changes
        plain = ticket(**values)
        words = {
            "title": "反映停水", "address": "东莱街道12号楼",
            "text": f"我叫{NAME}，请回电{PHONE}，南山水管漏水",
        }  # fmt: skip
        guarded = guard(SEALER, plain.identity, Person(name=NAME, phone=PHONE), words, phone=PHONE)
        self.ledger.store([ticket(**(values | guarded._asdict()))], clock=NOW)
        while self.index.catch_up():
            pass

    def signed_in(self, role: Role, **who: Any) -> None:
        """Let somebody in that role ask."""
        people = sign_in_desk(account(roles=frozenset({role}), **who))
        self.desk = desk(people=Here(people, "wang"))
        self.sources = sources(accounts=people.accounts, sign_in=people, **self.held)

    def page(self, path: str = PAGE, query: str = "") -> str:
        """Draw a page and give all of it."""
        drawn = screen(self.sources, self.desk, path, query).to_plotly_json()
        return json.dumps(drawn, ensure_ascii=False, default=lambda one: one.to_plotly_json())


@pytest.fixture
def house(sqlite_engine: Any) -> House:
    return House(sqlite_engine)


def numbers(house: House, **asked: str) -> list[str]:
    """Give the numbers in the desk's table."""
    table = DeskTable(house.sources, house.desk)
    rows, _ = table.page(TicketSearch(**asked), Order(), None, 9, "zh")
    return [row["number"] for row in rows]


def test_a_ticket_is_told_masked_with_its_times_and_its_history(house: House) -> None:
    house.put(
        status=Status.CLOSED, closed_at=at(5), updated_at=at(5), dispatched_at=at(1), returns=2,
        due_at=at(3), callback=Callback(at(5), True, True, Satisfaction.FAIR),
        cooperating=("housing",), town="370681104",
    )  # fmt: skip
    house.signed_in(Role.CENTRE_STAFF)
    said = house.page()
    for word in (
        "反映停水", "138****5678", "东莱街道**号楼", "市水务局", "自来水发黄", "龙口市 / 芦头镇",
        "办结", "2026-11-24 10:00", "Asia/Shanghai, UTC+8", "退单 2", "派单至市水务局",
        "已解决 · 基本满意", "housing",
    ):  # fmt: skip
        assert word in said, word
    assert PHONE not in said
    assert NAME not in said
    english = house.page(query="?lang=en")
    for word in ("Yellow water", "Dispatched to Water", "solved · fairly satisfied", "closed"):
        assert word in english, word


def test_only_who_may_see_who_called_is_offered_to_open_a_field(house: House) -> None:
    house.put()
    house.signed_in(Role.CENTRE_STAFF)
    said = house.page()
    assert [f'"data-show": "{name}"' in said for name in ("phone", "name", "text")] == [True] * 3
    assert '"data-show": "id_number"' not in said, "what there is none of cannot be opened"
    house.signed_in(Role.LEADER)
    said = house.page()
    assert "data-show" not in said
    assert "您的角色只能看遮蔽后的内容" in said
    house.desk = desk()
    said = house.page()
    assert "data-show" not in said
    assert "未启用账号登录" in said


@pytest.mark.parametrize(
    ("role", "who", "seen"),
    [
        (Role.CENTRE_STAFF, {}, True), (Role.LEADER, {}, True), (Role.SYSTEM_ADMIN, {}, False),
        (Role.WALL, {}, False), (Role.AUDIT_ADMIN, {}, False),
        (Role.DEPARTMENT_HANDLER, {"department": "water"}, True),
        (Role.DEPARTMENT_HANDLER, {"department": "housing"}, False),
        (Role.SUPERVISOR, {"ring": Ring.COUNTY, "place": LONGKOU}, True),
        (Role.SUPERVISOR, {"ring": Ring.COUNTY, "place": "370602"}, False),
    ],
)  # fmt: skip
def test_a_ticket_that_is_not_theirs_is_not_there(
    house: House, role: Role, who: Any, seen: bool
) -> None:
    house.put()
    house.signed_in(role, **who)
    missing = house.page("/tickets/12345/T-9")
    assert "没有这个页面" in missing
    assert (house.page() != missing) is seen
    if house.desk.allows(Act.SEARCH, Subject(Field.TICKET)):
        assert numbers(house, words="漏水") == (["T/1"] if seen else [])


def test_a_confidential_ticket_is_there_for_who_may_see_who_called(house: House) -> None:
    house.put(confidential=True)
    for role, seen in ((Role.CENTRE_STAFF, True), (Role.LEADER, False)):
        house.signed_in(role)
        assert ("保密工单" in house.page()) is seen
        assert numbers(house) == (["T/1"] if seen else [])
    house.desk = desk()
    assert "没有这个页面" in house.page()
    assert numbers(house) == []


def test_who_has_seen_a_ticket_is_listed_with_why_and_until_when(house: House) -> None:
    house.put()
    house.signed_in(Role.LEADER)
    assert "还没有人查看过" in house.page()
    asked = reveal(("12345", "T/1"), "phone", who="wang", reason="回访核实", now=NOW, minutes=5)
    assert house.reveals.show(asked) == PHONE
    gone = reveal(("12345", "T/1"), "name", who="gone", reason="核对地址", now=NOW)
    house.reveals.show(gone)
    for said in (house.page(), str(listed(house.sources, house.desk, PAGE, ""))):
        for word in ("王芳 (wang)", "来电号码", "回访核实", "2026-11-24 10:05:00", "gone"):
            assert word in said, word
        assert PHONE not in said
    house.signed_in(Role.SYSTEM_ADMIN)
    assert "回访核实" not in str(listed(house.sources, house.desk, PAGE, ""))


def test_a_history_says_what_moved_from_where_to_where(house: House) -> None:
    house.put(dispatched_at=at(1), due_at=at(24), updated_at=at(1))
    house.put(
        dispatched_at=at(1), department="housing", reassignments=1, due_at=at(48), extensions=1,
        category="noise", updated_at=at(2), kind=Kind.HELP,
    )  # fmt: skip
    house.signed_in(Role.LEADER)
    said = house.page()
    assert "由市水务局改派至housing" in said
    assert "期限由 2026-11-25 10:00 延至 2026-11-26 10:00" in said
    assert "更正分类：自来水发黄 → noise" in said
    assert "更正类型：投诉 → 求助" in said


def test_every_page_of_tickets_says_who_reads_it_and_when(house: House) -> None:
    house.put()
    house.signed_in(Role.LEADER)
    for path in (PAGE, "/desk"):
        assert "王芳 (wang) · 2026-11-24 10:01:00 UTC+8" in house.page(path), path
    house.desk = desk()
    for path in (PAGE, "/desk"):
        assert "未登录 · 值班员 · 2026-11-24 10:01:00 UTC+8" in house.page(path), path


def test_a_key_that_is_missing_is_told_and_the_rest_of_the_page_stands(house: House) -> None:
    def masked(*_ticket: str) -> None:
        raise OperationsError("no key")

    house.put()
    house.signed_in(Role.CENTRE_STAFF)
    house.sources.sealed_book = SimpleNamespace(masked=masked)
    said = house.page()
    assert "受保护信息无法读取" in said
    assert "反映停水" in said
    assert "data-show" not in said


def test_a_database_that_is_away_is_told(house: House) -> None:
    def away(*_asked: Any, **_more: Any) -> None:
        raise Unreachable("gone")

    house.signed_in(Role.LEADER)
    house.sources.history = SimpleNamespace(life=away)
    house.sources.views = SimpleNamespace(of=away)
    assert "暂时无法读取这张工单" in house.page()
    assert "数据库暂时无法访问" in house.page("/desk")


def test_the_start_page_leads_to_the_search_whoever_may_look_for_tickets(house: House) -> None:
    for role, led in ((Role.LEADER, True), (Role.SYSTEM_ADMIN, False), (Role.WALL, False)):
        house.signed_in(role)
        assert ("/desk?lang=zh" in house.page("/")) is led, role
    house.desk = desk()
    assert "/desk?lang=zh" in house.page("/")


def test_everything_on_the_desk_is_in_its_address(house: House) -> None:
    said = house.page("/desk", "?words=漏水&department=water&due=late&lang=en")
    for word in (
        '"value": "漏水"', "/desk?due=late&sort=due&lang=en", "due within 24 hours",
        "Sign in to save views", "tableTheme(agGrid, themeQuartz)", "No tickets",
    ):  # fmt: skip
        assert word in said, word
    chosen = json.loads(said)
    assert selected(chosen) == {"water", "late", ""}


def selected(drawn: Any) -> set[str]:
    """Give the values of all options that are chosen."""
    if isinstance(drawn, list):
        return {one for each in drawn for one in selected(each)}
    if not isinstance(drawn, dict):
        return set()
    if drawn.get("type") == "Option" and drawn["props"].get("selected"):
        return {drawn["props"]["value"]}
    return {one for each in drawn.values() for one in selected(each)}


def test_saved_views_are_their_owners(house: House) -> None:
    house.signed_in(Role.LEADER)
    person = house.desk.who().person.id
    house.sources.views.save(SavedView("v-1", person, "我的退单", {"status": "returned"}, 1))
    house.sources.views.save(SavedView("v-2", "other", "别人的", {}, 1))
    said = house.page("/desk")
    assert "我的退单" in said
    assert '"data-view-id": "v-1"' in said
    assert "别人的" not in said


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?words=水", "每个词至少两个字"), ("?status=lost", "条件“状态”无法识别"),
        ("?days=8", "条件“受理时段”无法识别"), ("?sort=caller", "条件“排序”无法识别"),
        ("?due=never", "条件“期限”无法识别"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_told_and_how_to_mend_it(
    house: House, query: str, told: str
) -> None:
    house.put()
    assert told in house.page("/desk", query)
