"""A start tells which settings changed, and nothing of what they are."""

from operations.people.known_settings import UNKNOWN, fingerprints, settings_deed, whole_hash
from tests.builders import NOW_US

KEY = b"key"
VALUES = {"PORT": "8050", "LIANXIN_INTAKE_TOKEN": "a secret of sixteen"}


def deed(before, after, last_hash):
    return settings_deed(
        before, after, last_hash=last_hash, actor="root", device="host", now_us=NOW_US
    )


def test_first_start_is_told():
    known = fingerprints(VALUES, KEY)
    told = deed({}, known, None)
    assert (told.before, told.after, told.reason) == ("", whole_hash(known), "first start")


def test_same_settings_are_not_told():
    known = fingerprints(VALUES, KEY)
    assert deed(known, known, whole_hash(known)) is None
    assert deed({}, known, whole_hash(known)) is None


def test_names_of_changed_settings_are_told_and_no_value():
    before = fingerprints(VALUES, KEY)
    after = fingerprints(VALUES | {"LIANXIN_INTAKE_TOKEN": "another secret", "NEW": "1"}, KEY)
    told = deed(before, after, whole_hash(before))
    assert told.reason == "changed: LIANXIN_INTAKE_TOKEN, NEW"
    assert "secret" not in repr(told)
    gone = deed(after, before, whole_hash(after))
    assert gone.reason == "changed: LIANXIN_INTAKE_TOKEN, NEW"


def test_record_that_does_not_fit_the_log_is_not_believed():
    before, after = fingerprints(VALUES, KEY), fingerprints(VALUES | {"PORT": "1"}, KEY)
    assert deed({}, after, whole_hash(before)).reason == UNKNOWN


def test_fingerprint_is_keyed():
    assert fingerprints(VALUES, KEY) != fingerprints(VALUES, b"other")
