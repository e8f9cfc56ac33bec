"""What must stay true of the house, whoever adds a room."""

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import operations
from bot.dispatch import front
from bot.domain.form import Form
from bot.domain.operation import Operation
from bot.operations import catalogue
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"
MOST_LINES = 320

# A library of the outside world, and the only places that may know of it.
ONLY_IN = {
    "flask": ("bot/web/", "bot/simulator/", "bot/app.py"),
    "httpx": ("bot/broadworks/", "bot/simulator/", "bot/app.py", "bot/bot_process.py", "bot/testing/"),
    "webexteamssdk": ("bot/webex/gateway.py",),
    "dbos": ("bot/engine/",),
    "adaptivecardbuilder": ("cards/kit.py",),
    "sqlalchemy": (
        "bot/store/",
        "bot/engine/",
        "bot/services/",
        "bot/app.py",
        "bot/auditing.py",
        "bot/dispatch/",
        "bot/instance.py",
    ),
    "alembic": ("bot/store/",),
    "pytest": ("bot/testing/plugin.py",),
}

# The parts that must stay plain, and all that they may use besides Python's own library.
PLAIN = {
    "bot/domain": {"bot", "phonenumbers", "email_validator"},
    "bot/operations": {"bot", "cards"},
    "cards": {"bot", "cards", "adaptivecardbuilder"},
}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files(*folders: str, pattern: str = "*.py") -> list[Path]:
    """The files of ours in these folders, without what Python and people leave behind."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob(pattern)))
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


PRODUCT = files("bot", "cards")
MODULES = [path for path in files("bot/operations") if path.stem != "__init__"]


def imported(path: Path) -> Iterator[str]:
    """The packages that a module imports anywhere in it, under functions and conditions too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


# Every operation is complete.


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_module_of_operations_declares_the_operation_that_it_is_named_after(path: Path) -> None:
    module = importlib.import_module(f"{operations.__name__}.{path.stem}")

    assert isinstance(module.OPERATION, Operation)
    assert module.OPERATION.name == path.stem
    assert module.OPERATION in catalogue()


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_every_operation_has_words_a_form_help_and_an_example(operation: Operation) -> None:
    assert operation.words == " ".join(operation.words.casefold().split()) != ""
    assert all(alias == " ".join(alias.casefold().split()) != "" for alias in operation.aliases)
    assert isinstance(operation.form, Form)
    assert operation.form.inputs
    assert (operation.plan.__doc__ or "").strip().splitlines()[0].endswith(".")
    assert operation.help
    assert operation.words in operation.examples


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_every_operation_has_a_card_module_with_its_result_and_a_golden_file(operation: Operation) -> None:
    assert (ROOT / "cards" / f"{operation.name}.py").is_file()
    assert operation.result.__module__ == f"cards.{operation.name}"
    assert list((TESTS / "cards" / "golden").glob(f"{operation.name}*.json"))


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_every_operation_has_a_test_that_names_it(operation: Operation) -> None:
    tests = [path.read_text("utf-8") for path in files("tests", pattern="test_*.py")]

    assert any(re.search(rf"\b{operation.name}\b", text) for text in tests)


@pytest.mark.parametrize("operation", catalogue(), ids=lambda operation: operation.name)
def test_no_two_inputs_of_a_form_answer_to_the_same_name(operation: Operation) -> None:
    form = operation.form

    for each in form.inputs:
        assert {form.find(name) for name in (each.name, each.label, *each.short)} == {each}
    assert sum(each.bare for each in form.inputs) <= 1


def test_no_operation_takes_the_words_that_the_bot_needs_itself() -> None:
    ours = {front.HELP, front.CANCEL, front.MINE, front.BY_TEXT, *front.NUMBERED}

    assert ours.isdisjoint(phrase for each in catalogue() for phrase in (each.words, *each.aliases))


# Everything that can be set is shown.


def test_every_setting_is_in_the_example_and_nothing_else_is() -> None:
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    shown = [found[1] for line in lines if (found := re.match(r"#? ?([A-Z][A-Z0-9_]*)=", line))]

    assert shown == [each.variable for each in Settings.described()]


# Every file is as the house wants it.


@pytest.mark.parametrize("path", files("bot", "cards", "tests"), ids=named)
def test_every_module_says_what_it_owns(path: Path) -> None:
    source = path.read_text("utf-8")
    marker = path.name == "__init__.py" and TESTS in path.parents and not source

    assert marker or ast.get_docstring(ast.parse(source))


@pytest.mark.parametrize("path", PRODUCT, ids=named)
def test_the_libraries_of_the_outside_world_are_known_where_they_belong_only(path: Path) -> None:
    strangers = {
        package for package in imported(path) if not named(path).startswith(ONLY_IN.get(package, (named(path),)))
    }

    assert strangers == set()


@pytest.mark.parametrize("folder", PLAIN)
def test_what_is_plain_python_uses_nothing_else(folder: str) -> None:
    used = {package for path in files(folder) for package in imported(path)}

    assert used - sys.stdlib_module_names <= PLAIN[folder]


def test_the_rule_about_libraries_is_about_libraries_that_are_used() -> None:
    assert ONLY_IN.keys() <= {package for path in PRODUCT for package in imported(path)}


def test_nothing_is_left_to_be_done_in_a_comment() -> None:
    # Written apart, so that this line is not found.
    marker = re.compile(
        "|".join(rf"\b{first}{second}\b" for first, second in (("TO", "DO"), ("FIX", "ME"), ("X", "XX")))
    )
    texts = {named(path): path.read_text("utf-8") for path in files("bot", "cards", "tests")}

    assert [name for name, text in texts.items() if marker.search(text)] == []


def test_no_file_grows_too_long_to_be_read_at_once() -> None:
    long = {named(path): len(path.read_bytes().splitlines()) for path in files("bot", "cards", pattern="*")}

    assert {name: lines for name, lines in long.items() if lines > MOST_LINES} == {}


def test_whatever_is_ignored_has_its_reason_in_words_beside_it_or_above() -> None:
    ignored = re.compile(r"#\s*(?:type: ignore(?:\[[\w, -]+\])?|(?:ruff: )?noqa(?:: ?[A-Z0-9, ]+)?|pragma: [\w ]+)")
    bare = []
    for path in files("bot", "cards", "tests"):
        above = ""
        for line in path.read_text("utf-8").splitlines():
            *_, rest = ignored.split(line)
            if rest != line and len(rest.split()) < 3 and not above.lstrip().startswith("#"):
                bare.append(f"{named(path)}: {line.strip()}")
            above = line

    assert bare == []
