"""The folder of a run: what is in it, that it is all there or not at all, and how it is read."""

import csv
import errno
import json
import re
from pathlib import Path

import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiments.results import (
    SCHEMA_VERSION,
    Assumption,
    BillItem,
    Choice,
    Control,
    Difference,
    Document,
    Measure,
    Precision,
    Rival,
    Strategy,
)
from sim.experiments.warmup import Settling, WarmUp
from sim.report import charts
from sim.report.export import (
    UnreadableError,
    as_json,
    check_room,
    export,
    read_back,
    redraw,
    safe,
    schema,
)
from tests.report.handmade import document, measure, strategy, study

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
ORIGIN = {"program": "waitworth"}


@pytest.fixture(autouse=True)
def plain_charts(monkeypatch):
    """Charts that take no time."""

    def draw_all(_, folder, tell):
        file = folder / "bill.png"
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text("a chart", encoding="utf-8")
        return (file,)

    monkeypatch.setattr(charts, "draw_all", draw_all)


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def everything_below(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# ------------------------------------------------------------------------------ what is written


def test_a_comparison_leaves_results_tables_intervals_and_charts(tmp_path):
    export(study(3), ORIGIN, tmp_path / "made")
    assert everything_below(tmp_path) == [
        "made",
        "made/bill.csv",
        "made/charts",
        "made/charts/bill.png",
        "made/days.csv",
        "made/differences.csv",
        "made/intervals.parquet",
        "made/measures.csv",
        "made/results.json",
        "made/run.json",
    ]


def test_a_run_has_no_differences(tmp_path):
    export(study(1), ORIGIN, tmp_path / "made")
    assert not (tmp_path / "made" / "differences.csv").exists()


def test_the_whole_the_days_and_the_intervals_stand_in_tables_of_their_own(tmp_path):
    base = strategy("base")
    days = [measure("offered", "contacts", 9.0, interval=day) for day in ("Mon", "week 2 Tue")]
    found = document(
        base.model_copy(update={"measures": (*base.measures, *days)}), strategy("other")
    )
    export(found, ORIGIN, tmp_path / "made")
    measures = [one for strategy in found.strategies for one in strategy.measures]
    rows = cells(tmp_path / "made" / "measures.csv")
    assert len(rows) == sum(one.interval is None for one in measures)
    assert float(rows[0]["mean"]) == measures[0].mean
    intervals = polars.read_parquet(tmp_path / "made" / "intervals.parquet")
    assert len(intervals) == sum(one.interval is not None for one in measures) - len(days)
    told = cells(tmp_path / "made" / "days.csv")
    assert [(row["day"], row["measure"], float(row["mean"])) for row in told] == [
        ("Mon", "offered", 9.0),
        ("week 2 Tue", "offered", 9.0),
    ]
    assert intervals["mean"].dtype == polars.Float64


def test_an_undefined_figure_is_an_empty_cell(tmp_path):
    found = study(1, spread=None)
    export(found, ORIGIN, tmp_path / "made")
    rows = cells(tmp_path / "made" / "measures.csv")
    assert {row["low"] for row in rows} == {""}
    assert cells(tmp_path / "made" / "bill.csv")[0]["price"] == ""


def test_a_spreadsheet_sees_at_once_that_a_table_is_utf_8(tmp_path):
    export(document(strategy("größer")), ORIGIN, tmp_path / "made")
    for table in (tmp_path / "made").glob("*.csv"):
        assert table.read_bytes().startswith(b"\xef\xbb\xbf")
        assert {row["strategy"] for row in cells(table)} <= {"größer"}
    assert cells(tmp_path / "made" / "measures.csv")


@given(st.sampled_from(["=", "+", "-", "@", "\t=", " =", "\r+", "＝", ""]), st.text())
def test_no_text_is_taken_for_a_formula(beginning, text):
    cell = beginning + text
    written = safe(cell)
    assert not written.strip().startswith(("=", "+", "-", "@", "＝"))
    assert written in (cell, f"'{cell}")


def test_numbers_stay_numbers_in_a_spreadsheet(tmp_path):
    assert safe(-3.5) == -3.5
    found = study(2)
    export(found, ORIGIN, tmp_path / "made")
    rows = cells(tmp_path / "made" / "differences.csv")
    assert [float(row["mean"]) for row in rows] == [one.mean for one in found.differences]


def test_a_hostile_name_is_text_in_every_table(tmp_path):
    name = '=HYPERLINK("http://evil","x")'
    export(document(strategy(name), strategy("other")), ORIGIN, tmp_path / "made")
    for table in (tmp_path / "made").glob("*.csv"):
        written = table.read_text(encoding="utf-8-sig")
        assert all(not row["strategy"].startswith("=") for row in cells(table)), written


# -------------------------------------------------------------------------------- all or nothing


def test_what_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(charts, "draw_all", full)
    with pytest.raises(OSError, match="No space"):
        export(study(1), ORIGIN, tmp_path / "outputs" / "study" / "made")
    assert everything_below(tmp_path) == []


def test_what_is_interrupted_leaves_nothing_but_what_was_there(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(charts, "draw_all", stopped)
    (tmp_path / "outputs").mkdir()
    with pytest.raises(KeyboardInterrupt):
        export(study(1), ORIGIN, tmp_path / "outputs" / "study" / "made")
    assert everything_below(tmp_path) == ["outputs"]


def test_an_empty_folder_can_be_filled_and_a_full_one_is_left_alone(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    check_room(folder)
    export(study(1), ORIGIN, folder)
    with pytest.raises(FileExistsError):
        check_room(folder)
    with pytest.raises(OSError, match=r".+"):
        export(study(1), ORIGIN, folder)
    assert read_back(folder)[0] == study(1)
    assert everything_below(tmp_path)[0] == "mine"


def test_room_is_looked_for_before_and_leaves_no_trace(tmp_path):
    check_room(tmp_path / "new" / "er")
    assert everything_below(tmp_path) == []
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match=r".+"):
        check_room(tmp_path / "file" / "below")


# ----------------------------------------------------------------------------------- read back


def test_what_was_written_is_read_back_as_it_was(tmp_path):
    found = study(3)
    export(found, ORIGIN, tmp_path / "made")
    assert read_back(tmp_path / "made") == (found, tmp_path / "made")
    assert read_back(tmp_path / "made" / "results.json") == (found, tmp_path / "made")


def test_the_file_of_results_is_the_json_document(tmp_path):
    found = study(2)
    export(found, ORIGIN, tmp_path / "made")
    written = (tmp_path / "made" / "results.json").read_text(encoding="ascii")
    assert written == as_json(found) + "\n"
    assert json.loads(written)["schema_version"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "damaged: it is not JSON"),
        ("\x00\x01", "damaged: it is not JSON"),
        ("[" * 100_000, "damaged: it is not JSON"),
        ("[]", "holds no results"),
        ('{"schema_version": 999}', "version 999"),
        (f'{{"schema_version": {SCHEMA_VERSION}, "kind": "run"}}', "damaged at title"),
    ],
)
def test_a_damaged_file_gets_a_sentence(tmp_path, text, said):
    (tmp_path / "results.json").write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError, match=said):
        read_back(tmp_path)


def test_a_file_with_one_wrong_figure_says_where(tmp_path):
    whole = json.loads(as_json(study(1)))
    whole["strategies"][0]["measures"][3]["mean"] = "many"
    (tmp_path / "results.json").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"damaged at strategies\.0\.measures\.3\.mean"):
        read_back(tmp_path)


def test_a_folder_without_results_and_a_missing_one_get_a_sentence(tmp_path):
    with pytest.raises(UnreadableError, match="holds no results"):
        read_back(tmp_path)
    with pytest.raises(UnreadableError, match="no such file or folder"):
        read_back(tmp_path / "not there")


def test_bytes_that_are_no_text_get_a_sentence(tmp_path):
    (tmp_path / "results.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableError, match="damaged"):
        read_back(tmp_path)


def test_charts_are_drawn_anew_in_their_place(tmp_path):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "bill.png").write_text("old", encoding="utf-8")
    assert redraw(study(1), tmp_path) == (tmp_path / "charts" / "bill.png",)
    assert (tmp_path / "charts" / "bill.png").read_text(encoding="utf-8") == "a chart"
    assert everything_below(tmp_path) == ["charts", "charts/bill.png"]


# ---------------------------------------------------------------------------------- provenance


def test_provenance_names_all_that_is_needed_to_make_results_again():
    from sim.report.provenance import program_version, provenance
    from sim.scenario.load import load

    file = Path("scenarios/starter.toml")
    loaded = load(file, ["teams.agents.scale=0.9"])
    origin = provenance(
        study(1), [loaded], ["teams.agents.scale=0.9"], 30, {"by": "FCR", "select": False}
    )
    assert json.loads(json.dumps(origin)) == origin
    assert origin["version"] == program_version() == "0.1.0"
    assert (origin["seed"], origin["replications"], origin["replications_asked_for"]) == (1, 20, 30)
    assert origin["options"] == {"by": "FCR"}
    (scenario,) = origin["scenarios"]
    assert scenario["resolved"]["teams"]["agents"]["scale"] == 0.9
    assert scenario["files"] == [file.as_posix()]
    assert {"python", "numpy", "numba", "scipy", "simpy"} <= origin["versions"].keys()
    assert len(origin["rules"]) == 16


# ------------------------------------------------------------------------------- documentation


def test_the_committed_schema_is_that_of_the_document():
    committed = (REFERENCE / "results.schema.json").read_text(encoding="utf-8")
    write = "from pathlib import Path; from sim.report.export import schema; "
    write += "Path('docs/reference/results.schema.json').write_text(schema(), 'utf-8')"
    assert committed == schema(), f'run: python -c "{write}"'


def test_the_page_on_json_names_every_key():
    page = (REFERENCE / "json.md").read_text(encoding="utf-8")
    parts = (Document, Strategy, Measure, BillItem, Assumption, Difference)
    for part in (*parts, Choice, Rival, Precision, Control, WarmUp, Settling):
        for key in part.model_fields:
            assert key in re.findall(r"\w+", page), f"{part.__name__}.{key}"
