"""Commands that run many points: sweep, frontier and study, as a user calls them."""

import csv
import json

import polars
import pytest

from sim.experiments import points
from sim.report.charts import frontier as frontier_charts
from sim.report.charts import sweep as sweep_charts


@pytest.fixture
def plain_curves(monkeypatch):
    """Charts that take no time."""

    def draw(_, folder, tell):
        folder.mkdir(parents=True, exist_ok=True)
        return ()

    monkeypatch.setattr(sweep_charts, "draw_sweep", draw)
    monkeypatch.setattr(frontier_charts, "draw_frontier", draw)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def swept(simulate, folder, *words):
    out = folder / "out"
    called = simulate("sweep", "study/base.toml", *words, "--out", out, "-q")
    assert called.exit_code == 0, called.stderr
    return out, called


@pytest.mark.usefixtures("plain_curves")
def test_a_sweep_writes_a_row_for_each_point_and_measure(simulate, folder):
    out, called = swept(simulate, folder, "--vary", "teams.agents.agents=1:3:3")
    rows = rows_of(out / "points.csv")
    costs = [row for row in rows if row["measure"] == "operating cost per year"]
    assert [row["teams.agents.agents"] for row in costs] == ["1.0", "2.0", "3.0"]
    assert float(costs[1]["change"]) == 0.0
    assert float(costs[2]["mean"]) > float(costs[1]["mean"]) > float(costs[0]["mean"])
    table = polars.read_parquet(out / "points.parquet")
    assert table["mean"].to_list() == [float(row["mean"]) if row["mean"] else None for row in rows]
    assert "Cheapest to run: teams.agents.agents = 1" in called.stdout


@pytest.mark.usefixtures("plain_curves")
def test_a_point_has_the_figures_of_a_comparison(simulate, folder):
    out, _ = swept(simulate, folder, "--vary", "strategy=base,lean")
    compared = folder / "compared"
    assert simulate("compare", "study", "--out", compared, "-q").exit_code == 0
    strategies = json.loads((compared / "results.json").read_text())["strategies"]
    told = json.loads((out / "results.json").read_text())["points"]
    for strategy, point in zip(strategies, told, strict=True):
        whole = {
            one["measure"]: one
            for one in strategy["measures"]
            if one["row_kind"] == "total" and one["interval"] is None
        }
        for one in point["measures"]:
            assert one == whole[one["measure"]]


@pytest.mark.usefixtures("plain_curves")
def test_a_sweep_that_was_interrupted_goes_on_where_it_stopped(simulate, folder, monkeypatch):
    plain = points._keep
    kept = []

    def keep_two(*what):
        plain(*what)
        kept.append(what)
        if len(kept) == 2:
            raise KeyboardInterrupt

    words = ("--vary", "teams.agents.agents=1:4:4")
    monkeypatch.setattr(points, "_keep", keep_two)
    called = simulate("sweep", "study/base.toml", *words, "--out", folder / "half", "-q")
    assert called.exit_code == 130
    assert "goes on from there" in called.stderr
    half = json.loads((folder / "half" / "results.json").read_text())
    in_force, next_one = "2", "1"
    assert {point["values"][0] for point in half["points"]} == {in_force, next_one}
    monkeypatch.setattr(points, "_keep", plain)
    out, _ = swept(simulate, folder, *words)
    (folder / "outputs" / ".finished").rename(folder / "elsewhere")
    fresh = folder / "fresh"
    assert simulate("sweep", "study/base.toml", *words, "--out", fresh, "-q").exit_code == 0
    assert (out / "points.csv").read_bytes() == (fresh / "points.csv").read_bytes()


@pytest.mark.usefixtures("plain_curves")
def test_points_are_added_along_a_stretch(simulate, folder):
    out, _ = swept(simulate, folder, "--vary", "teams.agents.scale=0.5:3:3", "--adaptive", "2")
    told = json.loads((out / "results.json").read_text())["points"]
    assert [point["added"] for point in told] == [False, False, False, True, True]


def test_points_cannot_be_added_elsewhere(simulate):
    words = ("--vary", "teams.agents.agents=1,2", "--vary", "reasons.call.fcr=0:1")
    called = simulate("sweep", "study/base.toml", *words, "--adaptive", "2")
    assert called.exit_code == 2
    assert "one stretch of numbers only" in called.stderr


@pytest.mark.usefixtures("plain_curves")
def test_a_frontier_knows_strategies_files_and_points_and_counts_the_same_once(simulate, folder):
    swept(simulate, folder, "--vary", "teams.agents.agents=1:3:3")
    called = simulate("frontier", "study", "out", "--out", folder / "front", "--json")
    assert called.exit_code == 0, called.stderr
    told = json.loads(called.stdout)
    assert [place["name"] for place in told["places"]] == ["base at 1", "base at 2", "base at 3"]
    (front,) = told["fronts"]
    assert front["on_it"] == [0, 1, 2]
    assert [row["standing"] for row in rows_of(folder / "front" / "fronts.csv")] == [
        "on the frontier"
    ] * 3


def test_a_frontier_of_one_place_is_refused(simulate):
    called = simulate("frontier", "study/base.toml")
    assert called.exit_code == 2
    assert "nothing to set it against" in called.stderr


STUDY = """\
title = "Two or one"
claim = "One agent will do."
limits = "It is a *small* centre."
base = "base.toml"
frontier = true
[[claims]]
says = "One agent costs less."
less = "lean"
than = "base"
of   = "operating cost per year"
[[claims]]
says = "With one agent fewer hang up."
less = "lean"
than = "base"
of   = "abandonment"
[[sweeps]]
title = "How many"
vary = ["teams.agents.agents=1:3:3"]
"""


@pytest.mark.usefixtures("plain_curves")
def test_a_study_bears_claims_out_or_not_and_tells_all_on_one_page(simulate, folder):
    (folder / "study" / "study.toml").write_text(STUDY, encoding="utf-8")
    out = folder / "out"
    called = simulate("study", "study", "--out", out, "-q")
    assert called.exit_code == 0, called.stderr
    assert [row["verdict"] for row in rows_of(out / "claims.csv")] == ["borne out", "not borne out"]
    page = (out / "finding.md").read_text(encoding="utf-8")
    assert "**Borne out:** One agent costs less." in page
    assert "**Not borne out:** With one agent fewer hang up." in page
    assert "It is a \\*small\\* centre." in page
    assert (out / "comparison" / "bill.csv").is_file()
    assert (out / "curve-1" / "points.csv").is_file()
    assert (out / "frontier" / "steps.csv").is_file()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('less = "nobody"', 'no scenario "nobody" in this study; there are: base, lean'),
        ('of = "abandonmint"', 'did you mean "abandonment"?'),
        ('vary = ["teams.agents.agents"]', "write it as --vary"),
        (
            'adaptive = 3\nvary = ["reasons.call.fcr=0.5,0.6", "teams.agents.agents=1,2"]',
            "one stretch",
        ),
    ],
)
def test_what_is_wrong_with_a_study_is_told_before_anything_is_simulated(
    simulate, folder, wrong, told
):
    key = wrong.split(" =")[0]
    lines = [wrong if line.split(" =")[0].rstrip() == key else line for line in STUDY.splitlines()]
    if key == "adaptive":
        lines = [line for line in STUDY.splitlines() if not line.startswith("vary")] + [wrong]
    (folder / "study" / "study.toml").write_text("\n".join(lines), encoding="utf-8")
    called = simulate("study", "study", "--out", folder / "out")
    assert called.exit_code == 2
    assert told in called.stderr
    assert not (folder / "out").exists()
