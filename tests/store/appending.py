"""One of several processes that add to the history at once.

python -m tests.store.appending URL first|last TIMES
"""

import os
import sys

from bot.store.session import Database
from tests.store import rows


def main(url: str, hook: str, times: int) -> None:
    """Add an event in each of so many transactions, which is noted early or late in it."""
    database = Database(url)
    for _ in range(times):
        with database.transaction() as session:
            session.add(rows.request(asked_by=f"process {os.getpid()}"))
            if hook == "first":
                session.flush()
            session.add(rows.audit_event(actor=f"process {os.getpid()}"))
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
