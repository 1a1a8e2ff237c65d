"""The watchbook in SQL: clusters, alarms and their histories, each look in one transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, text

from data_sources.audit_log import SqlAudit
from data_sources.database import reading, writing
from data_sources.watch_rows import (
    Row,
    alarm_line_of,
    alarm_line_row,
    alarm_of,
    alarm_row,
    cluster_line_of,
    cluster_line_row,
    cluster_of,
    cluster_row,
)
from operations.detection.cluster import Cluster, ClusterLine
from operations.errors import Conflict
from operations.people.ports import Audit
from operations.ports import Watched
from operations.pulse.alarm import Alarm, AlarmLine, Cause
from operations.pulse.alarm_actions import alarm_deed
from operations.pulse.alarm_turns import age


class SqlWatchbook:
    """`operations.ports.Watchbook` on SQLite or PostgreSQL; `migrate` must have run before."""

    def __init__(self, engine: Engine, audit: Audit | None = None) -> None:
        self._engine = engine
        self._audit = audit or SqlAudit(engine)

    def keep(self, watched: Watched) -> list[Alarm]:
        """Write what changed, in one transaction; give back the alarms others wrote first.

        Rows are taken in one order by everybody, so that two writers never wait for each other.
        """
        if watched == Watched():
            return []
        clusters = sorted(watched.clusters, key=lambda one: one.id)
        alarms = sorted(watched.alarms, key=lambda one: one.id)
        with writing(self._engine) as connection:
            _write(connection, _UPSERT_CLUSTER, map(cluster_row, clusters))
            _write(connection, _APPEND_CLUSTER_LINE, map(cluster_line_row, watched.cluster_lines))
            others = [other for one in alarms if (other := _set(connection, one)) is not None]
            refused = {alarm.id for alarm in others}
            lines = (line for line in watched.alarm_lines if line.alarm not in refused)
            _write(connection, _APPEND_ALARM_LINE, map(alarm_line_row, lines))
        return others

    def act(self, alarm: Alarm, line: AlarmLine) -> None:
        """Write an alarm a person changed, its line and the audit's, in one transaction."""
        with writing(self._engine) as connection:
            before = _find(connection, alarm.id)
            if before is None:
                raise Conflict(f"alarm {alarm.id} is not there", None)
            held = _set(connection, alarm)
            if held is not None:
                raise Conflict(f"alarm {alarm.id} has changed since it was seen", held)
            _write(connection, _APPEND_ALARM_LINE, [alarm_line_row(line)])
            if before != alarm:  # else the same again, after an answer was lost
                self._audit.append(alarm_deed(before, alarm, line), within=connection)
        self._audit.hand_on()

    def living(self) -> tuple[list[Cluster], list[Alarm]]:
        """Give the clusters that live and the alarms that are not cleared, the oldest first."""
        with reading(self._engine) as connection:
            clusters = connection.execute(text(_LIVING)).scalars().all()
            alarms = connection.execute(text(_STANDING)).scalars().all()
        return _oldest_first(map(cluster_of, clusters)), sorted(map(alarm_of, alarms), key=age)

    def standing(self) -> list[Alarm]:
        """Give the alarms that are not cleared, the oldest first."""
        return sorted(map(alarm_of, self._bodies(_STANDING)), key=age)

    def cleared(self, *, most: int) -> list[Alarm]:
        """Give the alarms cleared last, the newest first."""
        return [alarm_of(body) for body in self._bodies(_CLEARED, most=most)]

    def alarm(self, alarm: str) -> Alarm | None:
        """Find one alarm."""
        with reading(self._engine) as connection:
            return _find(connection, alarm)

    def alarm_lines(self, alarm: str) -> list[AlarmLine]:
        """Give an alarm's history, oldest version first, within one as it was written."""
        return [alarm_line_of(body) for body in self._bodies(_ALARM_LINES, alarm=alarm)]

    def alarms_of(self, cluster: str) -> list[Alarm]:
        """Give the alarms a cluster is or was a reason of, newest first."""
        found = map(alarm_of, self._bodies(_ALARMS_OF, cluster=cluster))
        return sorted(found, key=age, reverse=True)

    def cluster(self, cluster: str) -> Cluster | None:
        """Find one cluster, living or not."""
        found = self._bodies("SELECT body FROM clusters WHERE id = :cluster", cluster=cluster)
        return cluster_of(found[0]) if found else None

    def cluster_lines(self, cluster: str) -> list[ClusterLine]:
        """Give a cluster's history, oldest first."""
        return [cluster_line_of(body) for body in self._bodies(_CLUSTER_LINES, cluster=cluster)]

    def clusters_of(self, category: str, *, most: int) -> list[Cluster]:
        """Give a category's clusters, the newest first."""
        found = self._bodies(_CLUSTERS_OF, category=category, most=most)
        return [cluster_of(body) for body in found]

    def ended(self, *, since_us: int, most: int) -> list[Cluster]:
        """Give the clusters that ended since a moment, the last first; not what merged."""
        found = [cluster_of(body) for body in self._bodies(_PAST, since=since_us)]
        ended = [one for one in found if (one.ended_us or 0) >= since_us and one.into is None]
        return sorted(ended, key=lambda one: (one.ended_us or 0, one.id), reverse=True)[:most]

    def _bodies(self, statement: str, **values: Any) -> Sequence[str]:
        with reading(self._engine) as connection:
            return connection.execute(text(statement), values).scalars().all()


def _write(connection: Connection, statement: str, rows: Iterable[Row]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(text(statement), listed)


def _set(connection: Connection, alarm: Alarm) -> Alarm | None:
    """Write an alarm where it is the next version of the held one, else give that.

    Compare and set in one statement: of two writers of one version the second finds none.
    """
    row = alarm_row(alarm)
    written = connection.execute(text(_NEXT_ALARM), row | {"before": alarm.version - 1}).rowcount
    written = written or connection.execute(text(_NEW_ALARM), row).rowcount
    if not written:
        held = _find(connection, alarm.id)
        if held != alarm:
            return held
    reasons = [
        {"alarm": alarm.id, "cluster": reason.subject}
        for reason in alarm.reasons
        if reason.cause is Cause.CLUSTER
    ]
    _write(connection, _LINK, reasons)
    return None


def _find(connection: Connection, alarm: str) -> Alarm | None:
    found = connection.execute(text("SELECT body FROM alarms WHERE id = :id"), {"id": alarm})
    body = found.scalar_one_or_none()
    return None if body is None else alarm_of(body)


def _oldest_first(clusters: Iterable[Cluster]) -> list[Cluster]:
    return sorted(clusters, key=lambda cluster: (cluster.born_us, cluster.id))


_UPSERT_CLUSTER = (
    "INSERT INTO clusters (id, category, living, born_us, changed_us, body)"
    " VALUES (:id, :category, :living, :born_us, :changed_us, :body) ON CONFLICT (id) DO UPDATE"
    " SET category = excluded.category, living = excluded.living, born_us = excluded.born_us,"
    " changed_us = excluded.changed_us, body = excluded.body"
    " WHERE excluded.changed_us >= clusters.changed_us"
)
_APPEND_CLUSTER_LINE = (
    "INSERT INTO cluster_lines (cluster, at_us, digest, body)"
    " VALUES (:cluster, :at_us, :digest, :body) ON CONFLICT (cluster, at_us, digest) DO NOTHING"
)
_NEXT_ALARM = (
    "UPDATE alarms SET version = :version, state = :state, cleared_us = :cleared_us, body = :body"
    " WHERE id = :id AND version = :before"
)
_NEW_ALARM = (
    "INSERT INTO alarms (id, version, state, raised_us, cleared_us, body)"
    " VALUES (:id, :version, :state, :raised_us, :cleared_us, :body) ON CONFLICT (id) DO NOTHING"
)
_APPEND_ALARM_LINE = (
    "INSERT INTO alarm_lines (alarm, version, at_us, digest, body)"
    " VALUES (:alarm, :version, :at_us, :digest, :body)"
    " ON CONFLICT (alarm, version, at_us, digest) DO NOTHING"
)
_LINK = (
    "INSERT INTO alarm_clusters (alarm, cluster) VALUES (:alarm, :cluster)"
    " ON CONFLICT (alarm, cluster) DO NOTHING"
)
_LIVING = "SELECT body FROM clusters WHERE living"
_PAST = "SELECT body FROM clusters WHERE NOT living AND changed_us >= :since"
_STANDING = "SELECT body FROM alarms WHERE state <> 'cleared'"
_CLEARED = (
    "SELECT body FROM alarms WHERE cleared_us IS NOT NULL"
    " ORDER BY cleared_us DESC, raised_us DESC, id DESC LIMIT :most"
)
_ALARM_LINES = "SELECT body FROM alarm_lines WHERE alarm = :alarm ORDER BY version, at_us, id"
_CLUSTER_LINES = "SELECT body FROM cluster_lines WHERE cluster = :cluster ORDER BY at_us, id"
_ALARMS_OF = (
    "SELECT body FROM alarms JOIN alarm_clusters ON alarm_clusters.alarm = alarms.id"
    " WHERE cluster = :cluster"
)
_CLUSTERS_OF = (
    "SELECT body FROM clusters WHERE category = :category"
    " ORDER BY born_us DESC, id DESC LIMIT :most"
)
