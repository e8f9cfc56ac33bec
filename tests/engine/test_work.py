"""Work commits with the rows that ask for it, and what has failed for good is seen by who watches."""

from datetime import UTC, datetime, timedelta

from dbos import DBOS
from sqlalchemy import text

from bot.services.conversations import LAPSE
from bot.services.fulfilling import SETTLE
from bot.testing.talking import Chat


def readiness(chat: Chat) -> tuple[int, dict[str, str]]:
    """What GET /readyz answers."""
    answer = chat.bot.application.flask.test_client().get("/readyz")
    return answer.status_code, answer.get_json()["checks"]


LATER = datetime.max.replace(tzinfo=UTC)
WELL = {"work": "ok", "inbox": "ok", "engine": "ok"}


def test_work_that_fails_by_a_bug_is_recorded_and_ends_readiness(fresh_chat: Chat) -> None:
    application = fresh_chat.bot.application
    assert readiness(fresh_chat) == (200, WELL)

    with application.database.transaction() as session:
        application.context.later(session, SETTLE, "999999")

    fresh_chat.settle()
    assert readiness(fresh_chat) == (503, {**WELL, "work": "work that has failed for good: 1"})


def test_a_message_that_webex_never_takes_is_recorded_and_ends_readiness(fresh_chat: Chat) -> None:
    with fresh_chat.held():
        fresh_chat.say("ann", "help")
        fresh_chat.fault(service="webex", kind="status", method="POST", path="/messages", status=400)

    fresh_chat.settle()

    assert readiness(fresh_chat)[0] == 503


def test_an_event_that_cannot_be_handled_is_tried_again_and_nothing_ends_silently(fresh_chat: Chat) -> None:
    application = fresh_chat.bot.application
    with application.database.transaction() as session:
        session.execute(text("ALTER TABLE people RENAME TO hidden"))
    fresh_chat.say("ann", "help")
    missing = "ProgrammingError" if application.database.shared else "OperationalError"
    fresh_chat.until(lambda: [each.error for each in application.inbox.waiting(1, now=LATER)] == [missing])
    with application.database.transaction() as session:
        session.execute(text("ALTER TABLE hidden RENAME TO people"))

    fresh_chat.expect("ann", "What I can do")

    fresh_chat.settle()
    assert readiness(fresh_chat) == (200, WELL)


NO_ANSWER = {
    "sqlite": "CREATE TRIGGER no_answer BEFORE UPDATE OF outcome ON requests BEGIN SELECT 1 FROM missing_table; END",
    "postgresql": """
        CREATE FUNCTION no_answer() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE 'made up' USING ERRCODE = 'lock_not_available'; END $$;
        CREATE TRIGGER no_answer BEFORE UPDATE OF outcome ON requests EXECUTE FUNCTION no_answer()
    """,
}
ANSWER = {"sqlite": "DROP TRIGGER no_answer", "postgresql": "DROP FUNCTION no_answer CASCADE"}


def test_work_that_meets_a_database_which_does_not_answer_is_done_a_little_later(fresh_chat: Chat) -> None:
    application = fresh_chat.bot.application
    with fresh_chat.held():
        fresh_chat.say("ann", "precheck one@example.com")
        kind = application.database.engine.dialect.name
        with application.database.transaction() as session:
            session.execute(text(NO_ANSWER[kind]))
    fresh_chat.until(lambda: DBOS.list_workflows(workflow_id_prefix="plan:", status="DELAYED"))
    with application.database.transaction() as session:
        session.execute(text(ANSWER[kind]))

    fresh_chat.forward(timedelta(seconds=10))

    fresh_chat.expect("ann", "Webex expects this to work")
    fresh_chat.settle()
    assert readiness(fresh_chat) == (200, WELL)


def test_what_is_rolled_back_asks_for_nothing_and_what_is_asked_for_twice_happens_once(chat: Chat) -> None:
    application = chat.bot.application
    with application.database.transaction() as session:
        application.context.later(session, LAPSE, "999998.1")
        session.rollback()

    for _ in range(2):
        with application.database.transaction() as session:
            application.context.later(session, LAPSE, "999999.1")

    chat.settle()
    asked = DBOS.list_workflows(workflow_id_prefix=f"{LAPSE}:99999")
    assert [each.workflow_id for each in asked] == [f"{LAPSE}:999999.1"]
