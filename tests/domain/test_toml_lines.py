"""Every key of a TOML text is found on its line, however much the texts in it look like TOML."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.toml_lines import Path, line_of, lines_of

TRICKY = '''# [not.a.table]
title = "a = 1 # no comment" # but this is one: [x]

many = """
[[rule]]
name = "no rule" \\
  \\""" still """
raw = \'\'\'
[table]
'"""\'\'\'\'
"quoted.key" = { a = [1, { b = "}" }], 'c d' = 1979-05-27 07:32:00 } # }
list = [ # ]
  "]", # "
  [
    'x]',
  ],
  { y = "[" },
]
a.b . "c" = 1
a.d = 2

[[rule]]
name = ""

[rule.when] # [[rule]]
package = "premium"
[[rule.step]]
[[rule.step]]
who = ''

[[rule]]
name = "last"
when.package = "basic"
[[rule.step]]
[rule.step.to]
x = 1
'''


def test_nothing_that_looks_like_a_key_is_taken_for_one() -> None:
    assert list(lines_of(TRICKY).items()) == [
        (("title",), 2),
        (("many",), 4),
        (("raw",), 8),
        (("quoted.key",), 11),
        (("quoted.key", "a"), 11),
        (("quoted.key", "a", 0), 11),
        (("quoted.key", "a", 1), 11),
        (("quoted.key", "a", 1, "b"), 11),
        (("quoted.key", "c d"), 11),
        (("list",), 12),
        (("list", 0), 13),
        (("list", 1), 14),
        (("list", 1, 0), 15),
        (("list", 2), 17),
        (("list", 2, "y"), 17),
        (("a",), 19),
        (("a", "b"), 19),
        (("a", "b", "c"), 19),
        (("a", "d"), 20),
        (("rule",), 22),
        (("rule", 0), 22),
        (("rule", 0, "name"), 23),
        (("rule", 0, "when"), 25),
        (("rule", 0, "when", "package"), 26),
        (("rule", 0, "step"), 27),
        (("rule", 0, "step", 0), 27),
        (("rule", 0, "step", 1), 28),
        (("rule", 0, "step", 1, "who"), 29),
        (("rule", 1), 31),
        (("rule", 1, "name"), 32),
        (("rule", 1, "when"), 33),
        (("rule", 1, "when", "package"), 33),
        (("rule", 1, "step"), 34),
        (("rule", 1, "step", 0), 34),
        (("rule", 1, "step", 0, "to"), 35),
        (("rule", 1, "step", 0, "to", "x"), 36),
    ]


@pytest.mark.parametrize(
    ("path", "line"),
    [(("rule", 1, "name"), 32), (("rule", 0, "when", "x", 3), 25), (("nothing",), 1), ((), 1)],
    ids=["there", "around", "nowhere", "top"],
)
def test_what_is_missing_is_told_where_it_would_be(path: Path, line: int) -> None:
    assert line_of(lines_of(TRICKY), path) == line


def test_lines_end_as_windows_ends_them_too() -> None:
    assert lines_of(TRICKY.replace("\n", "\r\n")) == lines_of(TRICKY)


@pytest.mark.parametrize("text", ["= 1", "a = ,"])
def test_what_is_not_toml_is_refused_rather_than_searched_for_ever(text: str) -> None:
    with pytest.raises(ValueError, match="this is not TOML at character"):
        lines_of(text)


# Texts that tables could be seen in, written in each of the four ways.
_words = st.lists(
    st.sampled_from(["[[rule]]", "a = 1", "#", '"', "'", '"""', "'''", "\\", "\n", "]", "}", ",", "=", "ü", ""]),
    max_size=6,
).map("".join)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _written(text: str, way: int) -> str:
    if way == 0 and "'" not in text and "\n" not in text:
        return f"'{text}'"
    if way == 1 and "'''" not in text and not text.endswith("'"):
        return f"'''\n{text}'''"
    if way == 2:
        return f'"""\n{_escaped(text)}"""'
    return '"' + _escaped(text).replace("\n", "\\n") + '"'


_texts = st.builds(_written, _words, st.integers(0, 3))
_keys = st.sampled_from(["a", "b-1", '"c.d"', "'e f'", '"[x]"', '"= #"'])
_gaps = st.sampled_from(["", " ", "  "])
_endings = st.sampled_from(["\n", " # [[rule]] '''\n", "\n\n# a = 1\n", "\r\n"])
_scalars = _texts | st.sampled_from(["1", "true", "-1.5e3", "1979-05-27T07:32:00Z", "07:32:00", "0xff"])


def _listed(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arrays = st.lists(st.tuples(values, st.sampled_from([",", ", ", ",\n", ", # ]\n"])), max_size=3)
    return arrays.map(lambda found: f"[{''.join(value + comma for value, comma in found)}]")


def _tabled(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.dictionaries(_keys, values.filter(lambda value: "\n" not in value), max_size=3)
    return pairs.map(lambda found: "{ " + ", ".join(f"{key} = {value}" for key, value in found.items()) + " }")


_values = st.recursive(_scalars, lambda inner: _listed(inner) | _tabled(inner), max_leaves=6)
_pairs = st.dictionaries(_keys, st.tuples(_values, _gaps, _endings), max_size=3).map(
    lambda found: "".join(f"{key}{gap}={gap}{value}{end}" for key, (value, gap, end) in found.items())
)
_documents = st.lists(st.tuples(st.sampled_from(["[[rule]]", "[[rule.step]]", "[[ other ]]"]), _pairs), max_size=4).map(
    lambda found: "".join(f"{head}\n{pairs}" for head, pairs in [("[[rule]]", ""), *found])
)


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in children:
        yield from _paths(each, (*path, key))


@settings(deadline=None, max_examples=200)
@given(top=_pairs, tables=_documents)
def test_whatever_python_reads_has_a_line_and_nothing_else_has(top: str, tables: str) -> None:
    text = top + tables

    lines = lines_of(text)

    assert lines.keys() == set(_paths(tomllib.loads(text)))
    written = text.replace("\r\n", "\n").split("\n")
    for path, line in lines.items():
        if isinstance(path[-1], str):
            assert path[-1] in written[line - 1]
