"""The figures of a city and its departments: one list, which pages and documents follow."""

from operations.pulse.figure import Better, Event, Figure

DUTIES: tuple[Figure, ...] = (
    Figure(
        code="taken_rate", zh="沾边就接", en="Takes what touches it", event=Event.DISPATCHED,
        of="dispatched", good="returned", rest=True, better=Better.HIGHER,
        means_zh="一减去期内派单中被退回的比例，准退、拒退和待定的都算；其中未获准的另见拒退率。",
        means_en="One less the share of tickets sent out in the period that were returned,"
        " whatever was ruled on it; those that stayed with the department they had are named"
        " apart (returned, refused).",
    ),
    Figure(
        code="by_first_rate", zh="首接负责", en="The first to take it ends it",
        event=Event.CLOSED, of="handled", good="by_first", better=Better.HIGHER,
        means_zh="期内办结的工单（直办除外）中，从未改派、由首个承办单位办结的比例。",
        means_en="Of tickets closed in the period, without those answered at once, the ones never"
        " reassigned: the first department ended them.",
    ),
    Figure(
        code="lasting_rate", zh="一办到底", en="Done for good", event=Event.CLOSED,
        of="handled", good="lasting", better=Better.HIGHER,
        means_zh="期内办结的工单（直办除外）中，未重办且不是重复诉求的比例。",
        means_en="Of tickets closed in the period, without those answered at once, the ones never"
        " reopened that are no repeat.",
    ),
    Figure(
        code="served_rate", zh="服务到位", en="Served", event=Event.CALLED,
        of="callbacks", good="served", better=Better.HIGHER,
        means_zh="期内回访的工单中，接通、有有效答复且未说未解决或不满意的比例；未接通的计入分母。",
        means_en="Of callbacks, those that reached the caller and had an answer, none of which said"
        " unsolved or dissatisfied. Callers not reached count as not served.",
    ),
)  # fmt: skip
"""The four duties of a department: 沾边就接, 首接负责, 一办到底, 服务到位; each a rule to check."""

FIGURES: tuple[Figure, ...] = (
    Figure(
        code="opened", zh="受理量", en="Accepted", event=Event.OPENED, of="opened",
        means_zh="当日受理的全部工单，不论其后如何。",
        means_en="All tickets accepted on the day, whatever became of them.",
    ),
    Figure(
        code="dispatched", zh="派单量", en="Dispatched", event=Event.DISPATCHED, of="dispatched",
        means_zh="当日派出的工单。",
        means_en="Tickets sent out on the day.",
    ),
    Figure(
        code="closed", zh="办结量", en="Closed", event=Event.CLOSED, of="closed",
        means_zh="当日办结（含归档）的工单，撤回的不计。",
        means_en="Tickets closed or archived whose closing is of the day; withdrawn ones are not.",
    ),
    Figure(
        code="direct", zh="直办量", en="Answered at once", event=Event.CLOSED, of="direct",
        means_zh="当日办结而从未派单、也无承办单位的工单。",
        means_en="Of those closed, the ones never sent out and without a department.",
    ),
    Figure(
        code="on_time_rate", zh="按时办结率", en="Closed on time", event=Event.DUE,
        of="due", good="on_time", better=Better.HIGHER,
        means_zh="到期日在期内的工单中，按准许延期后的期限办结的比例；到期未办结的计为超期，撤回的不计。"
        "当日到期的自次日起计。",
        means_en="Of tickets due in the period, those closed by their due time after granted"
        " extensions. Open and overdue is late; withdrawn is left out. What falls due today"
        " counts from tomorrow on.",
    ),
    Figure(
        code="source_on_time_rate", zh="来源标注按时率", en="On time by the source's flag",
        event=Event.OPENED, of="targets", good="flagged_on_time", told_by="flagged",
        better=Better.HIGHER,
        means_zh="期内受理且有期限的工单中，来源系统自己标注为按时的比例；与按时办结率分母不同，不可相比。",
        means_en="Of tickets accepted in the period that have a due time, those the source itself"
        " flags as on time. Its denominator is not that of the rate of closings on time.",
    ),
    Figure(
        code="response_rate", zh="响应率", en="Responded", event=Event.CALLED,
        of="valid", good="responded", told_by="responded", better=Better.HIGHER,
        means_zh="期内回访有有效答复的工单中，回访前承办单位已答复诉求人的比例；来源不报答复时间的不计。",
        means_en="Of callbacks with a valid answer, those where the department had replied to the"
        " caller before. None where the source tells of no replies.",
    ),
    Figure(
        code="solved_rate", zh="解决率", en="Solved", event=Event.CALLED,
        of="answers", good="solved", better=Better.HIGHER,
        means_zh="期内回访中明确答复是否解决的工单里，诉求人说已解决的比例。",
        means_en="Of callbacks that say whether the matter is solved, those that say so.",
    ),
    Figure(
        code="satisfaction_rate", zh="满意率", en="Satisfied", event=Event.CALLED,
        of="opinions", good="satisfied", better=Better.HIGHER,
        means_zh="期内回访中表示满意程度的工单里，基本满意及以上的比例。",
        means_en="Of callbacks with a word on satisfaction, those fairly satisfied or better.",
    ),
    Figure(
        code="reached_rate", zh="回访接通率", en="Reached by callback", event=Event.CALLED,
        of="callbacks", good="reached", better=Better.HIGHER,
        means_zh="期内回访中接通的比例。",
        means_en="Of callbacks, those that reached the caller.",
    ),
    Figure(
        code="first_right_rate", zh="首派准确率", en="Sent right at first", event=Event.DISPATCHED,
        of="dispatched", good="misdirected", rest=True, better=Better.HIGHER,
        means_zh="一减去期内派单中其后被退回或改派的比例。",
        means_en="One less the share of tickets sent out in the period that were later returned or"
        " reassigned.",
    ),
    Figure(
        code="return_rate", zh="退单率", en="Returned", event=Event.DISPATCHED,
        of="dispatched", good="returned", better=Better.LOWER,
        means_zh="期内派单中被退回的比例，不论退单是否准许。",
        means_en="Of tickets sent out in the period, those returned, accepted or not.",
    ),
    Figure(
        code="return_accepted_rate", zh="准退率", en="Returned, accepted", event=Event.DISPATCHED,
        of="dispatched", good="returns_accepted", better=Better.LOWER,
        means_zh="期内派单中被退回且其后改派的比例。",
        means_en="Of tickets sent out, those returned and then given to another department.",
    ),
    Figure(
        code="return_refused_rate", zh="拒退率", en="Returned, refused", event=Event.DISPATCHED,
        of="dispatched", good="returns_refused", better=Better.LOWER,
        means_zh="期内派单中被退回而仍由原单位承办的比例。",
        means_en="Of tickets sent out, those returned that stayed with the department they had.",
    ),
    Figure(
        code="reopened_rate", zh="重办率", en="Reopened", event=Event.CLOSED,
        of="concluded", good="reopened", better=Better.LOWER,
        means_zh="最近一次办结在期内的工单（直办除外）中，被重办过的比例；重办中的仍按其办结日计。",
        means_en="Of tickets whose latest closing is in the period, without those answered at once,"
        " the ones that were reopened; also those open again whose closing the source still tells.",
    ),
    Figure(
        code="repeat_rate", zh="重复诉求率", en="Repeats", event=Event.OPENED,
        of="opened", good="repeats", better=Better.LOWER,
        means_zh="期内受理的工单中，此前三十天内同一来电人或同一精确位置已有同类诉求的比例。",
        means_en="Of tickets accepted, those with an earlier one of the same category from the same"
        " caller or exact place in the 30 days before.",
    ),
    Figure(
        code="once_rate", zh="一次办结率", en="Closed at once", event=Event.CLOSED,
        of="handled", good="once", better=Better.HIGHER,
        means_zh="期内办结的工单（直办除外）中，未退回、未改派、未重办且不是重复诉求的比例。",
        means_en="Of tickets closed in the period, without those answered at once, the ones never"
        " returned, reassigned or reopened that are no repeat.",
    ),
    Figure(
        code="handling_median", zh="办理时长中位数", en="Handling time, median",
        event=Event.CLOSED, measure="clock", share=0.5, better=Better.LOWER,
        means_zh="期内办结的工单（直办除外）从受理到办结的时长，按自然时间计，半数不超过此值。",
        means_en="From acceptance to closing of tickets closed in the period, without those"
        " answered at once, by the clock: half of them took no longer.",
    ),
    Figure(
        code="handling_p90", zh="办理时长九成数", en="Handling time, 90th percentile",
        event=Event.CLOSED, measure="clock", share=0.9, better=Better.LOWER,
        means_zh="同上，九成不超过此值。",
        means_en="The same: nine of ten took no longer.",
    ),
    Figure(
        code="working_median", zh="工作时长中位数", en="Working time, median",
        event=Event.CLOSED, measure="working", share=0.5, better=Better.LOWER,
        means_zh="同上，只计工作日的办公时间，半数不超过此值。",
        means_en="The same in office hours of working days: half of them took no longer.",
    ),
    Figure(
        code="working_p90", zh="工作时长九成数", en="Working time, 90th percentile",
        event=Event.CLOSED, measure="working", share=0.9, better=Better.LOWER,
        means_zh="同上，只计工作日的办公时间，九成不超过此值。",
        means_en="The same in office hours of working days: nine of ten took no longer.",
    ),
    *DUTIES,
    Figure(
        code="compliance", zh="四项要求合规率", en="Compliance with the four duties",
        event=Event.CLOSED, parts=DUTIES, better=Better.HIGHER,
        means_zh="沾边就接、首接负责、一办到底、服务到位四项的平均值，没有数的一项不计；"
        "n 取四项中最小的。",
        means_en="The mean of the four duties, each of its own day; one without a value is left"
        " out. Its n is the smallest of theirs.",
    ),
)  # fmt: skip

FIGURE = {figure.code: figure for figure in FIGURES}
"""The figures by their codes."""
