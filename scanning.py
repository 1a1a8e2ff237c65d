"""The door's command that scans an analyst's files for clusters."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from threading import Timer
from typing import Any

import click
import numpy as np
import orjson
from tqdm import tqdm

from data_sources.case_study import (
    Asked,
    Files,
    build_study,
    read_files,
    shape_members,
    study_steps,
)
from operations.detection.scans.candidates import Candidates, find_candidates
from operations.detection.scans.scan import Cluster, Scan, scan
from operations.detection.scans.significance import recurrence_interval_d
from operations.detection.scans.steps import DAYS, Steps
from operations.detection.scans.study import Study
from operations.errors import BadInput

PREPARING = "preparing; the first scan on a machine compiles for about half a minute"


@dataclass(frozen=True, slots=True)
class How:
    """How to scan: sizes, windows, replicates, and how to tell."""

    max_radius_km: float | None
    max_population: float
    max_window: str
    replications: int
    seed: int
    prospective: bool
    as_json: bool
    threads: int


def scan_files(**options: Any) -> None:
    """Scan the files and print the clusters, best first."""
    how = How(**{one.name: options.pop(one.name) for one in fields(How)})
    asked = Asked(**options)
    _check(asked, how)
    word = Timer(1.0, click.echo, [PREPARING], {"err": True})
    word.start()
    try:
        files = read_files(asked)
        steps = study_steps(asked, files)
        study = build_study(asked, files, steps)
        found = _scan(study, _candidates(asked, how, files, study), asked, how, word)
    finally:
        word.cancel()
    told = [_told(one, asked, how, files, steps) for one in found.clusters]
    if how.as_json:
        click.echo(orjson.dumps({"clusters": told}, option=orjson.OPT_INDENT_2).decode())
    else:
        _print_table(told, len(study.place), len(files.names))


def _candidates(asked: Asked, how: How, files: Files, study: Study) -> Candidates:
    return find_candidates(
        study.weights(),
        files.points,
        asked.coordinates,
        radius_km=np.inf if how.max_radius_km is None else how.max_radius_km,
        most_share=how.max_population,
        ties="apart",  # as the reference does
        shapes=[shape_members(one, files, asked) for one in files.shapes],
    )


def _check(asked: Asked, how: How) -> None:
    needs = {"poisson": ("population", asked.population), "bernoulli": ("controls", asked.controls)}
    for model, (name, given) in needs.items():
        if asked.model == model and given is None:
            raise BadInput(f"--{name}", f"the {model} model needs this file")
        if asked.model != model and given is not None:
            raise BadInput(f"--{name}", f"the {asked.model} model has no use for it; leave it out")
    if asked.model == "stp" and asked.spatial_only:
        raise BadInput("--spatial-only", "the permutation model needs time; take another model")
    if how.prospective and asked.spatial_only:
        raise BadInput("--prospective", "has no meaning with --spatial-only; leave one out")
    if asked.adjust and (asked.step != "day" or asked.spatial_only or asked.model == "bernoulli"):
        raise BadInput("--adjust", "weekday needs --step day and the stp or poisson model")
    if how.replications < 0:
        raise BadInput("--replications", f"{how.replications} is negative; take 0 or more")


def _longest(asked: Asked, how: How, steps: int) -> int:
    """Read the longest window: steps with their unit (7d, 2m, 3y), or a share of the study."""
    if asked.spatial_only:
        return 1
    text = how.max_window.strip()
    number, unit = text[:-1], text[-1:]
    try:
        if unit == "%":
            return max(1, int(float(number) / 100 * steps))
        if unit == asked.step[0]:
            return min(int(number), steps)
    except ValueError:
        pass
    example = f"7{asked.step[0]} for seven {asked.step}s, or 50%"
    raise BadInput("--max-window", f"{text!r} is no length in steps; write {example}")


def _scan(study: Study, candidates: Candidates, asked: Asked, how: How, word: Timer) -> Scan:
    """Scan; once the first replicates are there, show a bar if it takes longer."""
    longest = _longest(asked, how, study.steps)
    trailing = how.prospective or asked.spatial_only
    with tqdm(total=how.replications, desc="replicates", delay=1, file=sys.stderr) as bar:

        def advance(done: int) -> None:
            word.cancel()
            bar.update(done - bar.n)

        return scan(
            study, candidates, longest=longest, prospective=trailing,
            replications=how.replications, seed=how.seed, threads=how.threads, progress=advance,
        )  # fmt: skip


def _told(one: Cluster, asked: Asked, how: How, files: Files, steps: Steps) -> dict[str, Any]:
    """Tell a cluster in words and numbers that other programs can read."""
    first, last = (0, len(steps) - 1) if asked.spatial_only else (one.first_step, one.last_step)
    timeless = asked.spatial_only and not any(files.cases.moments) and asked.start is None
    at = None if one.centre is None else [float(x) for x in files.points[one.centre]]
    days = recurrence_interval_d(one.p, DAYS[asked.step]) if how.prospective else None
    return {
        "members": [files.names[place] for place in one.members],
        "centre": None if one.centre is None else files.names[one.centre],
        "coordinates": at,
        "shape": None if one.shape is None else files.shapes[one.shape].name,
        "radius_km": one.radius_km,
        "start": None if timeless else steps.firsts[first].isoformat(),
        "end": None if timeless else steps.last_day(last).isoformat(),
        "observed": one.observed,
        "expected": one.expected,
        "statistic": one.statistic,
        "p": one.p,
        "p_basis": one.p_basis,
        "recurrence_interval_d": days,
    }


def _print_table(told: Sequence[dict[str, Any]], cases: int, places: int) -> None:
    """Print clusters for people; those that chance always surpasses only as a number."""
    shown = [one for k, one in enumerate(told) if one["p"] < 1.0 or k == 0]
    click.echo(f"{cases:,} cases at {places:,} places: {len(shown)} clusters, best first")
    for k, one in enumerate(shown, start=1):
        where = one["shape"] or f"{one['radius_km']:.2f} km around {one['centre']}"
        click.echo(f"\n{k}. {where}, {one['start'] or ''} to {one['end'] or ''}")
        click.echo(
            f"   {one['observed']} cases, {one['expected']:.2f} expected, "
            f"statistic {one['statistic']:.6f}"
        )
        rare = (
            ""
            if one["recurrence_interval_d"] is None
            else (f", once in {one['recurrence_interval_d']:,.0f} days by chance")
        )
        click.echo(f"   p {one['p']:.3g} ({one['p_basis']}){rare}")
        click.echo(f"   {', '.join(one['members'])}")
    if len(told) > len(shown):
        click.echo(f"\n{len(told) - len(shown)} more that every replicate surpasses")
