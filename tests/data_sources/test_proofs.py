"""What proves a person is strong enough, and kept as it should be."""

from math import log2

from data_sources.proofs import CODE_CHARACTERS, ArgonProofs, Seal

PROOFS = ArgonProofs(Seal("a key for tests"))


def test_a_password_is_hashed_as_rfc_9106_says() -> None:
    first, second = (PROOFS.hash_password("a walk along the quay") for _ in range(2))
    assert first.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert first != second, "each with its own salt"
    assert PROOFS.matches(first, "a walk along the quay")
    assert not PROOFS.matches(first, "a walk along the quay ")


def test_a_session_s_token_has_256_bits() -> None:
    made = {PROOFS.new_token() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(one) for one in made} == {43}, "43 letters of base64 are 256 bits"
    letters = {letter for one in made for letter in one[:42]}
    assert len(letters) == 64


def test_recovery_codes_need_no_slow_hash() -> None:
    """ASVS asks for a slow hash below 112 bits; these have more."""
    codes = [code for _ in range(50) for code in PROOFS.new_codes()]
    assert len(set(codes)) == 500
    drawn = {len(code.replace("-", "")) for code in codes}
    assert set("".join(codes)) == {*CODE_CHARACTERS, "-"}
    assert min(drawn) * log2(len(CODE_CHARACTERS)) > 112
