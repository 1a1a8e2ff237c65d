"""Saved views are their owner's alone, on both databases."""

import pytest

from data_sources.saved_views import SqlViews
from operations.errors import BadInput
from operations.tickets.views import MOST_VIEWS, SavedView


@pytest.fixture(params=["sqlite", "postgresql"])
def views(request):
    return SqlViews(request.getfixturevalue(f"{request.param}_engine"))


def view(name, person="p-1", **asked):
    return SavedView(f"v-{name}", person, name, asked, 5)


def test_a_view_comes_back_as_it_was_kept_the_oldest_first(views):
    kept = [view("乙", status="returned"), view("甲", words="发黄", sort="due")]
    for one in kept:
        views.save(one)
    assert views.of("p-1") == sorted(kept, key=lambda one: one.id)
    assert views.of("p-2") == []


def test_a_view_is_renamed_and_dropped_by_its_owner_alone(views):
    views.save(view("a"))
    assert not views.rename("p-2", "v-a", "b")
    assert not views.drop("p-2", "v-a")
    assert not views.rename("p-1", "v-\0", "b")
    assert views.rename("p-1", "v-a", "b")
    assert [one.name for one in views.of("p-1")] == ["b"]
    assert views.drop("p-1", "v-a")
    assert not views.drop("p-1", "v-a")
    assert views.of("p-1") == []


def test_nobody_keeps_too_many(views):
    for number in range(MOST_VIEWS):
        views.save(view(str(number)))
    with pytest.raises(BadInput, match="at most"):
        views.save(view("more"))
    views.save(view("theirs", person="p-2"))
