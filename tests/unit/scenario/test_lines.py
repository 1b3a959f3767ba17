"""Every key and entry of a TOML file is found on its line."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.lines import KeyPath, lines

# Every number in this file is the number of its own line.
NUMBERED = '''
two = 2  # a comment = 1
"quoted \\"key\\"" = 3
'literal.key' = 4
a.b . "c d" = 5
text = """
many = 1
[lines]
"""
after_text = 10

  [ table . "of names" ]
inline = { x = 13, y = { z = 13 }, "w" = [13, 13] }
list = [
  15, 15,   # a bracket ] in a comment
  [ 16,
    17 ],
  { n = 18 }, "]", 'x"', 18,
]
after_list = 20
[[row]]
n = 22
[row.part]
n = 24
[[row.deep]]
n = 26
[[row.deep]]
n = 28
[[row]]
n = 30
[row.part]
n = 32
[late.child]
n = 34
[late]
n = 36
quotes = """a""\\""""""
next = 38
literal = \'\'\'a\'\'\'\'\'
next_2 = 40
date = 1979-05-27 07:32:00Z
next_3 = 42
empty = { }
none = [ ]
next_4 = 45
dotted = { a.b = 46 }
'''


def leaves(value: Any, path: KeyPath = ()) -> list[tuple[KeyPath, Any]]:
    """All values that are no tables or lists, with their places."""
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for n, item in enumerate(value) for leaf in leaves(item, (*path, n))]
    return [(path, value)]


def test_every_value_is_found_on_its_own_line() -> None:
    found = lines(NUMBERED)
    numbers = [(path, n) for path, n in leaves(tomllib.loads(NUMBERED)) if isinstance(n, int)]
    assert len(numbers) > 25
    assert {path: found[path] for path, _ in numbers} == dict(numbers)


def test_a_table_is_found_on_the_line_of_its_header() -> None:
    found = lines(NUMBERED)
    assert found[("table", "of names")] == 12
    assert found[("row", 1)] == 29
    assert found[("row", 0, "deep", 1)] == 27
    assert found[("late",)] == 35, "its own header, though its child came first"
    assert found[("a",)] == 5


KEYS = st.text(alphabet="ab.\"'\\ =[]#\n-é", min_size=1, max_size=5)
SCALARS = st.one_of(
    st.integers(-9, 9), st.booleans(), st.text(alphabet="ab\"'\\]}#\n,", max_size=6)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def basic(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def written(value: Any, gap: str) -> str:
    """A value as TOML, with `gap` after the commas of its lists."""
    match value:
        case bool():
            return str(value).lower()
        case int():
            return str(value)
        case str():
            return basic(value)
        case list():
            return "[" + gap + "".join(f"{written(item, gap)},{gap}" for item in value) + "]"
        case _:
            pairs = (f"{basic(key)} = {written(item, ' ')}" for key, item in value.items())
            return "{ " + ", ".join(pairs) + " }"


@given(st.dictionaries(KEYS, VALUES, max_size=4), st.sampled_from([" ", "\n", " # ] }\n  "]))
def test_every_place_that_toml_knows_has_a_line(table: dict[str, Any], gap: str) -> None:
    text = "".join(
        f"# {n}\n{basic(key)} = {written(value, gap)}\n"
        for n, (key, value) in enumerate(table.items())
    )
    assert tomllib.loads(text) == table
    found = lines(text)
    assert {path for path, _ in leaves(table)} - {()} <= set(found)
    rows = text.split("\n")
    for key in table:
        assert rows[found[(key,)] - 1].startswith(basic(key))
