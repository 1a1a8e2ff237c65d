"""The command gives what SaTScan 10.3.2 gave on the same files."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import cli

FOLDER = Path(__file__).parents[2] / "shared" / "data" / "scan"

pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="needs ../shared/data (scan)")

NYC = ["--model", "stp", "--cases", "NYCfever.cas", "--places", "NYCfever.geo", "--start",
       "2001/11/1", "--end", "2001/11/24", "--prospective"]  # fmt: skip
NM = ["--model", "poisson", "--cases", "nm.cas", "--places", "nm.geo", "--population", "nm.pop",
      "--start", "1973/1/1", "--end", "1991/12/31", "--step", "year"]  # fmt: skip
RUNS = {
    "nyc999.txt": [*NYC, "--max-radius-km", "3", "--max-window", "7d"],
    "nyc999_50.txt": [*NYC, "--max-population", "0.5", "--max-window", "50%"],
    "nm999.txt": NM,
    "nm_pro.txt": [*NM, "--prospective"],
    "nh999.txt": ["--model", "bernoulli", "--cases", "NHumberside.cas", "--controls",
                  "NHumberside.ctl", "--places", "NHumberside.geo", "--coordinates", "cartesian",
                  "--spatial-only"],
    "synS_r5.txt": ["--model", "stp", "--cases", "synS.cas", "--places", "synS.geo", "--start",
                    "2023/7/16", "--end", "2024/7/14", "--max-radius-km", "5", "--max-window",
                    "30d", "--prospective"],
}  # fmt: skip


def reference(path: Path) -> list[dict[str, str]]:
    """Read the clusters of a SaTScan result file: what it prints, field by field."""
    text = path.read_text().split("CLUSTERS DETECTED")[1].split("____")[0]
    found = []
    for part in re.split(r"\n(?=\d+\.Location)", text)[0:]:
        if "Location IDs" not in part:
            continue
        folded = re.sub(r"\n {10,}", " ", part)
        pairs = re.findall(r"^\s*(?:\d+\.)?([A-Z][\w /-]*?)\s*\.*: (.*)$", folded, re.MULTILINE)
        found.append({name.strip(" ."): value.strip() for name, value in pairs})
    return found


def scanned(name: str, *more: str) -> list[dict[str, object]]:
    """Run the command on the files of a run."""
    arguments = [
        str(FOLDER / one) if (FOLDER / one).is_file() else one for one in [*RUNS[name], *more]
    ]
    said = CliRunner().invoke(cli, ["scan", *arguments, "--json"])
    assert said.exit_code == 0, said.output
    clusters: list[dict[str, object]] = json.loads(said.stdout)["clusters"]
    return clusters


@pytest.mark.parametrize("name", RUNS)
def test_every_cluster_is_that_of_the_reference(name: str) -> None:
    theirs, ours = reference(FOLDER / name), scanned(name)
    assert len(theirs) >= 2
    for them, us in zip(theirs, ours, strict=False):
        statistic = them.get("Test statistic") or them["Log likelihood ratio"]
        assert us["statistic"] == pytest.approx(float(statistic), abs=1e-6)
        assert set(us["members"]) == set(re.split(r",\s*", them["Location IDs included"]))
        radius = float(them["Coordinates / radius"].split("/")[-1].replace("km", ""))
        assert us["radius_km"] == pytest.approx(radius, abs=0.01)
        assert us["observed"] == int(them["Number of cases"])
        assert us["expected"] == pytest.approx(float(them["Expected cases"]), abs=0.0051)
        if "Time frame" in them:
            frame = [
                "{}-{:0>2}-{:0>2}".format(*day.split("/"))
                for day in them["Time frame"].split(" to ")
            ]
            assert [us["start"], us["end"]] == frame
        p = float(them["P-value"])
        error = (2 * p * (1 - p) / 999) ** 0.5  # theirs and ours
        assert us["p"] == pytest.approx(p, abs=3 * error + 0.001)


def test_new_york_s_fourth_cluster_is_among_all_that_are_listed() -> None:
    theirs = reference(FOLDER / "nyc999.txt")[3]
    assert theirs["Test statistic"] == "1.427139"
    alike = [one for one in scanned("nyc999.txt") if one["statistic"] == pytest.approx(1.427139)]
    (fourth,) = alike
    assert set(fourth["members"]) == {"10469", "10475", "10467", "10466"}
    assert (fourth["start"], fourth["end"]) == ("2001-11-24", "2001-11-24")


def test_p_values_of_new_york_are_those_of_many_replicates() -> None:
    first, second = scanned("nyc999.txt", "--replications", "9999", "--seed", "20")[:2]
    for one, p in ((first, 0.2036), (second, 0.4924)):
        assert one["p"] == pytest.approx(p, abs=3 * (p * (1 - p) / 999) ** 0.5)
        assert one["p_basis"] == "rank"


def test_far_beyond_all_replicates_the_tail_is_that_of_the_reference() -> None:
    one = scanned("synS_r5.txt")[0]
    assert one["p_basis"] == "gumbel"
    assert 3e-8 < one["p"] < 3e-7  # SaTScan: 0.00000010
    assert one["recurrence_interval_d"] == pytest.approx(1 / one["p"])
