"""The reference pages say what the program says."""

from pathlib import Path
from typing import get_type_hints

import pytest

from sim.report.reference import PAGES
from sim.report.reference.values import value_of
from sim.scenario.centre import Contract, Team
from sim.scenario.demand import Volume

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_the_one_that_make_docs_writes(name):
    committed = (REFERENCE / name).read_text(encoding="utf-8")
    assert committed == PAGES[name](), "run `make docs` and commit what it writes"


@pytest.mark.parametrize(
    ("noun", "field", "words"),
    [
        (Team, "shrinkage", "share below 1"),
        (Team, "agents", "whole number, 0 or more"),
        (Team, "authority", "share or by name: share"),
        (Team, "counts", '`"floor"` or `"scheduled"`'),
        (Contract, "malus", "[Promise](#promise)"),
        (Volume, "table", "list of [Calls](#calls)"),
        (Volume, "issues_per_call", "number above 0"),
        (Volume, "interval", "interval"),
    ],
)
def test_a_field_says_in_words_which_values_it_takes(noun, field, words):
    assert value_of(get_type_hints(noun, include_extras=True)[field]) == words
