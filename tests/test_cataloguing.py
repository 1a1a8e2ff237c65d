"""The command that checks a catalogue of duties."""

from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import cli
from data_sources.connect import Sources
from data_sources.duty_catalogue import FILE
from data_sources.reference import CITIES
from operations.errors import BadInput
from settings import read_settings
from webserver import create_app


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


def test_a_faulty_catalogue_stops_the_start_and_not_a_page(tmp_path: Path, valkey_url: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text("code,title_zh,categories,lead\nA,x,nothing,urban\n", "utf-8")
    settings = read_settings(data_dir=tmp_path, redis_url=valkey_url, duties=path, demo=False)
    with closing(Sources(settings)) as sources, pytest.raises(BadInput, match="line 2: categories"):
        create_app(sources)
