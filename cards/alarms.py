"""What admins are told in a direct message: that the bot is locked out of Webex, and that it is let in again."""

from bot.domain.operation import Element
from bot.domain.view import Drawn, NoticeView
from cards import kit, text
from cards.shared import framed, sentence

LOGIN = "python -m bot login"


def locked_out(view: NoticeView) -> Drawn:
    """What happened, what it means for everybody, and the way out."""
    why = str(view.notice.facts.get("why") or "")
    happened = [
        kit.strong("Webex gives the bot no access token any more."),
        *([kit.text(sentence(why), spacing="Small")] if why else []),
    ]
    body = [
        kit.box(happened, style="attention"),
        kit.text("Nobody can look anything up. What agents confirm waits, and goes on by itself."),
        kit.strong("What to do"),
        kit.text("On the bot's machine, with its settings, run this and log in as the provisioning administrator:"),
        kit.mono(LOGIN),
        kit.small(
            "The bot notices within seconds. For a service app, put a new refresh token into BROADWORKS_REFRESH_TOKEN "
            "and start the bot again instead. A wrong client ID or secret is put right in the settings, too."
        ),
    ]
    return _drawn(view, "The bot is locked out", body=body, hint=f"Run `{LOGIN}` on the bot's machine.")


def let_in(view: NoticeView) -> Drawn:
    """The end of it."""
    words = "Webex has given the bot a new access token. What waited for it goes on now."
    body = [kit.box([kit.strong("The bot works again."), kit.text(words, spacing="Small")], style="good")]
    return _drawn(view, "The bot is let in again", body=body)


def _drawn(view: NoticeView, title: str, *, body: list[Element], hint: str = "") -> Drawn:
    card = framed(view.frame, title=title, body=body, actions=())
    return Drawn(text.fallback(card, hint=hint), card)
