"""One of several processes that race to send the same writes.

python -m tests.services.racing URL FIRST_NUMBER LAST_NUMBER
"""

import sys

import httpx

from bot.store.session import Database
from bot.testing.opening import few_logs
from tests.services.kit import World


def main(url: str, first: int, last: int) -> None:
    """Say that it is ready, wait for a word, fulfil every request, and tell how many writes were sent."""
    database = Database(url)
    world = World(database, owner=f"process {id(database)}")
    world.api = lambda _: httpx.Response(200, json={"id": "workspace-id", "displayName": "Room"})
    world.be_at_work()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    for number in range(first, last + 1):
        world.fulfil(number)
    sys.stdout.write(f"{len(world.sent)}\n")
    world.close()
    database.close()


if __name__ == "__main__":
    with few_logs():
        main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
