"""What a user of the commands sees, and what lies in the folder afterwards."""

import errno
import json

import pytest

from sim import experiments
from sim.cli import options
from sim.experiments import replicate
from sim.experiments import simulate as simulating
from sim.report import export
from tests.report.handmade import study


def outputs(folder):
    """The folders of runs, unfinished ones included."""
    return sorted(path for path in folder.glob("outputs/*/*"))


# ------------------------------------------------------------------------------ run and compare


def test_run_tells_one_strategy_and_where_its_files_are(simulate, folder):
    done = simulate("run", "study/base.toml")
    assert done.exit_code == 0, done.stderr
    (made,) = outputs(folder)
    assert made.parent.name == "base"
    assert "A small centre" in done.stdout
    assert f"Files: {made.relative_to(folder).as_posix()}" in done.stdout
    assert {path.name for path in made.iterdir()} >= {"run.json", "results.json", "charts"}


def test_compare_sets_the_strategies_of_a_study_against_its_base(simulate, folder):
    done = simulate("compare", "study")
    assert done.exit_code == 0, done.stderr
    (made,) = outputs(folder)
    assert made.parent.name == "study"
    rows = [line for line in done.stdout.splitlines() if line.startswith(("base ", "lean "))]
    assert len(rows) >= 4, "a legend, and a row in each block"
    assert "One agent fewer" in done.stdout
    assert (made / "differences.csv").exists()


def test_compare_takes_a_list_of_files_of_which_the_first_is_the_base(simulate):
    done = simulate("compare", "study/lean.toml", "study/base.toml", "--json")
    names = [one["name"] for one in json.loads(done.stdout)["strategies"]]
    assert names == ["lean", "base"]


def test_strategies_of_the_same_name_are_refused(simulate, folder):
    (folder / "base.toml").write_text('extends = "study/base.toml"\n', encoding="utf-8")
    done = simulate("compare", "study/base.toml", "base.toml")
    assert done.exit_code == 2
    assert "has the name of study/base.toml" in done.stderr


def test_the_same_seed_gives_the_same_figures(simulate):
    first, again, other = (
        simulate("run", "study/base.toml", "--json", "--seed", seed).stdout for seed in (7, 7, 8)
    )
    assert first == again
    assert json.loads(first)["strategies"] != json.loads(other)["strategies"]


def test_set_changes_a_value_for_all_strategies(simulate, folder):
    done = simulate("compare", "study", "--json", "--set", "reasons.call.volume.per_hour=24")
    assert done.exit_code == 0, done.stderr
    (made,) = outputs(folder)
    origin = json.loads((made / "run.json").read_text(encoding="utf-8"))
    for scenario in origin["scenarios"]:
        assert scenario["resolved"]["reasons"]["call"]["volume"]["per_hour"] == 24
    assert origin["set"] == ["reasons.call.volume.per_hour=24"]


def test_json_is_one_document_and_nothing_else(simulate, folder):
    done = simulate("run", "study/base.toml", "--json")
    document = json.loads(done.stdout)
    assert document["kind"] == "run"
    (made,) = outputs(folder)
    assert json.loads((made / "results.json").read_text(encoding="utf-8")) == document
    assert "Files: " in done.stderr


def test_quiet_says_nothing_beside_the_results(simulate):
    assert simulate("run", "study/base.toml", "--json", "--quiet").stderr == ""
    assert "Files: " not in simulate("run", "study/base.toml", "--quiet").stdout


def test_two_runs_of_the_same_second_do_not_meet(simulate, folder):
    for _ in range(3):
        assert simulate("run", "study/base.toml").exit_code == 0
    assert len(outputs(folder)) == 3


def test_files_go_where_the_user_wants_them(simulate, folder):
    assert simulate("run", "study/base.toml", "--out", "mine/first").exit_code == 0
    assert (folder / "mine" / "first" / "results.json").exists()
    assert outputs(folder) == []


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(x).toml", "-n.toml", "a b & c.toml", "größer.toml", "con.toml", "...toml"]
)
def test_a_hostile_file_name_is_a_name_like_any_other(simulate, folder, name):
    (folder / "study" / "base.toml").rename(folder / "study" / name)
    done = simulate("run", f"study/{name}")
    assert done.exit_code == 0, done.stderr
    (written,) = folder.rglob("run.json")
    assert written.parents[2] == folder / "outputs"
    assert not written.parents[1].name.startswith(("=", "-", "."))


# -------------------------------------------------------------------------------- what is wrong


def test_everything_wrong_is_told_at_once_and_no_folder_is_made(simulate, folder):
    (folder / "study" / "lean.toml").write_text(
        'extends = "base.toml"\nteams.agents.agnets = 1\n', encoding="utf-8"
    )
    (folder / "study" / "worse.toml").write_text(
        'extends = "base.toml"\nhorizon = "90 s"\n', encoding="utf-8"
    )
    done = simulate("compare", "study")
    assert done.exit_code == 2
    assert "lean.toml" in done.stderr
    assert "agnets" in done.stderr
    assert "worse.toml" in done.stderr
    assert done.stdout == ""
    assert not (folder / "outputs").exists()


def test_a_problem_of_the_base_is_told_once(simulate, folder):
    (folder / "study" / "base.toml").write_text('horizon = "1 day"\nnonsense = 1\n', "utf-8")
    assert simulate("compare", "study").stderr.count("nonsense") == 1


@pytest.mark.parametrize("command", ["run", "compare", "validate"])
@pytest.mark.parametrize("path", ["nowhere.toml", "", "study/base.toml/x", "."])
def test_a_path_to_nothing_gets_a_sentence(call, folder, command, path):
    done = call(command, path)
    assert done.exit_code == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "outputs").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "teams.agents.agnets=3"], "agnets"),
        (["--set", "nonsense"], "--set path.to.value=x"),
        (["--replications", "0"], "replications"),
        (["--seed", "-1"], "seed"),
        (["--seed", "9223372036854775808"], "seed"),
        (["--workers", "0"], "workers"),
        (["--engine", "steam"], "steam"),
    ],
)
def test_a_wrong_option_gets_a_sentence(call, folder, words, said):
    done = call("run", "study/base.toml", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "outputs").exists()


def test_a_folder_with_something_in_it_is_never_overwritten(simulate, folder):
    (folder / "mine").mkdir()
    (folder / "mine" / "precious").write_text("", encoding="utf-8")
    done = simulate("run", "study/base.toml", "--out", "mine")
    assert done.exit_code == 2
    assert "mine: it exists already" in done.stderr
    assert [path.name for path in (folder / "mine").iterdir()] == ["precious"]


def test_a_folder_that_cannot_be_made_is_told_before_anything_is_simulated(simulate, folder):
    (folder / "file").write_text("", encoding="utf-8")
    done = simulate("run", "study/base.toml", "--out", "file/below")
    assert done.exit_code == 2
    assert "file/below: cannot be written" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full"),
        (PermissionError(errno.EACCES, "Permission denied", "bill.csv"), "open in another program"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
    ],
)
def test_results_are_shown_even_if_their_files_cannot_be_written(
    simulate, folder, monkeypatch, error, said
):
    def failing(*_):
        raise error

    monkeypatch.setattr(export, "export", failing)
    done = simulate("run", "study/base.toml")
    assert done.exit_code == 1
    assert "In short" in done.stdout
    assert "Files" not in done.stdout
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# ------------------------------------------------------------------------------- interrupted


def test_an_interrupted_run_keeps_what_is_finished_and_says_so(simulate, folder, monkeypatch):
    kept = study(1)

    def stopped(*_, **__):
        raise simulating.Interrupted(kept)

    monkeypatch.setattr(experiments.simulate, "run", stopped)
    done = simulate("run", "study/base.toml", "-n", "50")
    assert done.exit_code == 130
    assert "20 of 50 replications are kept" in done.stderr
    (made,) = outputs(folder)
    origin = json.loads((made / "run.json").read_text(encoding="utf-8"))
    assert (origin["replications"], origin["replications_asked_for"]) == (20, 50)


def test_a_run_interrupted_at_once_leaves_nothing(simulate, folder, monkeypatch):
    def stopped(*_, **__):
        raise simulating.Interrupted(None)

    monkeypatch.setattr(experiments.simulate, "run", stopped)
    done = simulate("run", "study/base.toml")
    assert done.exit_code == 130
    assert "nothing was written" in done.stderr
    assert not (folder / "outputs").exists()


# ------------------------------------------------------------------------------------- show


def test_show_tells_a_finished_run_again_without_simulating(simulate, call, folder, monkeypatch):
    first = simulate("run", "study/base.toml")
    (made,) = outputs(folder)
    for chart in (made / "charts").iterdir():
        chart.unlink()
    monkeypatch.setattr(experiments.simulate, "run", None)
    again = call("show", made)
    assert again.exit_code == 0, again.stderr
    assert again.stdout.strip() == first.stdout.partition("\nFiles:")[0].strip()
    assert list((made / "charts").iterdir())


def test_show_tells_a_comparison_and_one_of_its_strategies(simulate, call, folder):
    first = simulate("compare", "study")
    (made,) = outputs(folder)
    again = call("show", made)
    assert again.stdout.strip() == first.stdout.partition("\nFiles:")[0].strip()
    assert "The bill" in call("show", made, "--strategy", "lean").stdout
    unknown = call("show", made, "--strategy", "mean")
    assert unknown.exit_code == 2
    assert "base, lean" in unknown.stderr


def test_show_gives_the_json_document_again(simulate, call, folder):
    first = simulate("run", "study/base.toml", "--json")
    (made,) = outputs(folder)
    assert call("show", made, "--json").stdout == first.stdout


@pytest.mark.parametrize("path", ["nowhere", "study", "study/base.toml"])
def test_show_says_what_is_wrong_with_what_it_is_given(call, path):
    done = call("show", path)
    assert done.exit_code == 2
    assert done.stderr.startswith(path)


# ---------------------------------------------------------------------------------- validate


def test_validate_tells_first_calls_and_load_against_the_floor(call):
    done = call("validate", "study/base.toml")
    assert done.exit_code == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("agents"))
    assert row.split() == ["agents", "48", "Mon", "09:00", "0.8", "2", "40", "%", "0", "of", "4"]


def test_validate_takes_studies_and_files_and_tells_all_that_is_wrong(call, folder):
    (folder / "one.toml").write_text("horizon = 3\n", encoding="utf-8")
    (folder / "two.toml").write_text("nonsense = 3\n", encoding="utf-8")
    done = call("validate", "one.toml", "study", "two.toml")
    assert done.exit_code == 2
    assert "one.toml: " in done.stderr
    assert "two.toml: " in done.stderr
    assert "study/lean.toml is a scenario" in done.stdout


def test_validate_warns_of_a_floor_that_cannot_bear_the_first_calls(call):
    done = call("validate", "study/base.toml", "--set", "reasons.call.volume.per_hour=120")
    assert done.exit_code == 0
    assert "exceed the floor of team agents in 4 of the 4 hours" in done.stdout


def test_validate_gives_json(call, folder):
    (folder / "one.toml").write_text("horizon = 3\n", encoding="utf-8")
    done = call("validate", "study/base.toml", "one.toml", "--json")
    found = json.loads(done.stdout)
    assert found["scenarios"][0]["implied"]["teams"][0]["first_calls"] == pytest.approx(48.0)
    assert found["problems"][0]["file"] == "one.toml"
    assert done.exit_code == 2


def test_the_command_line_knows_the_engines_without_loading_them():
    assert options.ENGINES == replicate.ENGINES
    assert options.REPLICATIONS == replicate.REPLICATIONS
