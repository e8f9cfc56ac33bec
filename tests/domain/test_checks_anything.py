"""Whatever is filled in, the checks have an answer, and it makes sense."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.checks import check, tidy
from bot.domain.form import Form
from tests.domain.forms import FORMS, anything, filled, nasty

regions = st.sampled_from([None, "US", "DE", "IT"])
MANY = settings(deadline=None, max_examples=300)


@MANY
@given(filled=filled(), region=regions)
def test_every_answer_is_about_what_was_asked(filled: tuple[Form, dict[str, str]], region: str | None) -> None:
    form, said = filled
    names = {each.name for each in form.inputs}

    checked = check(form, said, region=region)

    assert {complaint.input for complaint in checked.complaints} <= {*names, None}
    assert {warning.input for warning in checked.warnings} <= {*checked.said, None}
    assert all(complaint.text.endswith(".") for complaint in checked.complaints)
    assert len({complaint.input for complaint in checked.complaints}) == len(checked.complaints)
    assert checked.said == {name: text for name, text in said.items() if name in names and text.strip()}
    # A rule between inputs may complain of one that is right by itself.
    assert set(checked.said) - {complaint.input for complaint in checked.complaints} <= set(checked.values)
    assert set(checked.values) <= set(checked.said)


@MANY
@given(filled=filled(), region=regions)
def test_what_was_accepted_is_accepted_again_and_stays_the_same(
    filled: tuple[Form, dict[str, str]], region: str | None
) -> None:
    form, said = filled
    values = check(form, said, region=region).values

    again = check(form, values, region=region)

    assert {complaint.input for complaint in again.complaints}.isdisjoint(values)
    assert again.values == values


@MANY
@given(text=nasty, which=st.sampled_from(FORMS), region=regions)
@example(text="+6100905111", which=FORMS[-1], region=None)
@example(text="000000000000@0.\u0130\u0130\u0130", which=FORMS[-1], region=None)
def test_one_text_in_every_input_is_judged_the_same_when_it_is_clean(
    text: str, which: Form, region: str | None
) -> None:
    checked = check(which, {each.name: text for each in which.inputs}, region=region)

    again = check(which, checked.values, region=region)
    assert again.values == checked.values


@MANY
@given(filled=filled())
def test_what_was_accepted_can_be_sent(filled: tuple[Form, dict[str, str]]) -> None:
    form, said = filled

    json.dumps(check(form, said, region="US").values, ensure_ascii=False).encode()


@MANY
@given(text=anything)
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    clean, _ = tidy(text)

    assert tidy(clean) == (clean, [])
    assert clean == clean.strip()
    assert clean.isprintable() or not clean.isascii()
