from typing import Any

import pytest

from callbacks import notices
from layouts import ids
from operations.errors import BadInput


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    told: dict[str, Any] = {}
    monkeypatch.setattr(notices, "set_props", told.__setitem__)
    return told


def test_an_error_of_ours_says_itself(said: dict[str, Any]) -> None:
    notices.tell(BadInput("scope", "no such scope"))
    assert said[ids.NOTICE] == {"children": "scope: no such scope"}


def test_any_other_error_keeps_its_details_to_the_log(said: dict[str, Any]) -> None:
    notices.tell(KeyError("secret detail"))
    assert "secret" not in said[ids.NOTICE]["children"]
    assert "try again" in said[ids.NOTICE]["children"]
