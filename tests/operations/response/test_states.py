"""docs/states.md shows every state machine as the code has it."""

from pathlib import Path

from operations.response.accountability import ACCOUNTABILITY
from operations.response.campaign import CAMPAIGN
from operations.response.case import CASE
from operations.response.chain import VERDICT
from operations.response.chain_actions import MEASURE
from operations.response.clinic import CLINIC
from operations.response.dispute import DISPUTE
from operations.response.escalation import LADDER
from operations.response.incident import LIFE
from operations.response.party import PARTY
from operations.response.party_actions import TASK

PAGE = Path(__file__).parents[3] / "docs" / "states.md"
MACHINES = (
    *(LIFE, VERDICT, MEASURE, TASK, PARTY, DISPUTE, CLINIC, ACCOUNTABILITY, CAMPAIGN, CASE),
    LADDER,
)


def test_the_page_draws_what_rules() -> None:
    told = PAGE.read_text("utf-8")
    for machine in MACHINES:
        drawn = f"## {machine.name}\n\n```mermaid\n{machine.drawn()}```\n"
        assert drawn in told, f"write this into {PAGE.name}:\n{drawn}"
