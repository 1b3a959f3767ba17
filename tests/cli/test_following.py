"""Following a figure, and making a run again, as a user does."""

import csv
import json

import pytest


@pytest.fixture
def made(simulate, folder):
    """The folder of a run that is there already."""
    assert simulate("run", "study/base.toml", "--seed", "7", "--out", "made").exit_code == 0
    return folder / "made"


def measures(folder):
    return (folder / "measures.csv").read_bytes()


def test_a_run_can_be_made_again_from_its_folder_alone(call, folder, made):
    (folder / "study" / "base.toml").unlink()
    done = call("run", "--from", made, "--out", "again", "--workers", "1")
    assert done.exit_code == 0, done.stderr
    assert measures(folder / "again") == measures(made)
    for name in ("results.json", "bill.csv", "intervals.parquet"):
        assert (folder / "again" / name).read_bytes() == (made / name).read_bytes(), name
    origins = [json.loads((f / "run.json").read_text("utf-8")) for f in (folder / "again", made)]
    assert origins[0]["scenarios"] == origins[1]["scenarios"]


def test_what_is_said_beside_an_earlier_run_counts(call, folder, made):
    seed = call("run", "--from", made, "--seed", "8", "--workers", "1", "--json")
    more = call("run", "--from", made, "-n", "4", "--workers", "1", "--json")
    changed = call("run", "--from", made, "--set", "teams.agents.agents=3", "--json")
    assert json.loads(seed.stdout)["seed"] == 8
    assert json.loads(more.stdout)["replications"] == 4
    first, other = (json.loads(one.stdout)["strategies"] for one in (seed, changed))
    assert first != other


def test_a_comparison_can_be_made_again_and_one_of_its_strategies_run(simulate, call, folder):
    assert simulate("compare", "study", "--out", "first").exit_code == 0
    again = call("compare", "--from", "first", "--workers", "1", "--out", "again")
    assert again.exit_code == 0, again.stderr
    assert (folder / "again" / "results.json").read_bytes() == (
        folder / "first" / "results.json"
    ).read_bytes()
    lean = call("run", "--from", "first", "--strategy", "lean", "--workers", "1", "--json")
    alone = simulate("run", "study/lean.toml", "--json")
    assert lean.stdout == alone.stdout


def test_one_replication_is_told_alone_and_made_again(simulate, call, folder):
    first = simulate("run", "study/base.toml", "--replication", "3", "--out", "third")
    assert first.exit_code == 0, first.stderr
    assert "replication 3 alone" in first.stdout
    assert not (folder / "third" / "logs").exists()
    again = call("run", "--from", "third", "--out", "again")
    assert "replication 3 alone" in again.stdout
    assert measures(folder / "again") == measures(folder / "third")
    other = simulate("run", "study/base.toml", "--replication", "2", "--out", "second")
    assert other.exit_code == 0
    assert measures(folder / "second") != measures(folder / "third")


def test_replications_told_alone_are_those_of_the_whole_run(simulate, call, folder, made):
    def offered(output):
        rows = csv.DictReader(output.read_text("utf-8-sig").splitlines())
        (row,) = [r for r in rows if (r["measure"], r["row_kind"]) == ("offered", "total")]
        return float(row["mean"])

    alone = []
    for number in (1, 2, 3):
        assert call("run", "--from", made, "--replication", number, "--out", number).exit_code == 0
        alone.append(offered(folder / str(number) / "measures.csv"))
    assert offered(made / "measures.csv") == pytest.approx(sum(alone) / 3)


def test_a_trace_writes_what_happened_and_the_logs(simulate, folder):
    done = simulate("run", "study/base.toml", "--trace", "--out", "traced")
    assert done.exit_code == 0, done.stderr
    assert "replication 1 alone" in done.stdout
    (day,) = (folder / "traced" / "trace").iterdir()
    assert day.name == "Mon.txt"
    text = day.read_text(encoding="utf-8-sig")
    assert "joins calls" in text
    assert {path.name for path in (folder / "traced" / "logs").iterdir()} == {
        f"{log}.{ending}"
        for log in ("contacts", "issues", "floor", "customers", "outreach", "memory")
        for ending in ("csv", "parquet")
    }


def test_from_an_interval_to_the_contacts_behind_it(call, folder, made):
    done = call("run", "--from", made, "--interval", "Mon 09:30", "--queue", "calls")
    assert done.exit_code == 0, done.stderr
    (trace,) = folder.glob("outputs/base/*/trace.txt")
    joined = [text for text in trace.read_text("utf-8-sig").splitlines() if "joins" in text]
    assert joined
    assert all("Mon 09:3" <= text < "Mon 10:00:00" for text in joined)
    assert "Mon 09:30, queue calls" in done.stdout
    assert "all 3" in done.stdout
    assert f"{len(joined)} contact" in done.stdout
    for text in joined:
        assert text.partition("call ")[2].partition(":")[0] in done.stdout


def test_the_story_of_an_issue_is_told_on_the_screen(call, folder, made):
    done = call("run", "--from", made, "--replication", "2", "--issue", "call 0-1")
    assert done.exit_code == 0, done.stderr
    assert "call 0-1: calls and joins calls" in " ".join(done.stdout.split())
    unknown = call("run", "--from", made, "--issue", "cal 0-1")
    assert unknown.exit_code == 0
    assert "Nothing of that name happened" in unknown.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name a scenario, or an earlier run"),
        (["study/base.toml", "--from", "made"], "one of the two"),
        (["--from", "nowhere"], "nowhere: there is no run.json"),
        (["--from", "study"], "study: there is no run.json"),
        (["--from", "study/base.toml"], "study/base.toml: damaged: it is not JSON"),
        (["--from", "made", "--strategy", "lean"], "--strategy takes: base"),
        (["--from", "made", "--queue", "call"], 'did you mean "calls"?'),
        (["--from", "made", "--interval", "Monday 9"], 'such as "Mon 09:00"'),
        (["--from", "made", "--since", "later"], 'such as "Mon 09:00"'),
        (
            ["--from", "made", "--since", "Mon 10:00", "--until", "Mon 09:00"],
            "nothing lies between",
        ),
        (["--from", "made", "--replication", "3", "--precision", "2%"], "which has no interval"),
        (["study/base.toml", "--trace", "--control-variates"], "which has no interval"),
        (["--from", "made", "--customer", "Smith"], "a customer is a number"),
        (["--from", "made", "--replication", "0"], "--replication"),
    ],
)
def test_a_wrong_wish_gets_a_sentence(call, folder, made, words, said):
    done = call("run", *words)
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "outputs").exists()


def damaged(origin, **changes):
    return json.dumps({**origin, **changes})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": -1}, "seed: input should be greater"),
        ({"kind": "verify"}, "kind: input should be"),
        ({"scenarios": []}, "no scenarios"),
        ({"engine": "steam"}, "engine"),
    ],
)
def test_an_origin_that_cannot_be_used_gets_a_sentence(call, made, changes, said):
    origin = json.loads((made / "run.json").read_text("utf-8"))
    (made / "run.json").write_text(json.dumps({**origin, **changes}), "utf-8")
    done = call("run", "--from", made)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_scenario_of_another_version_is_told_as_any_other_mistake(call, made):
    origin = json.loads((made / "run.json").read_text("utf-8"))
    origin["scenarios"][0]["resolved"]["teams"]["agents"]["moods"] = 3
    (made / "run.json").write_text(json.dumps(origin), "utf-8")
    done = call("run", "--from", made)
    assert done.exit_code == 2
    assert "made/run.json: 1 problem" in done.stderr
    assert "teams.agents.moods: not a field of Team" in done.stderr


def test_compare_refuses_a_run_and_both_or_neither_of_its_ways(call, made):
    assert "it is no comparison" in call("compare", "--from", made).stderr
    assert "one of the two" in call("compare").stderr
    assert "one of the two" in call("compare", "study", "--from", made).stderr
