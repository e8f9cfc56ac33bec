"""A file of workspaces is read line by line, and each mistake told with its line and what would be right."""

from datetime import UTC, datetime
from itertools import islice, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.registry_file import Fault, Row, read
from bot.errors import Declined

HEADER = "id,userId,spEnterpriseId,displayName,primaryPhoneNumber,extension,provisioningId,created\r\n"
FACTS = {
    "webex_id": "UExBQ0U",
    "user_id": "9@sp.com",
    "enterprise": "Reseller1+acme",
    "name": "Conference Room",
    "number": "+12405551212",
    "extension": "51212",
    "provisioning_id": "ZjVi",
}
LINE = "UExBQ0U,9@sp.com,Reseller1+acme,Conference Room,+1-240-555-1212,51212,ZjVi,2026-01-02T03:04:05.000Z\r\n"


def found(*lines: str, header: str = HEADER) -> list[Row | Fault]:
    return list(read([header, *lines], region="US"))


def test_a_line_is_read_whole() -> None:
    assert found(LINE) == [Row(2, FACTS, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_may_come_in_any_order_case_and_usual_separator(separator: str) -> None:
    header = separator.join([" DISPLAYNAME", "userid", "note", "id", "SpEnterpriseId\n"])
    line = separator.join(["Room", "9@sp.com", "ours", "UExBQ0U", "Reseller1+acme\n"])

    assert found(line, header=header) == [
        Row(2, {"name": "Room", "user_id": "9@sp.com", "webex_id": "UExBQ0U", "enterprise": "Reseller1+acme"})
    ]


def test_what_no_column_is_there_for_is_not_said_to_be_empty() -> None:
    (row,) = found("1,9@sp.com,acme,Room\n", header="id,userId,spEnterpriseId,displayName\n")

    assert isinstance(row, Row)
    assert set(row.facts) == {"webex_id", "user_id", "enterprise", "name"}


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("", "Line 1 must name the columns, and lacks id, userId, spEnterpriseId, displayName."),
        ("UExBQ0U,9@sp.com,Reseller1+acme,Room\n", "lacks id, userId, spEnterpriseId, displayName. Write it like id;"),
        ("id,userId,displayName\n", "lacks spEnterpriseId. Write it like"),
        ("id,userId,ID,spEnterpriseId,displayName,userID\n", "Line 1 names id, userId more than once."),
    ],
)
def test_a_file_without_its_header_is_refused_as_a_whole(header: str, text: str) -> None:
    with pytest.raises(Declined) as caught:
        found(LINE, header=header)

    assert text in str(caught.value)


def changed(number: int, value: str) -> str:
    cells = LINE.strip().split(",")
    cells[number] = value
    return ",".join(cells) + "\n"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (changed(1, ""), "userId is empty: every workspace needs one."),
        (changed(2, "  "), "spEnterpriseId is empty: every workspace needs one."),
        (changed(3, ""), "displayName is empty: every workspace needs one."),
        (changed(0, "a/b"), "id can be no ID of Webex: it is one word"),
        (changed(0, "two words"), "It may stay empty, but then the workspace cannot be changed or removed"),
        (changed(0, "x" * 257), "id has 257 characters: at most 256 fit."),
        (changed(1, "9 @sp.com"), "userId contains a space: it looks like 95547321@example.com."),
        (changed(3, "Ro\x00om"), "displayName contains characters that cannot be seen: write it anew."),
        (changed(4, "+1 240"), "primaryPhoneNumber is too short for its country: write it like +1-240-555-1212."),
        (changed(4, "none"), "primaryPhoneNumber is not a telephone number: write it like +1-240-555-1212."),
        (changed(5, "x12"), "extension takes digits only, like 51212."),
        (changed(7, "yesterday"), "created is no time: write it like 2026-11-21T18:36:20Z, or leave it empty."),
        (LINE.strip() + ",more\n", "has 9 values for 8 columns: put a value that contains a separator in quotes."),
        ('UExBQ0U,"9@sp.com"x,acme,Room\n', "cannot be read"),
    ],
)
def test_what_is_wrong_in_a_line_is_told_with_what_would_be_right(line: str, text: str) -> None:
    first, fault = found(LINE.replace("UExBQ0U", "other").replace("9@", "8@"), line)

    assert isinstance(first, Row)
    assert isinstance(fault, Fault)
    assert fault.line == 3
    assert text in fault.text


def test_lines_go_on_being_read_after_a_fault_and_empty_ones_are_passed_over() -> None:
    kinds = [(type(each), each.line) for each in found(changed(1, ""), "\n", ",,,,\n", " \n", LINE, ",".join("x" * 3))]

    assert kinds == [(Fault, 2), (Row, 6), (Fault, 7)]


def test_a_value_in_quotes_may_contain_anything_and_the_line_on_which_it_begins_is_told() -> None:
    header = "id;userId;spEnterpriseId;displayName\n"
    lines = ['1;"9@sp.com";acme;"Room; ""the\n', 'large"" one"\n', "2;;acme;Hall\n"]

    row, fault = found(*lines, header=header)

    assert isinstance(row, Row)
    assert row.facts["name"] == 'Room; "the large" one'
    assert (row.line, fault) == (2, Fault(4, "userId is empty: every workspace needs one."))


def test_a_quotation_mark_that_is_not_closed_ends_the_reading() -> None:
    (fault,) = found('1,"9@sp.com,acme,Room\n', LINE, LINE)

    assert fault == Fault(2, "cannot be read (unexpected end of data): put every quotation mark inside a value twice.")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (LINE.replace("9@", "8@"), "id is that of line 2 too: keep one of the two lines."),
        (LINE.replace("UExBQ0U", "other").replace("9@sp", "9@SP"), "userId is that of line 2 too: keep one of the two"),
    ],
)
def test_the_same_one_twice_is_told_with_the_other_line(line: str, text: str) -> None:
    _first, fault = found(LINE, line)

    assert isinstance(fault, Fault)
    assert text in fault.text


def test_several_without_an_id_are_not_the_same_one() -> None:
    rows = found(LINE.replace("UExBQ0U", ""), LINE.replace("UExBQ0U", "").replace("9@", "8@"))

    assert [type(each) for each in rows] == [Row, Row]


def test_a_number_without_a_country_code_is_read_in_the_country_that_is_set_only() -> None:
    line = changed(4, "(240) 555-1212")

    (row,) = read([HEADER, line], region="US")
    (fault,) = read([HEADER, line])

    assert isinstance(row, Row)
    assert row.facts["number"] == "+12405551212"
    assert isinstance(fault, Fault)
    assert "has no country code" in fault.text


@pytest.mark.parametrize("created", ["2026-01-02 03:04:05", "2026-01-02T05:04:05+02:00"])
def test_a_time_without_a_zone_is_taken_for_utc(created: str) -> None:
    (row,) = found(changed(7, created))

    assert isinstance(row, Row)
    assert row.created == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_only_as_much_of_a_file_is_read_as_is_asked_for() -> None:
    endless = iter([HEADER, *islice(repeat(changed(1, "")), 3), "never read\n"])

    assert len(list(islice(read(endless), 2))) == 2
    assert "never read\n" in endless


@given(st.lists(st.text(max_size=40), max_size=6))
def test_whatever_is_in_a_file_becomes_rows_and_faults(lines: list[str]) -> None:
    for each in read([HEADER, *(f"{line}\n" for line in lines)]):
        assert each.line >= 2
        assert isinstance(each, Row) or each.text.endswith((".", "…"))
