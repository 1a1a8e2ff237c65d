"""A drawn page written out as a plain HTML document, for a page that has to stand at once.

Dash's own document is empty until its scripts have run and asked; this one is whole when it
arrives, and a browser can keep it for the time it is offline.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dash.development.base_component import Component

from layouts.wording import Language

VOID = {"Br", "Hr", "Img", "Input"}
NAMES = {"className": "class", "htmlFor": "for"}


@dataclass(frozen=True, slots=True)
class Shell:
    """What a plain page loads: addresses of its sheets and scripts, and the version of them all."""

    sheets: Sequence[str]
    scripts: Sequence[str]
    version: str


def document(
    body: Component, shell: Shell, *, language: Language, title: str, head: Sequence[str] = ()
) -> str:
    """Write a page; `head` are further lines of its head, as HTML."""
    tag = "zh-CN" if language == "zh" else "en"
    sheets = (f'<link rel="stylesheet" href="{escape(one)}">' for one in shell.sheets)
    scripts = (f'<script defer src="{escape(one)}"></script>' for one in shell.scripts)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{tag}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
        '<meta name="color-scheme" content="dark">',
        '<meta name="theme-color" content="#10151b">',
        f"<title>{escape(title)}</title>",
        *head,
        *sheets,
        *scripts,
        "</head>",
        f"<body>{written(body)}</body>",
        "</html>",
    ]
    return "\n".join(lines)


def written(part: Any) -> str:
    """Write a component of `dash.html`, or a text, as HTML."""
    if part is None:
        return ""
    if isinstance(part, list | tuple):
        return "".join(written(one) for one in part)
    if not isinstance(part, Component):
        return escape(str(part), quote=False)
    kind, props = _told(part)
    begun = f"<{kind.lower()}{''.join(_attributes(props))}>"
    if kind in VOID:
        return begun
    inside = props.get("children")
    text = _data(str(inside)) if kind == "Script" else written(inside)
    return f"{begun}{text}</{kind.lower()}>"


def _told(part: Component) -> tuple[str, dict[str, Any]]:
    """Give a component's type and properties.

    Dash's own way asks every property's name of every pattern: two fifths of a long page's time.
    """
    drawn: Any = part  # dash gives its components no types
    given = vars(drawn)
    named, patterns = given["_prop_names"], tuple(given["_valid_wildcard_attributes"])
    props = {
        name: value for name, value in given.items() if name in named or name.startswith(patterns)
    }
    return str(drawn._type), props


def _attributes(props: dict[str, Any]) -> Iterator[str]:
    for name, value in sorted(props.items()):  # dash gives them in any order
        if name == "children" or value is None or value is False:
            continue
        known = NAMES.get(name, name.lower())
        yield f" {known}" if value is True else f' {known}="{escape(str(value))}"'


def _data(text: str) -> str:
    """Write JSON so that nothing in it ends the element it stands in."""
    return json.dumps(json.loads(text), ensure_ascii=False).replace("<", "\\u003c")


def tree(part: Any) -> Any:
    """Give a component as plain lists, [tag, attributes, children], for a page that puts it up.

    assets/incident_drawn.js makes the same nodes of it that `written` writes.
    """
    if isinstance(part, list | tuple):
        return [tree(one) for one in part if one is not None]
    if not isinstance(part, Component):
        return str(part)
    kind, props = _told(part)
    inside = props.get("children")
    children = inside if isinstance(inside, list | tuple) else [inside]
    attributes = {
        NAMES.get(name, name.lower()): "" if value is True else str(value)
        for name, value in props.items()
        if name != "children" and value is not None and value is not False
    }
    return [kind.lower(), attributes, [tree(one) for one in children if one is not None]]
