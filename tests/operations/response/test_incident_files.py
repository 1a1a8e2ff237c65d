"""Files of an incident: where they may stand, what they prove, how they go."""

import pytest

from operations.errors import BadInput, Conflict
from operations.response.incident import Kind
from operations.response.incident_entering import enter
from tests.incidents import Scene, attaching, signed


@pytest.fixture
def scene():
    made = Scene()
    made.act("summon", party="health")
    made.act("edit_link", number=1, version=1, name="源头", owner="health")
    made.act("find", link=1, text="出厂水黄")
    made.act("plan", title="冲洗", owner="water_company", within_min=60)
    made.act("give", title="采样", owner="health", within_min=60)
    return made


def kept(scene):
    return [one for one in scene.whole.of(Kind.FILE) if one.state == "kept"]


@pytest.mark.parametrize("at", ["finding", "measure", "task"])
def test_a_file_stands_beside_what_it_shows(scene, at):
    line = scene.attach(at=at)
    [part] = kept(scene)
    assert (part.body["at"], part.body["of"], part.body["name"]) == (at, 1, "IMG.jpg")
    assert (line.act, line.kind, line.number, line.detail) == ("attach", "file", 1, "IMG.jpg")
    assert scene.files.read(scene.id, part.body["digest"]) == b"photograph"
    assert scene.files.read(scene.id, part.body["digest"], small=True) == b"small photograph"


def test_beside_a_note_it_stands_by_the_line(scene):
    line = scene.act("note", text="到现场")
    scene.attach(at="line", of=line.seq)
    assert kept(scene)[0].body["of"] == line.seq
    with pytest.raises(BadInput, match="no such line"):
        scene.attach(at="line", of=scene.head.seq + 1, data=b"other")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"at": "finding", "of": 2}, "no such finding"),
        ({"at": "link", "of": 1}, "one of"),
        ({"at": "finding", "of": 0}, "whole number"),
        ({"most": 0}, "at most 0"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_field(scene, more, said):
    with pytest.raises(BadInput, match=said):
        scene.attach(**more)
    assert kept(scene) == []


def test_a_file_without_bytes_is_none(scene):
    with pytest.raises(BadInput, match="bytes"):
        scene.act("attach", at="finding", of=1)


def test_a_photograph_clears_a_link_and_then_may_not_go(scene):
    with pytest.raises(BadInput, match="measurement or a file"):
        scene.on(Kind.LINK, 1, "clear")
    scene.attach()
    scene.on(Kind.LINK, 1, "clear")
    with pytest.raises(BadInput, match="cleared its link"):
        scene.on(Kind.FILE, 1, "remove_file", reason="拍错了")
    scene.on(Kind.LINK, 1, "suspect", reason="再看")
    scene.on(Kind.FILE, 1, "remove_file", reason="拍错了")
    with pytest.raises(BadInput, match="measurement or a file"):
        scene.on(Kind.LINK, 1, "clear")


def test_a_second_proof_lets_the_first_go(scene):
    scene.attach()
    scene.attach(data=b"second")
    scene.on(Kind.LINK, 1, "clear")
    scene.on(Kind.FILE, 1, "remove_file", reason="拍错了")
    assert scene.whole.parts[Kind.LINK, 1].state == "cleared"


def test_taken_away_the_bytes_are_gone_and_the_lines_stay(scene):
    scene.attach()
    digest = kept(scene)[0].body["digest"]
    with pytest.raises(BadInput, match="say why"):
        scene.on(Kind.FILE, 1, "remove_file")
    scene.on(Kind.FILE, 1, "remove_file", reason="拍到了人")
    assert scene.files.read(scene.id, digest) is None
    acts = [line.act for line in scene.book.lines(scene.id, before=99, most=2)]
    assert acts == ["remove_file", "attach"]
    with pytest.raises(BadInput, match="already"):
        scene.on(Kind.FILE, 1, "remove_file", reason="再来")


def test_the_same_bytes_are_kept_as_long_as_one_place_has_them(scene):
    scene.attach()
    with pytest.raises(BadInput, match="there already"):
        scene.attach()
    scene.attach(at="task")
    digest = kept(scene)[0].body["digest"]
    scene.on(Kind.FILE, 1, "remove_file", reason="重复")
    assert scene.files.read(scene.id, digest) == b"photograph"
    scene.on(Kind.FILE, 2, "remove_file", reason="重复")
    assert scene.files.read(scene.id, digest) is None


def test_sent_twice_it_is_one_file(scene):
    once = attaching(sent="k" * 20)
    first = enter(scene.command, scene.id, once, signed(minute=9))
    assert enter(scene.command, scene.id, once, signed(minute=10)) == first
    assert len(kept(scene)) == 1


def test_a_department_adds_to_its_own_and_takes_its_own_away(scene):
    scene.attach(own="health")
    scene.attach(at="task", own="health", data=b"second")
    for more in ({"at": "measure"}, {"at": "finding", "own": "water_company"}):
        with pytest.raises(BadInput, match="not your department"):
            scene.attach(**{"own": "health", "data": b"third"} | more)
    scene.on(Kind.FILE, 1, "remove_file", reason="拍错了", own="health")
    with pytest.raises(BadInput, match="not your department"):
        scene.on(Kind.FILE, 2, "remove_file", reason="不要", own="water_company")


def test_what_has_ended_takes_no_more_evidence_but_what_outlives_it_does(scene):
    for act in ("assess", "respond", "control"):
        scene.act(act)
    scene.act("close", baseline_d=3)
    for at in ("finding", "measure"):
        with pytest.raises(BadInput, match="open it again"):
            scene.attach(at=at)
    scene.attach(at="task")
    scene.act("learn", text="旧管先查")
    scene.attach(at="lesson", data=b"plan")
    scene.attach(at="line", of=1)


def test_of_two_who_take_one_away_the_second_is_told(scene):
    scene.attach()
    scene.on(Kind.FILE, 1, "remove_file", reason="一")
    with pytest.raises(Conflict):
        scene.act("remove_file", number=1, version=1, reason="二")
