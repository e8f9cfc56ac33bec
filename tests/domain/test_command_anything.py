"""Whatever is typed, reading it has an answer; what is written plainly is read as written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.command import MAX_LINE, arguments, match, suggest
from bot.domain.form import Form
from bot.operations import catalogue
from tests.domain.forms import FORMS, anything, nasty

PHRASES = {phrase: each for each in catalogue() for phrase in (each.words, *each.aliases)}
MANY = settings(deadline=None, max_examples=300)
NAMES = sorted({name for form in FORMS for each in form.inputs for name in (each.name, each.label, *each.short)})

pieces = nasty | st.sampled_from([*NAMES, *PHRASES, "=", " = ", '"', "'", "“", " ", "\n", "first", "phone", "a@b"])
lines = anything | st.lists(pieces, max_size=12).map("".join) | st.lists(pieces, max_size=12).map(" ".join)
forms = st.sampled_from(FORMS)

# Curly quotes count as straight ones, so a value that holds them is written without them here.
plain = st.text(st.characters(exclude_characters='"=“”„«»', categories=None), max_size=30)


@MANY
@given(line=lines, form=forms)
def test_every_line_is_read_or_is_something_else(line: str, form: Form) -> None:
    read = arguments(line, form)

    if read is not None:
        names = {each.name for each in form.inputs}
        assert read.values.keys() <= names
        assert {complaint.input for complaint in read.complaints} <= names | {None}
        assert all(isinstance(value, str) for value in read.values.values())


@MANY
@given(line=lines)
def test_every_line_matches_one_phrase_or_none(line: str) -> None:
    found = match(line, PHRASES)

    if found is not None:
        operation, rest = found
        begun = line.casefold().split()[: len(line.split()) - len(rest.split())]
        assert " ".join(begun) in {phrase for phrase, each in PHRASES.items() if each is operation}
        assert line.endswith(rest)


@MANY
@given(line=lines)
def test_only_what_exists_is_suggested(line: str) -> None:
    suggested = suggest(line, PHRASES)

    assert set(suggested) <= set(PHRASES)
    assert len(suggested) <= 3


@st.composite
def said(draw: st.DrawFn) -> tuple[Form, dict[str, str], list[str]]:
    """A form, values for some of its inputs, and the names that somebody writes them under."""
    form: Form = draw(forms)
    inputs = draw(st.lists(st.sampled_from(form.inputs), unique_by=lambda each: each.name, min_size=1))
    values = {each.name: draw(plain) for each in inputs}
    names = [draw(st.sampled_from([each.name, *each.short])) for each in inputs]
    return form, values, [draw(st.sampled_from([name, name.upper(), name.lower()])) for name in names]


@MANY
@given(said=said())
def test_values_in_quotes_are_read_back_as_written(said: tuple[Form, dict[str, str], list[str]]) -> None:
    form, values, names = said
    line = " ".join(f'{name}="{value}"' for name, value in zip(names, values.values(), strict=True))

    read = arguments(line, form)

    assert len(line) <= MAX_LINE
    assert read is not None
    assert (read.values, read.complaints) == (values, ())
