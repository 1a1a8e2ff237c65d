import ast
import re
from pathlib import Path

import pytest

from layouts.wording import LANGUAGES, WORDS, language_of, other, words

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[一-鿿]")
HOLE = re.compile(r"\{(\w+)\}")


def test_every_word_is_there_in_every_language() -> None:
    for key, both in WORDS.items():
        assert set(both) == set(LANGUAGES), key
        assert all(said.strip() for said in both.values()), key


def test_both_languages_take_the_same_values() -> None:
    for key, both in WORDS.items():
        assert set(HOLE.findall(both["zh"])) == set(HOLE.findall(both["en"])), key


def test_english_holds_no_chinese_but_the_name_of_the_other_language() -> None:
    mixed = {key for key, said in words("en").items() if CJK.search(said)}
    assert mixed == {"other_language", "switch_language"}


def test_chinese_calls_a_sample_by_its_name() -> None:
    bare = re.compile(r"(?<![A-Za-z])n(?![A-Za-z])")
    assert not [key for key, said in words("zh").items() if bare.search(HOLE.sub("", said))]
    said_by_itself = re.compile(r"""[`"'] ?n [=$]""")
    for path in (ROOT / "assets").glob("*.js"):
        assert not said_by_itself.search(path.read_text("utf-8")), path


def literals(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.FunctionDef, ast.ClassDef)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


@pytest.mark.parametrize("room", ["layouts", "callbacks"])
def test_no_chinese_word_stands_anywhere_else(room: str) -> None:
    for path in (ROOT / room).rglob("*.py"):
        if not path.stem.endswith("wording"):
            assert not [said for said in literals(path) if CJK.search(said)], path


def test_scripts_say_no_chinese_word_of_their_own() -> None:
    for path in (ROOT / "assets").glob("*.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text("utf-8"), flags=re.S)
        assert not CJK.search(code), path


def test_scripts_use_only_words_there_are() -> None:
    for path in (ROOT / "assets").glob("*.js"):
        for key in re.findall(r"\bwords\.(\w+)", path.read_text("utf-8")):
            assert key in WORDS, (path.name, key)


def test_no_word_is_left_over() -> None:
    code = "".join(
        path.read_text("utf-8")
        for pattern in ("layouts/**/*.py", "callbacks/**/*.py", "assets/*.js")
        for path in ROOT.glob(pattern)
        if not path.stem.endswith("wording")
    )
    # The rest of the name comes with the data, or is the name of a scene.
    named_by_code = re.compile(
        r"(channel|severity|phase|basis|alarm|reason|scene|duty|end|role|ring|login_told)_\w+"
        r"|account_(rule|set)_\w+|screen_((bad|group|version)_\w+|fresh|late|dead)"
        r"|people_(state|column|ring)_\w+|person_(done|password)_\w+"
        r"|person_(lock|unlock|end|reset|second|retire)(_about)?|audit_(act|chain)_\w+"
        r"|(people|audit|screens|clusters|search|departments|leader|reports|disputes|catalogue|accountability|campaigns|cases)_link(_about)?"
        r"|wall_city(_about)?"
        r"|audit_(number|at|actor|act|subject|what|from|to|before|after|reason)"
        r"|search_(words|number)(_hint)?|grid_\w+|view_\w+|desk_(column|key)_\w+"
        r"|clock_(rule|card|state|breach|act|bad|line|dispatch|sign|return|finish)(_\w+)?"
        r"|ticket_(status|kind|urgency|satisfaction|step|field|triage|because|ring)_\w+|reveal_(bad|reason)_\w+"
        r"|dossier_(phase|extent|sure|hangs|basis|alarm|severity|shelve|turn|step|direction)_\w+"
        r"|supervision_(state|line|standing|called|act|bad)_\w+|(watched|ring_rule|owed)_\w+"
        r"|dispute_(number|matter|age|said|next|(state|cause|stance|act|line|bad)_\w+)|clinic_(state|act)_\w+|attempt_\w+"
        r"|campaign_(number|name|state|period|target|now|measures|actual|wanted|owner|cooperating|scope)"
        r"|(accountability|campaign|case)_conflict"
        r"|case_((state|fact|key|link|of|act|bad)_\w+|began|done)|cases_(none|empty|category|chain)(_about)?"
        r"|campaign_((state|target|now|measure_state|goal|act|bad)_\w+)"
        r"|accountability_(number|department|state|step|age|(state|next|kind|act|approved|bad)_\w+)"
        r"|catalogue_(level|valid|none|empty)(_\w+)?|owner_why_\w+"
        r"|catalogue_(title|category|lead|cooperating|basis|code|keyword|government|department)"
        r"|departments_(by|of|group|list|sheet)_\w+"
        r"|incident_effect_(early|unheard|none|fewer|more|unclear)|incident_map_(in|out|home)"
        r"|incident_(state|severity|link|first|measure|task|party|role|act|field|bound|within|bad|series)_\w+|incidents_link(_about)?"
        r"|escalation_(whom|cause)_\w+|partner_(kind|field|bad)_\w+|partners_link(_about)?"
        r"|duplicates_(here|there|apart|distinct|back|(near|bad|step)_\w+)|likely_(key_\w+|link_about)"
        r"|reports_(kind_\w+|period|made|files|zh|en|making|done|not_over|failed)|snapshot_(take|making|failed)"
    )
    named = set(re.findall(r"\w+", code))
    unused = [key for key in WORDS if key not in named and not named_by_code.fullmatch(key)]
    assert unused == []


def test_no_word_is_said_twice_under_one_name() -> None:
    keys = [
        key
        for path in (ROOT / "layouts").rglob("*wording.py")
        for key in re.findall(r'^    "(\w+)": \{', path.read_text("utf-8"), re.M)
    ]
    assert len(keys) == len(set(keys)) == len(WORDS)


def test_an_unknown_language_is_the_default() -> None:
    assert language_of("en", "zh") == "en"
    assert language_of("fr", "zh") == "zh"
    assert language_of(None, "en") == "en"
    assert other("zh") == "en"
