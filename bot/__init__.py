"""A Webex bot with which support agents precheck and provision Webex for BroadWorks."""

import importlib.util
import sqlite3
import sys

# The durable engine takes its SQL by the version of Python, not of SQLite: on 3.12 and newer it needs 3.42.
if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42) and importlib.util.find_spec("pysqlite3"):
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
