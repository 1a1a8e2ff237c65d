"""The registry of partners under one contract: in memory, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from api.tables import written
from data_sources.audit_log import SqlAudit
from data_sources.memory_audit import MemoryAudit
from data_sources.memory_partners import MemoryPartnerBook
from data_sources.partner_book import SqlPartnerBook, read_city_partners, read_partners
from operations.errors import BadInput, Conflict
from operations.people.audit import AuditSearch
from operations.response import partner as rules
from operations.response.partner import COLUMNS, Partner, partner_of
from tests.incidents import signed

YANTAI = Path(__file__).parents[2] / "data_sources" / "files" / "cities" / "yantai"
PLANT = Partner(code="plant", name_zh="净水厂", name_en="Waterworks", kind="water",
                telephone="0535-000-1001", department="water")  # fmt: skip
ROW = PLANT.as_row()


def is_department(code):
    return code in ("water", "heating")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def kept(request):
    """Give a registry and its audit log."""
    if request.param == "memory":
        audit = MemoryAudit()
        return MemoryPartnerBook(audit=audit), audit
    engine = request.getfixturevalue(f"{request.param}_engine")
    return SqlPartnerBook(engine), SqlAudit(engine)


def deeds(audit):
    return [(one.subject, one.after) for one in audit.find(AuditSearch(act="partner"), most=99)]


def test_what_is_written_is_held_with_its_line_in_the_audit(kept):
    book, audit = kept
    assert book.keep([PLANT], signed()) == [replace(PLANT, version=1)]
    assert book.all() == [replace(PLANT, version=1)]
    assert deeds(audit) == [("plant", "v1 净水厂 · water · water · 0535-000-1001")]


def test_the_same_again_changes_nothing(kept):
    book, audit = kept
    book.keep([PLANT], signed())
    assert book.keep([PLANT], signed()) == []
    assert len(deeds(audit)) == 1


def test_of_two_who_change_one_the_second_is_told_what_is_held(kept):
    book, _ = kept
    book.keep([PLANT], signed())
    once = replace(PLANT, version=1, telephone="0535-000-9")
    book.keep([once], signed())
    with pytest.raises(Conflict) as refused:
        book.keep([replace(PLANT, version=1, active=False)], signed())
    assert refused.value.held == replace(once, version=2)
    with pytest.raises(Conflict):
        book.keep([replace(PLANT, code="other", version=3)], signed())


def test_all_of_a_table_or_nothing(kept):
    book, audit = kept
    book.keep([PLANT], signed())
    fresh, stale = replace(PLANT, code="a"), replace(PLANT, name_zh="改")
    with pytest.raises(Conflict):
        book.keep([fresh, stale], signed())
    assert [one.code for one in book.all()] == ["plant"]
    assert len(deeds(audit)) == 1


def test_a_registry_has_an_end(kept, monkeypatch):
    book, _ = kept
    for place in ("operations.response.partner", "data_sources.partner_book",
                  "data_sources.memory_partners"):  # fmt: skip
        monkeypatch.setattr(f"{place}.MOST", 2)
    with pytest.raises(BadInput, match="at most 2"):
        book.keep([replace(PLANT, code=one) for one in "abc"], signed())
    assert book.all() == []


def let(book, version, *, released=True):
    return book.release("plant", version=version, released=released, signed=signed())


def test_names_are_let_onto_walls_and_taken_off_with_a_line_each(kept):
    book, audit = kept
    book.keep([PLANT, replace(PLANT, code="b", name_en="")], signed())
    assert book.released() == {}
    held = let(book, 1)
    assert held == replace(PLANT, version=2, released=True) == book.all()[1]
    assert book.released() == {"plant": ("净水厂", "Waterworks")}
    assert let(book, 2) == let(book, 1) == held, "what is so already stays"
    assert let(book, 2, released=False) == replace(PLANT, version=3)
    assert book.released() == {}
    lines = audit.find(AuditSearch(act="partner"), most=99)
    assert [(one.act, one.before, one.after) for one in lines][:2] == [
        ("partner.withdraw", "v2 净水厂 · Waterworks · on walls",
         "v3 净水厂 · Waterworks · not on walls"),
        ("partner.release", "v1 净水厂 · Waterworks · not on walls",
         "v2 净水厂 · Waterworks · on walls"),
    ]  # fmt: skip
    assert len(lines) == 4
    nobody = book.release("nobody", version=1, released=True, signed=signed())
    assert nobody is None
    book.release("b", version=1, released=True, signed=signed())
    assert book.released() == {"b": ("净水厂", "净水厂")}


def test_nobody_releases_a_name_they_did_not_see(kept):
    book, audit = kept
    book.keep([PLANT], signed())
    book.keep([replace(PLANT, version=1, name_zh="别的厂")], signed())
    with pytest.raises(Conflict) as refused:
        let(book, 1)
    assert refused.value.held.name_zh == "别的厂"
    assert (book.released(), len(deeds(audit))) == ({}, 2)


@pytest.mark.parametrize("anew", [{"name_zh": "新厂"}, {"name_en": "Works"}], ids=["zh", "en"])
def test_a_name_that_is_changed_is_released_no_more(kept, anew):
    book, audit = kept
    book.keep([PLANT], signed())
    let(book, 1)
    book.keep([replace(PLANT, version=2, telephone="110", active=False)], signed())
    assert list(book.released()) == ["plant"], "what else is changed takes nothing away"
    changed = replace(PLANT, version=3, released=True, **anew)
    book.keep([changed], signed())
    assert book.released() == {}
    last = audit.find(AuditSearch(act="partner.keep"), most=1)[0]
    assert (last.before.endswith("on walls"), last.after.endswith("on walls")) == (True, False)
    book.keep([replace(PLANT, version=4)], signed())
    assert book.released() == {}, "nor does the old name come back by itself"


def test_no_table_releases_a_name(kept):
    book, _ = kept
    book.keep([replace(PLANT, released=True)], signed())
    assert book.released() == {}
    let(book, 1)
    [row] = read_partners(written([COLUMNS, ROW.values()]), is_department)
    assert book.keep([replace(row, version=2)], signed()) == []
    assert list(book.released()) == ["plant"]


def test_of_all_who_begin_it_at_once_one_does(postgresql_engine):
    def begin(_number):
        try:
            return len(SqlPartnerBook(postgresql_engine).keep([PLANT], signed()))
        except Conflict:
            return 0

    with ThreadPoolExecutor(6) as hands:
        assert sum(hands.map(begin, range(12))) == 1


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("code", ""), ("code", "水"), ("code", "a b"), ("code", "water"), ("code", "x" * 41),
        ("name_zh", " "), ("name_zh", "x" * 81), ("name_zh", "a\nb"), ("kind", "magic"),
        ("telephone", "call me"), ("department", "nobody"), ("department", ""), ("active", "maybe"),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_cannot_be_used_names_its_column(column, cell):
    with pytest.raises(BadInput) as refused:
        partner_of(ROW | {column: cell}, is_department)
    assert refused.value.field == column


def test_a_table_taken_out_is_taken_in_as_it_was():
    many = [PLANT, replace(PLANT, code="b", telephone="+86 535 000", active=False, name_en="")]
    table = "\ufeff" + written(
        [["# taken by 王"], COLUMNS, *(one.as_row().values() for one in many)]
    )
    assert "'+86" in table, "no cell is a formula"
    assert read_partners(table, is_department) == many


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("", "the columns are"),
        ("code,name_zh\na,b\n", "the columns are"),
        ("# x\ncode,name_zh,kind,department\na,甲,water,water\nb,乙,water,nobody\n",
         "line 4: department"),
        ("code,name_zh,kind,department\na,甲,water,water\n\nA,乙,water,water\n", "line 4: code"),
    ],
    ids=range(4),
)  # fmt: skip
def test_a_faulty_table_names_line_and_column(table, why):
    with pytest.raises(BadInput, match=why):
        read_partners(table, is_department)


def test_a_table_has_an_end(monkeypatch):
    monkeypatch.setattr("data_sources.partner_book.MOST", 1)
    rows = "code,name_zh,kind,department\na,甲,water,water\nb,乙,water,water\n"
    with pytest.raises(BadInput, match="at most 1"):
        read_partners(rows, is_department)
    assert rules.MOST == 2_000


def test_the_demo_city_has_partners_of_departments_it_knows():
    text = (YANTAI / "departments.toml").read_text("utf-8")
    found = read_city_partners(YANTAI, lambda code: f'code = "{code}"' in text)
    assert len(found) == 15
    assert {one.kind for one in found} >= {"water", "heating", "gas", "power"}


def test_a_city_without_a_registry_begins_with_none(tmp_path):
    assert read_city_partners(None, is_department) == []
    assert read_city_partners(tmp_path, is_department) == []
    (tmp_path / "partners.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(BadInput, match="UTF-8"):
        read_city_partners(tmp_path, is_department)
