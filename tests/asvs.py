"""Counts docs/security.md's answers to OWASP ASVS 5.0.0, and fails on one that does not hold.

`python -m tests.asvs`. Each row of level 1 and 2 has to be there once, with its level and an
answer: tests that exist and are not skipped, `open: …`, or `not applicable: …`. That the tests
pass is not looked at here: ./test runs them all.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "security.md"
NUMBERS = ROOT / "tests" / "asvs_5.0.0.txt"
ROW = re.compile(
    r"\| 5\.0\.0-(?P<number>\S+) \| (?P<level>\S+) \| (?P<about>.*?) \| (?P<answer>.*) \|"
)
TEST = re.compile(r"`(tests/[\w/.-]+\.py)::([\w:]+)`")
OPEN, NOT_APPLICABLE, SHOWN = "open", "not applicable", "shown"
SKIPS = {"skip", "skipif", "xfail"}


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement and what the page says to it."""

    number: str
    level: str
    about: str
    answer: str

    @property
    def kind(self) -> str:
        """Tell how it is answered; empty where it is not."""
        for word in (OPEN, NOT_APPLICABLE):
            if re.match(rf"{word}: \S", self.answer):
                return word
        return SHOWN if TEST.match(self.answer) else ""

    @property
    def chapter(self) -> int:
        """Give the number of its chapter."""
        return int(self.number.partition(".")[0])


def rows(page: str) -> list[Row]:
    """Read the rows of a page."""
    found = map(ROW.fullmatch, page.splitlines())
    return [Row(**{k: v.strip() for k, v in one.groupdict().items()}) for one in found if one]


def numbers() -> dict[str, str]:
    """Read the numbers there are, with their levels."""
    lines = NUMBERS.read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if not line.startswith("#"))


def flaws(found: list[Row], known: Mapping[str, str]) -> Iterator[str]:
    """Say what is wrong with the rows, each by its number."""
    times = Counter(row.number for row in found)
    yield from (f"{one}: no row" for one in known if not times[one])
    yield from (f"{one}: {many} rows" for one, many in times.items() if many > 1)
    for row in found:
        if row.number not in known:
            yield f"{row.number}: no such number at level 1 or 2"
        elif row.level != known[row.number]:
            yield f"{row.number}: is of level {known[row.number]}"
        if not row.about:
            yield f"{row.number}: does not say what it is about"
        if not row.kind:
            yield f"{row.number}: names no test, and is neither `open: …` nor `not applicable: …`"
        for file, name in TEST.findall(row.answer):
            why = flaw_of(file, name)
            if why:
                yield f"{row.number}: {file}::{name} {why}"


def flaw_of(file: str, name: str) -> str:
    """Say why a test shows nothing; empty where it may."""
    tests = tests_of(ROOT / file)
    if tests is None:
        return "is in no file there is"
    if name not in tests:
        return "does not exist"
    return "is skipped" if tests[name] else ""


@cache
def tests_of(file: Path) -> dict[str, bool] | None:
    """Give the tests of a file, by name or `Class::name`, and whether each is skipped."""
    if not file.is_file():
        return None
    tree = ast.parse(file.read_text("utf-8"))
    whole = any(_skips(node.value) for node in tree.body if _is_pytestmark(node))
    return {name: whole or skipped for name, skipped in _tests(tree.body, "", skipped=False)}


def _tests(body: list[ast.stmt], before: str, *, skipped: bool) -> Iterator[tuple[str, bool]]:
    for node in body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        here = skipped or any(map(_skips, node.decorator_list))
        if isinstance(node, ast.ClassDef):
            yield from _tests(node.body, f"{before}{node.name}::", skipped=here)
        elif node.name.startswith("test_"):
            yield before + node.name, here


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _skips(mark: ast.expr) -> bool:
    """Tell whether a decorator or mark skips: `pytest.mark.skip` and its kin."""
    return any(isinstance(one, ast.Attribute) and one.attr in SKIPS for one in ast.walk(mark))


def table(found: list[Row]) -> Iterator[str]:
    """Count the rows by chapter and level."""
    kinds = (SHOWN, OPEN, NOT_APPLICABLE)
    yield "chapter  level  " + "  ".join(f"{kind:>14}" for kind in kinds)
    counts = Counter((row.chapter, row.level, row.kind) for row in found)
    for chapter, level in sorted({(row.chapter, row.level) for row in found}):
        many = "  ".join(f"{counts[chapter, level, kind]:14}" for kind in kinds)
        yield f"{chapter:7}  {level:>5}  {many}"
    for level in sorted({row.level for row in found}):
        sums = (sum(row.level == level and row.kind == kind for row in found) for kind in kinds)
        yield f"{'all':>7}  {level:>5}  " + "  ".join(f"{many:14}" for many in sums)


def main(page: Path = PAGE) -> int:
    """Print counts and flaws; 1 where there are any."""
    found = rows(page.read_text("utf-8"))
    wrong = list(flaws(found, numbers()))
    sys.stdout.write("\n".join([*table(found), *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
