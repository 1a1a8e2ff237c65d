"""What the pages of accountability share: where they are, and how evidence is attached."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from layouts.accountability_face import Choice
from layouts.parts.acting import area, choice, line
from layouts.ticket_face import Reader

MATTERS, API = "/accountability", "/api/v1/accountability"
POINTING = ("ticket", "incident", "opinion", "attempt")


def attaching(
    reader: Reader, figures: Sequence[Choice], period: tuple[str, str], ticket: str = ""
) -> list[Component]:
    said = reader.words
    fields = [
        line(said[f"accountability_kind_{kind}"], f"{kind}s", most=2_000,
             value=ticket if kind == "ticket" else "")
        for kind in POINTING
    ]  # fmt: skip
    return [
        html.P(said["accountability_evidence_about"], className="fine account-wide"),
        *fields,
        choice(said["accountability_kind_figure"], "figure", figures, none="—"),
        line(said["accountability_from"], "first", value=period[0], most=10),
        line(said["accountability_to"], "last", value=period[1], most=10),
        area(said["accountability_kind_words"], "words", most=500),
    ]
