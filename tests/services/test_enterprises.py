"""The names of enterprises are kept for forms: those that were read, and all of them now and then."""

import httpx
import pytest

from bot.domain.conversation import Conversation
from bot.domain.delivery import Delivery, Shows
from bot.domain.enterprise import Enterprise
from bot.domain.view import FormView
from bot.errors import Refused
from bot.services import enterprises, views
from bot.services.enterprises import KnownEnterprises
from tests.services.kit import ANN, World


def named(*names: str) -> list[Enterprise]:
    return [Enterprise(str(number), enterprise=name) for number, name in enumerate(names)]


def test_what_was_read_is_known_by_name_in_order_and_once() -> None:
    known = KnownEnterprises()
    known.remember(named("b", "", "A", "b"))
    known.remember(named("c"))

    assert known.names() == ("A", "b", "c")
    known.forget()
    assert known.names() == ()


def test_no_more_are_kept_than_can_be_of_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enterprises, "MOST", 2)
    known = KnownEnterprises()
    known.remember(named("a", "b", "c"))

    assert known.names() == ("a", "b")


def test_learning_them_anew_forgets_those_that_are_gone_and_failing_forgets_none(world: World) -> None:
    known = KnownEnterprises()
    known.remember(named("gone", "Reseller1+acme"))
    world.api = lambda _: httpx.Response(200, json={"items": [{"id": "1", "spEnterpriseId": "Reseller1+acme"}]})
    known.learn(world.work.desk.broadworks)
    world.api = lambda _: httpx.Response(403)

    with pytest.raises(Refused):
        known.learn(world.work.desk.broadworks)
    assert known.names() == ("Reseller1+acme",)


def offered(world: World, operation: str, *names: str) -> tuple[str, ...]:
    """What the form of an operation offers Ann, where these names are known."""
    context = world.context
    context.enterprises.remember(named(*names))
    conversation = Conversation("a-room", "", ANN.person_id, operation, world.clock())
    with world.database.transaction() as session:
        session.add(conversation)
        session.flush()
        delivery = Delivery("a-room", Shows.CONVERSATION, world.clock(), direct=True, person_id=ANN.person_id)
        delivery.conversation = conversation.id
        view = views.view_of(session, context, delivery, sign=lambda _: "")
        session.rollback()
    assert isinstance(view, FormView)
    return view.enterprises


def test_a_form_offers_those_that_this_person_used_last_before_the_others(world: World) -> None:
    world.ask("show enterprise", enterprise="unheard-of")
    world.ask("find enterprises", enterprise="Beginning+")
    world.ask("show enterprise", enterprise="a+1")
    world.ask("show enterprise", enterprise="Y2lzY29zcGFyazovL3VzL0VOVEVSUFJJU0UvOTZhYmMyYWEtM2Rj")
    world.planned()
    world.ask("find subscribers", spEnterpriseId="c+3")

    assert offered(world, "provision_workspace", "a+1", "b+2", "c+3", "Reseller1+acme") == (
        "c+3",
        "Reseller1+acme",
        "a+1",
        "b+2",
    )


def test_a_form_without_enterprises_offers_none(world: World) -> None:
    assert offered(world, "show_subscriber", "a+1") == ()
    assert offered(world, "template_remove", "a+1") == ()
