"""What the product's own code never calls, read off the code itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.test_house_rules import ROOT, imports, modules, tracked

KNOWN_CRYPTOGRAPHY = {
    "argon2", "authlib", "cryptography", "hashlib", "hmac", "joserfc", "pyotp", "secrets", "ssl",
    "webauthn",
}  # fmt: skip
OTHER_CRYPTOGRAPHY = {"Crypto", "Cryptodome", "nacl", "jwt", "rsa", "ecdsa", "bcrypt", "passlib",
                      "crypt", "OpenSSL"}  # fmt: skip
SECRET_ROOMS = ("api", "data_sources/proofs.py", "data_sources/secrets.py",
                "data_sources/sealing.py", "data_sources/sealing_keys.py", "operations/people",
                "admitting.py")  # fmt: skip


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_nothing_turns_text_into_code_or_commands() -> None:
    forbidden = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.loads",
                 "pickle.load", "marshal.loads", "yaml.load", "subprocess.getoutput"}  # fmt: skip
    for path in modules():
        assert not {"pickle", "marshal", "shelve", "yaml", "dill"} & set(imports(path)), path
        for name, node in calls(path):
            assert name not in forbidden, where(path, node)
            for keyword in node.keywords:
                shell = keyword.arg == "shell" and ast.unparse(keyword.value) != "False"
                assert not shell, where(path, node)


def test_no_statement_is_written_with_values_in_it() -> None:
    """What is put into SQL by an f-string are names of ours: a constant, or a checked column."""
    ours = {"where", "which", "column", "columns", "_column.name"}
    ours |= {"quoted(name)", "quoted(shape.name)"}  # tables of a backup, by the manifest's shapes
    for path in [one for one in modules() if one.parent.name == "data_sources"]:
        for name, node in calls(path):
            if name not in ("text", "exec_driver_sql") or not node.args:
                continue
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.FormattedValue):
                    said = ast.unparse(part.value)
                    constant = re.fullmatch(r"[A-Z_][A-Z_0-9]*", said)
                    assert constant or said in ours, f"{where(path, node)}: {said}"


def test_no_pattern_is_made_of_what_came_in() -> None:
    for path in modules():
        for name, node in calls(path):
            if re.fullmatch(r"re\.(compile|search|match|fullmatch|sub|split|findall)", name):
                fixed = not any(isinstance(one, ast.Call) for one in ast.walk(node.args[0]))
                joined = ast.unparse(node.args[0])
                assert fixed or "re.escape" in joined or "join" in joined, where(path, node)


def test_cryptography_is_that_of_known_libraries() -> None:
    hashes, ciphers, used = set(), set(), set()
    for path in modules():
        for name in imports(path):
            root = name.partition(".")[0]
            assert root not in OTHER_CRYPTOGRAPHY, f"{path.relative_to(ROOT)} imports {name}"
            used |= {root} & KNOWN_CRYPTOGRAPHY
        text = path.read_text("utf-8")
        hashes |= set(re.findall(r"\b(?:hashlib\.)?(sha\d+|md5|blake2\w)\b", text))
        ciphers |= set(re.findall(r"from cryptography\.\S+ import (\w+)", text))
    assert used >= {"argon2", "cryptography", "hmac", "secrets"}
    assert hashes == {"sha256", "blake2b", "blake2s"}, "and no weaker one"
    assert ciphers == {"AESGCM", "Fernet", "InvalidTag"}


def test_secrets_come_from_the_system_s_source() -> None:
    for path in modules():
        if path.relative_to(ROOT).as_posix().startswith(SECRET_ROOMS):
            assert not {"random", "numpy.random", "uuid"} & set(imports(path)), path
            assert "random.random" not in path.read_text("utf-8"), path


def test_no_script_of_ours_listens_to_other_windows_or_writes_markup() -> None:
    ours = [path for path in tracked("assets/*.js") if "vendor" not in path.parts]
    assert len(ours) > 20
    forbidden = (
        r"postMessage|[\"']message[\"']|innerHTML|outerHTML|insertAdjacentHTML"
        r"|document\.write|\beval\("
    )
    for path in ours:
        found = re.search(forbidden, path.read_text("utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found}"


def test_what_scripts_keep_in_the_browser_is_known() -> None:
    keeps = re.compile(r"(local|session)Storage|indexedDB|document\.cookie\s*=|caches\.")
    ours = [path for path in tracked("assets/*.js") if "vendor" not in path.parts]
    keep = {path.name for path in ours if keeps.search(path.read_text("utf-8"))}
    # A wall's own name, which alarms were announced, sound on or off, whether this is a wall,
    # whether visitors look; the last picture of a leader's page and the page itself for the time
    # offline, and the numbers of the last look (tests/browser/test_leader.py reads what is kept).
    leaders = {"leader.js", "leader_kept.js", "leader_worker.js"}
    walls = {"paired.js", "alarm_bar.js", "sound.js", "live.js"}
    notes = {"incident.js"}  # those that were typed while the line was away, until they are sent
    assert keep == walls | leaders | notes
