from callbacks.asking import page_asked


def test_a_page_asked_for_lies_within_what_there_is() -> None:
    assert page_asked("", 0, 40) == (1, 1)
    assert page_asked("?page=2", 80, 40) == (2, 2)
    assert page_asked("?page=9", 81, 40) == (3, 3)
    for nonsense in ("0", "-1", "x", "１", "9" * 30, ""):
        assert page_asked(f"?page={nonsense}", 81, 40) == (1, 3)
