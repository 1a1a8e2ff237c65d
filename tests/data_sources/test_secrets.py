"""Secrets are made once, kept whole, and for their owner alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from data_sources.secrets import kept_secret


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "intake.token"
    first = kept_secret(path)
    assert len(first) >= 40
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["intake.token"]


def test_processes_that_start_at_once_get_the_same(tmp_path: Path) -> None:
    path = tmp_path / "caller.key"
    with ThreadPoolExecutor(8) as together:
        assert len(set(together.map(lambda _: kept_secret(path), range(8)))) == 1
