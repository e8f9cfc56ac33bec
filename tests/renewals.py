"""One process of those that want the token at the same moment: many threads, one call of each with the real client."""

import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from bot import logs
from bot.app import utc_now
from bot.broadworks.client import BroadWorksClient
from bot.broadworks.wire import Wire
from bot.domain.provisioning import SubscriberFilter
from bot.renewing import renewing_tokens
from bot.settings import Settings
from bot.store.session import Database

THREADS = 16


def main() -> None:
    """Read the settings, say that this process is ready, wait for a word, and tell what came of all calls."""
    # What is said on stdout is for whoever has started this.
    logs.configure("json", level=logging.WARNING)
    settings = Settings.read(json.loads(sys.stdin.readline()))
    database = Database(settings.database_url)
    tokens = renewing_tokens(settings, database, clock=utc_now, transport=None)
    if tokens is None:
        raise SystemExit("these settings do not renew")
    client = BroadWorksClient(Wire(base_url=settings.broadworks_base_url, token=tokens, tracking=lambda: "BOT_1"))
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in sys.stdin:
            ready = Barrier(THREADS)

            def call(_number: int, ready: Barrier = ready) -> str:
                ready.wait()
                return _outcome(client)

            say(list(threads.map(call, range(THREADS))))
    client.close()
    tokens.close()
    database.close()


def say(value: Any) -> None:
    """One line for whoever has started this."""
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _outcome(client: BroadWorksClient) -> str:
    try:
        page = client.subscriber_page(SubscriberFilter(email="nobody@example.com"))
    except Exception as exc:  # noqa: BLE001 - whatever it is, it is told.
        return f"{type(exc).__name__}: {exc}"
    return f"{len(page.items)} found"


if __name__ == "__main__":
    say("ready")
    main()
