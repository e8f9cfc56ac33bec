"""The templates as they are kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.template import Template
from bot.errors import TooLate
from bot.store.session import Database
from bot.store.templates import StoredTemplates
from tests.store import rows

ACME = Template("acme", "YWNtZQ" * 10, "sp+acme", "standard", "Europe/Paris", "FR", made_by="Ann", made_at=rows.NOW)


@pytest.fixture
def templates(database: Database) -> StoredTemplates:
    """None yet."""
    return StoredTemplates(database)


def called(name: str, enterprise: str = "sp+acme") -> Template:
    return replace(ACME, name=name, enterprise=enterprise)


def names(templates: StoredTemplates) -> list[str]:
    return [each.name for each in templates.all()]


def test_what_is_kept_is_found_again_after_a_restart(database: Database, templates: StoredTemplates) -> None:
    templates.keep(called("acme"))

    assert StoredTemplates(database).all() == [replace(ACME, id=1)]


def test_they_are_in_the_order_of_their_names_whatever_the_case(templates: StoredTemplates) -> None:
    for name in ("zeta", "Émile", "Beta", "acme"):
        templates.keep(called(name))

    assert names(templates) == ["acme", "Beta", "zeta", "Émile"]


@pytest.mark.parametrize(("first", "second"), [("acme", "acme"), ("Acme", "aCME"), ("bücher", "BÜCHER")])
def test_a_name_that_is_there_in_any_case_is_taken_over(templates: StoredTemplates, first: str, second: str) -> None:
    templates.keep(called(first))

    templates.keep(called(second, enterprise="sp+other"))

    assert [(each.name, each.enterprise) for each in templates.all()] == [(second, "sp+other")]


def test_a_template_is_kept_instead_of_one_with_another_name(templates: StoredTemplates) -> None:
    for name in ("acme", "lab"):
        templates.keep(called(name))

    templates.keep(called("globex"), instead_of="ACME")

    assert names(templates) == ["globex", "lab"]


def test_a_template_that_takes_the_name_of_a_third_leaves_neither_of_the_two(templates: StoredTemplates) -> None:
    for name in ("acme", "lab", "zeta"):
        templates.keep(called(name))

    templates.keep(called("LAB"), instead_of="acme")

    assert names(templates) == ["LAB", "zeta"]


def test_only_the_one_of_that_name_is_dropped(templates: StoredTemplates) -> None:
    for name in ("acme", "acme2", "a%", "_cme"):
        templates.keep(called(name))

    for name in ("ACME", "%", "nobody", ""):
        templates.drop(name)

    assert names(templates) == ["_cme", "a%", "acme2"]


def test_several_can_stand_for_one_provisioning_id(templates: StoredTemplates) -> None:
    templates.keep(called("east", enterprise="sp+east"))
    templates.keep(called("west", enterprise="sp+west"))

    assert names(templates) == ["east", "west"]


def test_nothing_is_changed_from_the_last_moment_on(database: Database) -> None:
    templates = StoredTemplates(database, now=lambda: rows.NOW)
    templates.keep(called("acme"))
    late = templates.until(rows.NOW)

    with pytest.raises(TooLate):
        late.keep(called("globex"), instead_of="acme")
    with pytest.raises(TooLate):
        late.drop("acme")

    assert names(late) == ["acme"]
    templates.until(rows.NOW + timedelta(microseconds=1)).drop("acme")
    assert names(templates) == []
