"""What the pages on security, people and privacy say is what the code does."""

import re
from typing import Any

import pytest

from api import rates
from api.open_doors import OPEN_TO_POST, OPEN_TO_READ
from data_sources import proofs, sealing
from guarding import BODY_LIMIT_BYTES
from operations.people import passwords, sign_in
from operations.people.permissions import GRANTS, Act, Field, Reach
from operations.people.roles import Role
from serving import BODY_S, CONNECTIONS, HANDSHAKE_S, MOST_EACH, SEND_S
from settings import Settings
from supervisor import LOG_BYTES, LOG_FILES
from tests.system import ROOT

DAY_US = 86_400_000_000
WORDS = {3: "three", 4: "four", 5: "five", 10: "ten"}
HOURS = {3600: "an hour"}


def page(name: str) -> str:
    """Give a page in one line, without its line breaks."""
    return " ".join((ROOT / "docs" / f"{name}.md").read_text("utf-8").split())


def rows(name: str, heading: str) -> list[list[str]]:
    """Give the cells of the first table below a heading."""
    text = (ROOT / "docs" / f"{name}.md").read_text("utf-8").partition(f"## {heading}\n")[2]
    table = re.search(r"(?:^\|.*\n)+", text, re.MULTILINE)
    assert table, heading
    lines = table[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def default(name: str) -> Any:
    return Settings.model_fields[name].default


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("security", f"logging in | {rates.LOGIN.amount} in five minutes"),
        ("security", f"exports | {rates.EXPORTS.amount} a minute"),
        ("security", f"`LIANXIN_READS_PER_MINUTE` ({default('reads_per_minute'):,})"),
        ("security", f"`LIANXIN_INTAKE_PER_MINUTE` ({default('intake_per_minute'):,})"),
        ("security", f"a sixth of it within {WORDS[rates.BURST_S]} seconds"),
        ("security", f"`LIANXIN_BODY_LIMIT_MB` ({default('body_limit_mb'):.0f} MB)"),
        ("security", f"any other body | {BODY_LIMIT_BYTES // 1_000_000} MB"),
        ("security", f"connections | {CONNECTIONS:,}, of one address {MOST_EACH:,}"),
        ("security", f"handshake {HANDSHAKE_S:.0f} s"),
        ("security", f"whole body {BODY_S:.0f} s, a screen that takes nothing {SEND_S:.0f} s"),
        ("security", f"{WORDS[LOG_FILES + 1]} files of {LOG_BYTES // 1_000_000} MB each"),
        ("people", f"{WORDS[default('password_least')].title()} characters at least"),
        ("people", f"After {WORDS[passwords.FREE_TRIES]} wrong tries"),
        ("people", f"takes none for {passwords.FIRST_WAIT_S} seconds"),
        ("people", f"doubling to {HOURS[passwords.LONGEST_WAIT_S]}"),
        ("people", f"{rates.LOGIN.amount} tries in five minutes from an address"),
        ("people", f"**: {WORDS[proofs.CODES]} of 24 letters"),
        ("people", f"(role `wall`) stays: {sign_in.WALL_US // DAY_US} days"),
        ("people", "An account may be signed in on any number of devices at once"),
        ("people", "whatever becomes of the session at the provider"),
        ("settings", f"`LIANXIN_SESSION_IDLE_MIN` | {default('session_idle_min')} |"),
        ("settings", f"`LIANXIN_SESSION_ABSOLUTE_H` | {default('session_absolute_h')} |"),
    ],
)
def test_numbers_in_the_pages_are_those_of_the_code(name: str, said: str) -> None:
    assert said in page(name)
    assert rates.LOGIN.within_s == 300
    assert len(proofs.ArgonProofs(proofs.Seal("x")).new_codes()[0].replace("-", "")) == 24


def test_words_of_the_house_are_described() -> None:
    assert f"first: {', '.join(passwords.OF_THE_HOUSE)}." in page("people")


def test_every_way_in_is_described() -> None:
    told = {
        path for row in rows("people", "Ways in") for path in re.findall(r"`(/login\S*)`", row[1])
    }
    posts = {path for path in OPEN_TO_POST if path.startswith("/login")}
    assert told == posts | {path for path in OPEN_TO_READ if path.startswith("/login")}


def test_table_of_roles_says_what_the_permissions_say() -> None:
    asked = ((Act.LOOK, Field.AGGREGATE), (Act.STUDY, Field.AGGREGATE),
             (Act.HANDLE, Field.AGGREGATE), (Act.LOOK, Field.TICKET))  # fmt: skip
    words = {Reach.CITY: "city", Reach.RING: "own ring", Reach.OWN: "own department"}
    told = {row[1].strip("`"): row[2:6] for row in rows("people", "Roles")}
    assert set(told) == {role.value for role in Role}
    for role in Role:
        for (act, field), said in zip(asked, told[role.value], strict=True):
            reaches = [g.reach for g in GRANTS[role] if (g.act, g.field) == (act, field)]
            assert said == (words[reaches[0]] if reaches else "–"), (role, act)


def test_every_class_of_data_is_described() -> None:
    told = {row[0].strip("`"): row for row in rows("privacy", "Classes of data")}
    assert list(told) == [field.value for field in Field]
    assert all(all(row) for row in told.values())
    seers = {role for role in Role if any(g.field is Field.CALLER for g in GRANTS[role])}
    assert seers == {Role.CENTRE_STAFF, Role.DEPARTMENT_HANDLER}, "whom the page names"
    for field in sealing.FIELDS:
        if field != "contact_id_number":
            assert f"`{field}`" in page("privacy"), field


def test_every_key_and_its_algorithm_is_listed() -> None:
    told = {row[0].strip("`"): row for row in rows("security", "Keys")}
    code = (ROOT / "data_sources" / "connect_kept.py").read_text("utf-8")
    made = set(re.findall(r'"([\w.]+\.(?:key|keys|token))"', code))
    assert len(made) == 6
    assert set(told) == made | {"passwords", "the certificate's key"}
    assert all(all(row) for row in told.values())


def test_every_server_a_setting_names_is_described() -> None:
    told = {name for row in rows("security", "What talks to what") for name in
            re.findall(r"`([A-Z0-9_]+)`", row[3])}  # fmt: skip
    names = {
        name for name, field in Settings.model_fields.items()
        if re.search(r"_url$|issuer|syslog|proxy|^host$", name)
    }  # fmt: skip
    assert told == {
        f"LIANXIN_{one.upper()}".replace("LIANXIN_REDIS_URL", "REDIS_URL").replace(
            "LIANXIN_DATABASE_URL", "DATABASE_URL"
        )
        for one in names
    }


def test_every_log_is_described() -> None:
    first = rows("security", "Logs")[0][0]
    parts = re.findall(r'(?:_part\(\s*|Part\(\s*)"(\w+)"', (ROOT / "running.py").read_text("utf-8"))
    assert set(re.findall(r"`(\w+)\.log`", first)) == set(parts)
    opened = {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.glob("**/*.py")
        if ".venv" not in path.parts and "tests" not in path.parts
        and re.search(r"FileHandler\(|SysLogHandler\(|LOG_AUTHPRIV|<86>", path.read_text("utf-8"))
    }  # fmt: skip
    assert opened == {"supervisor.py", "data_sources/audit_keepings.py"}, "and nowhere else"


def test_every_field_of_a_ticket_is_described() -> None:
    read = (ROOT / "data_sources" / "feeds" / "reading.py").read_text("utf-8")
    names = set(re.findall(r'(?:text|time|number|flag|word|whole)\w*\(\s*"(\w+)"', read))
    assert len(names) > 8
    told = " ".join(cell for row in rows("feeds", "Fields") for cell in row[:2])
    assert {name for name in names if not re.search(rf"\b{name}\b", told)} == set()
    assert all(row[1] for row in rows("feeds", "Fields"))


@pytest.mark.parametrize(
    "said",
    [
        "before `created_at`: set to it",
        "present though open: left out",
        "The district is that of the polygon the point lies in, else the one delivered",
        "an answer means that the caller was reached",
        "one without the other",
    ],
)
def test_what_fields_are_together_is_described(said: str) -> None:
    assert said in page("feeds")


@pytest.mark.parametrize(
    "said",
    [
        "one JSON object, a list of them, or one per line",
        "413 (too long as sent or as unpacked) or 415 (another type, encoding or character set)",
        "takes `.csv`, `.csv.gz`, `.xlsx` and NDJSON",
    ],
)
def test_kinds_of_files_are_described(said: str) -> None:
    assert said in page("feeds")
