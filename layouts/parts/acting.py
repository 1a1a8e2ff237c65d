"""Forms of acts: what is typed stays until the act is done; `assets/acting.js` sends it."""

from collections.abc import Collection, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts.parts.marks import aria, data
from layouts.parts.people import field
from layouts.ticket_face import Reader


def acts(reader: Reader, inside: Sequence[Component | None], *, version: str = "") -> Component:
    """Draw what holds forms; `version` is the address that tells how often the matter changed."""
    said = reader.words
    return html.Div(
        list(inside),
        className="acting",
        **data(
            sure=said["dispute_sure"], away=said["clock_away"], refused=said["dispute_refused"],
            changed=said["dispute_changed"], lang=reader.language, version_at=version,
        ),
    )  # fmt: skip


def form(
    post: str,
    act: str,
    name: str,
    fields: Sequence[Component | None],
    *,
    seen: int | None = None,
    sure: bool = False,
    main: bool = False,
    beside: str = "",
) -> Component:
    """Draw the form of an act: it is sent to `post` with the version that was seen.

    `sure` asks again before it does what a slip would cost. What stands in the form of the act
    `beside` is sent along.
    """
    about = {"post": post, "seen": "" if seen is None else str(seen), "beside": beside}
    press = {"confirm": "yes"} if sure else {}
    look = f"press{' press-main' if main else ''}"
    return html.Div(
        [
            *fields,
            html.Div(html.Button(name, type="button", className=look, **data(act=act, **press)),
                     className="search-ways"),
            html.P(className="told acting-told", role="status"),
        ],
        className="acting-form", role="group", **aria(label=name), **data(**about),
    )  # fmt: skip


def line(said: str, name: str, *, value: str = "", hint: str = "", most: int = 300) -> Component:
    """Draw a line to type in; its name is what the act calls it."""
    typed = dcc.Input(
        type="text", name=name, value=value, placeholder=hint, maxLength=most, autoComplete="off"
    )
    return field(said, typed)


def area(said: str, name: str, *, most: int = 1_000, value: str = "") -> Component:
    """Draw an area to type in."""
    return field(said, html.Textarea(value, name=name, rows=3, maxLength=most))


def choice(
    said: str,
    name: str,
    options: Sequence[tuple[str, str]],
    *,
    several: int = 0,
    none: str = "",
    chosen: Collection[str] = (),
) -> Component:
    """Draw a list to choose from; `several` lines of it where more than one may be chosen."""
    first = [] if several or not none else [html.Option(none, value="")]
    drawn = [
        *first,
        *(
            html.Option(word, value=code, selected=True if code in chosen else None)
            for code, word in options
        ),
    ]
    listed = (
        html.Select(drawn, name=name, multiple=True, size=several)
        if several
        else html.Select(drawn, name=name)
    )
    return field(said, listed)


def box(name: str, value: str, inside: Sequence[Component | str], *, checked: bool) -> Component:
    """Draw a box to check: whoever checks it adds `value` to the list called `name`."""
    return html.Button(
        list(inside), type="button", className="acting-box", role="checkbox",
        **aria(checked="true" if checked else "false"), **data(box=name, value=value),
    )  # fmt: skip
