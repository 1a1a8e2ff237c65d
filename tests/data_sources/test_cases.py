"""The library on SQLite and PostgreSQL: versions, lines, the audit, what is found, what stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data_sources.audit_log import SqlAudit
from data_sources.database import writing
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.response.case import Act, Asked, Of, Sought, State
from tests.cases import Shelf

IN = (State.PUBLISHED,)


@pytest.fixture(params=["sqlite", "postgresql"])
def shelf(request):
    return Shelf(request.getfixturevalue(f"{request.param}_engine"))


def test_every_act_has_its_lines(shelf):
    held = shelf.do(shelf.draft(), Act.REVISE, lesson_1="早冲洗")
    held = shelf.do(held, Act.PUBLISH, read=True)
    held = shelf.do(held, Act.WITHDRAW, reason="还能认出人")
    assert shelf.book.case(held.number) == held
    assert (held.number, held.version) == ("AL2026-0001", 4)
    acts = [line.act for line in shelf.book.lines(held.number)]
    assert acts == [Act.BEGIN, Act.REVISE, Act.PUBLISH, Act.WITHDRAW]
    found = SqlAudit(shelf.engine).find(AuditSearch(subject=held.number), most=20)
    assert [line.act for line in reversed(found)] == [f"case.{one}" for one in acts]


def test_the_same_again_changes_nothing(shelf):
    made = shelf.people().begin(shelf.scene.id, key="once")
    assert shelf.people().begin(shelf.scene.id, key="once") == made
    for _ in range(2):
        after = shelf.people().act(
            made.number, Act.PUBLISH, Asked(read=True), expected_version=1, key="publish"
        )
        assert after.version == 2
    assert len(shelf.book.lines(made.number)) == 2


def test_a_key_is_one_acts_on_one_case(shelf):
    first, other = shelf.draft(), shelf.another()
    second = shelf.people().begin(other.id, key="begin")
    with pytest.raises(BadInput, match="another act"):
        shelf.people().begin(shelf.another().id, key="begin")
    people = shelf.people()
    people.act(first.number, Act.DISCARD, Asked(), expected_version=1, key="end")
    with pytest.raises(BadInput, match="another act") as refused:
        people.act(second.number, Act.DISCARD, Asked(), expected_version=1, key="end")
    assert (refused.value.field, shelf.book.case(second.number)) == ("key", second)
    with pytest.raises(BadInput, match="another act"):
        people.act(first.number, Act.PUBLISH, Asked(read=True), expected_version=2, key="end")


def test_texts_that_were_typed_after_an_answer_was_lost_are_not_told_as_kept(shelf):
    held, people = shelf.draft(), shelf.people()

    def revised(text):
        wanted = Asked(texts={"lesson/1": text})
        return people.act(held.number, Act.REVISE, wanted, expected_version=1, key="revise")

    kept = revised("早冲洗")
    assert revised("早冲洗") == kept
    with pytest.raises(BadInput, match="another act"):
        revised("早冲洗，早通知")
    shelf.do(kept, Act.REVISE, lesson_1="别人写的")
    with pytest.raises(Conflict):
        revised("早冲洗")


def test_an_incident_has_one_case_that_stands(shelf):
    held = shelf.draft()
    with pytest.raises(BadInput, match="AL2026-0001"):
        shelf.draft()
    assert shelf.book.of_incidents([shelf.scene.id, "none"]) == {shelf.scene.id: held.number}
    shelf.do(held, Act.DISCARD)
    assert shelf.book.of_incidents([shelf.scene.id]) == {}
    again = shelf.published()
    assert again.number == "AL2026-0002"
    shelf.do(again, Act.WITHDRAW, reason="重写")
    assert shelf.draft().number == "AL2026-0003"


def test_what_is_looked_for_is_found(shelf):
    first = shelf.published()
    other = shelf.another()
    second = shelf.do(shelf.draft(other), Act.REVISE, lesson_1="100%_冲洗 Flush\\first")
    second = shelf.do(second, Act.PUBLISH, read=True)
    shelf.draft(shelf.another())

    def numbers(*words, **more):
        found = shelf.book.listed(IN, Sought(words=words, **more), most=5)
        return [one.number for one in found.rows]

    assert numbers() == [second.number, first.number], "drafts are not in it"
    assert numbers("定期") == [first.number]
    assert numbers("冲洗", "flush") == [second.number]
    assert numbers("0%_冲") == numbers("h\\f") == [second.number]
    assert numbers("%") == numbers("_") == [second.number], "nothing typed is a pattern"
    assert numbers("余氯", category="water_yellow", chain="water") == numbers()
    assert numbers(category="noise") == numbers(chain="heating") == numbers("没有这个词") == []
    page = shelf.book.listed(IN, Sought(), most=1)
    assert [one.number for one in page.rows] == [second.number]
    rest = shelf.book.listed(IN, Sought(), most=1, after=page.after)
    assert ([one.number for one in rest.rows], rest.after) == ([first.number], None)


@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE cases SET {one}" for one in (
            "body = '{}'", "words = ''", "category = 'x'", "state = 'draft'",
            "state = 'discarded'", "state = 'withdrawn', body = '{}'",
        )),
        "DELETE FROM cases", "DELETE FROM case_lines", "UPDATE case_lines SET reason = ''",
        "INSERT INTO case_lines VALUES (1, 1, 0, '', {false}, '', '', 'x')",
    ],
)  # fmt: skip
def test_what_stands_in_it_stays(shelf, statement):
    held = shelf.published()
    false = "false" if shelf.engine.dialect.name == "postgresql" else "0"
    with pytest.raises(DBAPIError), writing(shelf.engine) as connection:
        connection.execute(text(statement.replace("{false}", false)))
    assert shelf.book.case(held.number) == held


@pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "statement",
    [
        ("case_lines SELECT case_id, version + 9, at_us, 'another', verified, act, reason, key"
        " FROM case_lines"),
        ("cases SELECT id + 9, number || '9', version, state, incident_id, category, chain, words,"
        " '{}' FROM cases"),
    ],
)  # fmt: skip
def test_nothing_of_it_is_replaced_by_another_of_its_keys(shelf, statement):
    held = shelf.published()
    with pytest.raises(DBAPIError), writing(shelf.engine) as connection:
        connection.execute(text(f"INSERT OR REPLACE INTO {statement}"))
    assert shelf.book.case(held.number) == held
    assert [line.version for line in shelf.book.lines(held.number)] == [1, 2]


def test_of_many_who_act_at_once_one_does(shelf):
    def tries(n):
        try:
            return shelf.people(f"人{n}").begin(shelf.scene.id, key="k").number
        except BadInput:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = [one for one in pool.map(tries, range(24)) if one]
    assert made == ["AL2026-0001"]

    def publishes(n):
        try:
            asked = Asked(read=True)
            shelf.people(f"人{n}").act(made[0], Act.PUBLISH, asked, expected_version=1, key="p")
        except (BadInput, Conflict):
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(publishes, range(24))) == 1
    assert len(shelf.book.lines(made[0])) == 2
    assert shelf.book.case(made[0]).text(Of.TITLE)
