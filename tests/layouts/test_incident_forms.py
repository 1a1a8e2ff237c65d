"""The buttons of an incident agree with its rules."""

from dataclasses import replace

import pytest

from layouts.parts.incident_forms import AFTERWARDS
from operations.errors import BadInput, OperationsError
from operations.response.incident_entering import ACTS
from tests.incidents import Scene, asked, signed

STAGES = {"assess", "respond", "control", "relapse", "close", "ask_close", "confirm_close"}
"""Offered by the head itself, as it stands; `attach` goes by what a file is put beside."""


@pytest.mark.parametrize("act", sorted(ACTS.keys() - STAGES - {"attach"}))
def test_what_an_ended_incident_refuses_has_no_button(act: str) -> None:
    whole = Scene().whole
    ended = replace(whole, head=replace(whole.head, state="closed"))
    version = ended.head.version
    refused = False
    try:
        ACTS[act](ended, asked(act, version=version, released="水"), signed())
    except BadInput as error:
        refused = "open it again first" in str(error)
    except OperationsError:
        pass
    assert refused is (act not in AFTERWARDS)
