"""What the administrators' pages share: where somebody works, how they stand, their head."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from dash import dcc, html
from dash.development.base_component import Component

from layouts.face import Name
from layouts.keeping_face import PersonFace, Places
from layouts.parts.header import language_switch
from layouts.parts.marks import aria, data
from layouts.parts.people import field, sign_out
from layouts.wording import Language, words


def person_link(login: str, language: Language) -> str:
    """Give the address of one account's page."""
    return f"/people/{quote(login, safe='@')}?lang={language}"


def page_head(
    title: str,
    language: Language,
    *,
    back: tuple[str, str],
    here: str,
    query: Mapping[str, str] | None = None,
) -> Component:
    """Draw the head of a page: the way back, the title, the language, the way out."""
    where, name = back
    return html.Header(
        [
            html.A(name, href=where, className="press"),
            html.H1(title),
            language_switch(language, path=here, query=query),
            sign_out(language),
        ],
        className="home-head",
    )


def pager(
    path: str, query: Mapping[str, str], page: int, pages: int, language: Language
) -> Component | None:
    """Draw the ways to the pages beside this one; nothing where there is only one."""
    if pages == 1:
        return None
    said = words(language)
    kept = {name: one for name, one in query.items() if one} | {"lang": language}

    def way(word: str, to: int) -> Component | None:
        address = f"{path}?{urlencode(kept | {'page': str(to)})}"
        return html.A(said[word], href=address, className="press") if 1 <= to <= pages else None

    told = said["page_of"].format(page=page, pages=pages)
    return html.Nav(
        [way("page_before", page - 1), html.Span(told), way("page_after", page + 1)],
        className="people-ways",
        **aria(label=told),
    )


def state_mark(person: PersonFace, language: Language) -> Component:
    """Draw how an account stands, in a word and a shape."""
    said = words(language)
    return html.Span(
        said[f"people_state_{person.state}"], className="account-state", **data(state=person.state)
    )


def roles_said(person: PersonFace, language: Language) -> str:
    """Name an account's roles."""
    said = words(language)
    return " · ".join(said[f"role_{one}"] for one in person.roles) or said["people_no_role"]


def reach_said(person: PersonFace, language: Language) -> str:
    """Name the department and the reach of an account."""
    said = words(language)
    reach = said[f"ring_{person.ring}"].format(place=person.place_name)
    return " · ".join(filter(None, (person.department_name, reach)))


def first_password(password: str, language: Language) -> list[Component]:
    """Show a first password, this once."""
    said = words(language)
    return [
        html.Span(said["people_first_password"], className="fine"),
        html.Code(password, className="secret first-password", **data(first_password=password)),
        html.Span(said["people_first_about"], className="fine"),
    ]


def place_fields(
    prefix: str, places: Places, language: Language, person: PersonFace | None = None
) -> list[Component]:
    """Draw the fields that say where somebody works; codes are offered with their names."""
    said = words(language)
    rings = [
        {"value": one, "label": said[f"people_ring_{one}"]} for one in ("city", "county", "town")
    ]
    return [
        field(
            said["people_department"],
            dcc.Input(
                id=f"{prefix}-department", type="text", list=f"{prefix}-departments",
                maxLength=100, autoComplete="off", value=person.department if person else "",
            ),
        ),
        _offered(f"{prefix}-departments", places.departments, language),
        html.Div(
            [
                html.Span(said["people_ring"]),
                dcc.RadioItems(
                    rings, person.ring if person else "city", id=f"{prefix}-ring", className="views"
                ),
            ],
            className="press-field",
        ),
        field(
            said["people_place"],
            dcc.Input(
                id=f"{prefix}-place", type="text", list=f"{prefix}-places", maxLength=100,
                autoComplete="off", value=person.place if person else "",
            ),
        ),
        _offered(f"{prefix}-places", [*places.districts, *places.towns], language),
    ]  # fmt: skip


def _offered(name: str, names: Sequence[Name], language: Language) -> Component:
    options = [html.Option(value=one.code, label=one.told(language)) for one in names]
    return html.Datalist(options, id=name)
