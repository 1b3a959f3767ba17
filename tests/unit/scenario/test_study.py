"""A study is a base and its alternatives, in a folder or a list of files."""

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario.study import study


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("s").mkdir()
    for name in ("base", "lean", "care"):
        Path(f"s/{name}.toml").touch()


def plan(text: str) -> None:
    Path("s/study.toml").write_text(text, encoding="utf-8")


def wrong(*paths: str) -> str:
    with pytest.raises(ScenarioError) as error:
        study(*paths)
    return str(error.value)


def names(*paths: str) -> list[str]:
    return [path.as_posix() for path in study(*paths).scenarios]


def test_a_folder_is_its_base_and_then_all_others() -> None:
    assert names("s") == ["s/base.toml", "s/care.toml", "s/lean.toml"]


def test_a_study_file_names_the_question_and_the_order() -> None:
    plan('title = "t"\nquestion = "q"\nbase = "lean.toml"\nalternatives = ["care.toml"]\n')
    found = study("s")
    assert (found.title, found.question) == ("t", "q")
    assert names("s") == names("s/study.toml") == ["s/lean.toml", "s/care.toml"]


def test_without_alternatives_all_other_scenarios_are() -> None:
    plan('base = "lean.toml"\n')
    assert names("s") == ["s/lean.toml", "s/base.toml", "s/care.toml"]


def test_a_list_of_files_has_its_base_first() -> None:
    assert names("s/lean.toml", "s/base.toml") == ["s/lean.toml", "s/base.toml"]


def test_everything_wrong_with_a_study_file_is_told_at_its_line() -> None:
    plan('base = "basis.toml"\nalternatives = [\n "lean.toml",\n "lan.toml",\n "lean.toml" ]\n')
    assert wrong("s") == (
        "s/study.toml: 3 problems\n"
        '  line 1  base: there is no file "s/basis.toml"; did you mean "base.toml"?\n'
        '  line 4  alternatives[2]: there is no file "s/lan.toml"; did you mean "lean.toml"?\n'
        "  line 5  alternatives[3]: named twice; a scenario is compared with others"
    )
    plan('tittle = "t"\nalternatives = "lean.toml"\n')
    assert wrong("s") == (
        "s/study.toml: 2 problems\n"
        "  line 1  tittle: not a field of Plan; did you mean `title`?\n"
        '  line 2  alternatives: found "lean.toml"; allowed: a list; write ["lean.toml"]'
    )


def test_an_empty_or_circular_study_is_refused() -> None:
    plan("alternatives = []\n")
    assert "line 1  alternatives: found an empty list; at least 1 entry is needed" in wrong("s")
    plan('alternatives = ["base.toml"]\n')
    assert "line 1  alternatives[1]: named twice" in wrong("s")


def test_a_folder_without_a_base_or_an_alternative_is_refused() -> None:
    Path("s/base.toml").rename("s/other.toml")
    assert 's: 1 problem\n  there is no file "s/base.toml"' in wrong("s")
    assert "a study's base is base.toml, or what study.toml calls `base`" in wrong("s")
    Path("one").mkdir()
    Path("one/base.toml").touch()
    assert "no scenario but the base; a study needs an alternative" in wrong("one")


def test_files_that_are_not_there_or_alone_or_twice_are_told() -> None:
    assert wrong("s/lean.toml", "nowhere", "s/../s/lean.toml") == (
        'nowhere: 1 problem\n  there is no file "nowhere"\n'
        "s/lean.toml: 1 problem\n  named twice; a scenario is compared with others"
    )
    assert "nothing to compare it with" in wrong("s/lean.toml")
    assert "nothing to compare it with" in wrong()
    assert '"s" is a folder' in wrong("s", "s/lean.toml")
