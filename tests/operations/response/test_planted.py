"""200 made-up incidents with a fault planted at one link, found by nothing but inspections.

The generator knows where the fault is; an inspector sees what a measurement at a link says. What
comes out of a fault flows on: every link from there on is fouled, more or less, and none before it.
Inspectors come in any order, some twice, some only with a suspicion; each verdict is what the last
measurement says against its limit.
"""

from random import Random

import pytest

from data_sources.memory_incidents import MemoryIncidentBook
from operations.errors import BadInput
from operations.response.chain import first_failing
from operations.response.incident import Kind
from tests.incidents import Scene

LIMIT = 1.0


class Matter:
    """An incident and the truth about it: at which link of its chain the fault is."""

    def __init__(self, seed: int) -> None:
        self.dice = Random(seed)
        self.scene = Scene(MemoryIncidentBook())
        self.path = sorted(one.number for one in self.scene.whole.of(Kind.LINK))
        self._grow()
        self.faulty = self.dice.choice(self.path)

    def _grow(self) -> None:
        """Have people of the incident edit its chain, so that numbers are not its order."""
        for number in range(self.dice.randrange(4)):
            behind = self.dice.choice(self.path)
            self.scene.act("add_link", name=f"加压站{number}", behind=behind)
            newest = max(one.number for one in self.scene.whole.of(Kind.LINK))
            self.path.insert(self.path.index(behind) + 1, newest)
        if self.dice.random() < 0.3:
            gone = self.dice.choice(self.path)
            self.scene.on(Kind.LINK, gone, "drop_link", reason="不在这条路上")
            self.path.remove(gone)

    def measured(self, link: int) -> float:
        """Give what a measurement at a link says: fouled from the fault on, clean before it."""
        fouled = self.path.index(link) >= self.path.index(self.faulty)
        return self.dice.uniform(1.2, 9.0) if fouled else self.dice.uniform(0.0, 0.8)

    def inspected(self, link: int) -> None:
        """Go there, measure, and judge by that alone."""
        value = self.measured(link)
        self.scene.act("find", link=link, text="现场采样", quantity="浊度", value=value,
                       unit="NTU", limit=LIMIT)  # fmt: skip
        held = self.scene.whole.parts[Kind.LINK, link].state
        verdict = "fail" if value > LIMIT else "clear"
        if held != {"fail": "failing", "clear": "cleared"}[verdict]:
            self.scene.on(Kind.LINK, link, verdict, reason="按本次检测")

    def suspected(self, link: int) -> None:
        """Suspect a link by hearsay."""
        if self.scene.whole.parts[Kind.LINK, link].state == "unknown":
            self.scene.on(Kind.LINK, link, "suspect")

    def first(self) -> int | None:
        """Give the link that the board lets stand out."""
        found = first_failing(self.scene.whole.of(Kind.LINK))
        return None if found is None else found.number


@pytest.mark.parametrize("seed", range(200))
def test_the_board_shows_the_planted_link_as_the_first_that_fails(seed: int) -> None:
    matter = Matter(seed)
    assert matter.first() is None, "nobody has looked yet"
    for link in matter.dice.sample(matter.path, k=matter.dice.randrange(len(matter.path) + 1)):
        matter.suspected(link)
    visits = [*matter.path, *matter.dice.choices(matter.path, k=matter.dice.randrange(4))]
    matter.dice.shuffle(visits)
    for link in visits:
        matter.inspected(link)
    assert matter.first() == matter.faulty
    states = [matter.scene.whole.parts[Kind.LINK, one].state for one in matter.path]
    cut = matter.path.index(matter.faulty)
    assert states == ["cleared"] * cut + ["failing"] * (len(states) - cut)


@pytest.mark.parametrize("seed", range(0, 200, 20))
def test_no_link_is_cleared_before_somebody_measured_there(seed: int) -> None:
    matter = Matter(seed)
    for link in matter.path:
        with pytest.raises(BadInput, match="evidence"):
            matter.scene.on(Kind.LINK, link, "clear")
    assert matter.first() is None
