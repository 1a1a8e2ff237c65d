"""Settings: what cannot be used stops the start and names the variable."""

import pytest

from operations.errors import BadInput
from settings import read_settings


@pytest.mark.parametrize("program", ["", "overview:30", "overview:30,map:20,alarms:15"])
def test_a_program_of_scenes_is_taken(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setenv("LIANXIN_WALL_ROTATION", program)
    assert read_settings().wall_rotation == program


@pytest.mark.parametrize("program", ["overview", "overview:30;map:20", "overview:-3", "30"])
def test_a_program_that_cannot_be_read_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setenv("LIANXIN_WALL_ROTATION", program)
    with pytest.raises(BadInput, match="LIANXIN_WALL_ROTATION"):
        read_settings()
