"""The catalogue of duties as a file: what is read, and what is said of each row that is not."""

import time
from datetime import date
from pathlib import Path

import pytest

from data_sources.duty_catalogue import COLUMNS, load_catalogue, read_duties
from data_sources.reference import Reference, load_reference
from operations.errors import BadInput
from operations.people.person import Ring
from settings import Settings
from tests.builders import LONGKOU

HEAD = ",".join(COLUMNS)
GOOD = (
    "A-1,井盖,Manholes,manhole,电信;联通,county,urban,housing；政府,《条例》第三条;《办法》,"
    "2026-01-01,"
)


@pytest.fixture(scope="module")
def yantai() -> Reference:
    return load_reference(Settings(city="yantai"))


def written(folder: Path, *lines: str, head: str = HEAD, encoding: str = "utf-8") -> Path:
    path = folder / "duties.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_row_is_read_with_or_without_a_mark(
    tmp_path: Path, yantai: Reference, encoding: str
) -> None:
    line = (
        GOOD.replace("政府", "government")
        .replace("urban", "市城管局")
        .replace("manhole,", "窨井盖响动破损；道路积水,")
    )
    duties, faults = read_duties(written(tmp_path, line, encoding=encoding), yantai)
    assert faults == []
    [one] = duties
    assert (one.code, one.title_zh, one.title_en) == ("A-1", "井盖", "Manholes")
    assert one.categories == ("manhole", "waterlogging")
    assert one.keywords == ("电信", "联通")
    assert (one.lead, one.level) == ("urban", Ring.COUNTY)
    assert one.cooperating == ("housing", "government")
    assert one.basis == ("《条例》第三条", "《办法》")
    assert (one.valid_from, one.valid_until) == (date(2026, 1, 1), None)


def test_few_columns_are_needed(tmp_path: Path, yantai: Reference) -> None:
    path = written(tmp_path, "A,井盖,manhole,urban", head="code,title_zh,categories,lead")
    [one], faults = read_duties(path, yantai)
    assert (one.title_en, one.level, faults) == ("井盖", Ring.CITY, [])


@pytest.mark.parametrize(
    ("line", "column", "cure"),
    [
        ("A,井盖,,manhole,,,nobody,,,,", "lead", "no department 'nobody'"),
        ("A,井盖,,manhole,,,urban,nobody,,,", "cooperating", "or government"),
        ("A,井盖,,nothing,,,urban,,,,", "categories", "no category 'nothing'"),
        ("A,井盖,,,,,urban,,,,", "categories", "is empty"),
        (",井盖,,manhole,,,urban,,,,", "code", "is empty"),
        ("A,,,manhole,,,urban,,,,", "title_zh", "is empty"),
        ("A,井盖,,manhole,,village,urban,,,,", "level", "use city or county"),
        ("A,井盖,,manhole,电,,urban,,,,", "keywords", "use two"),
        ("A,井盖,,manhole,,,urban,,,2026-13-01,", "valid_from", "no date"),
        ("A,井盖,,manhole,,,urban,,,2026-02-01,2026-01-01", "valid_until", "before"),
        ("A,井盖,,manhole,,,urban,,,,,more", "valid_until", "more cells"),
        (f"{'A' * 41},井盖,,manhole,,,urban,,,,", "code", "longer than"),
        (f"A,{'井' * 2001},,manhole,,,urban,,,,", "title_zh", "longer than"),
        ("OK,井盖,,manhole,,,urban,,,,", "code", "in line 2"),
    ],
)
def test_a_faulty_row_is_named_with_line_field_and_cure(
    tmp_path: Path, yantai: Reference, line: str, column: str, cure: str
) -> None:
    good = "OK,井盖,,manhole,,,urban,,,,"
    duties, [fault] = read_duties(written(tmp_path, good, line), yantai)
    assert [one.code for one in duties] == ["OK"]
    assert (fault.line, fault.column) == (3, column)
    assert cure in fault.cure


def test_every_faulty_row_is_named_and_lines_are_those_of_the_file(
    tmp_path: Path, yantai: Reference
) -> None:
    path = tmp_path / "duties.csv"
    bad = "A,井盖,,nothing,,,urban,,,,"
    path.write_text(f"# a remark\n# another\n{HEAD}\n{bad}\n\n{GOOD}\nB{bad[1:]}\n", "utf-8")
    _, faults = read_duties(path, yantai)
    assert [one.line for one in faults] == [4, 6, 7]
    assert [one.column for one in faults] == ["categories", "cooperating", "categories"]
    with pytest.raises(BadInput, match=r"line 4: categories: .* 2 more: `python app.py"):
        load_catalogue(path, yantai)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code,title_zh,lead\n", "no column categories"),
        (b"", "no column code"),
        (HEAD.encode() + b",colour\n", "the column 'colour'"),
        ("code,title_zh,categories,lead\nA,井盖".encode("gbk"), "is not CSV in UTF-8"),
    ],
)
def test_what_is_no_catalogue_is_refused(
    tmp_path: Path, yantai: Reference, content: bytes, said: str
) -> None:
    path = tmp_path / "duties.csv"
    path.write_bytes(content)
    with pytest.raises(BadInput, match=said):
        load_catalogue(path, yantai)
    with pytest.raises(BadInput, match="cannot be read"):
        load_catalogue(tmp_path / "absent.csv", yantai)


def test_the_demo_city_has_a_duty_for_every_category(yantai: Reference) -> None:
    held = load_catalogue(None, yantai)
    day = date(2026, 11, 24)
    for one in yantai.categories:
        general = [each for each in held.speaking_of(one.code, "", day) if not each.word]
        assert general, f"no duty of {one.code} holds without a word"
        for each in general:
            assert held.lead(each.duty, LONGKOU) is not None
    owners = {
        word: held.lead(held.speaking_of("manhole", f"{word}井盖响", day)[0].duty, "370602")
        for word in ("雨水", "电信", "热力", "电力", "自来水")
    }
    assert owners == {
        "雨水": "urban", "电信": "telecom_operators", "热力": "heating_company",
        "电力": "power_company", "自来水": "water_company",
    }  # fmt: skip
    assert all(duty.basis for duty in held)


def test_a_city_without_tables_takes_codes_as_they_are(tmp_path: Path) -> None:
    city = load_reference(Settings(city="mapping:boston311"))
    assert len(load_catalogue(None, city)) == 0
    path = written(tmp_path, "A,Potholes,,REQ,,,PWDx,,,,")
    [one], faults = read_duties(path, city)
    assert (one.categories, one.lead, faults) == (("REQ",), "PWDx", [])


def test_thousands_of_rows_are_read_in_well_under_a_second(
    tmp_path: Path, yantai: Reference
) -> None:
    line = GOOD.replace("政府", "government")
    path = written(tmp_path, *(line.replace("A-1", f"A-{n}") for n in range(5_500)))
    start = time.process_time()
    held = load_catalogue(path, yantai)
    took_s = time.process_time() - start
    assert len(held) == 5_500
    assert took_s < 1.5, took_s
    start = time.process_time()
    assert len(held.search("城管 条例")) == 5_500
    assert time.process_time() - start < 0.2
