"""No cell tells of fewer than a few callers, and no ticket is lost on the way up."""

import h3
from hypothesis import given, settings
from hypothesis import strategies as st

from operations.pulse.cells import MOST_CELLS, shown_cells

CENTRE = h3.latlng_to_cell(37.6461, 120.4778, 7)
NEAR = [h3.str_to_int(cell) for cell in h3.grid_disk(CENTRE, 4)]
FAR = h3.str_to_int(h3.latlng_to_cell(25.0, 102.7, 7))
ROWS = st.lists(
    st.tuples(
        st.sampled_from([*NEAR, FAR]),
        st.none() | st.sampled_from("abcdefgh"),
        st.integers(1, 2),
        st.integers(0, 1),
        st.integers(0, 1),
    ),
    max_size=120,
)


def ancestor(cell: int, resolution: int) -> str:
    return h3.cell_to_parent(h3.int_to_str(cell), resolution)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 6))
def test_shown_and_withheld_are_all_there_is(rows, least):
    cells, withheld = shown_cells(rows, least)
    assert sum(cell[3] for cell in cells) + withheld == sum(row[2] for row in rows)
    assert len({cell[0] for cell in cells}) == len(cells)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(2, 6))
def test_every_shown_cell_has_enough_callers(rows, least):
    for name, *_, resolution in shown_cells(rows, least)[0]:
        inside = [row for row in rows if ancestor(row[0], resolution) == name]
        named = {caller for _, caller, *_ in inside if caller}
        unnamed = sum(open_ for _, caller, open_, *_ in inside if caller is None)
        assert len(named) + unnamed >= least


def test_small_children_merge_and_large_ones_stay():
    parent = ancestor(h3.str_to_int(CENTRE), 6)
    children = sorted(h3.cell_to_children(parent, 7))
    large, *small = map(h3.str_to_int, children[:5])
    rows = [(large, f"a{one}", 1, 0, 0) for one in range(5)]
    rows += [(cell, f"b{cell}", 1, 1, 0) for cell in small]
    rows += [(small[0], "c", 1, 0, 1)]
    cells, withheld = shown_cells(rows, 5)
    assert withheld == 0
    assert [(cell[0], *cell[3:]) for cell in cells] == sorted(
        [(children[0], 5, 0, 0, 7), (parent, 5, 4, 1, 6)]
    )


def test_one_caller_of_many_tickets_is_one_caller():
    cells, withheld = shown_cells([(NEAR[0], "a", 1, 0, 0)] * 9, 5)
    assert (cells, withheld) == ([], 9)


def test_tickets_without_a_caller_are_callers_of_their_own():
    cells, _ = shown_cells([(NEAR[0], None, 1, 0, 0)] * 5, 5)
    assert cells[0][3] == 5


def test_merged_circle_lies_where_its_tickets_are():
    first, second = h3.int_to_str(NEAR[0]), None
    parent = ancestor(NEAR[0], 6)
    second = next(cell for cell in h3.cell_to_children(parent, 7) if cell != first)
    rows = [(NEAR[0], f"a{one}", 1, 0, 0) for one in range(3)]
    rows += [(h3.str_to_int(second), f"b{one}", 1, 0, 0) for one in range(3)]
    (cell,) = shown_cells(rows, 5)[0]
    middle = [
        (a + b) / 2
        for a, b in zip(h3.cell_to_latlng(first), h3.cell_to_latlng(second), strict=True)
    ]
    assert abs(cell[1] - middle[0]) < 2e-4
    assert abs(cell[2] - middle[1]) < 2e-4


def test_a_picture_never_holds_too_many_cells():
    many = [h3.str_to_int(cell) for cell in h3.grid_disk(CENTRE, 35)]
    rows = [(cell, f"{cell}-{one}", 1, 0, 0) for cell in many for one in range(5)]
    cells, withheld = shown_cells(rows, 5)
    assert len(cells) <= MOST_CELLS
    assert sum(cell[3] for cell in cells) + withheld == len(rows)
