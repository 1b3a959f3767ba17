"""A scenario file becomes a scenario, or everything that is wrong with it is told at once."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from sim.errors import ScenarioError
from sim.scenario.load import Finding, Loaded, read
from sim.units import duration, weekdays

Duration = Annotated[float, BeforeValidator(duration)]
Day = Annotated[str, AfterValidator(lambda name: weekdays(name) and name)]
Share = Annotated[float, Field(ge=0, le=1, strict=True)]


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Patience(Noun):
    mean: Duration
    """How long. On average."""
    shape: Annotated[float, Field(gt=0, strict=True)] = 1.0


class Route(Noun):
    team: str
    after: Duration = 0.0


class Queue(Noun):
    closing: Literal["serve", "drop"] = "serve"
    patience: Patience | Duration | None = None
    routes: Annotated[list[Route], Field(max_length=3)] = []
    sized: Share | dict[str, Share] = 0.0
    starts: Annotated[str | None, Field(alias="from")] = None
    hours: dict[Day, str] = {}


class Row(Noun):
    weekday: Literal["mon", "tue"]
    calls: Annotated[float, Field(ge=0, strict=True)]
    note: str = ""


class Survival(Noun):
    at: list[Duration]
    survival: list[Share]
    rest: bool = False

    @model_validator(mode="after")
    def _even(self) -> "Survival":
        if len(self.at) != len(self.survival):
            raise ValueError("`at` and `survival` must be of one length")
        return self


class Centre(Noun):
    title: str = ""
    horizon: Duration = 0.0
    avoidable: Annotated[bool, Field(strict=True)] = True
    start: Any = None
    queues: dict[str, Queue] = {}
    calls: list[Row] | None = None
    measured: Survival | None = None


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def centre(
    text: str,
    *overrides: str,
    checks: Callable[[Centre], Iterable[Finding]] = lambda _: (),
) -> Loaded[Centre]:
    write("a.toml", text)
    return read("a.toml", Centre, overrides, checks)


def wrong(text: str | bytes, *overrides: str) -> str:
    write("a.toml", text)
    with pytest.raises(ScenarioError) as error:
        read("a.toml", Centre, overrides)
    return str(error.value)


# ------------------------------------------------------------------ what is right


def test_a_right_file_is_a_scenario() -> None:
    loaded = centre('horizon = "7 days"\n[queues."Gold line (VIP)"]\npatience = "3 min"\n')
    assert loaded.scenario.horizon == 604_800
    assert loaded.scenario.queues["Gold line (VIP)"].patience == 180
    assert loaded.warnings == ()
    assert loaded.files == (Path("a.toml"),)


def test_a_byte_order_mark_and_windows_line_ends_are_accepted() -> None:
    write("a.toml", b'\xef\xbb\xbftitle = "x"\r\n[queues.a]\r\nclosing = "drop"\r\n')
    assert read("a.toml", Centre).scenario.queues["a"].closing == "drop"


def test_what_is_resolved_is_plain_json_with_everything_worked_in() -> None:
    write("base.toml", 'start = 2026-03-02\n[queues.a]\nclosing = "drop"\n')
    loaded = centre('extends = "base.toml"\n', 'title="x"')
    assert json.loads(json.dumps(loaded.resolved)) == {
        "title": "x",
        "start": "2026-03-02",
        "queues": {"a": {"closing": "drop"}},
    }


# ------------------------------------------------------------------ bases and options


def test_an_alternative_says_only_what_differs_from_its_base() -> None:
    write("far/low.toml", 'horizon = "1 day"\n[queues.a]\nclosing = "drop"\nroutes = [{team="x"}]')
    write("far/base.toml", 'extends = "low.toml"\n[queues.b]\nsized = { x = 0.1, y = 0.2 }')
    loaded = centre(
        'extends = "far/base.toml"\n[queues.a]\nroutes = [{team="y"}, {team="z"}]\n'
        "[queues.b]\nsized.x = 0.3\n"
    )
    assert loaded.scenario.horizon == 86_400
    assert [route.team for route in loaded.scenario.queues["a"].routes] == ["y", "z"]
    assert loaded.scenario.queues["a"].closing == "drop"
    assert loaded.scenario.queues["b"].sized == {"x": 0.3, "y": 0.2}
    assert loaded.files == (Path("a.toml"), Path("far/base.toml"), Path("far/low.toml"))


def test_false_removes_what_a_base_gives_unless_that_is_true_or_false() -> None:
    write("base.toml", 'title = "x"\navoidable = true\n[queues.a]\nclosing = "drop"\n[queues.b]\n')
    loaded = centre('extends = "base.toml"\ntitle = false\navoidable = false\nqueues.a = false\n')
    assert loaded.scenario.title == ""
    assert loaded.scenario.avoidable is False
    assert list(loaded.scenario.queues) == ["b"]


def test_false_where_there_is_nothing_to_remove_is_told() -> None:
    assert wrong("[queues]\na = false\n") == (
        "a.toml: 1 problem\n"
        "  line 2  queues.a: false removes what a base gives, and no base gives this; leave it out"
    )


@pytest.mark.parametrize(
    ("option", "title"),
    [
        ('title="Lean"', "Lean"),
        ("title=Lean and mean", "Lean and mean"),
        ("title=08:30", "08:30"),
        ("title=a=b", "a=b"),
        ("title=", ""),
        ("title = x ", "x"),
    ],
)
def test_an_option_is_a_toml_value_or_else_text(option: str, title: str) -> None:
    assert centre('title = "old"\n', option).scenario.title == title


def test_options_are_laid_over_the_files_one_after_the_other() -> None:
    loaded = centre(
        '[queues."Gold line"]\nclosing = "drop"\n[queues.b]\n',
        "queues.Gold line.sized=0.1",
        'queues."Gold line".sized=0.2',
        "queues.b=false",
        'queues.new={closing="drop"}',
    )
    assert loaded.scenario.queues["Gold line"].sized == 0.2
    assert loaded.scenario.queues["Gold line"].closing == "drop"
    assert list(loaded.scenario.queues) == ["Gold line", "new"]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("queues.god.sized=1", 'queues.god: there is no "god" here; did you mean "gold"?'),
        ("queues.xyz.sized=1", '(there are: "gold"); a new one is given as a table'),
        ("queus.gold.sized=1", "queus: not a field of Centre; did you mean `queues`?"),
        ("queues.gold.size=1", "queues.gold.size: not a field of Queue; did you mean `sized`?"),
        (
            "queues.gold.sized=7",
            "queues.gold.sized: found 7; must be at most 1 (write 7 % as 0.07)",
        ),
        ("queues.gold.sized=nan", "queues.gold.sized: found nan; a finite number is needed"),
        ("nonsense", "write it as --set path.to.value=x"),
        ("=5", "write it as --set path.to.value=x"),
        ("a..b=5", "write it as --set path.to.value=x"),
        ("extends=b.toml", "`extends` belongs in the file"),
        ("a" + ".a" * 3000 + "=1", "nested more than 20 deep"),
        ("horizon=" + "[" * 3000, 'horizon: found "[[['),
        ('queues={"=1+1"={}}', 'the name "=1+1" is not allowed'),
    ],
)
def test_a_wrong_option_is_told_as_it_was_typed(option: str, message: str) -> None:
    told = wrong('[queues.gold]\nclosing = "drop"\n', option)
    assert told.startswith(f"--set {option[:40]}")
    assert "1 problem\n" in told
    assert message in told


# ------------------------------------------------------------------ files that cannot be read


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("", None, "the file is empty"),
        (" \n\n", None, "the file is empty"),
        ("\ufeff", None, "the file is empty"),
        ("# nothing\n", None, "the file says nothing"),
        (b'title = "a"\n# caf\xe9\n', 2, "not UTF-8 text (byte 0xE9); save the file"),
        ('title = "x"\n'.encode("utf-16"), 1, "not UTF-8 text (byte 0xFF)"),
        (b"\x80\x02\x00", 1, "not UTF-8 text"),
        (b"a = 1\n" * 900_000, None, "larger than 5 MB"),
        ("title = 5 min\n", 1, 'the line reads "title = 5 min"); texts, times and lengths stand'),
        ('a = 1\ntitle = "x\nb = 2\n', 2, "a text is not closed by a quote"),
        ("[queues.Gold line]\n", 1, "odd names also in quotes"),
        ("[queues.a]\n[queues.a]\n", 2, "a key or table is given twice"),
        ("title = [1,\n2\nb = 3\n", 3, "a bracket is not closed"),
        ("title = 9" + "9" * 5000, None, "a number has thousands of digits"),
        ("title = " + "[" * 5000, None, "nested more than 20 deep"),
        ("title = " + "[" * 30 + "]" * 30, None, "nested more than 20 deep"),
        ("title" + ".a" * 2_000_000 + " = 1", None, "nested more than 20 deep"),
        ("[ title" + ' . "a"' * 500_000 + " ]", None, "nested more than 20 deep"),
        ("title = { b" + ".a" * 2_000_000 + " = 1 }", None, "nested more than 20 deep"),
    ],
)
def test_what_is_no_toml_text_is_refused(
    content: str | bytes, line: int | None, message: str
) -> None:
    told = wrong(content)
    assert told.startswith("a.toml: 1 problem\n" + (f"  line {line}  " if line else "  "))
    assert message in told


def test_a_file_that_is_not_there_is_told_with_its_likely_neighbour() -> None:
    write("scenarios/peak.toml", "")
    with pytest.raises(ScenarioError) as error:
        read("scenarios/peek.toml", Centre)
    assert str(error.value) == (
        "scenarios/peek.toml: 1 problem\n"
        '  there is no file "scenarios/peek.toml"; did you mean "peak.toml"?'
    )
    with pytest.raises(ScenarioError, match='there is no folder "nowhere"'):
        read("nowhere/a.toml", Centre)


@pytest.mark.parametrize("path", ["scenarios", "a\0b.toml", "a" * 5000 + ".toml"])
def test_what_is_no_file_is_refused(path: str) -> None:
    Path("scenarios").mkdir()
    with pytest.raises(ScenarioError, match="1 problem"):
        read(path, Centre)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_it() -> None:
    os.mkfifo("pipe.toml")
    with pytest.raises(ScenarioError, match="not a plain file"):
        read("pipe.toml", Centre)


# ------------------------------------------------------------------ bases that cannot be read


def test_a_circle_of_bases_is_told_with_its_way() -> None:
    write("low/b.toml", '\nextends = "../low/c.toml"\n')
    write("low/c.toml", 'extends = "b.toml"\n')
    assert wrong('extends = "low/b.toml"\n') == (
        "low/c.toml: 1 problem\n"
        "  line 1  extends: files extend each other in a circle: "
        "low/b.toml → low/c.toml → low/b.toml; cut it here"
    )
    assert "a.toml → a.toml" in wrong('extends = "a.toml"\n')


@pytest.mark.parametrize(
    ("base", "message"),
    [
        ('"bass.toml"', 'there is no file "bass.toml"; did you mean "base.toml"?'),
        ('"../../etc"', "there is no"),
        ('"."', '"." is a folder'),
        ('"a\\u0000b"', "cannot be read"),
        ('""', 'found ""; name one file'),
        ("5", "found 5; name one file"),
        ('["base.toml"]', "found a list of 1; name one file"),
    ],
)
def test_a_base_that_cannot_be_read_is_told_where_it_is_named(base: str, message: str) -> None:
    write("base.toml", 'title = "x"')
    told = wrong(f"title = 'x'\nextends = {base}\n")
    assert told.startswith("a.toml: 1 problem\n  line 2  extends: ")
    assert message in told


def test_a_base_that_is_no_toml_is_told_in_its_own_file() -> None:
    write("base.toml", "x = \n")
    told = wrong('extends = "base.toml"\n[queues."../../etc"]\n')
    assert told.startswith("a.toml: 1 problem\n  line 2  queues.")
    assert "base.toml: 1 problem\n  line 1  not TOML: invalid value" in told


# ------------------------------------------------------------------ names and numbers


@pytest.mark.parametrize("name", ["Störungen", "2nd line", "A&B (x) + y_z's-1.5", "通话", "हिन्दी"])
def test_names_are_free_text(name: str) -> None:
    assert list(centre(f'[queues."{name}"]\n').scenario.queues) == [name]


@pytest.mark.parametrize(
    "name",
    [
        '=HYPERLINK(\\"x\\")',
        "../../etc",
        "a/b",
        "a\\\\b",
        "<script>",
        "",
        " a",
        "a ",
        "-a",
        "+1",
        "@x",
        "a\\nb",
        "a\\u001b[31m",
        "a\\u202eb",
        "a" * 61,
    ],
)
def test_names_that_could_do_harm_are_refused(name: str) -> None:
    told = wrong(f'[queues.a]\n[queues."{name}"]\n')
    assert told.startswith("a.toml: 1 problem\n  line 2  queues.")
    assert "is not allowed; a name has 1 to 60 characters" in told
    assert told.isprintable() or set(told) - set(filter(str.isprintable, told)) == {"\n"}


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "9" * 30])
def test_numbers_that_are_none_are_refused_wherever_they_stand(number: str) -> None:
    told = wrong(f"horizon = {number}\n[queues.a]\nsized = [\n 1,\n {number} ]\nfrom = {number}")
    assert told.count("a finite number is needed") + told.count("2^63") == 3
    for place in ("line 1  horizon:", "line 5  queues.a.sized[2]:", "line 6  queues.a.from:"):
        assert place in told


# ------------------------------------------------------------------ what fields say


EVERYTHING = """\
titel = "x"
[queues.billing.patience]
meen = "3 min"
shape = -1
[queues.gold]
closing = "serv"
patience = "3 minuts"
"from" = 8
routes = [
  { team = "a" },
  { after = 90, team = 5 },
  { },
]
[queue.silver]
[measured]
at = ["1 s"]
survival = []
"""


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    assert wrong(EVERYTHING).split("\n") == [
        "a.toml: 12 problems",
        "  line  1  titel: not a field of Centre; did you mean `title`?",
        "  line  2  queues.billing.patience.mean: missing; Patience needs it (How long)",
        "  line  3  queues.billing.patience.meen: not a field of Patience; did you mean `mean`?",
        "  line  4  queues.billing.patience.shape: found -1; must be above 0",
        '  line  6  queues.gold.closing: found "serv"; allowed: "serve" or "drop"; '
        'did you mean "serve"?',
        '  line  7  queues.gold.patience: found "3 minuts"; a length of time is a number and its '
        'unit in quotes, the largest unit first, such as "90 s", "3m30s", "2 h" or "28 days"',
        '  line  8  queues.gold.from: found 8; allowed: text in quotes; write "8"',
        '  line 11  queues.gold.routes[2].team: found 5; allowed: text in quotes; write "5"',
        '  line 11  queues.gold.routes[2].after: found 90 without a unit; write "90 s" if seconds '
        "are meant",
        "  line 12  queues.gold.routes[3].team: missing; Route needs it",
        "  line 14  queue: not a field of Centre; did you mean `queues`?",
        "  line 15  measured: `at` and `survival` must be of one length",
    ]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("sized = -0.1", "sized: found -0.1; must be 0 or more"),
        ('sized = "70 %"', 'sized: found "70 %"; allowed: a number or a table; write 0.7 without'),
        ('sized = "0,5"', "write 0.5 without quotes"),
        ("sized = true", "sized: found true; allowed: a number or a table"),
        ("sized = [1]", "sized: found a list of 1; allowed: a number or a table"),
        ("sized = { x = 2 }", "sized.x: found 2; must be at most 1 (write 2 % as 0.02)"),
        ("patience = 90", 'patience: found 90 without a unit; write "90 s"'),
        ("patience = { shape = 1 }", "patience.mean: missing; Patience needs it (How long)"),
        ('patience = { mean = "1 s", sape = 1.0 }', "patience.sape: not a field of Patience; did"),
        ("patience = {}", "patience.mean: missing"),
        ("form = 8", "form: not a field of Queue; did you mean `from`?"),
        ("hours = { mno = '08:00' }", 'hours.mno: found "mno"; did you mean "mon"?'),
        ("closing = 5", 'closing: found 5; allowed: "serve" or "drop"'),
        ("routes = 5", "routes: found 5; allowed: a list; write [5]"),
        ("routes = [[]]", "routes[1]: found an empty list; allowed: a table of team, after"),
        ("routes = [{team='a'},{team='b'},{team='c'},{team='d'}]", "at most 3 entries are allowed"),
    ],
)
def test_one_place_gets_one_sentence_even_where_several_kinds_are_allowed(
    line: str, message: str
) -> None:
    told = wrong(f"[queues.a]\n{line}\n")
    assert told.startswith("a.toml: 1 problem\n  line 2  queues.a.")
    assert message in told


def test_a_problem_stands_in_the_file_that_gave_the_value() -> None:
    write("base.toml", "[queues.a]\nsized = 2\n[queues.b]\npatience.shape = 1\n[queues.c]\n")
    told = wrong(
        'extends = "base.toml"\n[queues.a]\nclosing = "drop"\n[queues.c]\nsized = 3\n',
        "queues.b.patience.shape=2",
        "queues.b.sized=4",
    )
    assert [line for line in told.split("\n") if not line.startswith("    ")] == [
        "a.toml: 1 problem",
        "  line 5  queues.c.sized: found 3; must be at most 1 (write 3 % as 0.03)",
        "base.toml: 2 problems",
        "  line 2  queues.a.sized: found 2; must be at most 1 (write 2 % as 0.02)",
        "  line 4  queues.b.patience.mean: missing; Patience needs it (How long)",
        "--set queues.b.sized=4: 1 problem",
        "  queues.b.sized: found 4; must be at most 1 (write 4 % as 0.04)",
    ]


def test_what_does_not_fit_together_stands_with_the_last_who_had_a_word_in_it() -> None:
    write("base.toml", '[measured]\nat = ["1 s"]\nsurvival = [0.5]\n')
    told = wrong('extends = "base.toml"\n[measured]\nsurvival = []\n')
    assert told.startswith("a.toml: 1 problem\n  line 2  measured: `at` and `survival`")


def test_a_key_removed_by_an_alternative_is_missed_there() -> None:
    write("base.toml", '[queues.a.patience]\nmean = "1 s"\n')
    told = wrong('extends = "base.toml"\n\n[queues.a.patience]\nmean = false\n')
    assert told.startswith("a.toml: 1 problem\n  line 3  queues.a.patience.mean: missing")


def test_a_long_list_does_not_drown_the_rest() -> None:
    told = wrong("[queues]\na.sized = 3\n[measured]\nsurvival = [" + "5, " * 100 + "]\nat = []\n")
    assert told.startswith("a.toml: 12 problems\n  line 2  queues.a.sized")
    assert told.endswith("measured.survival: and 90 more like these in this list")


# ------------------------------------------------------------------ checks of the whole


def test_checks_of_the_whole_are_told_at_their_places() -> None:
    def checks(said: Centre) -> Iterable[Finding]:
        yield ("queues", "a", "routes", 1, "team"), f"no team {said.title}", "error"
        yield ("queues", "a", "sized"), "not said", "warning"

    write("base.toml", '[queues.a]\nroutes = [\n {team = "x"},\n {team = "y"} ]\n')
    with pytest.raises(ScenarioError) as error:
        centre('extends = "base.toml"\ntitle = "x"\n', checks=checks)
    assert str(error.value) == (
        "base.toml: 1 problem, 1 warning\n"
        "  line 1  warning: queues.a.sized: not said\n"
        "  line 4  queues.a.routes[2].team: no team x"
    )


def test_warnings_alone_do_not_stop_a_scenario() -> None:
    loaded = centre("[queues.a]\n", checks=lambda _: [(("queues", "a"), "overloaded", "warning")])
    (warning,) = loaded.warnings
    assert (warning.file, warning.line, warning.path) == ("a.toml", 1, "queues.a")


def test_checks_do_not_see_a_scenario_that_is_wrong_already() -> None:
    def checks(_: Centre) -> Iterable[Finding]:
        raise AssertionError("seen")

    for text in ("title = 5\n", '[queues."="]\n'):
        with pytest.raises(ScenarioError):
            centre(text, checks=checks)


def test_every_value_knows_its_file_line_and_folder() -> None:
    write("far/base.toml", 'title = "x"\n[queues.a]\nclosing = "drop"\n')
    sources = centre('extends = "far/base.toml"\nqueues.a.sized = 0.5\n', "avoidable=true").sources
    closing, sized = (sources.at(("queues", "a", key)) for key in ("closing", "sized"))
    assert (closing.file, closing.line, closing.folder) == ("far/base.toml", 3, Path("far"))
    assert (sized.file, sized.line, sized.folder) == ("a.toml", 2, Path())
    assert sources.at(("avoidable",)).file == "--set avoidable=true"
    assert sources.at(("queues", "a", "patience", "mean")).line == 2, "not said: its table"
