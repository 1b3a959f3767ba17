"""Tables in CSV files become part of the scenario, and their faults are told by line."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sim.errors import ScenarioError
from sim.scenario.load import Loaded, read
from sim.units import duration


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Noun):
    weekday: Literal["mon", "tue"]
    calls: Annotated[float, Field(ge=0, strict=True)]
    note: str = ""


class Survival(Noun):
    at: list[Annotated[float, BeforeValidator(duration)]]
    survival: list[Annotated[float, Field(le=1, strict=True)]]
    rest: str = ""


class Centre(Noun):
    title: str = ""
    calls: list[Row] | None = None
    measured: Survival | None = None


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("far").mkdir()


def centre(csv: str | bytes, toml: str = 'calls = "calls.csv"\n') -> Loaded[Centre]:
    """A scenario in the folder of its base, which names the CSV file beside it."""
    Path("far/calls.csv").write_bytes(csv.encode() if isinstance(csv, str) else csv)
    Path("far/base.toml").write_text(toml, encoding="utf-8")
    Path("a.toml").write_text('extends = "far/base.toml"\ntitle = "x"\n', encoding="utf-8")
    return read("a.toml", Centre)


def wrong(csv: str | bytes, toml: str = 'calls = "calls.csv"\n') -> str:
    with pytest.raises(ScenarioError) as error:
        centre(csv, toml)
    return str(error.value)


def test_the_rows_of_a_file_are_entries_beside_the_file_that_names_it() -> None:
    loaded = centre('\ufeffcalls, weekday,note\r\n12,mon,"a, b"\r\n\r\n1.5,tue,\r\n')
    assert loaded.scenario.calls == [
        Row(weekday="mon", calls=12, note="a, b"),
        Row(weekday="tue", calls=1.5),
    ]
    assert loaded.files[-1] == Path("far/calls.csv")
    assert loaded.resolved["calls"][0] == {"weekday": "mon", "calls": 12, "note": "a, b"}
    assert loaded.sources.at(("calls", 1)).line == 4
    two_lines = centre('weekday,note,calls\nmon,"a\nb",1\ntue,,2\n')
    assert two_lines.sources.at(("calls", 1)).line == 4


def test_the_columns_of_a_file_are_lists() -> None:
    toml = '[measured]\nfile = "calls.csv"\nrest = "ends"\n'
    loaded = centre("at_seconds,survival\n5,0.9\n10.5,0.8\n", toml)
    assert loaded.scenario.measured == Survival(
        at=["5 s", "10.5 s"],  # type: ignore[list-item]
        survival=[0.9, 0.8],
        rest="ends",
    )


@pytest.mark.parametrize(
    ("csv", "line", "message"),
    [
        ("weekday,calls\nmon,1\nmon,-1\n", 3, "calls[2].calls: found -1; must be 0 or more"),
        ("weekday,calls\nmon,nan\n", 2, 'calls[1].calls: found "nan"; allowed: a number'),
        ("weekday,calls\nmon,1e999\n", 2, 'calls[1].calls: found "1e999"; allowed: a number'),
        ('weekday,calls\n"mon","1,5"\n', 2, 'found "1,5"; allowed: a number; write 1.5'),
        ("weekday,calls\nmon,\n", 2, "calls[1].calls: missing; Row needs it"),
        ("weekday\nmon\n", 2, "calls[1].calls: missing; Row needs it"),
        ("weekday,calls\n=1+1,5\n", 2, 'calls[1].weekday: found "=1+1"; allowed: "mon" or "tue"'),
        ("weekday;calls\nmon;1\n", 1, 'no column "weekday;calls" is known; the columns can be'),
        ("weekday,calls,calls\nmon,1,1\n", 1, 'the column "calls" is there twice'),
        ("weekday,calls\nmon,1,2\n", 2, "the header names 2 columns, this row has 3"),
        ("weekday,calls\nmon\n", 2, "this row has 1"),
        ("weekday,calls\n", 1, "no rows below the header"),
        ('weekday,calls\n"mon,1\n', 2, "not a CSV table"),
        ("weekday,calls\nmon,\x00\n", 2, ""),
        ("", None, "the file is empty"),
        (b"weekday,calls\nmon,1\n# caf\xe9", 3, "not UTF-8 text"),
        (b"weekday,calls\n" + b"mon,1\n" * 900_000, None, "larger than 5 MB"),
    ],
)
def test_what_is_wrong_in_a_data_file_is_told_there_once(
    csv: str | bytes, line: int | None, message: str
) -> None:
    told = wrong(csv)
    assert told.startswith("far/calls.csv: 1 problem\n" + (f"  line {line}  " if line else "  "))
    assert message in told


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("call.csv", 'there is no file "far/call.csv"; did you mean "calls.csv"?'),
        ("../../etc/calls.csv", "there is no"),
        (".", "is a folder"),
        ("a\\u0000", "cannot be read"),
    ],
)
@pytest.mark.parametrize("place", ["calls", "measured.file"])
def test_a_data_file_that_is_not_there_is_told_where_it_is_named(
    place: str, name: str, message: str
) -> None:
    told = wrong("", f'title = "y"\n{place} = "{name}"\n')
    assert told.startswith(f"far/base.toml: 1 problem\n  line 2  {place}: ")
    assert message in told


def test_a_column_with_a_fault_is_told_by_line() -> None:
    told = wrong("at_seconds,survival\n5,1.1\nx,1\n", '[measured]\nfile = "calls.csv"\n')
    assert [line[:36] for line in told.split("\n")] == [
        "far/calls.csv: 2 problems",
        "  line 2  measured.survival[1]: found 1.1; must"[:36],
        '  line 3  measured.at[2]: found "x s"; a length'[:36],
    ]
    assert wrong("time\n1\n", '[measured]\nfile = "calls.csv"\n').count("\n") == 1
