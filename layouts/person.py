"""One account as administrators keep it: how it stands, what each of them may do with it."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.keeping_face import PersonFace, Places, Rights
from layouts.parts.keeping import (
    first_password,
    page_head,
    person_link,
    place_fields,
    reach_said,
    roles_said,
    state_mark,
)
from layouts.wording import Language, words

ROLES = (
    *("centre_staff", "department_handler", "incident_member", "leader", "supervisor", "wall"),
    *("system_admin", "security_admin", "audit_admin"),
)


def person(
    face: PersonFace | None, login: str, rights: Rights, places: Places, language: Language
) -> Component:
    """Draw the page; `face` is None where there is no such account."""
    said = words(language)
    title = said["person_gone"] if face is None else face.name
    here = person_link(login, language).partition("?")[0]
    return html.Main(
        [
            page_head(
                title, language, here=here, back=(f"/people?lang={language}", said["person_back"])
            ),
            html.Div(id=ids.PERSON_TOLD, className="told", role="status"),
            html.Div(id=ids.GIVEN_TOLD, className="told", role="status"),
            dcc.Store(id=ids.PERSON_ACTED),
            dcc.Store(id=ids.PERSON_GIVEN),
            html.Div(
                None if face is None else body(face, rights, places, language),
                id=ids.PERSON,
                className="people-cards",
            ),
        ],
        className="home people keeping",
        lang="zh-CN" if language == "zh" else "en",
    )


def body(
    face: PersonFace, rights: Rights, places: Places, language: Language
) -> list[Component | None]:
    """Draw how the account stands now, and what may be done with it."""
    return [
        dcc.Store(id=ids.PERSON_SEEN, data={"id": face.id, "seen": face.seen}),
        _facts(face, rights, language),
        _acts(face, language) if rights.make else None,
        _roles(face, places, language) if rights.give else None,
    ]


def done(words_said: str, language: Language, password: str | None = None) -> list[Component]:
    """Say what was done, with a first password where one was made."""
    shown = [] if password is None else first_password(password, language)
    return [html.Strong(words_said), *shown]


def _facts(face: PersonFace, rights: Rights, language: Language) -> Component:
    said = words(language)
    second = said["people_second_on"] if face.second else said["people_second_off"]
    rows = (
        (said["people_column_person"], face.login),
        (said["person_state"], state_mark(face, language)),
        (said["people_column_roles"], roles_said(face, language)),
        (said["people_column_reach"], reach_said(face, language)),
        (said["person_password"], said[f"person_password_{face.password}"]),
        (said["people_column_second"], second),
        (said["people_column_seen"], face.signed_in or said["people_state_never"]),
        (said["person_devices"], str(face.devices)),
        (said["person_made"], face.made),
    )
    return html.Section(
        [
            html.H2([said["person_facts"], _demo(face, said)]),
            html.Dl(
                [part for name, value in rows for part in (html.Dt(name), html.Dd(value))],
                className="person-facts",
            ),
            None if rights.give else html.P(said["person_roles_by"], className="fine"),
            None if rights.make else html.P(said["person_acts_by"], className="fine"),
        ],
        className="card",
    )


def _demo(face: PersonFace, said: Mapping[str, str]) -> Component | None:
    return html.Span(said["demo"], className="demo") if face.demo else None


def _closed(face: PersonFace, title: str, said: Mapping[str, str]) -> Component | None:
    """Say why nothing may be done with an account; None where something may."""
    if face.state == "retired":
        why = said["person_retired"]
    elif face.own:
        why = said["person_own"]
    else:
        return None
    return html.Section([html.H2(title), html.P(why)], className="card")


def _acts(face: PersonFace, language: Language) -> Component:
    said = words(language)
    closed = _closed(face, said["person_acts"], said)
    if closed is not None:
        return closed
    names = ["unlock" if face.state == "locked" else "lock", "end"]
    if face.password != "none":  # noqa: S105 - whether there is one
        names.append("reset")
    if face.second:
        names.append("second")
    names.append("retire")
    return html.Section(
        [html.H2(said["person_acts"]), *(_act(name, said) for name in names)],
        className="card",
    )


def _act(name: str, said: Mapping[str, str]) -> Component:
    """Draw an act that is done at the second press, after what it costs was said."""
    title = said[f"person_{name}"]
    return html.Details(
        [
            html.Summary(title),
            html.P(said[f"person_{name}_about"], className="fine"),
            html.Button(
                said["person_confirm"].format(act=title), id=ids.person_act(name),
                className="press press-main", n_clicks=0,
            ),
        ],
        className="costly",
    )  # fmt: skip


def _roles(face: PersonFace, places: Places, language: Language) -> Component:
    said = words(language)
    closed = _closed(face, said["person_roles"], said)
    if closed is not None:
        return closed
    options = [{"value": one, "label": said[f"role_{one}"]} for one in ROLES]
    return html.Section(
        [
            html.H2(said["person_roles"]),
            html.P(said["person_roles_about"], className="fine"),
            html.Div(
                [
                    dcc.Checklist(
                        options, list(face.roles), id=ids.GIVEN_ROLES, className="views role-list"
                    ),
                    *place_fields("given", places, language, face),
                    html.Button(
                        said["person_give"], id=ids.GIVE, className="press press-main", n_clicks=0
                    ),
                ],
                className="people-form",
            ),
        ],
        className="card",
    )
