"""The chain of a matter, from source to tap: ordered links, what was found at each, the verdict.

A link is cleared only by evidence: a finding with a measurement or a file, made since somebody
last said that it fails.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from operations.response.incident import Kind, Part, Whole
from operations.response.machine import Machine, Move

MOST_LINKS = 20

BOUNDS = ("most", "least")
"""What a limit is of a measured value: at most, as where nothing else is said, or at least."""

VERDICT = Machine(
    "link",
    "unknown",
    (
        Move("suspect", ("unknown", "failing"), "suspected"),
        Move("suspect", ("cleared",), "suspected", needs_reason=True),
        Move("fail", ("unknown", "suspected"), "failing"),
        Move("fail", ("cleared",), "failing", needs_reason=True),
        Move("clear", ("unknown", "suspected", "failing"), "cleared"),
    ),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One link of a template."""

    code: str
    name_zh: str
    name_en: str
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """The usual path of a kind of matter; `categories` begin the codes it is offered for first."""

    code: str
    name_zh: str
    name_en: str
    stages: tuple[Stage, ...]
    categories: tuple[str, ...] = ()


def links_of(template: Template) -> tuple[Part, ...]:
    """Make the links of a template, numbered in its order."""
    return tuple(
        Part(kind=Kind.LINK, number=number, body=link_body(stage, position=number))
        for number, stage in enumerate(template.stages, start=1)
    )


def link_body(stage: Stage, *, position: float) -> dict[str, Any]:
    """Give the body of a link nobody has looked at yet."""
    return {
        "name_zh": stage.name_zh,
        "name_en": stage.name_en,
        "owner": stage.owner,
        "position": position,
        "state": VERDICT.first,
        "failed_us": None,
        "dropped": False,
    }


def in_order(links: Iterable[Part]) -> list[Part]:
    """Give the links that stand in the order of the matter's path."""
    standing = [link for link in links if not link.body["dropped"]]
    return sorted(standing, key=lambda link: (link.body["position"], link.number))


def first_failing(links: Iterable[Part]) -> Part | None:
    """Give the link where it begins: the first that fails, else the first suspected one."""
    path = in_order(links)
    for verdict in ("failing", "suspected"):
        for link in path:
            if link.state == verdict:
                return link
    return None


def findings_of(whole: Whole, link: int) -> list[Part]:
    """Give what was found at a link, oldest first."""
    return [one for one in whole.of(Kind.FINDING) if one.body["link"] == link]


def is_evidence(whole: Whole, finding: Part) -> bool:
    """Tell whether a finding has a measurement, or a photograph or paper that still stands."""
    return finding.body["value"] is not None or any(
        one.state == "kept" and (one.body["at"], one.body["of"]) == ("finding", finding.number)
        for one in whole.of(Kind.FILE)
    )


def bound_of(finding: Mapping[str, Any]) -> str:
    """Tell which bound a finding's limit is."""
    return str(finding.get("bound") or BOUNDS[0])


def is_cleared_by(whole: Whole, finding: Part, link: Part) -> bool:
    """Tell whether a finding lets a link be cleared: evidence from after it was last failing."""
    failed_us = link.body["failed_us"]
    is_after = failed_us is None or finding.body["at_us"] > failed_us
    return is_after and is_evidence(whole, finding)


def template_for(category: str, templates: Iterable[Template]) -> Template | None:
    """Give the template that is offered first for a category: that of its longest beginning."""
    found = [
        (len(begins), template)
        for template in templates
        for begins in template.categories
        if category.startswith(begins)
    ]
    return max(found, key=lambda one: one[0])[1] if found else None
