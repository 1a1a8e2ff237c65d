import pytest

from layouts.theme import character_px, type_scale


@pytest.mark.parametrize(("distance_m", "px"), [(4.0, 41), (6.0, 61)])
def test_body_on_a_55_inch_panel(distance_m: float, px: int) -> None:
    """0.634 mm pitch, 22 minutes of arc: the two sizes worked out for this product."""
    assert character_px(22, distance_m=distance_m, pitch_mm=0.634) == px


def test_twice_as_far_needs_twice_the_size() -> None:
    near = character_px(20, distance_m=3, pitch_mm=0.1)
    far = character_px(20, distance_m=6, pitch_mm=0.1)
    assert abs(far - 2 * near) <= 1


def test_nothing_is_under_twenty_minutes_and_state_is_largest() -> None:
    scale = {name: int(size.removesuffix("px")) for name, size in type_scale(5, 0.9).items()}
    assert scale["--small"] == character_px(20, distance_m=5, pitch_mm=0.9)
    assert scale["--small"] < scale["--body"] < scale["--state"]


def test_without_a_pitch_the_style_sheet_decides() -> None:
    assert type_scale(4, None) == {}
