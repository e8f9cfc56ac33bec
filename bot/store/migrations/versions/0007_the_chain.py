"""The history becomes a chain: what was kept before is linked as it stands, and its guard lets go of what is sealed."""

import sqlalchemy as sa
from alembic import op

# Version 1 of how events are written down to be hashed never changes, so nothing is copied here.
from bot.domain.chain import START, hashed

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    lite = op.get_bind().dialect.name == "sqlite"
    for statement in _OPENED[lite]:
        op.execute(statement)
    # Columns are added one by one: to copy the table, as a batch would, is not needed and takes long.
    for column in (
        sa.Column("message_id", sa.String(length=200), nullable=True),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=True),
        sa.Column("plan_hash", sa.String(length=64), nullable=True),
        sa.Column("enterprise", sa.String(length=256), nullable=True),
        sa.Column("webex_tracking_id", sa.String(length=120), nullable=True),
        sa.Column("api_tracking_id", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("previous", sa.String(length=64), server_default=sa.text("''"), nullable=False),
        sa.Column("hash", sa.String(length=64), server_default=sa.text("''"), nullable=False),
    ):
        op.add_column("audit_events", column)
    op.create_index(op.f("ix_audit_events_enterprise"), "audit_events", ["enterprise"])
    op.create_index(op.f("ix_audit_events_actor"), "audit_events", ["actor"])
    op.create_table(
        "audit_segments",
        sa.Column("last", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("start", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("first_at", sa.String(length=40), nullable=False),
        sa.Column("last_at", sa.String(length=40), nullable=False),
        sa.Column("sealed_at", sa.String(length=40), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("last", name=op.f("pk_audit_segments")),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("segments", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    length, last = _link(op.get_bind(), at=_AT[lite])
    op.bulk_insert(head, [{"id": 1, "length": length, "hash": last, "segments": "", "seal": ""}])
    for statement in _GUARD[lite]:
        op.execute(statement)


def _link(connection: sa.Connection, *, at: str) -> tuple[int, str]:
    """Number what is there without gaps, and link it; returns the length of the chain and its last hash."""
    select = sa.text(
        f"SELECT id, {at} AS moment, what, actor, request, detail, tracking_id FROM audit_events "  # noqa: S608 - both texts are from below.
        "WHERE id > :after ORDER BY id LIMIT :limit"
    )
    update = sa.text(
        "UPDATE audit_events SET id = :id, version = 1, previous = :previous, hash = :hash WHERE id = :was"
    )
    after, length, last = 0, 0, START
    while rows := connection.execute(select, {"after": after, "limit": BATCH}).all():
        links = []
        for was, *said in rows:
            length += 1
            link = hashed([1, length, last, *said, *[None] * 8])
            links.append({"id": length, "previous": last, "hash": link, "was": was})
            last = link
        connection.execute(update, links)
        after = rows[-1].id
    return length, last


_AT = {True: "at", False: "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"}

_OPENED = {
    True: ["DROP TRIGGER audit_events_no_update", "DROP TRIGGER audit_events_no_delete"],
    False: ["DROP TRIGGER audit_events_only_added ON audit_events"],
}

_SEALED = "(SELECT coalesce(max(last), 0) FROM audit_segments)"
_FOLLOWS = f"NEW.first = {_SEALED} + 1 AND EXISTS (SELECT 1 FROM audit_events WHERE id = NEW.last AND hash = NEW.hash)"  # noqa: S608 - both texts are ours.
_LINKED = "NEW.hash <> '' AND NEW.id <= (SELECT length FROM audit_head)"
_UNLINKED = "audit events are linked to those before them"
_KEPT = "audit events are only ever added"
_SEALS_KEPT = "seals over the history are only ever added"
_IN_ORDER = "a seal covers what is there and follows on the one before"


def _lite(name: str, when: str, *, why: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"


def _function(name: str, *, otherwise: str, why: str, gives: str) -> str:
    refused = f"RAISE '{why}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"BEGIN IF {otherwise} THEN {refused} END IF; RETURN {gives}; END"
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"


def _trigger(name: str, when: str, *, each: str, call: str) -> str:
    return f"CREATE TRIGGER {name} BEFORE {when} FOR EACH {each} EXECUTE FUNCTION {call}()"


# What is added goes through the chain, also where a process of an older release is still there. An event may go once a
# segment tells where it stood, and a segment can only tell of what is there, in order.
_GUARD = {
    True: [
        _lite("audit_events_linked", f"INSERT ON audit_events WHEN NOT ({_LINKED})", why=_UNLINKED),
        _lite("audit_events_no_update", "UPDATE ON audit_events", why=_KEPT),
        _lite("audit_events_no_delete", f"DELETE ON audit_events WHEN OLD.id > {_SEALED}", why=_KEPT),
        _lite("audit_segments_no_update", "UPDATE ON audit_segments", why=_SEALS_KEPT),
        _lite("audit_segments_no_delete", "DELETE ON audit_segments", why=_SEALS_KEPT),
        _lite("audit_segments_follow", f"INSERT ON audit_segments WHEN NOT ({_FOLLOWS})", why=_IN_ORDER),
    ],
    False: [
        _function("refuse_what_is_not_linked", otherwise=f"NOT ({_LINKED})", why=_UNLINKED, gives="NEW"),
        _function("keep_what_is_not_sealed", otherwise=f"OLD.id > {_SEALED}", why=_KEPT, gives="OLD"),
        _function("refuse_to_change_seals", otherwise="true", why=_SEALS_KEPT, gives="NULL"),
        _function("seal_in_order", otherwise=f"NOT ({_FOLLOWS})", why=_IN_ORDER, gives="NEW"),
        _trigger(
            "audit_events_only_added",
            "UPDATE OR TRUNCATE ON audit_events",
            each="STATEMENT",
            call="refuse_to_change_history",
        ),
        _trigger("audit_events_linked", "INSERT ON audit_events", each="ROW", call="refuse_what_is_not_linked"),
        _trigger("audit_events_kept", "DELETE ON audit_events", each="ROW", call="keep_what_is_not_sealed"),
        _trigger(
            "audit_segments_only_added",
            "UPDATE OR DELETE OR TRUNCATE ON audit_segments",
            each="STATEMENT",
            call="refuse_to_change_seals",
        ),
        _trigger("audit_segments_follow", "INSERT ON audit_segments", each="ROW", call="seal_in_order"),
    ],
}


def downgrade() -> None:
    raise NotImplementedError("the history must not lose its chain")
