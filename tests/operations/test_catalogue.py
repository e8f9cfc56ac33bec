"""The catalogue is what is in the folder, and no words mean two things."""

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import operations
from bot.domain import command
from bot.domain.checks import check
from bot.domain.operation import Operation, Risk
from bot.operations import catalogue
from tests.cards.samples import ACME


def test_every_operation_is_in_the_catalogue_in_the_order_of_its_words() -> None:
    words = [operation.words for operation in catalogue()]

    assert words == sorted(words)
    assert {"precheck subscriber", "provision workspace"} <= set(words)


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_every_example_is_understood_altogether(operation: Operation) -> None:
    phrases = {phrase: each for each in catalogue() for phrase in (each.words, *each.aliases)}

    for example in operation.examples:
        matched = command.match(example, phrases)
        assert matched is not None
        assert matched[0] is operation
        rest, form = matched[1], operation.form
        said = command.whole(rest, form) or command.arguments(rest, form) or command.alone(rest, form)
        assert said is not None
        assert said.complaints == ()
        # An example may leave something out, which the form then asks for; what it says is right.
        checked = check(operation.form, said.values, templates=(ACME, replace(ACME, name="ZjVi…")))
        wrong = {complaint.input for complaint in checked.complaints}
        assert wrong.isdisjoint(said.values)


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_what_changes_something_has_one_write_and_a_read_has_none(operation: Operation) -> None:
    reads = operation.risk is Risk.READ

    assert (operation.run is None) is reads
    if reads:
        assert (operation.look, operation.record) == (None, None)


DECLARATION = """
from bot.domain.form import Form
from bot.domain.operation import Operation

OPERATION = Operation(words={words!r}, form=Form(()), plan=None, result=None, aliases={aliases!r})
"""


def declared(words: str, *aliases: str) -> str:
    """The source of a module that declares an operation."""
    return DECLARATION.format(words=words, aliases=aliases)


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Iterator[Callable[..., tuple[Operation, ...]]]:
    """Makes the catalogue of a folder of other modules, as the one of the product is made."""
    name = "operations_elsewhere"

    def make(*sources: str) -> tuple[Operation, ...]:
        for number, source in enumerate(sources):
            (tmp_path / f"module{number}.py").write_text(source)
        file = operations.__file__
        spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[str(tmp_path)])
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
        found: tuple[Operation, ...] = sys.modules[name].catalogue()
        return found

    yield make
    for imported in [each for each in sys.modules if each.partition(".")[0] == name]:
        del sys.modules[imported]


def test_a_module_in_the_folder_is_all_that_an_operation_needs(
    catalogue_of: Callable[..., tuple[Operation, ...]],
) -> None:
    found = catalogue_of(declared("shift it", "go"), declared("move it", "mv"))

    assert [operation.words for operation in found] == ["move it", "shift it"]


@pytest.mark.parametrize(
    ("first", "second", "repeated"),
    [
        (declared("move it"), declared("move it"), "['move it']"),
        (declared("move it"), declared("shift it", "move it"), "['move it']"),
        (declared("move it", "mv", "go"), declared("shift it", "go", "mv"), "['go', 'mv']"),
        (declared("move it", "move it"), declared("shift it"), "['move it']"),
    ],
)
def test_two_operations_that_answer_to_the_same_words_are_refused(
    catalogue_of: Callable[..., tuple[Operation, ...]], first: str, second: str, repeated: str
) -> None:
    with pytest.raises(ValueError, match=r"^more than one operation answers to") as refused:
        catalogue_of(first, second)

    assert str(refused.value).endswith(repeated)
