"""The command that checks a catalogue of duties."""

from pathlib import Path

from click.testing import CliRunner

from app import cli
from data_sources.duty_catalogue import FILE
from data_sources.reference import CITIES


def checked(folder: Path, path: Path) -> tuple[int, list[str]]:
    asked = ["duties", "check", str(path), "--data", str(folder)]
    said = CliRunner().invoke(cli, asked)
    return said.exit_code, said.output.splitlines()


def test_a_good_catalogue_is_counted_and_its_version_told(tmp_path: Path) -> None:
    code, [line] = checked(tmp_path, CITIES / "yantai" / FILE)
    assert code == 0
    assert line.endswith("; 0 faulty rows")
    assert "of 2026-01-01" in line


def test_every_faulty_row_is_a_line_and_the_rest_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    bad = "".join(f"A-{n},x,nothing,urban\n" for n in range(250))
    path.write_text(f"code,title_zh,categories,lead\n{bad}B,x,manhole,urban\n", "utf-8")
    code, lines = checked(tmp_path, path)
    assert code == 1
    assert lines[0].startswith("line 2: categories: there is no category 'nothing'")
    assert lines[200] == "and 50 more"
    assert lines[-1].startswith("1 duties, version ")
    assert lines[-1].endswith("; 250 faulty rows")


def test_what_is_no_catalogue_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("colour\n", "utf-8")
    code, [line] = checked(tmp_path, path)
    assert code == 2
    assert line.startswith("lianxin duties: ")
    assert "no column code" in line
