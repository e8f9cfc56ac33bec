"""What a typed line asks for: exact words, then arguments; never a guess."""

import pytest

from bot.domain.command import MAX_LINE, Arguments, alone, arguments, carried, match, suggest, whole
from bot.domain.form import Complaint, Form, Input, Kind
from bot.operations.precheck_subscriber import FORM as PRECHECK
from bot.operations.provision_workspace import FORM as WORKSPACE

PHRASES = {
    "provision workspace": "workspace",
    "provision": "short",
    "precheck subscriber": "precheck",
    "precheck": "precheck",
    "check": "precheck",
    "help": "help",
}
TEMPLATE = "ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2OjQyODVmNTk0LTVi"


# The words.


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("provision workspace", ("workspace", "")),
        ("provision", ("short", "")),
        ("provision room", ("short", "room")),
        ("provision workspaces", ("short", "workspaces")),
        ("PROVISION  WorkSpace   name=A  B ", ("workspace", "name=A  B ")),
        ("provision\u00a0workspace\nname=A", ("workspace", "name=A")),
        ("precheck ann@example.com", ("precheck", "ann@example.com")),
        ("  help", ("help", "")),
    ],
)
def test_the_longest_phrase_that_begins_the_line_wins(line: str, expected: tuple[str, str]) -> None:
    assert match(line, PHRASES) == expected


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "please do not provision this workspace",
        "don't provision workspace",
        "provisionworkspace",
        "help!",
        "checked",
        "how do I precheck a subscriber?",
    ],
)
def test_what_does_not_begin_with_a_phrase_asks_for_nothing(line: str) -> None:
    assert match(line, PHRASES) is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("provison workspace", ["provision workspace", "provision"]),
        ("precheck susbcriber", ["precheck", "precheck subscriber"]),
        ("hlep", ["help"]),
        ("please do not provision this workspace", ["provision workspace", "provision"]),
        ("HELP", ["help"]),
        ("what's for lunch", []),
        ("", []),
    ],
)
def test_what_may_have_been_meant_is_suggested_nearest_first(line: str, expected: list[str]) -> None:
    assert suggest(line, PHRASES, limit=2) == expected


def test_no_more_is_suggested_than_wanted() -> None:
    assert suggest("check", ["check a", "check b", "check c", "check d"]) == ["check a", "check b", "check c"]


# The arguments.


def read(line: str) -> dict[str, str]:
    """The values of a line for a workspace that is understood altogether."""
    found = arguments(line, WORKSPACE)

    assert found is not None
    assert found.complaints == ()
    return found.values


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("", {}),
        ("  \n ", {}),
        ("ext=51212", {"extension": "51212"}),
        ("EXT=51212", {"extension": "51212"}),
        ("ext = 51212", {"extension": "51212"}),
        ("ext =51212", {"extension": "51212"}),
        ("ext=", {"extension": ""}),
        ("ext =", {"extension": ""}),
        ("displayName=Conference Room ext=5", {"displayName": "Conference Room", "extension": "5"}),
        ("display-name=A", {"displayName": "A"}),
        ("display name=A", {"displayName": "A"}),
        ("ext=5 display name=A B", {"extension": "5", "displayName": "A B"}),
        ("name=A phone number=+1 240 555 1212", {"displayName": "A", "primaryPhoneNumber": "+1 240 555 1212"}),
        ("ext=5\nname=A\n", {"extension": "5", "displayName": "A"}),
    ],
)
def test_fields_are_read_by_any_of_their_names_up_to_the_next(line: str, values: dict[str, str]) -> None:
    assert read(line) == values


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ('name="Conference Room" ext=5', {"displayName": "Conference Room", "extension": "5"}),
        ("name='Conference Room' ext=5", {"displayName": "Conference Room", "extension": "5"}),
        ("name=“Conference Room” ext=5", {"displayName": "Conference Room", "extension": "5"}),
        ("name=„Conference Room“", {"displayName": "Conference Room"}),
        ("name=«Conference Room»", {"displayName": "Conference Room"}),
        ('name="a  b"', {"displayName": "a  b"}),
        ('name="a = b, ext = 5"', {"displayName": "a = b, ext = 5"}),
        ('name="A" "B C" D', {"displayName": "A B C D"}),
        ('name=""', {"displayName": ""}),
        ('name="Conference Room ext=5', {"displayName": "Conference Room", "extension": "5"}),
        ('name=27" screen ext=5', {"displayName": '27" screen', "extension": "5"}),
        ("name=O'Brien's room ext=5", {"displayName": "O'Brien's room", "extension": "5"}),
        ("name='s-Hertogenbosch ext=5", {"displayName": "'s-Hertogenbosch", "extension": "5"}),
        ('name="big phone" number=+1', {"displayName": "big phone", "primaryPhoneNumber": "+1"}),
        ('name= "big phone" number=+1', {"displayName": "big phone", "primaryPhoneNumber": "+1"}),
        ("name=phone number=+1", {"displayName": "phone", "primaryPhoneNumber": "+1"}),
    ],
)
def test_quotes_hold_a_value_together(line: str, values: dict[str, str]) -> None:
    assert read(line) == values


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("95547321@example.com", {"userId": "95547321@example.com"}),
        ("name=A B 1@example.com", {"displayName": "A B", "userId": "1@example.com"}),
        ("1@example.com name=A", {"userId": "1@example.com", "displayName": "A"}),
        ("name= a@b.com ext=5", {"displayName": "a@b.com", "extension": "5"}),
        ("1@a.com name=x 2@a.com", {"userId": "1@a.com", "displayName": "x 2@a.com"}),
    ],
)
def test_a_lone_address_goes_where_the_form_wants_it(line: str, values: dict[str, str]) -> None:
    assert read(line) == values


@pytest.mark.parametrize("padding", ["", "eA==", "eHg=", "eHh4"])
@pytest.mark.parametrize("equals", ["=", " = ", "= "])
def test_the_padding_of_an_id_does_not_make_it_a_field(padding: str, equals: str) -> None:
    template = TEMPLATE + padding

    assert read(f"pid{equals}{template} ext=5") == {"provisioningId": template, "extension": "5"}


@pytest.mark.parametrize("rest", ["please", "that we have", '"quoted"', "=", "= 5", "@", "ann@", "https://a.b/?c=d"])
def test_a_line_without_a_field_or_an_address_is_something_else(rest: str) -> None:
    assert arguments(rest, WORKSPACE) is None


def test_an_address_means_nothing_to_a_form_that_takes_none() -> None:
    form = type(WORKSPACE)(tuple(each for each in WORKSPACE.inputs if not each.bare))

    assert arguments("1@example.com", form) == Arguments(
        {}, (Complaint(None, "I did not understand “1@example.com”. Write field=value."),)
    )


@pytest.mark.parametrize(
    ("line", "values", "complaints"),
    [
        ("nmae=A", {}, [Complaint(None, "There is no field “nmae”. Did you mean “name”?")]),
        ("wxyz=A", {}, [Complaint(None, "There is no field “wxyz”.")]),
        ("wxyz=A wxyz=B", {}, [Complaint(None, "There is no field “wxyz”.")]),
        (
            "wxyz=A B ext=5",
            {"extension": "5"},
            [
                Complaint(None, "There is no field “wxyz”."),
                Complaint(None, "I did not understand “B”. Write field=value."),
            ],
        ),
        ("please ext=5", {"extension": "5"}, [Complaint(None, "I did not understand “please”. Write field=value.")]),
        ("ext=5 extension=6", {"extension": "5"}, [Complaint("extension", "Extension was given twice.")]),
        ("ext=5 ext=6 ext=7", {"extension": "5"}, [Complaint("extension", "Extension was given twice.")]),
        (
            "name=A name=B C ext=5",
            {"displayName": "A", "extension": "5"},
            [
                Complaint("displayName", "Display name was given twice."),
                Complaint(None, "I did not understand “C”. Write field=value."),
            ],
        ),
        (
            "phone ext=5 number=+1",
            {"extension": "5", "primaryPhoneNumber": "+1"},
            [Complaint(None, "I did not understand “phone”. Write field=value.")],
        ),
        ("pid= abc= ext=5", {"provisioningId": "", "extension": "5"}, [Complaint(None, "There is no field “abc”.")]),
    ],
)
def test_what_is_not_understood_is_complained_about_and_the_rest_is_kept(
    line: str, values: dict[str, str], complaints: list[Complaint]
) -> None:
    assert arguments(line, WORKSPACE) == Arguments(values, tuple(complaints))


def test_the_first_word_before_a_field_may_belong_to_its_name() -> None:
    found = arguments("ann@example.com first name=Ann last name=Bo Peep customer email=c@example.com", PRECHECK)

    assert found == Arguments(
        {
            "email": "ann@example.com",
            "firstName": "Ann",
            "lastName": "Bo Peep",
            "customerInfo.primaryEmail": "c@example.com",
        }
    )


def test_long_rubbish_is_quoted_in_part() -> None:
    found = arguments(f"{'y' * 200} {'x' * 200}=1", WORKSPACE)

    assert found is not None
    assert [complaint.text for complaint in found.complaints] == [
        f"There is no field “{'x' * 40}”.",
        f"I did not understand “{'y' * 80}”. Write field=value.",
    ]


def test_a_line_of_rubbish_is_not_answered_with_a_hundred_complaints() -> None:
    found = arguments(" ".join(f"rubbish{number}=1" for number in range(100)), WORKSPACE)

    assert found is not None
    assert len(found.complaints) == 5


def test_a_line_that_is_too_long_is_not_cut_without_a_word() -> None:
    line = f"name={'x' * (MAX_LINE - 5)}"

    assert read(line) == {"displayName": "x" * (MAX_LINE - 5)}
    assert arguments(f"{line} ext=5", WORKSPACE) == Arguments(
        {"displayName": "x" * (MAX_LINE - 5)},
        (Complaint(None, "That was too long: I read the first 4000 characters only."),),
    )


def test_a_form_says_itself_why_it_takes_nothing_under_a_name() -> None:
    form = Form((Input("a", "A"),), untaken={"email": "An e-mail address cannot be changed."})

    found = arguments("a=1 E-mail=ann@example.com", form)

    assert found == Arguments({"a": "1"}, (Complaint(None, "An e-mail address cannot be changed."),))


# A name needs no field.

NAMED = Form((Input("name", "Name", Kind.NAME, bare=True), Input("to", "New name", Kind.NAME)))


@pytest.mark.parametrize(
    ("rest", "values"),
    [
        ("acme to=globex", {"name": "acme", "to": "globex"}),
        ('"acme" to=globex', {"name": "acme", "to": "globex"}),
        ("to=globex name=acme", {"name": "acme", "to": "globex"}),
        ("to=globex acme", {"to": "globex acme"}),
    ],
)
def test_the_first_word_is_the_name_where_a_form_takes_one(rest: str, values: dict[str, str]) -> None:
    assert arguments(rest, NAMED) == Arguments(values)


def test_a_second_word_is_not_understood() -> None:
    assert arguments("acme inc to=globex", NAMED) == Arguments(
        {"name": "acme", "to": "globex"}, (Complaint(None, "I did not understand “inc”. Write field=value."),)
    )


def test_a_word_alone_is_a_name_and_nothing_else() -> None:
    assert [alone(rest, NAMED) for rest in ["acme", "“acme”"]] == [Arguments({"name": "acme"})] * 2
    assert [alone(rest, NAMED) for rest in ["", "acme please"]] == [None, None]
    assert alone("acme", WORKSPACE) is None


def test_words_alone_are_the_names_that_a_form_needs_in_their_order() -> None:
    two = Form((*NAMED.inputs, Input("newName", "New name", Kind.NAME, required=True), Input("note", "Note")))

    assert alone("acme globex", two) == Arguments({"name": "acme", "newName": "globex"})
    assert alone("acme", two) == Arguments({"name": "acme"})
    assert alone("acme globex please", two) is None


# A text goes on until the next field.

ROOM = Form(
    (Input("workspace", "Workspace", required=True, bare=True), Input("extension", "Extension", short=("ext",)))
)


@pytest.mark.parametrize(
    ("rest", "values"),
    [
        ("Conference Room ext=5", {"workspace": "Conference Room", "extension": "5"}),
        ('"Conference Room" ext=5', {"workspace": "Conference Room", "extension": "5"}),
        ("9@sp.com ext=5", {"workspace": "9@sp.com", "extension": "5"}),
        ("Room @ HQ ext=5", {"workspace": "Room @ HQ", "extension": "5"}),
        ("ext=5 9@sp.com", {"workspace": "9@sp.com", "extension": "5"}),
        ("ext=5 x", {"extension": "5 x"}),
        ("workspace=Lobby ext=5", {"workspace": "Lobby", "extension": "5"}),
        ("9@sp.com", {"workspace": "9@sp.com"}),
    ],
)
def test_a_text_needs_no_field_where_a_form_is_about_one(rest: str, values: dict[str, str]) -> None:
    assert arguments(rest, ROOM) == Arguments(values)


def test_a_text_alone_is_taken_whole() -> None:
    assert (
        alone("Conference Room", ROOM)
        == alone("“Conference Room”", ROOM)
        == Arguments({"workspace": "Conference Room"})
    )
    assert alone(" ", ROOM) is None


def test_a_user_id_needs_no_at_sign_if_there_is_a_digit_in_it() -> None:
    who = Form((Input("subscriber", "Who", Kind.USER_ID, bare=True), Input("extension", "Extension")))

    assert alone("95547321", who) == Arguments({"subscriber": "95547321"})
    assert [alone(rest, who) for rest in ("please", "95547321 please")] == [None, None]
    assert arguments("u3 extension=5", who) == Arguments({"subscriber": "u3", "extension": "5"})
    assert arguments("extension=5 u3", who) == Arguments({"extension": "5 u3"})


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("chek ann@example.com extension=5", "ann@example.com extension=5"),
        ("chek extension=5", "extension=5"),
        ("please check ann@example.com thanks", ""),
        ("chek colour=red", ""),
        ("chek", ""),
    ],
)
def test_what_follows_words_that_were_not_understood_is_kept_if_the_form_takes_it(line: str, kept: str) -> None:
    who = Form((Input("subscriber", "Who", Kind.USER_ID, bare=True), Input("extension", "Extension")))

    assert carried(line, who) == kept
    assert carried(line, NAMED) == carried(line, ROOM) == ""
    # An answer to an open form must not be taken for another input's.
    assert arguments("acme", NAMED) is None


CODES = Form((Input("code", "Code", Kind.CODES, required=True, bare=True),))


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("10022", "10022"),
        ("10022, 1001", "10022, 1001"),
        ("10022 1001;WXC-4201", "10022, 1001, WXC-4201"),
        ("code 10022 and 1001?", "10022, 1001"),
        ("#10022, (1001), 10022.", "10022, 1001"),
        ("NOT_FOUND", "NOT_FOUND"),
    ],
)
def test_codes_stand_without_the_name_of_their_input(rest: str, code: str) -> None:
    assert arguments(rest, CODES) is None
    assert alone(rest, CODES) == Arguments({"code": code})


@pytest.mark.parametrize(
    "rest", ["going on?", "10022 please", "and", "the matter with ann@example.com", "9@example.com", "?!"]
)
def test_words_that_are_no_codes_are_not_taken_for_any(rest: str) -> None:
    assert arguments(rest, CODES) is None
    assert alone(rest, CODES) is None


def test_codes_after_the_name_of_their_input_go_on_to_the_end() -> None:
    assert arguments("code=10022, 1001", CODES) == Arguments({"code": "10022, 1001"})


LINE = Form((Input("question", "Question", Kind.LINE),))


@pytest.mark.parametrize(
    ("rest", "taken"),
    [
        ("remove subscriber package=premium “x”", "remove subscriber package=premium “x”"),
        (" question = find ann@example.com ", "find ann@example.com"),
        ("questions=1", "questions=1"),
        ("x" * 5000, "x" * 4000),
    ],
    ids=["words", "named", "another name", "long"],
)
def test_an_input_can_want_the_whole_line_as_it_is(rest: str, taken: str) -> None:
    assert whole(rest, LINE) == Arguments({"question": taken})


def test_no_other_form_takes_a_whole_line_and_nothing_said_is_nothing_taken() -> None:
    assert whole("  ", LINE) == whole("question=", LINE) == Arguments()
    assert whole("remove subscriber", Form((Input("name", "Name"),))) is None
