"""The shelf of reports: what is kept is found again, and the old goes."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from data_sources.report_shelf import ReportShelf
from operations.bulletin.issue import Issue, Kind
from tests.bulletins import DAY, MADE, bulletin, figures
from tests.figures import sums


def test_a_report_is_found_as_it_was_made_and_is_its_owner_s_alone(tmp_path: Path):
    shelf = ReportShelf(tmp_path / "reports")
    assert shelf.listed() == []
    told = bulletin()
    assert shelf.find(told.issue) is None
    shelf.keep(told)
    assert shelf.find(told.issue) == told
    [there] = shelf.listed()
    assert there.issue == told.issue
    assert there.made_at == MADE
    [file] = (tmp_path / "reports").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_strange_files_are_no_reports(tmp_path: Path):
    shelf = ReportShelf(tmp_path)
    shelf.keep(bulletin())
    for name in ("daily_x.json", "yearly_2026.json", "daily_2026-11-22.json", "notes.txt"):
        (tmp_path / name).write_text("{")
    assert [one.issue.code for one in shelf.listed()] == ["2026-11-23", "2026-11-22"]
    assert shelf.find(Issue(Kind.DAILY, date(2026, 11, 22))) is None


def test_the_corrections_known_are_those_of_the_last_number_before(tmp_path: Path):
    held = figures()
    held.correct(date(2026, 11, 20), sums(opened=3))
    shelf = ReportShelf(tmp_path)
    shelf.keep(bulletin(figures=held))
    after = Issue(Kind.DAILY, date(2026, 11, 26))
    assert list(shelf.known_before(after)) == ["2026-11-20"]
    assert shelf.known_before(Issue(Kind.DAILY, DAY)) == {}
    assert shelf.known_before(Issue(Kind.WEEKLY, date(2026, 11, 23))) == {}


def test_each_scope_has_its_own(tmp_path: Path):
    shelf, held = ReportShelf(tmp_path), figures()
    held.correct(date(2026, 11, 20), sums(opened=3))
    strange = "department-../水.务_局"
    for scope in ("city", "district-370681", strange):
        told = replace(bulletin(figures=held), issue=Issue(Kind.DAILY, DAY, scope))
        shelf.keep(told)
        assert shelf.find(told.issue) == told
    assert len(list(tmp_path.iterdir())) == 3, "no code leads out of the folder"
    assert {one.issue.scope for one in shelf.listed()} == {"city", "district-370681", strange}
    assert shelf.known_before(Issue(Kind.DAILY, date(2026, 11, 26), "district-370681"))
    assert not shelf.known_before(Issue(Kind.DAILY, date(2026, 11, 26), "district-370602"))


def test_the_old_goes(tmp_path: Path):
    shelf = ReportShelf(tmp_path)
    shelf.keep(bulletin())
    assert shelf.forget(DAY) == 0
    assert shelf.forget(date(2026, 11, 24)) == 1
    assert shelf.listed() == []
