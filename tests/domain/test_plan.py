"""The hash of a plan binds a confirmation to exactly what will be sent."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.checks import check
from bot.domain.form import Form
from bot.domain.plan import Call, Finding, Level, Plan
from tests.domain.forms import filled

CALL = Call(
    "POST",
    "broadworks/workspaces",
    {"displayName": "Küche 会议室", "nested": {"b": 1, "a": [1, 2]}, "extension": "51212"},
    "https://webexapis.com/v1/",
)
PLAN = Plan("provision_workspace", CALL, made=datetime(2026, 7, 9, tzinfo=UTC), before={"name": "old", "at": None})

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
bodies = st.dictionaries(st.text(max_size=3), json_values, max_size=4)


def test_the_hash_of_a_plan_never_changes() -> None:
    """Requests that wait for a confirmation during an upgrade must still match their cards."""
    assert PLAN.hash == "c5a5b782922727259167ea8fc77108839b5e25acbc84584683d7231986aa83ff"


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAN, operation="remove_workspace"),
        replace(PLAN, call=replace(CALL, method="PUT")),
        replace(PLAN, call=replace(CALL, path="broadworks/subscribers")),
        replace(PLAN, call=replace(CALL, base_url="https://webexapis.example/v1/")),
        replace(PLAN, call=replace(CALL, body=CALL.body | {"extension": "51213"})),
        replace(PLAN, call=replace(CALL, body=CALL.body | {"extension": 51212})),
        replace(PLAN, call=replace(CALL, body=CALL.body | {"more": ""})),
        replace(PLAN, call=replace(CALL, body=CALL.body | {"nested": {"b": 1, "a": [2, 1]}})),
        replace(PLAN, call=replace(CALL, body={})),
        replace(PLAN, before={"name": "new", "at": None}),
        replace(PLAN, before={"name": "old"}),
        replace(PLAN, before={}),
        replace(PLAN, before=None),
    ],
)
def test_the_hash_changes_with_everything_that_is_sent_and_with_the_state_before(other: Plan) -> None:
    assert other.hash != PLAN.hash


@pytest.mark.parametrize(
    "same",
    [
        replace(PLAN, made=datetime(2027, 1, 1, tzinfo=UTC)),
        replace(PLAN, findings=(Finding(Level.WARNING, "This may not work."),)),
        replace(
            PLAN,
            call=replace(
                CALL,
                body={"extension": "51212", "nested": {"a": [1, 2], "b": 1}, "displayName": "Küche 会议室"},
            ),
        ),
        replace(PLAN, before={"at": None, "name": "old"}),
    ],
)
def test_the_hash_does_not_change_with_the_time_the_findings_or_the_order_of_keys(same: Plan) -> None:
    assert same.hash == PLAN.hash


def canonical(value: Any) -> Any:
    """A copy that compares as JSON does: true is not 1."""
    if isinstance(value, dict):
        return {key: canonical(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [canonical(inner) for inner in value]
    return (type(value), value)


@settings(deadline=None)
@given(one=bodies, other=bodies)
def test_two_bodies_have_the_same_hash_only_if_they_are_the_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    hashes = {replace(PLAN, call=replace(CALL, body=body)).hash for body in (one, other)}

    assert (len(hashes) == 1) == (canonical(one) == canonical(other))


@settings(deadline=None)
@given(filled=filled())
def test_whatever_the_checks_accept_has_a_hash(filled: tuple[Form, dict[str, str]]) -> None:
    form, said = filled
    values = check(form, said, region="US").values

    assert len(replace(PLAN, call=replace(CALL, body=values)).hash) == 64
