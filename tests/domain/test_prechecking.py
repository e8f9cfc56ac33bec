"""What a precheck says of what will be sent, and why there is none."""

from dataclasses import replace

import pytest

from bot.domain.form import Form, Input
from bot.domain.plan import Finding, Level, Source
from bot.domain.prechecking import answered, precheck
from bot.domain.problem import Explanation
from bot.domain.provisioning import Info, Precheck
from bot.errors import ApiComplaint, BroadWorksError, Busy, NeverSent, Refused, Unconfirmed
from tests.operations.desk import FakeCodes, asked, desk

FORM = Form((Input("email", "E-mail"), Input("userId", "User ID")))
BODY = {"email": "ann@example.com", "userId": "ann@bw.example"}
FINE = Finding(Level.GOOD, "Webex expects this to work.", Source.WEBEX)


def said(answer: Precheck | Exception) -> tuple[Finding, ...]:
    return precheck(BODY, desk(answer), FORM)


def refused(text: str) -> Finding:
    return Finding(Level.BAD, f"Webex would refuse this: {text}", Source.WEBEX)


def test_what_will_be_sent_is_what_is_prechecked() -> None:
    at_desk = desk(Precheck(passed=True, message="success", infos=(Info("100", "fine"),)))

    assert precheck(BODY, at_desk, FORM) == (FINE,)
    assert asked(at_desk) == [BODY]


def test_every_remark_is_a_warning_with_what_is_known_of_its_code() -> None:
    infos = (Info("100", "fine"), Info("150", "not claimed"), Info("unknown", "strange"), Info("", "bare"))

    assert said(Precheck(passed=True, message="success", infos=infos)) == (
        FINE,
        *(
            Finding(Level.WARNING, f"Webex remarks: {text}", Source.WEBEX)
            for text in (
                "“not claimed” Code 150: explained: not claimed",
                "“strange” Code unknown, unknown to this bot.",
                "“bare”",
            )
        ),
    )


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Precheck(passed=False, message="failure"), "“failure”"),
        (Precheck(passed=False, message=""), "It did not say why."),
        (
            Precheck(passed=False, message="failure", infos=(Info("7", "taken"), Info("", "bare"))),
            "“taken” Code 7: explained: taken “bare”",
        ),
        (
            Refused(
                "409",
                status=409,
                complaints=(
                    ApiComplaint(description="no"),
                    ApiComplaint("7", "taken", "userId"),
                    ApiComplaint(None, "odd", "colour"),
                ),
            ),
            "User ID: “taken” Code 7: explained: taken colour: “odd”",
        ),
        (Refused("400", status=400, complaints=(ApiComplaint(description="not like this"),)), "“not like this”"),
        (Refused("409", status=409), "It did not say why."),
        (
            Refused("404", status=404, complaints=(ApiComplaint(None, "no such template", "provisioningId"),)),
            "provisioningId: “no such template”",
        ),
    ],
)
def test_what_webex_would_refuse_is_told_with_all_of_its_reasons(answer: Precheck | Exception, text: str) -> None:
    assert said(answer) == (refused(text),)


class Remedies(FakeCodes):
    """Knows what to do about everything."""

    def explain(self, code: str, *, words: str = "") -> Explanation:
        return replace(super().explain(code, words=words), remedy="Take another.")


def test_what_can_be_done_about_a_code_is_told() -> None:
    at_desk = replace(desk(Precheck(passed=False, message="", infos=(Info("7", ""),))), codes=Remedies())

    assert precheck(BODY, at_desk, FORM) == (refused("Code 7: explained:  Next: Take another."),)


@pytest.mark.parametrize(
    ("failure", "why"),
    [
        (Refused("401", status=401), "Webex did not accept the bot's administrator token"),
        (Refused("403", status=403), "Webex does not let the bot's administrator ask for it"),
        (
            Refused("404", status=404, complaints=(ApiComplaint(description="Not found"),)),
            "Webex does not offer it at the address that the bot uses",
        ),
        (Refused("428", status=428), "Webex refused to answer (status 428)"),
        (Busy("429", status=429), "Webex has too many requests at the moment"),
        (Busy("423", status=423), "Webex has this locked for the moment"),
        (NeverSent("refused"), "the bot could not reach Webex"),
        (Unconfirmed("timeout"), "Webex did not answer in time"),
        (Unconfirmed("503", status=503), "Webex has trouble of its own (status 503)"),
        (Unconfirmed("200", status=200), "Webex's answer cannot be read"),
    ],
)
def test_without_a_verdict_the_reason_is_told_and_nobody_is_stopped(failure: BroadWorksError, why: str) -> None:
    findings = said(failure)

    assert findings == (Finding(Level.WARNING, f"There was no precheck: {why}. You can go on all the same."),)
    assert not answered(findings)


@pytest.mark.parametrize("body", [{"userId": "ann@bw.example"}, {"email": ""}])
def test_without_an_email_address_nobody_is_asked(body: dict[str, str]) -> None:
    at_desk = desk()

    (finding,) = precheck(body, at_desk, FORM)

    assert finding.text == "There was no precheck: it needs an e-mail address. You can go on all the same."
    assert asked(at_desk) == []


def test_a_mistake_of_the_bot_is_not_hidden_behind_a_warning() -> None:
    with pytest.raises(ValueError, match="ours"):
        said(ValueError("ours"))


@pytest.mark.parametrize("level", list(Level))
def test_whatever_webex_said_is_a_verdict(level: Level) -> None:
    assert answered((Finding(level, "x", Source.WEBEX),))
