"""The house rules, read off the code itself: who may import whom, sizes, names, docs."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("operations", "data_sources", "api", "layouts", "callbacks", "papers")
DOORS = ("app", "worker")
DOOR_PARTS = (
    *("settings", "publishing", "supervisor", "running", "webserver", "feeding", "checking"),
    *("scanning", "serving", "vigil", "watching", "auditing", "keeping"),
    *("housekeeping", "custody", "admitting", "answering", "enrolling", "city_clock"),
    *("opening", "exchanging", "open311_settings", "duty_settings", "commanding", "reporting"),
    *("printing", "list_watch", "unwatched", "responding", "incident_settings"),
    *("incident_watch", "incident_pages", "dispute_opening", "dispute_settings"),
    *("cataloguing", "incident_telling", "playing", "escalating", "report_watch"),
    *("partnering", "registering", "bundling", "guarding"),
)
OURS = {*ROOMS, *DOORS, *DOOR_PARTS}

MAY_IMPORT = {
    "operations": {"operations"},
    "data_sources": {"data_sources", "operations", "settings"},
    "api": {"api", "operations"},
    "layouts": {"layouts", "operations.pulse.picture"},
    "callbacks": {"callbacks", "layouts", "operations"},
    "papers": {"papers", "operations", "layouts.values", "layouts.wording"},
}
READS_SETTINGS = {
    *("data_sources/connect.py", "data_sources/connect_kept.py", "data_sources/reference.py"),
}
FORBIDDEN_NAMES = {"utils", "helpers", "manager", "common", "misc"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def tracked(pattern: str) -> list[Path]:
    """List the files git tracks or would track, so that a stray build folder does not count."""
    found = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", pattern],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in found if name and (ROOT / name).exists()]


def modules() -> list[Path]:
    """List every Python file that is not a test, a script or a migration."""
    return [
        path
        for path in tracked("*.py")
        if path.relative_to(ROOT).parts[0] not in ("tests", "scripts")
        and "versions" not in path.parts
    ]


def imports(path: Path) -> Iterator[str]:
    """Give the dotted names a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            # `from room import module` leans on the module, not on the room's door.
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if is_module(whole) else str(node.module)


def is_module(name: str) -> bool:
    place = ROOT / name.replace(".", "/")
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def own(name: str) -> bool:
    return name.partition(".")[0] in OURS


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    relative = path.relative_to(ROOT)
    room = relative.parts[0]
    for name in filter(own, imports(path)):
        starts_worker = (str(relative), name) == ("app.py", "worker")
        assert name not in DOORS or starts_worker, f"{relative} imports the door {name}"
        if room not in ROOMS:
            continue
        allowed = any(name == one or name.startswith(one + ".") for one in MAY_IMPORT[room])
        assert allowed, f"{relative} may not import {name}"
        if name == "settings":
            assert str(relative) in READS_SETTINGS, f"{relative} reads settings"


def test_operations_touches_neither_clock_nor_files_nor_network() -> None:
    forbidden = {
        "time",
        "os",
        "pathlib",
        "socket",
        "redis",
        "sqlalchemy",
        "flask",
        "dash",
        "random",
    }
    for path in modules():
        if path.relative_to(ROOT).parts[0] == "operations":
            used = {name.partition(".")[0] for name in imports(path)}
            assert not used & forbidden, f"{path}: {used & forbidden}"
            text = path.read_text("utf-8")
            assert not re.search(r"\bdatetime\.now\(|\bdate\.today\(|\bopen\(", text), path


def test_screens_do_not_import_one_another() -> None:
    screens = {path.stem for path in (ROOT / "callbacks").glob("*.py")} - {"__init__", "notices"}
    for path in (ROOT / "layouts").glob("*.py"):
        if path.stem in screens:
            others = {f"layouts.{name}" for name in screens - {path.stem}}
            assert not others & set(imports(path)), path


def test_no_circle_between_modules() -> None:
    graph = {}
    for path in modules():
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        graph[name] = {one for one in imports(path) if own(one)}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join([*way, name])
        if name in graph and name not in done:
            for one in graph[name]:
                visit(one, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_sizes_names_and_docstrings(path: Path) -> None:
    relative, text = path.relative_to(ROOT), path.read_text("utf-8")
    assert text.count("\n") <= LONGEST_FILE, f"{relative} is longer than {LONGEST_FILE} lines"
    assert not FORBIDDEN_NAMES & set(relative.with_suffix("").parts), relative
    tree = ast.parse(text)
    assert ast.get_docstring(tree), f"{relative} has no docstring"
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        where = f"{relative}:{node.lineno} {node.name}"
        if isinstance(node, ast.ClassDef):
            assert node.name.startswith("_") or ast.get_docstring(node), f"{where}: no docstring"
            continue
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        if relative.parts[0] != "layouts":  # declarative layout may be longer
            assert length <= LONGEST_FUNCTION, f"{where}: {length} lines"


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([A-Z0-9_]+)`", page, re.MULTILINE))
    known = set()
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        known.add(str(alias.choices[0]) if alias else f"LIANXIN_{name.upper()}")  # type: ignore[union-attr]
    assert named == known


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in [*tracked("assets/*.js"), *tracked("assets/*.css"), *tracked("layouts/*.py")]:
        if "vendor" in path.parts:
            continue
        for found in re.findall(r"https?://[\w./-]+", path.read_text("utf-8")):
            assert "w3.org" in found, f"{path.relative_to(ROOT)} names {found}"


def test_no_leftovers() -> None:
    for path in [*tracked("*.py"), *tracked("*.js"), *tracked("*.css"), *tracked("*.md")]:
        if "vendor" in path.parts or path == Path(__file__):
            continue
        found = re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text("utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_nothing_of_the_tests_is_in_the_product() -> None:
    for path in modules():
        roots = {name.partition(".")[0] for name in imports(path)}
        assert not roots & {"tests", "pytest", "hypothesis", "playwright", "oidc_provider_mock"}
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    assert not re.search(r"^(pytest|hypothesis|playwright|oidc)", locked, re.MULTILINE)


def test_every_library_is_locked_by_hash() -> None:
    wanted = re.findall(r"^[\w-]+", (ROOT / "requirements.in").read_text("utf-8"), re.MULTILINE)
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    entries = re.findall(r"^([\w.-]+)==\S+.*\n((?:    .*\n)*)", locked, re.MULTILINE)
    hashed = {name for name, below in entries if "--hash=sha256:" in below}
    assert {name for name, _ in entries} == hashed
    assert set(wanted) <= hashed
