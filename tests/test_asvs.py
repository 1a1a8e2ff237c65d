"""Every row of ASVS 5.0 L1 and L2 is answered, and the count sees what does not hold."""

from pathlib import Path

import pytest

from tests import asvs

KNOWN = {"1.1.1": "2"}
REAL = "`tests/test_asvs.py::test_every_row_is_answered_by_what_exists`"


def flaws(answer: str, number: str = "1.1.1", level: str = "2", about: str = "decoding") -> str:
    page = f"| 5.0.0-{number} | {level} | {about} | {answer} |\n"
    return "\n".join(asvs.flaws(asvs.rows(page), KNOWN))


def test_every_row_is_answered_by_what_exists(capsys: pytest.CaptureFixture[str]) -> None:
    assert asvs.main() == 0, capsys.readouterr().out
    known = asvs.numbers()
    assert len(known) == 253
    assert list(known.values()).count("1") == 70


def test_a_named_test_that_does_not_exist_fails_the_count(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "security.md"
    text = asvs.PAGE.read_text("utf-8")
    first = asvs.TEST.search(text)
    assert first is not None
    page.write_text(text.replace(first[0], f"`{first[1]}::test_made_up`", 1), "utf-8")
    assert asvs.main(page) == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == f"1.1.1: {first[1]}::test_made_up does not exist"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"answer": REAL}, ""),
        ({"answer": f"{REAL}, and by eye"}, ""),
        ({"answer": "open: nobody looked"}, ""),
        ({"answer": "not applicable: there is none"}, ""),
        ({"answer": "`tests/test_none.py::test_x`"}, "is in no file there is"),
        ({"answer": "`tests/test_asvs.py::test_x`"}, "test_x does not exist"),
        ({"answer": "`tests/test_asvs.py::flaws`"}, "flaws does not exist"),
        ({"answer": f"open: but see {REAL} and `tests/test_asvs.py::test_x`"}, "does not exist"),
        ({"answer": ""}, "names no test"),
        ({"answer": "open"}, "names no test"),
        ({"answer": "open:"}, "names no test"),
        ({"answer": "it is safe"}, "names no test"),
        ({"answer": REAL, "level": "1"}, "is of level 2"),
        ({"answer": REAL, "about": " "}, "what it is about"),
        ({"answer": REAL, "number": "1.1.9"}, "1.1.1: no row\n1.1.9: no such number"),
    ],
)
def test_each_row_is_looked_at(row: dict[str, str], said: str) -> None:
    found = flaws(**row)
    assert said in found if said else found == ""


def test_a_number_is_answered_once() -> None:
    page = f"| 5.0.0-1.1.1 | 2 | decoding | {REAL} |\n" * 2
    assert list(asvs.flaws(asvs.rows(page), KNOWN)) == ["1.1.1: 2 rows"]


def test_skipped_tests_and_those_of_classes_are_known(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "import pytest\n"
        "def test_plain(): pass\n"
        "@pytest.mark.skip\ndef test_a(): pass\n"
        "@pytest.mark.skipif(True, reason='x')\ndef test_b(): pass\n"
        "@pytest.mark.xfail(reason='x')\nasync def test_c(): pass\n"
        "@pytest.mark.parametrize('x', [1])\ndef test_d(x): pass\n"
        "class TestMany:\n    def test_e(self): pass\n    def other(self): pass\n"
        "@pytest.mark.skip\nclass TestNone:\n    def test_f(self): pass\n"
    )
    assert asvs.tests_of(tmp_path / "one.py") == {
        "test_plain": False, "test_a": True, "test_b": True, "test_c": True, "test_d": False,
        "TestMany::test_e": False, "TestNone::test_f": True,
    }  # fmt: skip
    marked = "import pytest\npytestmark = [pytest.mark.browser, pytest.mark.skip]\n"
    (tmp_path / "two.py").write_text(marked + "def test_plain(): pass\n")
    assert asvs.tests_of(tmp_path / "two.py") == {"test_plain": True}
