"""Mappings: what is shipped can be read, and what is wrong is named with its cure."""

import pytest

from data_sources.feeds.mapping import read_mapping, shipped_mappings
from operations.errors import BadInput

GOOD = """
description = "A town"
source = "town"
[columns]
external_id = "id"
created_at = "at"
status = "status"
category = "what"
[formats]
timezone = "Asia/Shanghai"
"""


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / "town.toml"
        path.write_text(text, "utf-8")
        return path

    return write


@pytest.mark.parametrize("name", ["boston311", "chicago311", "hotline12345", "nyc311"])
def test_shipped_mappings_are_good(name):
    assert name in shipped_mappings()
    mapping = read_mapping(name)
    assert mapping.name == name
    assert mapping.zone.key


def test_a_mapping_of_ones_own_is_read_by_its_path(written):
    mapping = read_mapping(written(GOOD))
    assert mapping.columns["external_id"].headings == (("id",),)
    assert mapping.unknown.category == "other"
    assert mapping.digest != read_mapping(written(GOOD + "\n")).digest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("Asia/Shanghai", "Asia/Atlantis"), "formats.timezone: 'Asia/Atlantis' is no IANA"),
        (('status = "status"', ""), "columns.status is missing"),
        (('external_id = "id"', ""), "columns.external_id is missing"),
        (('source = "town"', ""), "columns.source is missing"),
        (('what"', 'what"\nshoes = "size"'), "columns.shoes is no field"),
        (('what"', 'what"\ntitle = {}'), "columns.title: give a heading"),
        (('what"', 'what"\ntitle = 7'), "columns.title"),
        (("[formats]", "[formats]\ncolour = 1"), "formats.colour: is not known here"),
        (('description = "A town"', ""), "description: is missing"),
        (("[formats]", '[status]\nOpen = "afoot"\n[formats]'), "status.Open"),
        (("[formats]", '[category]\nunknown = "drop"\n[formats]'), "category.unknown"),
        (("[formats]", "[flags.title]\nyes=[]\nno=[]\n[formats]"), "flags.title is no flag"),
        (("source", 'crs = "EPSG:3857"\nsource'), "crs: 'EPSG:3857' will not do"),
        (("source", 'path = "x"\nsource'), "take it out"),
        (('timezone = "Asia/Shanghai"', ""), "formats.timezone is missing"),
        (("[formats]", "[formats"), "is not TOML"),
    ],
)
def test_a_wrong_mapping_is_told_with_file_key_and_cure(written, change, said):
    path = written(GOOD.replace(*change, 1))
    with pytest.raises(BadInput) as caught:
        read_mapping(path)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


@pytest.mark.parametrize("name", ["atlantis", "../mappings/boston311", "/nowhere/x.toml"])
def test_a_mapping_that_is_not_there(name):
    with pytest.raises(BadInput, match=r"shipped are boston311|cannot be read"):
        read_mapping(name)
