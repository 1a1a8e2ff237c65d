"""What may be done to an incident, act by act."""

from datetime import timedelta

import pytest

from operations.errors import BadInput, Conflict
from operations.response.chain import bound_of, first_failing, in_order, template_for
from operations.response.incident import LIFE, Closing, Kind
from operations.response.incident_opening import Origin, opened
from operations.response.situation import next_due_us, report_due_us
from tests.incidents import MINUTE_US, T0_US, WATER, Scene, asked, opening, signed

EVERY_MIN = (60, 120, 240, 1440)


@pytest.fixture
def scene():
    return Scene()


def find(scene, link=1, **more):
    return scene.act("find", link=link, text="看了", **more)


def measured(scene, link=1):
    return find(scene, link, quantity="浊度", value=0.4, unit="NTU", limit=1.0)


def up_to(scene, *acts):
    for act in acts:
        scene.act(act)
    return scene


def controlled(scene):
    return up_to(scene, "assess", "respond", "control")


def test_it_opens_with_its_chain_its_lead_and_its_number(scene):
    head = scene.head
    assert (head.state, head.lead, head.number) == ("watching", "water_company", "SJ-2026-0001")
    assert [one.body["name_zh"] for one in in_order(scene.whole.of(Kind.LINK))] == [
        "源头", "管道", "居民家中"
    ]  # fmt: skip
    assert [one.body["code"] for one in scene.whole.of(Kind.PARTY)] == ["water_company"]


@pytest.mark.parametrize("lacking", ["lead", "title", "severity"])
def test_it_does_not_open_without_what_it_needs(lacking):
    given = {"lead": "health", "title": "黄水", "severity": 2} | {lacking: None}
    from operations.response.incident_opening import Origin, opened  # noqa: PLC0415

    with pytest.raises(BadInput) as refused:
        opened(asked("open", **given), signed(), Origin())
    assert refused.value.field == lacking


def test_no_stage_is_skipped(scene):
    for act in ("respond", "control", "close", "review", "reopen", "relapse"):
        with pytest.raises(BadInput, match="does not follow watching"):
            scene.act(act, reason="快", baseline_d=9)
    assert up_to(scene, "assess").head.state == "assessing"


def test_back_only_with_a_reason(scene):
    controlled(scene)
    with pytest.raises(BadInput, match="reason"):
        scene.act("relapse", reason="  ")
    scene.act("relapse", reason="又来了")
    assert scene.head.state == "responding"


def test_it_closes_on_evidence_alone(scene):
    controlled(scene)
    with pytest.raises(BadInput, match="baseline"):
        scene.act("close")
    scene.act("close", baseline_d=3)
    assert scene.head.state == "closed"
    assert scene.head.closing == Closing(days=3)
    assert scene.head.closed_us is not None


def test_or_on_a_reason_that_a_second_person_confirms(scene):
    controlled(scene)
    with pytest.raises(BadInput, match="nobody has asked"):
        scene.act("confirm_close", by="李 (li)")
    scene.act("ask_close", reason="水厂停产")
    with pytest.raises(BadInput, match="somebody else"):
        scene.act("confirm_close")
    scene.act("confirm_close", by="李 (li)")
    assert scene.head.closing == Closing(
        reason="水厂停产", asked_by="王 (wang)", confirmed_by="李 (li)"
    )


def test_what_was_asked_before_a_relapse_is_not_confirmed_after_it(scene):
    controlled(scene).act("ask_close", reason="稳定")
    scene.act("relapse", reason="又来了")
    scene.act("control")
    with pytest.raises(BadInput, match="nobody has asked"):
        scene.act("confirm_close", by="李 (li)")


def test_opened_again_it_has_neither_closing_nor_its_time(scene):
    controlled(scene).act("close", baseline_d=3)
    scene.act("reopen", reason="又来了")
    assert (scene.head.closing, scene.head.closed_us) == (None, None)


def test_a_review_ends_with_at_least_one_lesson(scene):
    controlled(scene)
    with pytest.raises(BadInput, match="once it is closed"):
        scene.act("learn", text="早报")
    scene.act("close", baseline_d=3)
    with pytest.raises(BadInput, match="lesson"):
        scene.act("review")
    scene.act("learn", text="早报")
    scene.act("review")
    assert LIFE.open_acts(scene.head.state) == []


def test_the_lead_is_handed_over_as_it_was_seen(scene):
    seen = scene.head.version
    scene.act("hand_over", lead="health", version=seen)
    with pytest.raises(Conflict) as refused:
        scene.act("hand_over", lead="housing", version=seen)
    assert refused.value.held.lead == "health"
    with pytest.raises(BadInput, match="no such department"):
        scene.act("hand_over", lead="nobody")
    with pytest.raises(BadInput, match="leads already"):
        scene.act("hand_over", lead="health")


def test_whoever_is_handed_the_lead_is_called_and_checks_in(scene):
    line = scene.act("hand_over", lead="health")
    assert (line.kind, line.number) == ("", 0), "it is about the whole"
    second = scene.whole.parts[Kind.PARTY, 2]
    assert (second.body["code"], second.state) == ("health", "summoned")
    scene.on(Kind.PARTY, 2, "check_in", own="health")
    scene.act("hand_over", lead="water_company")
    scene.act("hand_over", lead="health")
    assert scene.whole.parts[Kind.PARTY, 2].state == "present", "who is there is not called again"
    scene.act("hand_over", lead="water_company")
    scene.on(Kind.PARTY, 2, "stand_down")
    scene.act("hand_over", lead="health")
    assert scene.whole.parts[Kind.PARTY, 2].state == "summoned", "who was let go is"
    assert [one.body["code"] for one in scene.whole.of(Kind.PARTY)] == ["water_company", "health"]


def test_a_link_is_cleared_by_a_measurement_and_by_nothing_else(scene):
    find(scene)
    with pytest.raises(BadInput, match="measurement"):
        scene.on(Kind.LINK, 1, "clear")
    measured(scene, 2)
    with pytest.raises(BadInput, match="measurement"):
        scene.on(Kind.LINK, 1, "clear")
    measured(scene, 1)
    scene.on(Kind.LINK, 1, "clear")
    assert scene.whole.parts[Kind.LINK, 1].state == "cleared"


def test_what_was_measured_before_a_link_failed_does_not_clear_it(scene):
    measured(scene)
    scene.on(Kind.LINK, 1, "fail")
    with pytest.raises(BadInput, match="measurement"):
        scene.on(Kind.LINK, 1, "clear")
    measured(scene)
    scene.on(Kind.LINK, 1, "clear")
    with pytest.raises(BadInput, match="reason"):
        scene.on(Kind.LINK, 1, "fail")


def test_a_limit_is_at_most_or_at_least(scene):
    measured(scene)
    find(scene, quantity="余氯", value=0.02, limit=0.05, bound="least")
    bounds = [bound_of(one.body) for one in scene.whole.of(Kind.FINDING)]
    assert (bounds, bound_of({})) == (["most", "least"], "most")
    with pytest.raises(BadInput) as refused:
        find(scene, quantity="余氯", value=0.02, limit=0.05, bound="about")
    assert refused.value.field == "bound"


def test_the_first_failing_link_is_the_one_nearest_the_source(scene):
    assert first_failing(scene.whole.of(Kind.LINK)) is None
    scene.on(Kind.LINK, 1, "suspect")
    assert first_failing(scene.whole.of(Kind.LINK)).number == 1
    scene.on(Kind.LINK, 3, "fail")
    scene.on(Kind.LINK, 2, "fail")
    assert first_failing(scene.whole.of(Kind.LINK)).number == 2
    scene.on(Kind.LINK, 2, "drop_link", reason="不在这条路上")
    assert first_failing(scene.whole.of(Kind.LINK)).number == 3


def test_a_link_is_put_between_two_others(scene):
    scene.act("add_link", name="二次供水", behind=2)
    names = [one.body["name_zh"] for one in in_order(scene.whole.of(Kind.LINK))]
    assert names == ["源头", "管道", "二次供水", "居民家中"]


def test_nothing_is_done_at_a_link_that_was_taken_out(scene):
    scene.on(Kind.LINK, 2, "drop_link", reason="不在这条路上")
    for act, more in (
        ("plan", {"link": 2, "title": "冲洗", "owner": "health", "within_min": 5}),
        ("find", {"link": 2, "text": "看了"}),
        ("add_link", {"name": "二次供水", "behind": 2}),
        ("edit_link", {"number": 2, "version": 2, "name": "旧管"}),
        ("drop_link", {"number": 2, "version": 2, "reason": "再去一次"}),
        ("fail", {"number": 2, "version": 2}),
    ):
        with pytest.raises(BadInput, match="it was taken out"):
            scene.act(act, **more)
    assert scene.whole.parts[Kind.LINK, 2].version == 2


def test_a_measurement_says_what_was_measured(scene):
    with pytest.raises(BadInput, match="quantity"):
        find(scene, value=3)
    for bad in (True, "3", float("nan"), float("inf")):
        with pytest.raises(BadInput, match="value"):
            find(scene, quantity="浊度", value=bad)


def test_a_task_is_acknowledged_before_it_is_done(scene):
    scene.act("give", title="冲洗末梢", owner="water_company", within_min=30)
    assert scene.whole.parts[Kind.TASK, 1].due_us == T0_US + (scene.minute + 30) * MINUTE_US
    with pytest.raises(BadInput, match="does not follow given"):
        scene.on(Kind.TASK, 1, "finish", told="做了")
    scene.on(Kind.TASK, 1, "acknowledge")
    with pytest.raises(BadInput, match="told"):
        scene.on(Kind.TASK, 1, "finish")
    scene.on(Kind.TASK, 1, "finish", told="做了")
    done = scene.whole.parts[Kind.TASK, 1]
    assert (done.state, done.due_us, done.body["told"]) == ("done", None, "做了")


def test_a_measure_runs_before_it_is_complete(scene):
    scene.act("plan", title="换工艺", owner="water_company", link=1, within_min=60)
    with pytest.raises(BadInput, match="does not follow planned"):
        scene.on(Kind.MEASURE, 1, "complete")
    scene.on(Kind.MEASURE, 1, "begin")
    scene.on(Kind.MEASURE, 1, "complete")
    body = scene.whole.parts[Kind.MEASURE, 1].body
    assert body["began_us"] < body["done_us"]


def test_a_party_is_called_once(scene):
    scene.act("summon", party="health", task="采样")
    with pytest.raises(BadInput, match="called already"):
        scene.act("summon", party="health")
    scene.on(Kind.PARTY, 2, "check_in")
    assert scene.whole.parts[Kind.PARTY, 2].body["checked_us"] is not None


def test_a_role_has_one_person(scene):
    scene.act("appoint", role="commander", person="王")
    with pytest.raises(Conflict):
        scene.act("appoint", role="commander", person="李", version=9)
    scene.act("appoint", role="commander", person="李", version=1)
    assert [one.body["person"] for one in scene.whole.of(Kind.ROLE)] == ["李"]
    with pytest.raises(BadInput, match="commander, deputy"):
        scene.act("appoint", role="king", person="李")


@pytest.mark.parametrize("lacking", ["situation", "done", "next", "needs"])
def test_a_report_has_all_its_fields(scene, lacking):
    words = dict.fromkeys(("situation", "done", "next", "needs"), "有") | {lacking: " "}
    with pytest.raises(BadInput) as refused:
        scene.act("report", **words)
    assert refused.value.field == lacking


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"category": "water_outage"}, "reason"),
        ({"category": "nonsense", "reason": "看错了"}, "category"),
        ({"category": "water_yellow", "reason": "看错了"}, "category"),
        ({"reason": "看错了"}, "category"),
    ],
)
def test_a_category_is_corrected_to_another_of_the_list_with_a_reason(scene, more, field):
    with pytest.raises(BadInput) as refused:
        scene.act("classify", **more)
    assert refused.value.field == field


def test_what_is_closed_keeps_its_category(scene):
    controlled(scene).act("close", baseline_d=1)
    with pytest.raises(BadInput, match="open it again"):
        scene.act("classify", category="water_outage", reason="看错了")


def test_who_opens_by_hand_tells_the_category_and_else_the_origin_does():
    wanted = asked("open", lead="health", severity=3, title="停水", category="water_outage")
    assert opened(wanted, signed(), Origin()).head.category == "water_outage"
    bare = asked("open", lead="health", severity=3, title="停水")
    assert opened(bare, signed(), Origin(category="water_yellow")).head.category == "water_yellow"
    assert opened(bare, signed(), Origin()).head.category == ""
    with pytest.raises(BadInput) as refused:
        opened(wanted, signed(), Origin(category="water_yellow"))
    assert refused.value.field == "category"


def test_reports_are_due_by_severity_from_the_last_one(scene):
    head = scene.head
    assert report_due_us(head, EVERY_MIN) == head.opened_us + 240 * MINUTE_US
    scene.act("grade", severity=1)
    scene.act("report", **dict.fromkeys(("situation", "done", "next", "needs"), "有"))
    assert report_due_us(scene.head, EVERY_MIN) == T0_US + (scene.minute + 60) * MINUTE_US
    controlled(scene).act("close", baseline_d=1)
    assert report_due_us(scene.head, EVERY_MIN) is None
    assert next_due_us(None, 5, 3) == 3
    assert next_due_us(None) is None


def test_a_line_is_pinned_and_let_go(scene):
    line = scene.act("note", text="水厂来电")
    scene.act("pin", number=line.seq)
    with pytest.raises(BadInput, match="so already"):
        scene.act("pin", number=line.seq)
    scene.act("unpin", number=line.seq)
    assert scene.whole.parts[Kind.PIN, line.seq].body["stands"] is False
    with pytest.raises(BadInput, match="no such line"):
        scene.act("pin", number=999)


def test_the_same_send_is_one_act(scene):
    sent = "a" * 20
    first = scene.act("note", text="一", sent=sent)
    again = scene.act("note", text="一", sent=sent)
    assert again == first
    assert scene.head.seq == first.seq
    with pytest.raises(BadInput, match="another act"):
        scene.act("note", text="一", sent=sent, by="李 (li)")
    with pytest.raises(BadInput, match="key"):
        scene.act("note", text="一", sent="kurz")


def test_a_department_acts_on_its_own_alone(scene):
    scene.act("give", title="采样", owner="health", within_min=30)
    scene.act("summon", party="health")
    with pytest.raises(BadInput, match="not your department"):
        scene.on(Kind.TASK, 1, "acknowledge", own="housing")
    scene.on(Kind.TASK, 1, "acknowledge", own="health")
    scene.on(Kind.PARTY, 2, "check_in", own="health")
    scene.act("note", text="到了", own="health")
    with pytest.raises(BadInput, match="not your department"):
        scene.act("note", text="到了", own="housing")
    with pytest.raises(BadInput, match="a department may"):
        scene.act("hand_over", lead="health", own="health")
    with pytest.raises(BadInput, match="not your department"):
        scene.act("find", link=1, text="看了", own="health")
    scene.on(Kind.LINK, 1, "edit_link", name="源头", owner="health")
    scene.act("find", link=1, text="看了", own="health")


def test_nothing_is_done_to_what_is_closed_but_looking_back(scene):
    scene.act("give", title="建制度", owner="health", within_min=30)
    controlled(scene).act("close", baseline_d=2)
    for act, more in (("summon", {"party": "health"}), ("grade", {"severity": 1}),
                      ("hand_over", {"lead": "health"})):  # fmt: skip
        with pytest.raises(BadInput, match="open it again first"):
            scene.act(act, **more)
    scene.act("note", text="回看")
    scene.on(Kind.TASK, 1, "acknowledge")


def test_what_follows_from_a_lesson_outlives_the_review(scene):
    controlled(scene)
    with pytest.raises(BadInput, match="once it is closed"):
        scene.act("follow_up", title="改造旧管", owner="housing", within_min=43_200, lesson=1)
    scene.act("close", baseline_d=2)
    with pytest.raises(BadInput, match="no such lesson"):
        scene.act("follow_up", title="改造旧管", owner="housing", within_min=43_200, lesson=1)
    scene.act("learn", text="旧管先查")
    for title in ("改造旧管", "修订预案", "重复的"):
        scene.act("follow_up", title=title, owner="housing", within_min=43_200, lesson=1)
    with pytest.raises(BadInput, match="no such department"):
        scene.act("follow_up", title="x", owner="nobody", within_min=43_200, lesson=1)
    scene.act("review")
    with pytest.raises(BadInput, match="once it is closed"):
        scene.act("follow_up", title="x", owner="housing", within_min=43_200, lesson=1)
    scene.on(Kind.TASK, 1, "acknowledge", own="housing")
    scene.on(Kind.TASK, 1, "finish", own="housing", told="已换新管")
    with pytest.raises(BadInput, match="reason"):
        scene.on(Kind.TASK, 3, "withdraw")
    scene.on(Kind.TASK, 3, "withdraw", reason="与第二件重复")
    with pytest.raises(BadInput, match="open it again first"):
        scene.on(Kind.TASK, 1, "give_again", within_min=30, reason="再查")
    tasks = [scene.whole.parts[Kind.TASK, number] for number in (1, 2, 3)]
    assert [one.state for one in tasks] == ["done", "given", "withdrawn"]
    assert [one.body["lesson"] for one in tasks] == [1, 1, 1]


def test_a_template_is_offered_by_the_longest_beginning():
    assert template_for("water_yellow", [WATER]) is WATER
    assert template_for("noise", [WATER]) is None


def test_an_exercise_is_numbered_apart(scene):
    drill = scene.book.begin(opening(exercise=True), (), year=2026)
    assert (drill.number, drill.exercise) == ("YL-2026-0001", True)
    assert timedelta(0) <= timedelta(microseconds=drill.changed_us - drill.opened_us)


def test_who_acts_and_when_is_told_to_worker_and_screens(scene):
    line = scene.act("note", text="一")
    assert scene.rung == [(scene.id, line.seq)]
    assert [one.actions for one in scene.stream.read(most_entries=9, wait_s=0)] == [("incident",)]
