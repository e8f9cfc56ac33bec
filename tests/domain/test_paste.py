"""What is pasted is understood as the inputs of a subscriber, or left alone."""

import pytest

from bot.domain.paste import INPUTS, Guess, understand
from bot.domain.paste_words import label_of
from bot.operations.precheck_subscriber import FORM
from tests.domain.pasted import CHAT, ORDERS, TEMPLATES, Pasted


def read(text: str, region: str | None = None) -> tuple[str, ...]:
    """The guesses as they are written in the table."""
    guesses = understand(text, region=region, templates=TEMPLATES)
    return tuple(f"{guess.input}: {guess.text} ({guess.why})" for guess in guesses)


@pytest.mark.parametrize("pasted", ORDERS, ids=lambda pasted: pasted.name)
def test_an_order_is_understood_in_whatever_shape_it_comes(pasted: Pasted) -> None:
    assert read(pasted.text, pasted.region) == pasted.guesses


@pytest.mark.parametrize("text", CHAT)
@pytest.mark.parametrize("region", [None, "US"])
def test_chat_is_not_taken_for_an_order(text: str, region: str | None) -> None:
    assert understand(text, region=region, templates=TEMPLATES) == ()


def test_a_guess_says_the_input_the_text_and_the_reason() -> None:
    assert understand("Mobile: +1 240 555 1213\next 51212") == (
        Guess("mobilePhoneNumber", "+1 240 555 1213", "after “Mobile:”"),
        Guess("extension", "51212", "after “ext”"),
    )


@pytest.mark.parametrize("name", INPUTS[:-1])
def test_the_names_that_people_type_are_labels_as_well(name: str) -> None:
    asked = FORM[name]
    # Of a provisioning ID and the template that stands for it, pasted text tells which it means.
    typed = {asked.name, asked.label, *asked.short} - {"template"}

    assert {label_of(each) for each in typed} == {name}


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Tel", "primaryPhoneNumber"),
        ("T", "primaryPhoneNumber"),
        ("Telephone no.", "primaryPhoneNumber"),
        ("Work", "primaryPhoneNumber"),
        ("Rufnummer", "primaryPhoneNumber"),
        ("Cell phone", "mobilePhoneNumber"),
        ("Mobile number", "mobilePhoneNumber"),
        ("Mob.", "mobilePhoneNumber"),
        ("Handy", "mobilePhoneNumber"),
        ("móvil", "mobilePhoneNumber"),
    ],
)
@pytest.mark.parametrize("separator", [": ", "=", " = ", " - ", "\t", " : "])
def test_a_label_is_read_in_any_case_with_any_separator(label: str, named: str, separator: str) -> None:
    for written in (label, label.upper(), label.lower()):
        pasted = f"{written}{separator}+1 240 555 1212\nName{separator}Ann Agent"

        guesses = {guess.input: guess.text for guess in understand(pasted)}
        assert guesses == {"firstName": "Ann", "lastName": "Agent", named: "+1 240 555 1212"}


@pytest.mark.parametrize("label", ["Fax", "F", "Telefax", "fax number", "Manager's phone", "Billing phone", "Home"])
def test_a_number_that_is_not_the_subscribers_phone_is_left_out(label: str) -> None:
    pasted = f"Ann Agent\n{label}: +1 240 555 1212\nann@example.com"

    assert [guess.input for guess in understand(pasted)] == ["firstName", "lastName", "email"]


@pytest.mark.parametrize(
    "written", ["x51212", "ext 51212", "Ext. 51212", "extension: 51212", ", extn. 51212", "x 51212"]
)
def test_a_number_with_its_extension_gives_both(written: str) -> None:
    guesses = {guess.input: guess.text for guess in understand(f"Phone: +1 240 555 1212 {written}")}

    assert guesses == {"primaryPhoneNumber": "+1 240 555 1212", "extension": "51212"}


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("Ann Agent", "Ann", "Agent"),
        ("Dr. Ann Agent", "Ann", "Agent"),
        ("Mrs Ann Agent, MBA", "Ann", "Agent"),
        ("Prof. Dr. Ann-Marie d'Agent", "Ann-Marie", "d'Agent"),
        ("Ann M. Agent", "Ann M.", "Agent"),
        ("Ann Agent (she/her)", "Ann", "Agent"),
        ("Agent, Ann", "Ann", "Agent"),
        ("de la Cruz, Ana María", "Ana María", "de la Cruz"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Ζωή Παπαδοπούλου", "Ζωή", "Παπαδοπούλου"),
        ("山田 太郎", "太郎", "山田"),
    ],
)
def test_a_signature_begins_with_a_name(line: str, first: str, last: str) -> None:
    guesses = {guess.input: guess.text for guess in understand(f"{line}\nT: +1 240 555 1212")}

    assert guesses == {"firstName": first, "lastName": last, "primaryPhoneNumber": "+1 240 555 1212"}


@pytest.mark.parametrize(
    "line", ["Acme Telecom", "Sales Manager", "Best Regards", "Standard Bank", "Main Street", "Ann", "ann agent", "A 5"]
)
def test_what_else_stands_first_is_no_name(line: str) -> None:
    guesses = {guess.input: guess.text for guess in understand(f"{line}\nT: +1 240 555 1212\nann@example.com")}

    assert guesses == {"email": "ann@example.com", "primaryPhoneNumber": "+1 240 555 1212"}


@pytest.mark.parametrize("name", ["Day", "Head", "Bank", "Le", "An", "O'Neill", "day"])
def test_whatever_a_label_says_is_a_name_is_one(name: str) -> None:
    guesses = {guess.input: guess.text for guess in understand(f"Last name: {name}\nMail: ann@example.com")}

    assert guesses == {"lastName": name, "email": "ann@example.com"}


@pytest.mark.parametrize(
    "pasted",
    [
        "first,last,email\nAnn,Agent,ann@example.com\nBob,Boss,bob@example.com",
        "Ann,Agent,ann@example.com\nBob,Boss,bob@example.com",
        "Name: Ann Agent\nMail: ann@example.com\n\nName: Bob Boss\nPhone: +1 240 555 1212",
        "Mail: ann@example.com\nExt: 51212\nMail: bob@example.com",
        "add Ann Agent 95547321@example.com\nadd Bob Boss 95547322@example.com premium",
    ],
)
def test_several_people_are_not_mixed_in_one_form(pasted: str) -> None:
    assert understand(pasted) == ()


def test_two_packages_leave_the_choice_to_the_agent() -> None:
    guesses = understand("please add Ann Agent ann@example.com, standard, maybe premium")

    assert [guess.input for guess in guesses] == ["firstName", "lastName", "email"]


def test_a_label_is_believed_before_what_only_looks_like_it() -> None:
    pasted = "Package: premium\nuser ann@example.com wants standard\nE-mail: agent@example.com"

    guesses = {guess.input: guess.text for guess in understand(pasted)}
    assert guesses == {"package": "premium", "email": "agent@example.com"}


def test_the_longest_template_is_found_as_a_whole_word_only() -> None:
    templates = ("acme", "acme basic", "acme.basic", "")

    def template(text: str) -> list[str]:
        guesses = understand(f"add ann@example.com {text}", templates=templates)
        return [guess.text for guess in guesses if guess.input == "template"]

    assert template("with Acme Basic") == ["Acme Basic"]
    assert template("with acme") == ["acme"]
    assert template("with acmes") == []
    assert template("at www.acme.example") == []


def test_a_template_with_the_name_of_a_package_must_be_labelled() -> None:
    def read_as(text: str) -> list[str]:
        return [guess.input for guess in understand(f"add ann@example.com {text}", templates=("Standard",))]

    assert read_as("standard") == ["email", "package"]
    assert read_as("template: standard") == ["email", "template"]


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("add Ann Agent (240) 555-1212", "US", "(240) 555-1212"),
        ("add Ann Agent (+1 240 555 1212)", None, "+1 240 555 1212"),
        ("add Ann Agent 030/901820", "DE", "030/901820"),
        ("add Ann Agent +44 (0)20 7946 0958", None, "+44 (0)20 7946 0958"),
    ],
)
def test_a_number_is_found_by_itself_where_it_surely_is_one(text: str, region: str | None, number: str) -> None:
    found = [guess.text for guess in understand(text, region=region) if guess.input == "primaryPhoneNumber"]

    assert found == [number]


@pytest.mark.parametrize("text", ["add Ann Agent 240 555 1212", "add Ann Agent 12/05/2024", "add Ann Agent 4711-4712"])
def test_digits_by_themselves_are_no_number_without_a_region(text: str) -> None:
    assert understand(text) == ()


def test_only_the_beginning_of_a_long_text_is_read() -> None:
    pasted = "Name: Ann Agent\nMail: ann@example.com\n"

    assert len(understand(pasted + "\n" * 57 + "ext: 512")) == 4
    assert len(understand(pasted + "\n" * 58 + "ext: 512")) == 3
    assert len(understand(pasted + " " * 3940 + "ext: 512")) == 4
    assert len(understand(pasted + " " * 4000 + "ext: 512")) == 3
