"""What a typed line means."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from bot.dispatch.front import BY_TEXT, CANCEL, CLONE, HELP, NUMBERED, RETRY, SHOW, Front
from bot.domain import command
from bot.domain.actor import Actor
from bot.domain.conversation import Conversation
from bot.domain.delivery import Notice, NoticeKind, Place
from bot.domain.form import Draft
from bot.domain.operation import Operation
from bot.domain.paste import filled, understand
from bot.domain.subscribers import WHO
from bot.errors import Declined
from bot.services import conversations, deliveries, repeating, requests
from bot.store import queries

SUGGESTIONS = 3
_LEAST_GUESSED = 2
"""Inputs that a pasted text must give: with fewer it is a line like any other."""

_MOST_DIGITS, _MOST_HELPED = 9, 80
_FULL_STOPS = ".!?,; "
_NO_VALUES = frozenset(
    {"stop", "abort", "quit", "exit", "no", "yes", "ok", "thanks", "thank you", "please", "cancel please", "forget it"}
)


class Line:
    """One line that an actor typed somewhere."""

    def __init__(self, session: Session, front: Front, *, actor: Actor, place: Place) -> None:
        self.session = session
        self.front = front
        self.context = front.context
        self.actor = actor
        self.place = place

    def say(self, text: str) -> None:
        """Do what the line says, or ask what was meant."""
        line = text.strip()
        phrases = self.front.phrases
        matched = command.match(line, phrases) or command.match(line.rstrip(_FULL_STOPS), phrases)
        if not line:
            self._notice(NoticeKind.HELP, words="")
        elif matched is None or not self._run(*matched):
            self._otherwise(line)

    def _run(self, meant: str | Operation, rest: str) -> bool:
        """Do what was meant; false if the rest of the line does not go with it."""
        if isinstance(meant, Operation):
            return self._ask(meant, rest)
        if meant == HELP:
            return self._help(rest)
        if meant in NUMBERED:
            return self._numbered(meant, rest)
        if rest:
            return False
        if meant == CANCEL:
            self._cancel()
        else:
            requests.show_latest(self.session, self.context, actor=self.actor, place=self.place)
        return True

    def _ask(self, operation: Operation, rest: str) -> bool:
        read = command.whole(rest, operation.form) or command.arguments(rest, operation.form)
        pasted = read is None or (read.complaints and ("\n" in rest or "=" not in rest))
        if pasted and self._paste(rest, operation=operation):
            return True
        read = read or command.alone(rest, operation.form)
        if read is None:
            return False
        conversations.take(
            self.session,
            self.context,
            operation=operation,
            actor=self.actor,
            place=self.place,
            said=read.values,
            complaints=read.complaints,
        )
        return True

    def _paste(self, text: str, *, operation: Operation | None) -> bool:
        """Fill a form with what was pasted; false if that is no order, no signature and no row of a table."""
        if operation is None and self._begins_like_a_command(text):
            return False
        into = operation or next((each for each in self.context.operations if each.takes_pasted), None)
        templates = [each.name for each in queries.templates(self.session)]
        guesses = understand(text, region=self.context.rules.region, templates=templates)
        draft = filled(into.form, guesses) if into else Draft()
        if into is None or len(draft.values) < _LEAST_GUESSED:
            return False
        open_here = self._conversation()
        if open_here is not None and open_here.operation == into.name:
            draft = replace(draft, values={**open_here.values, **draft.values})
        conversations.open_form(
            self.session, self.context, operation=into, actor=self.actor, place=self.place, draft=draft
        )
        return True

    def _begins_like_a_command(self, text: str) -> bool:
        """Half a command about somebody who is there already, as in “update ann@example.com ext=12”, is no order."""
        # Where one word is all of it, as with “subscriber”, an order can begin with that as well.
        first = text.split(maxsplit=1)[0].casefold()
        return "\n" not in text.strip() and any(
            [first] == phrase.split()[:-1]
            for phrase, meant in self.front.phrases.items()
            if isinstance(meant, Operation) and meant.form.find(WHO.name) is not None
        )

    def _help(self, rest: str) -> bool:
        """Whoever begins with that word needs help, whatever else there is."""
        matched = command.match(rest, self._offered())
        words = matched[0].words if matched and isinstance(matched[0], Operation) else rest[:_MOST_HELPED]
        self._notice(NoticeKind.HELP, words=words)
        return True

    def _numbered(self, meant: str, rest: str) -> bool:
        said = rest.rstrip(_FULL_STOPS).removeprefix("#").strip()
        if not (said.isascii() and said.isdigit()):
            return False
        if len(said) > _MOST_DIGITS:
            raise Declined(f"There is no request {said[:_MOST_DIGITS]}… that you can see here.")
        act = {SHOW: requests.show, RETRY: repeating.retry, CLONE: repeating.clone}[meant]
        act(self.session, self.context, number=int(said), actor=self.actor, place=self.place)
        return True

    def _cancel(self) -> None:
        """Give up the form that is open here, else the newest request that waits for its confirmation here."""
        conversation = self._conversation()
        if conversation is not None:
            conversations.cancel(self.session, self.context, conversation=conversation, actor=self.actor)
            self._notice(NoticeKind.CANCELLED, what=self.context.by_name[conversation.operation].words)
            return
        room, person = self.place.room_id, self.actor.person_id
        waiting = queries.waiting_request(self.session, asked_by=person, room_id=room)
        if waiting is None:
            raise Declined("There is nothing open here that you could cancel.")
        requests.withdraw(self.session, self.context, request=waiting, actor=self.actor)
        words = self.context.by_name[waiting.operation].words
        self._notice(NoticeKind.CANCELLED, what=f"request {waiting.number}, {words}")

    def _otherwise(self, line: str) -> None:
        """The line is no command: an answer to a form that is open here, or something that must not be guessed."""
        conversation = self._conversation()
        if conversation is None:
            if not self._paste(line, operation=None):
                self._suggest(line)
            return
        operation = self.context.by_name[conversation.operation]
        read = command.arguments(line, operation.form)
        if line.casefold() == BY_TEXT:
            conversations.ask_by_text(self.session, self.context, conversation=conversation, place=self.place)
        elif read is not None and read.values and not read.complaints:
            conversations.fill(
                self.session,
                self.context,
                conversation=conversation,
                actor=self.actor,
                said=read.values,
                place=self.place,
            )
        elif conversation.by_text and line.rstrip(_FULL_STOPS).casefold() in _NO_VALUES:
            raise Declined(f"I did not take “{line}” as a value. Say “cancel” to give up, or field=value if it is one.")
        elif conversation.by_text:
            conversations.answer(
                self.session, self.context, conversation=conversation, actor=self.actor, text=line, place=self.place
            )
        elif not self._paste(line, operation=operation) and not self._paste(line, operation=None):
            self._suggest(line)

    def _suggest(self, line: str) -> None:
        self._demand_number(line)
        phrases = self._offered()
        near = command.suggest(line, phrases, limit=2 * SUGGESTIONS)
        words = [each.words if isinstance(each, Operation) else each for each in map(phrases.__getitem__, near)]
        # What needs a number is nothing for a button, which cannot know it.
        meant = [each for each in words if each not in NUMBERED] or self._reads(line)
        unique = [self._with_values(each, line) for each in dict.fromkeys(meant)]
        # What takes all that was typed was probably meant: who names a person does not speak of a template.
        ranked = sorted(unique, key=lambda words: words in phrases)[:SUGGESTIONS]
        self._notice(NoticeKind.SUGGESTION, said=line[:200], suggestions=ranked or [HELP])

    def _offered(self) -> dict[str, str | Operation]:
        """The words that may be suggested: what is not for this person is not."""
        return {said: meant for said, meant in self.front.phrases.items() if self._may_say(meant)}

    def _reads(self, line: str) -> list[str]:
        """What could be asked about an address, where no words say what is."""
        some = [each for each in self.context.operations if each.run is None and self._may_say(each)]
        some.sort(key=lambda each: each.looks_back)
        return [each.words for each in some if command.carried(line, each.form)]

    def _may_say(self, meant: str | Operation) -> bool:
        return isinstance(meant, str) or meant.is_for(self.actor)

    def _with_values(self, words: str, line: str) -> str:
        """The words that were probably meant, with what was typed after them."""
        operation = self.front.phrases.get(words)
        kept = command.carried(line, operation.form) if isinstance(operation, Operation) else ""
        return f"{words} {kept}".strip()

    def _demand_number(self, line: str) -> None:
        """Words that only lack the number have been understood all the same."""
        matched = command.match(line.rstrip(_FULL_STOPS), self.front.phrases)
        if matched and isinstance(matched[0], str) and matched[0] in NUMBERED and not matched[1]:
            raise Declined(f"Which one? Say “{matched[0]} 12”, for example. “my requests” lists yours.")

    def _conversation(self) -> Conversation | None:
        """This person's open form: the one of this thread, else the newest in this space."""
        room, person = self.place.room_id, self.actor.person_id
        return queries.open_conversation(
            self.session, room_id=room, person_id=person, thread=self.place.thread
        ) or queries.open_conversation(self.session, room_id=room, person_id=person)

    def _notice(self, kind: NoticeKind, **facts: Any) -> None:
        notice = Notice(kind, facts)
        deliveries.tell(self.session, self.context, notice=notice, place=self.place, person_id=self.actor.person_id)
