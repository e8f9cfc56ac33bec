"""Counts what has left for the API, and what the API has done."""

from dataclasses import dataclass, field

import httpx


@dataclass
class Send:
    """One sending of a write, and the status that it was answered with, if any."""

    status: int | None = None

    def answer(self, response: httpx.Response) -> httpx.Response:
        self.status = response.status_code
        return response

    @property
    def refused(self) -> bool:
        """It was answered no, so it has certainly changed nothing."""
        return self.status is not None and 400 <= self.status <= 499 and self.status != 408


@dataclass
class Tally:
    """``done`` counts the writes that the simulated API itself has answered yes."""

    sends: list[Send] = field(default_factory=list)
    done: int = 0

    def send(self) -> Send:
        """From here on something has left."""
        send = Send()
        self.sends.append(send)
        return send

    def arrived(self, answer: httpx.Response) -> None:
        """The API has answered, whether anybody heard it or not."""
        if 200 <= answer.status_code <= 299:
            self.done += 1

    def kept(self) -> None:
        """Something of the bot's own was changed, for which nothing had to leave."""
        self.send()
        self.done += 1

    @property
    def uncertain(self) -> int:
        """Sendings that may have changed something, for all that anybody can know."""
        return sum(not send.refused for send in self.sends)
