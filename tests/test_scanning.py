"""The scan command on files made up here: right answers, and errors that name the cure."""

import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app import cli
from operations.detection.distance import distances
from tests.operations.detection.scans.plain_scan import margins, plain_bests

START = date(2024, 3, 4)
PLACES = [(f"P{k}", 37.5 + k % 5 / 100, 120.5 + k // 5 / 80) for k in range(20)]


def write(folder: Path, name: str, lines: list[str], end: str = "\n") -> Path:
    path = folder / name
    path.write_text(end.join(lines) + end)
    return path


def made_up(folder: Path) -> tuple[Path, Path, np.ndarray]:
    """Write a made-up month of cases with a cluster in it; give the counts too."""
    dice = random.Random(5)
    found = [(dice.randrange(20), dice.randrange(28)) for _ in range(150)]
    found += [(place, day) for place in (6, 7, 11) for day in (26, 27) for _ in range(2)]
    counts = np.zeros((20, 28))
    for one in found:
        counts[one] += 1
    lines = ["# place, cases, date"]
    lines += [f"P{p},1,{START + timedelta(days=d):%Y/%m/%d}" for p, d in found]
    cases = write(folder, "made.cas", lines, "\r\n")
    places = write(folder, "made.geo", [f"{n}\t{a:.4f}\t{b:.4f}\t" for n, a, b in PLACES])
    return cases, places, counts


def run(*arguments: object) -> list[dict[str, object]]:
    said = CliRunner().invoke(cli, ["scan", *map(str, arguments), "--json"])
    assert said.exit_code == 0, said.output
    found: list[dict[str, object]] = json.loads(said.stdout)["clusters"]
    return found


def refused(*arguments: object) -> str:
    said = CliRunner().invoke(cli, ["scan", *map(str, arguments)])
    assert said.exit_code == 2, said.output
    return said.stderr


@pytest.mark.parametrize("adjust", [False, True])
@pytest.mark.parametrize("prospective", [False, True])
def test_made_up_month_is_scanned_as_the_definition_says(
    tmp_path: Path, adjust: bool, prospective: bool
) -> None:
    cases, places, counts = made_up(tmp_path)
    flags = [
        *(["--adjust", "weekday"] if adjust else []),
        *(["--prospective"] if prospective else []),
    ]
    found = run("--model", "stp", "--cases", cases, "--places", places, "--max-window", "7d",
                "--start", START, "--end", "2024-03-31", "--max-population", 0.4, *flags,
                "--replications", 99)  # fmt: skip
    days = [(START.weekday() + k) % 7 if adjust else 0 for k in range(28)]
    expected = margins(counts, [0] * 20, days)
    points = np.array([[a, b] for _, a, b in PLACES])
    far = distances(points, points, "latlong")
    lists = []
    for centre in range(20):
        order = sorted(range(20), key=lambda k: far[centre, k])
        sets = [frozenset(order[: k + 1]) for k in range(20)]
        lists.append([one for one in sets if counts[list(one)].sum() <= 0.4 * counts.sum() + 1e-9])
    best = plain_bests("poisson", counts, expected, 0.0, lists, 7, prospective).max()
    assert found[0]["statistic"] == pytest.approx(best, abs=1e-9)
    assert set(found[0]["members"]) & {"P6", "P7", "P11"}
    rows = [int(name[1:]) for name in found[0]["members"]]
    first = (date.fromisoformat(str(found[0]["start"])) - START).days
    last = (date.fromisoformat(str(found[0]["end"])) - START).days
    assert found[0]["observed"] == counts[rows, first : last + 1].sum()
    assert found[0]["expected"] == pytest.approx(expected[rows, first : last + 1].sum())


def test_threads_change_nothing_and_seeds_do(tmp_path: Path) -> None:
    cases, places, _ = made_up(tmp_path)
    options = ["--model", "stp", "--cases", cases, "--places", places, "--prospective"]
    one = run(*options, "--threads", 1)
    assert run(*options, "--threads", 3) == one
    assert run(*options, "--seed", 2)[0]["p"] != one[0]["p"]


def test_clusters_share_no_place_and_come_best_first(tmp_path: Path) -> None:
    cases, places, _ = made_up(tmp_path)
    found = run("--model", "stp", "--cases", cases, "--places", places)
    statistics = [one["statistic"] for one in found]
    assert statistics == sorted(statistics, reverse=True)
    members = [name for one in found for name in one["members"]]
    assert len(members) == len(set(members))


def test_shapes_are_candidates_too(tmp_path: Path) -> None:
    cases, places, counts = made_up(tmp_path)
    ring = [[120.50, 37.48], [120.56, 37.48], [120.56, 37.56], [120.50, 37.56]]  # not closed
    crossed = [[120.4, 37.4], [120.6, 37.6], [120.6, 37.4], [120.4, 37.6], [120.4, 37.4]]
    shapes = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": "west"},
             "geometry": {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}},
            {"type": "Feature", "properties": {"name": "crossed"},
             "geometry": {"type": "Polygon", "coordinates": [crossed]}},
            {"type": "Feature", "properties": {"name": "main 3", "places": ["P11", "P6", "P7"]},
             "geometry": None},
        ],
    }  # fmt: skip
    path = tmp_path / "zones.geojson"
    path.write_text(json.dumps(shapes))
    found = run("--model", "stp", "--cases", cases, "--places", places, "--prospective",
                "--shapes", path, "--max-radius-km", 0)  # fmt: skip
    assert found[0]["shape"] == "main 3"
    assert set(found[0]["members"]) == {"P6", "P7", "P11"}
    assert found[0]["radius_km"] is None
    first = (date.fromisoformat(str(found[0]["start"])) - START).days
    assert found[0]["observed"] == counts[[6, 7, 11], first:].sum()


def test_population_of_one_year_spreads_cases_by_people_and_days(tmp_path: Path) -> None:
    cases, places, counts = made_up(tmp_path)
    people = write(tmp_path, "made.pop", [f"P{k} 24 {1000 + 100 * k}" for k in range(20)])
    found = run("--model", "poisson", "--cases", cases, "--places", places, "--population", people,
                "--prospective", "--start", "2024/3/4", "--end", "2024/3/31")  # fmt: skip
    rows = [int(name[1:]) for name in found[0]["members"]]
    days = (date.fromisoformat("2024-03-31") - date.fromisoformat(str(found[0]["start"]))).days + 1
    share = sum(1000 + 100 * k for k in rows) / sum(1000 + 100 * k for k in range(20))
    assert found[0]["expected"] == pytest.approx(counts.sum() * share * days / 28)
    whole = run("--model", "poisson", "--cases", cases, "--places", places, "--population", people,
                "--spatial-only")  # fmt: skip
    rows = [int(name[1:]) for name in whole[0]["members"]]
    assert whole[0]["observed"] == counts[rows].sum()


def test_degenerate_files_give_no_cluster_and_no_error(tmp_path: Path) -> None:
    _, places, _ = made_up(tmp_path)
    one_day = write(tmp_path, "day.cas", [f"P{k} 2 2024/3/9" for k in range(20)])
    stp = ["--model", "stp", "--prospective", "--start", "2024/3/4", "--end", "2024/3/31"]
    assert run(*stp, "--cases", one_day, "--places", places) == []
    alone = write(tmp_path, "one.geo", ["A 37.5 120.5"])
    single = write(tmp_path, "one.cas", ["A 3 2024/3/9", "A 1 2024/3/30"])
    assert run(*stp, "--cases", single, "--places", alone) == []


def test_places_at_one_point_are_one(tmp_path: Path) -> None:
    lines = [
        *(f"{n} {a:.4f} {b:.4f}" for n, a, b in PLACES),
        "twin 37.51 120.5125",
        "P0 37.5 120.5",
    ]
    places = write(tmp_path, "twin.geo", lines)
    usual = [f"P{k} 1 2024/3/{k + 5}" for k in range(20)]
    cases = write(tmp_path, "twin.cas", ["twin 2 2024/3/31", "P6 2 2024/3/31", *usual])
    best = run("--model", "stp", "--cases", cases, "--places", places, "--prospective")[0]
    assert {"twin", "P6"} <= set(best["members"])
    assert best["observed"] == 4


ONE = "P3 1 2024/3/5"
BAD = {
    "a place that is nowhere": (f"{ONE}\nX9 1 2024/3/6", None, ["bad.cas line 2", "X9", "add"]),
    "nothing at all": ("", None, ["bad.cas", "empty"]),
    "only comments": ("# nothing\n", None, ["bad.cas", "empty"]),
    "less than nothing": ("P3 -1 2024/3/5", None, ["line 1, count", "-1", "negative"]),
    "no number": ("P3 one 2024/3/5", None, ["line 1, count", "'one'"]),
    "no date": ("P3 1", None, ["line 1, date", "missing", "--spatial-only"]),
    "a date that is none": ("P3 1 2024/13/5", None, ["line 1, date", "2024/13/5"]),
    "a day of another year": ("P3 1 2023/3/5", None, ["line 1, date", "outside", "--start"]),
    "a coarse date": ("P3 1 2024", None, ["line 1, date", "too coarse", "--step"]),
    "no case": ("P3 0 2024/3/5", None, ["bad.cas", "no case"]),
    "a place in two": (ONE, "P3 37.5 120.5\nP3 37.6 120.5", ["bad.geo line 2", "keep one"]),
    "an axis exchanged": (ONE, "P3 120.5 37.5", ["bad.geo line 1, latitude", "longitude?"]),
    "a coordinate short": (ONE, "P3 120.5", ["bad.geo line 1", "fields"]),
    "no coordinate": (ONE, "P3 north 3", ["bad.geo line 1, latitude", "'north'"]),
    "no finite coordinate": (ONE, "P3 nan 3", ["bad.geo line 1, latitude", "finite"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_with_file_line_field_and_cure(name: str, tmp_path: Path) -> None:
    records, at, words = BAD[name]
    _, places, _ = made_up(tmp_path)
    cases = tmp_path / "bad.cas"
    cases.write_text(records)
    if at is not None:
        places = tmp_path / "bad.geo"
        places.write_text(at)
    said = refused("--model", "stp", "--cases", cases, "--places", places, "--start", "2024/3/4",
                   "--end", "2024/3/31", "--prospective")  # fmt: skip
    for word in words:
        assert word in said
    assert "Traceback" not in said


def test_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    cases, places, _ = made_up(tmp_path)
    both = ["--cases", cases, "--places", places]
    assert "--population" in refused("--model", "poisson", *both)
    assert "--controls" in refused("--model", "bernoulli", *both)
    assert "needs time" in refused("--model", "stp", *both, "--spatial-only")
    assert "--max-window" in refused("--model", "stp", *both, "--max-window", "7y")
    assert "max-population" in refused("--model", "stp", *both, "--max-population", 1.5)
    assert "seed" in refused("--model", "stp", *both, "--seed", -1)
    assert "end" in refused("--model", "stp", *both, "--start", "2024/5/1", "--end", "2024/4/1")


def test_bad_shapes_are_refused_with_the_feature(tmp_path: Path) -> None:
    cases, places, _ = made_up(tmp_path)
    path = tmp_path / "bad.geojson"
    both = ["--model", "stp", "--cases", cases, "--places", places, "--shapes", path]
    line = {"type": "LineString", "coordinates": [[120.5, 37.5], [120.6, 37.5]]}
    for text, word in (
        ("{", "GeoJSON"),
        (json.dumps({"type": "Feature", "properties": {}, "geometry": line}), "no area"),
        (json.dumps({"type": "Feature", "properties": {"places": ["Q"]}}), "Q is not in"),
        (json.dumps({"type": "Feature", "geometry": {"type": "Polygon"}}), "feature 1"),
    ):
        path.write_text(text)
        assert word in refused(*both)


def test_help_starts_without_compiling_anything() -> None:
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom app import cli\n"
        "assert CliRunner().invoke(cli, ['scan', '--help']).exit_code == 0\n"
        "assert not {'numba', 'scipy', 'shapely'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[1])
