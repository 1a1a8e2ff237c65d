"""What stood open beside the rules of the database: replaced rows, emptied tables, rulings.

And the index by which the tasks that outlive their incidents are found.
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0027"

# SQLite replaces a row without firing the trigger of its removal, whichever of its keys is taken.
KEPT = {
    "incident_lines": (
        "incident_id = NEW.incident_id AND (seq = NEW.seq OR key = NEW.key)",
        "lines of an incident are never changed",
    ),
    "incident_steps": (
        "incident_id = NEW.incident_id AND kind = NEW.kind AND number = NEW.number"
        " AND cause = NEW.cause AND occasion_us = NEW.occasion_us AND step = NEW.step",
        "steps of a ladder are never changed",
    ),
}
TAKEN = {
    "accountability_lines": ("key = NEW.key", "a line of accountability is never changed"),
    "accountability_approvals": (
        "matter_id = NEW.matter_id AND person = NEW.person",
        "an approval is never changed",
    ),
    "campaign_lines": ("key = NEW.key", "a line of a campaign is never changed"),
    "case_lines": ("key = NEW.key", "a line of a case is never changed"),
    "cases": (
        "incident_id = NEW.incident_id AND state = 'published'"
        " AND NEW.state IN ('draft', 'published')",
        "a case that was published is only ever taken out",
    ),
}
"""Further keys of tables that are only added to, by which a row could be replaced as well."""

BOUND = "a ruled ticket stays with the lead of its opinion and is not given back"
STAYS = "a ruled ticket is not taken away, and stays the ticket it is"
RULING = "the ruling stays among the decisions on a ticket it binds"
MOVED = (
    "(NEW.id <> OLD.id OR NEW.source <> OLD.source OR NEW.external_id <> OLD.external_id)"
)
LOCKED = "EXISTS (SELECT 1 FROM locks WHERE ticket_id = OLD.{name})"
SOME_LOCK = "EXISTS (SELECT 1 FROM locks)"
# Another number under its name, or another name under its number, would be a ticket without lock.
OTHER = (
    "EXISTS (SELECT 1 FROM tickets AS held JOIN locks ON ticket_id = held.id"
    " WHERE held.source = NEW.source AND held.external_id = NEW.external_id AND held.id <> NEW.id)"
    " OR EXISTS (SELECT 1 FROM locks JOIN tickets AS held ON held.id = ticket_id"
    " WHERE ticket_id = NEW.id"
    " AND (held.source <> NEW.source OR held.external_id <> NEW.external_id))"
)
# Of a row that is there already: a restored lock comes before its ticket, which follows it later.
RULED = (
    "EXISTS (SELECT 1 FROM locks JOIN opinions ON opinions.id = opinion_id"
    " JOIN tickets AS held ON held.id = ticket_id WHERE ticket_id = NEW.id"
    " AND (NEW.status = 'returned' OR NEW.department IS NULL OR NEW.department <> lead))"
)
UNRULED = (
    "EXISTS (SELECT 1 FROM locks JOIN opinions ON opinions.id = opinion_id"
    " WHERE ticket_id = NEW.ticket_id AND ({number} IS {other} opinions.number"
    " OR {lead} IS {other} opinions.lead))"
)
REWRITTEN = f"NEW.ticket_id <> OLD.ticket_id AND {LOCKED.format(name='ticket_id')} OR {{unruled}}"


def upgrade() -> None:
    waits = sa.text("kind = 'task' AND due_us IS NOT NULL")
    op.create_index(
        "ix_incident_parts_tasks", "incident_parts", ["due_us", "incident_id", "number"],
        sqlite_where=waits, postgresql_where=waits,
    )  # fmt: skip
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in postgresql() if postgres else sqlite():
        op.execute(statement)


def sqlite() -> list[str]:
    def refuse(name: str, when: str, told: str) -> str:
        return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{told}'); END"

    there = "INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
    made = [
        refuse(f"{table}_{name}", there.format(table=table, same=same), told)
        for name, kept in (("never_replaced", KEPT), ("never_taken", TAKEN))
        for table, (same, told) in kept.items()
    ]
    unruled = UNRULED.format(
        number="json_extract(NEW.body, '$.ruling.opinion')",
        lead="json_extract(NEW.body, '$.ruling.lead')", other="NOT",
    )  # fmt: skip
    rewritten = REWRITTEN.format(unruled=unruled)
    decided = "EXISTS (SELECT 1 FROM handling WHERE ticket_id = NEW.ticket_id)"
    return [
        *made,
        refuse("tickets_ruled_stay", f"DELETE ON tickets WHEN {LOCKED.format(name='id')}", STAYS),
        refuse("tickets_ruled_keep_their_names",
               "UPDATE OF id, source, external_id ON tickets"
               f" WHEN {MOVED} AND ({LOCKED.format(name='id')} OR {OTHER})", STAYS),
        refuse("tickets_ruled_are_not_replaced", f"INSERT ON tickets WHEN {OTHER}", STAYS),
        refuse("tickets_ruled_are_not_moved", f"INSERT ON tickets WHEN {RULED}", BOUND),
        refuse("handling_ruled_stays",
               f"DELETE ON handling WHEN {LOCKED.format(name='ticket_id')}", RULING),
        refuse("handling_keeps_ruling",
               f"UPDATE OF ticket_id, body ON handling WHEN {rewritten}", RULING),
        refuse("handling_ruled_is_not_replaced",
               f"INSERT ON handling WHEN {decided} AND {unruled}", RULING),
    ]  # fmt: skip


def postgresql() -> list[str]:
    def refuse(name: str, told: str, when: str = "true") -> str:
        return (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {when} THEN RAISE EXCEPTION '{told}'; END IF;"
            " IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF; RETURN OLD; END $$"
        )

    def row(table: str, name: str, event: str) -> str:
        return (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
        )

    def emptied(table: str, function: str) -> str:
        return (
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )

    unruled = UNRULED.format(
        number="NEW.body::jsonb #>> '{ruling,opinion}'",
        lead="NEW.body::jsonb #>> '{ruling,lead}'", other="DISTINCT FROM",
    )  # fmt: skip
    return [
        emptied("incident_lines", "incident_lines_are_added"),
        emptied("incident_steps", "incident_steps_are_added"),
        refuse("tickets_ruled_stay", STAYS, LOCKED.format(name="id")),
        row("tickets", "tickets_ruled_stay", "DELETE"),
        refuse("tickets_ruled_keep_their_names", STAYS, f"{MOVED} AND {LOCKED.format(name='id')}"),
        row("tickets", "tickets_ruled_keep_their_names", "UPDATE OF id, source, external_id"),
        refuse("tickets_ruled_are_not_emptied", STAYS, SOME_LOCK),
        emptied("tickets", "tickets_ruled_are_not_emptied"),
        refuse("handling_ruled_stays", RULING, LOCKED.format(name="ticket_id")),
        row("handling", "handling_ruled_stays", "DELETE"),
        refuse("handling_keeps_ruling", RULING, REWRITTEN.format(unruled=unruled)),
        row("handling", "handling_keeps_ruling", "UPDATE OF ticket_id, body"),
        refuse("handling_rulings_are_not_emptied", RULING, SOME_LOCK),
        emptied("handling", "handling_rulings_are_not_emptied"),
    ]
