"""What the pages tell a reader to write and to type is right, and their links lead somewhere."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from sim.cli import cli
from sim.report.reference.markdown import anchor
from sim.scenario.load import load
from sim.scenario.study import study

HOME = Path(__file__).parents[2]
PAGES = [HOME / "README.md", *sorted((HOME / "docs").rglob("*.md"))]
NAMES = [page.relative_to(HOME).as_posix() for page in PAGES]

LINK = re.compile(r"\]\(([^)\s]+)\)")
TO_SAVE = re.compile(r'^ *```(?:toml|csv) title="([^"]+)"\n(.*?)^ *```', re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^ *(?:\S*python|py|uv .*requirements\.txt) run\.py (.*)$", re.MULTILINE)


def headings(page: Path) -> set[str]:
    """What a link can name after a hash."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.M)
    return {anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_page_and_a_heading_of_it(name):
    page = HOME / name
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith("http"):
            continue
        file, _, heading = link.partition("#")
        target = (page.parent / file).resolve() if file else page
        assert target.exists(), link
        assert not heading or heading in headings(target), link


def test_every_file_that_the_pages_tell_to_save_is_right_and_not_even_warned_of(tmp_path):
    shutil.copytree(HOME / "scenarios", tmp_path / "scenarios")
    saved = [pair for page in PAGES for pair in TO_SAVE.findall(page.read_text(encoding="utf-8"))]
    assert len(saved) >= 8
    for file, text in saved:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    assert len(dict(saved)) == len(saved), "two pages save the same file"
    scenarios = [file for file in dict(saved) if file.endswith(".toml")]
    for file in scenarios:
        if file.endswith("study.toml"):
            assert study(tmp_path / file).scenarios
        else:
            assert load(tmp_path / file).warnings == ()


def test_every_command_of_the_pages_is_one_that_the_program_takes():
    lines = [line for page in PAGES for line in COMMAND.findall(page.read_text(encoding="utf-8"))]
    assert len(lines) >= 20
    for line in lines:
        name, *options = shlex.split(line, comments=True)
        assert name in cli.commands or name == "--help", line
        if name != "--help" and "--help" not in options:
            cli.commands[name].make_context(name, options)


def test_the_readme_tells_the_command_that_the_checks_call():
    called = (HOME / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert f"`{called}`" in (HOME / "README.md").read_text(encoding="utf-8")
