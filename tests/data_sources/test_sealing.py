"""What is sealed opens with its key, for its ticket, and not otherwise."""

import json
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from data_sources.protecting import NOBODY, Person, guard
from data_sources.sealing import Unsealable, bound_to
from data_sources.sealing_keys import LOOK_AGAIN_S, SETTLES_S
from operations.errors import BadInput
from tests.builders import NOW
from tests.sealing import sealer

ONE = ("demo", "T-1")
FIELDS = {"phone": "13812345678", "text": "水😀"}


@pytest.fixture
def sealing(tmp_path):
    return sealer(tmp_path)


def test_what_was_sealed_opens_again(sealing):
    sealed, mark = sealing.seal_ticket(ONE, FIELDS, phone="13812345678")
    assert sealing.open_ticket(ONE, sealed.body) == FIELDS
    assert "13812345678" not in repr(sealed)
    assert sealed.phone_key == sealing.lookup("phone", "13812345678")
    assert sealed.id_key is None
    assert len(mark) == 32


def test_the_same_seals_to_other_bytes_and_the_same_mark(sealing):
    first, again = sealing.seal_ticket(ONE, FIELDS), sealing.seal_ticket(ONE, FIELDS)
    assert first[0].body != again[0].body
    assert first[1] == again[1]
    assert sealing.seal_ticket(ONE, {"phone": "1"})[1] != first[1]
    assert sealing.seal_ticket(("demo", "T-2"), FIELDS)[1] != first[1]


@pytest.mark.parametrize("other", [("demo", "T-2"), ("dem", "oT-1"), ("other", "T-1")])
def test_moved_to_another_ticket_it_does_not_open(sealing, other):
    body = sealing.seal_ticket(ONE, FIELDS)[0].body
    with pytest.raises(Unsealable, match="another ticket"):
        sealing.open_ticket(other, body)


def test_used_for_another_purpose_or_changed_it_does_not_open(sealing):
    body = sealing.seal(FIELDS, b"refused\0k")
    with pytest.raises(Unsealable):
        sealing.open(body, bound_to(*ONE))
    key_id, _, packed = body.partition(".")
    other = "A" if packed[20] != "A" else "B"
    for broken in (f"{key_id}.{packed[:20]}{other}{packed[21:]}", f"{key_id}.", f"{key_id}.%%"):
        with pytest.raises(Unsealable):
            sealing.open(broken, b"refused\0k")


def test_without_its_key_it_does_not_open_and_the_file_is_named(sealing, tmp_path):
    body = sealing.seal_ticket(ONE, FIELDS)[0].body
    (tmp_path / "other").mkdir()
    stranger = sealer(tmp_path / "other")
    with pytest.raises(Unsealable, match=r"sealing\.keys"):
        stranger.open_ticket(ONE, body)


def test_the_key_file_is_its_owners_alone_and_holds_256_bits(sealing, tmp_path):
    key = sealing.keys.newest()
    path = tmp_path / "sealing.keys"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key.id in path.read_text()
    assert "key" not in repr(key).replace("SealingKey", "")
    assert [len(one["key"]) for one in json.loads(path.read_text())["keys"]] == [44]


def test_processes_that_start_at_once_have_the_same_keys(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: sealer(tmp_path).keys.newest().id, range(16)))
    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sealing.keys"]


def test_a_new_key_seals_and_the_old_one_still_opens(sealing, tmp_path):
    elsewhere = sealer(tmp_path)  # another process that has read the file before
    old = elsewhere.seal_ticket(ONE, FIELDS)[0].body
    lookup = sealing.lookup("phone", "1")
    newest = sealing.keys.add(NOW)
    new = sealing.seal_ticket(ONE, FIELDS)[0].body
    assert new.startswith(newest.id + ".")
    assert sealing.open_ticket(ONE, old) == elsewhere.open_ticket(ONE, new) == FIELDS
    assert sealing.lookup("phone", "1") == lookup
    assert stat.S_IMODE((tmp_path / "sealing.keys").stat().st_mode) == 0o600


def test_keys_made_at_once_are_all_kept(sealing, tmp_path):
    sealing.keys.newest()
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: sealer(tmp_path).keys.add(NOW).id, range(16)))
    held = {key.id for key in sealer(tmp_path).keys.all()}
    assert len(held) == 17
    assert set(made) < held


def test_a_file_settles_a_while_after_it_was_changed(sealing, tmp_path):
    sealing.keys.newest()
    sealing.keys.add(NOW)
    assert 0 < sealing.keys.settles_in_s() <= SETTLES_S
    os.utime(tmp_path / "sealing.keys", (0, time.time() - SETTLES_S))
    assert sealing.keys.settles_in_s() == 0
    os.utime(tmp_path / "sealing.keys", (0, time.time() + 3_600))
    assert sealing.keys.settles_in_s() == SETTLES_S


def test_a_forgotten_key_opens_nothing(sealing):
    body = sealing.seal_ticket(ONE, FIELDS)[0].body
    sealing.keys.add(NOW)
    sealing.keys.forget({body.partition(".")[0]})
    with pytest.raises(Unsealable):
        sealing.open_ticket(ONE, body)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"keys": [], "lookup": "eA=="}'])
def test_a_file_that_is_no_key_file_stops_with_the_settings_name(tmp_path, content):
    (tmp_path / "sealing.keys").write_text(content)
    with pytest.raises(BadInput, match="LIANXIN_SEALING_KEYS_FILE"):
        sealer(tmp_path).keys.newest()


def test_a_key_file_that_vanishes_is_named_and_never_made_anew(sealing, tmp_path):
    body, path = sealing.seal_ticket(ONE, FIELDS)[0].body, tmp_path / "sealing.keys"
    kept = path.read_bytes()
    path.unlink()
    time.sleep(LOOK_AGAIN_S)
    with pytest.raises(BadInput, match=r"sealing\.keys.*put back"):
        sealing.seal_ticket(ONE, FIELDS)
    assert not path.exists()
    path.write_bytes(kept)
    time.sleep(LOOK_AGAIN_S)
    assert sealing.open_ticket(ONE, body) == FIELDS


def test_guarded_words_are_masked_and_the_person_hidden_in_them(sealing):
    person = Person(name="栾龘", phone="13812345678")
    words = {"title": "栾龘反映", "text": "回电13812345678", "address": "通世路1号"}
    guarded = guard(sealing, ONE, person, words)
    assert (guarded.title, guarded.text, guarded.address) == (
        *("**反映", "回电138****5678", "通世路*号"),
    )
    assert guarded.sealed is not None
    assert sealing.open_ticket(ONE, guarded.sealed.body) == words | person.fields()


def test_a_ticket_without_words_or_person_seals_nothing_but_is_marked(sealing):
    guarded = guard(sealing, ONE, NOBODY, {"title": "", "text": "", "address": ""})
    assert guarded.sealed is None
    assert guarded.sealed_mark
