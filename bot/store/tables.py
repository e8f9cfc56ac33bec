"""The tables, and the domain classes that are mapped to them."""

from sqlalchemy import (
    Boolean,
    Column,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import configure_mappers, registry

from bot.domain.attempt import Attempt, Fate
from bot.domain.audit import AuditEvent, Happening
from bot.domain.codes import Surface, UnknownCode
from bot.domain.conversation import Conversation, Ending
from bot.domain.delivery import Delivery, Notice, Shows
from bot.domain.desk import Provisioned
from bot.domain.form import Complaint
from bot.domain.plan import Outcome, Plan, Watched
from bot.domain.request import Request, State
from bot.domain.template import Template
from bot.store.types import Cut, Moment, Stored

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _words(enum: type) -> Enum:
    """The literal words, as text: a new word needs no migration."""
    return Enum(enum, values_callable=lambda members: [m.value for m in members], native_enum=False, length=40)


requests = Table(
    "requests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("operation", String(80), nullable=False),
    Column("asked_by", String(200), nullable=False, index=True),
    Column("asker_name", Cut(200), nullable=False),
    Column("room_id", String(200), nullable=False),
    Column("values", Stored(dict[str, str]), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("tracking_id", String(120), nullable=False),
    Column("state", _words(State), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("plan", Stored(Plan)),
    Column("outcome", Stored(Outcome)),
    Column("warnings", Stored(tuple[str, ...]), nullable=False),
    Column("confirmed_at", Moment),
    Column("ended_at", Moment),
    Column("try_at", Moment),
    Column("looked_at", Moment),
    Column("held", Boolean, nullable=False),
    Column("user_id", Cut(256), nullable=False, server_default=text("''"), index=True),
    Column("webex_id", String(1024), nullable=False, server_default=text("''"), index=True),
    Column("watched", Stored(Watched)),
    Column("look_at", Moment),
    Column("looks", Integer, nullable=False, server_default=text("0")),
    Column("nudge_at", Moment),
    sqlite_autoincrement=True,
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request", ForeignKey("requests.number"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("plan_hash", String(64), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("deadline", Moment, nullable=False),
    Column("owner", String(80), nullable=False),
    Column("fate", _words(Fate), nullable=False),
    Column("uses", Integer, nullable=False),
    UniqueConstraint("request", "number"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room_id", String(200), nullable=False),
    Column("thread", String(200), nullable=False),
    Column("person_id", String(200), nullable=False),
    Column("operation", String(80), nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("values", Stored(dict[str, str]), nullable=False),
    Column("complaints", Stored(tuple[Complaint, ...]), nullable=False),
    Column("guesses", Stored(dict[str, str]), nullable=False, server_default=text("'{}'")),
    Column("by_text", Boolean, nullable=False),
    Column("ending", _words(Ending), nullable=False),
    Column("version", Integer, nullable=False),
    Column("request", ForeignKey("requests.number")),
    sqlite_autoincrement=True,
)
Index(
    "one_open_conversation",
    conversations.c.room_id,
    conversations.c.thread,
    conversations.c.person_id,
    unique=True,
    sqlite_where=text("ending = 'open'"),
    postgresql_where=text("ending = 'open'"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room_id", String(200), nullable=False, index=True),
    Column("shows", _words(Shows), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("direct", Boolean, nullable=False),
    Column("person_id", String(200), nullable=False),
    Column("parent_id", String(200)),
    Column("request", ForeignKey("requests.number"), index=True),
    Column("conversation", ForeignKey("conversations.id"), index=True),
    Column("notice", Stored(Notice)),
    Column("message_id", String(200), index=True),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("edits", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("parked", Boolean, nullable=False),
    Column("to_email", Cut(320), nullable=False, server_default=text("''")),
    sqlite_autoincrement=True,
)

audit_events = Table(
    "audit_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("what", _words(Happening), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("request", Integer, index=True),
    Column("detail", Stored(dict[str, str]), nullable=False),
    # Those of others are as long as others like.
    Column("tracking_id", Cut(120)),
    Column("message_id", Cut(200)),
    Column("from_state", String(40)),
    Column("to_state", String(40)),
    Column("rule", Cut(80)),
    Column("plan_hash", String(64)),
    Column("enterprise", Cut(256), index=True),
    Column("webex_tracking_id", Cut(120)),
    Column("api_tracking_id", Cut(120)),
    # What stands behind the back of the chain is no link of it.
    Column("version", Integer, nullable=False, server_default=text("0")),
    Column("previous", String(64), nullable=False, server_default=text("''")),
    Column("hash", String(64), nullable=False, server_default=text("''")),
    Index("ix_audit_events_actor", "actor"),
    sqlite_autoincrement=True,
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("length", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("segments", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

audit_segments = Table(
    "audit_segments",
    metadata,
    Column("last", Integer, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("start", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("first_at", String(40), nullable=False),
    Column("last_at", String(40), nullable=False),
    Column("sealed_at", String(40), nullable=False),
    Column("before", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

provisioned = Table(
    "provisioned",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("webex_id", Cut(256), nullable=False, index=True),
    Column("user_id", Cut(256), nullable=False, index=True),
    Column("enterprise", Cut(256), nullable=False),
    Column("name", Cut(256), nullable=False),
    Column("number", Cut(40), nullable=False, index=True),
    Column("extension", Cut(40), nullable=False),
    # None of what was imported.
    Column("request", ForeignKey("requests.number")),
    Column("made_at", Moment, nullable=False),
    Column("provisioning_id", Cut(512), nullable=False, server_default=text("''")),
    Column("source", Cut(400), nullable=False, server_default=text("''")),
    Column("seen_at", Moment),
    Column("removed_at", Moment),
)

templates = Table(
    "templates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("provisioning_id", String(512), nullable=False),
    Column("enterprise", String(256), nullable=False),
    Column("package", String(40), nullable=False),
    Column("timezone", String(80), nullable=False),
    Column("region", String(2), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("name"),
)

unknown_codes = Table(
    "unknown_codes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(80), nullable=False),
    Column("surface", _words(Surface), nullable=False),
    Column("words", Cut(600), nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("request", ForeignKey("requests.number")),
    UniqueConstraint("code", "surface"),
)

people = Table(
    "people",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("email", Cut(320), nullable=False),
    Column("name", Cut(200), nullable=False),
    Column("type", Cut(40), nullable=False),
    Column("seen_at", Moment, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("person_id", String(200), primary_key=True),
    Column("told_at", Moment, nullable=False),
    Column("count", Integer, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("key", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("error", Text, nullable=False),
    Column("tracking_id", String(120), nullable=False),
)

processes = Table(
    "processes",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("beats", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
)

# One row; what is secret of it is sealed, and nobody reads it but StoredTokens.
tokens = Table(
    "tokens",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("origin", String(64), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("granted_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("refresh_expires_at", Moment),
    Column("proven", Boolean, nullable=False),
    Column("dead_at", Moment),
    Column("why", Cut(200), nullable=False),
    Column("alarmed", Boolean, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("try_at", Moment),
    Column("lease", String(40), nullable=False),
    Column("leased_until", Moment),
)

_mappings = registry(metadata=metadata)
_mappings.map_imperatively(Request, requests)
_mappings.map_imperatively(Attempt, attempts)
_mappings.map_imperatively(Conversation, conversations)
_mappings.map_imperatively(Delivery, deliveries)
_mappings.map_imperatively(AuditEvent, audit_events)
_mappings.map_imperatively(Provisioned, provisioned)
_mappings.map_imperatively(Template, templates)
_mappings.map_imperatively(UnknownCode, unknown_codes)
configure_mappers()
