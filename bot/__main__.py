"""The verbs of the command line: play, simulate, replay, serve, worker, migrate, webhooks, login and others."""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from dotenv import dotenv_values

from bot.errors import BotError, SettingsError
from bot.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    # What the bot keeps is for its own account only.
    os.umask(0o077)
    parser = _parser()
    said = parser.parse_args(arguments)
    verb: Callable[[argparse.Namespace], int] = said.verb
    try:
        return verb(said)
    except SettingsError as exc:
        sys.stderr.write(f"{exc}\n")
        return 2
    except BotError as exc:
        sys.stderr.write(f"{exc}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="A Webex bot with which support agents precheck and provision Webex for BroadWorks.",
    )
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    play = verbs.add_parser("play", help="the bot with a simulated Webex and BroadWorks, and a chat page")
    _simulator_options(play)
    play.add_argument("--no-browser", action="store_true", help="do not open the page")
    play.add_argument("--data", metavar="DIR", help="keep the bot's data there (default: a temporary folder)")
    play.add_argument("--renewing", action="store_true", help="let the bot renew its own token, which can expire")
    play.set_defaults(verb=_play)
    simulate = verbs.add_parser("simulate", help="the simulated Webex and BroadWorks alone")
    _simulator_options(simulate)
    simulate.set_defaults(verb=_simulate)
    replay = verbs.add_parser("replay", help="do again what was recorded in the playground, and compare")
    replay.add_argument("files", nargs="+", metavar="FILE", help="a dialogue file; the playground saves them")
    replay.set_defaults(verb=_replay)
    verbs.add_parser("serve", help="the bot for the real Webex").set_defaults(verb=_serve)
    verbs.add_parser("worker", help="one more process that works, on PostgreSQL").set_defaults(verb=_worker)
    verbs.add_parser("migrate", help="give the database its newest shape").set_defaults(verb=_migrate)
    webhooks = verbs.add_parser("webhooks", help="create, repair and list the bot's webhooks")
    webhooks.add_argument("--renew-secret", action="store_true", help="set the secret of every webhook again")
    webhooks.set_defaults(verb=_webhooks)
    login = verbs.add_parser("login", help="log in to Webex for the bot, which then renews its own token")
    login.add_argument("--port", type=int, help="where the browser comes back to (default 8910; 0: a free one)")
    login.add_argument("--no-browser", action="store_true", help="only print the address to open")
    login.set_defaults(verb=_login)
    inbox = verbs.add_parser("inbox", help="events that failed too often: list them, or try them again")
    inbox.add_argument("--replay", action="store_true", help="try all of them again")
    inbox.add_argument("--forget", action="store_true", help="set them aside for good, and all failed work with them")
    inbox.set_defaults(verb=_inbox)
    registry = verbs.add_parser("registry", help="what the bot knows of workspaces: import a file of them")
    jobs = registry.add_subparsers(required=True, metavar="WHAT")
    importing = jobs.add_parser("import", help="take over a CSV file of workspaces; its first line names the columns")
    importing.add_argument("file", metavar="FILE.csv", help="id, userId, spEnterpriseId, displayName, more if known")
    importing.add_argument("--dry-run", action="store_true", help="only look through it and say what is wrong")
    importing.add_argument("--by", metavar="NAME", help="who imports it (default: your account)")
    importing.set_defaults(verb=_import)
    _audit_verbs(verbs.add_parser("audit", help="check, export or shorten the history of everything that was done"))
    _policy_verbs(verbs.add_parser("policy", help="who must approve what: show, check or test it"))
    verbs.add_parser("settings", help="all settings, secrets masked").set_defaults(verb=_settings)
    return parser


def _simulator_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="of the page (default 8000; 0: a free one)")
    parser.add_argument("--json", action="store_true", help="print where everything is as one line of JSON")


def _audit_verbs(audit: argparse.ArgumentParser) -> None:
    whats = audit.add_subparsers(required=True, metavar="WHAT", dest="what")
    verify = whats.add_parser("verify", help="find whatever was changed, removed, put in or moved")
    verify.add_argument("--head", metavar="HASH", help="a hash noted before, which must still be in the history")
    export = whats.add_parser("export", help="write events as a file")
    export.add_argument("--format", choices=("csv", "jsonl"), default="csv", help="default csv")
    export.add_argument("--since", metavar="TIME", help="such as 2026-11-20, today, 24h, 7d (in UTC)")
    export.add_argument("--until", metavar="TIME", help="before that time")
    export.add_argument("--person", metavar="WHO", help="e-mail address or id of Webex")
    export.add_argument("--enterprise", metavar="NAME", help="such as Reseller1+acme")
    export.add_argument("--request", metavar="NUMBER", type=int)
    export.add_argument("--out", metavar="FILE", help="a new file (default: print it)")
    seal = whats.add_parser("seal", help="remove old events, and keep the hash that they ended in")
    seal.add_argument("--before", metavar="TIME", help="default: what BOT_AUDIT_DAYS says")
    whats.add_parser("vouch", help="seal the history anew, after a key or the database was replaced")
    audit.set_defaults(verb=_audit)


def _policy_verbs(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    show = verbs.add_parser("show", help="the policy in use, as it is written")
    show.add_argument("--default", action="store_true", help="the one that comes with the bot, to be copied")
    show.set_defaults(verb=_policy_show)
    check = verbs.add_parser("check", help="what is wrong with a file")
    check.add_argument("file", metavar="FILE", help="a TOML file, as BOT_POLICY names one")
    check.set_defaults(verb=_policy_check)
    test = verbs.add_parser("test", help="who would have to approve something, and which rule says so")
    test.add_argument("words", nargs="+", metavar="WORD", help="provision subscriber package=premium …")
    test.add_argument("--as", dest="who", metavar="EMAIL", help="who would ask")
    test.add_argument("--at", metavar="TIME", help="when, such as 2026-11-27T23:00+01:00 (default: now)")
    test.add_argument("--rows", metavar="N", help="for how many rows of a file")
    test.set_defaults(verb=_policy_test)


# Each verb imports what it needs by itself: nobody waits for the libraries of another.


def _play(said: argparse.Namespace) -> int:
    from bot.playing import play

    policy = Settings.some(_variables(), "policy_file")["policy_file"]
    browser = not said.no_browser and not said.json
    return play(
        port=said.port, data=said.data, browser=browser, as_json=said.json, renewing=said.renewing, policy=policy
    )


def _simulate(said: argparse.Namespace) -> int:
    from bot.playing import simulate

    return simulate(port=said.port, as_json=said.json)


def _replay(said: argparse.Namespace) -> int:
    from bot.testing.replaying import replay_files

    return replay_files(said.files)


def _serve(_said: argparse.Namespace) -> int:
    from bot.serving import serve

    serve(Settings.read(_variables()))
    return 0


def _worker(_said: argparse.Namespace) -> int:
    from bot.working import work

    work(Settings.read(_variables()))
    return 0


def _migrate(_said: argparse.Namespace) -> int:
    from bot.app import prepare

    prepare(Settings.read(_variables()))
    sys.stdout.write("The database has its newest shape.\n")
    return 0


def _webhooks(said: argparse.Namespace) -> int:
    from bot.webex import registrations
    from bot.webex.gateway import Gateway

    settings = Settings.read(_variables())
    if settings.public_url is None:
        raise SettingsError(["PUBLIC_URL is missing: it is where Webex sends events to."])
    gateway = Gateway(token=settings.webex_token.reveal(), base_url=settings.webex_base_url)
    try:
        changes = registrations.ensure(
            gateway,
            public_url=settings.public_url,
            secret=settings.webhook_secret.reveal(),
            renew_secret=said.renew_secret,
        )
        for change in changes:
            sys.stdout.write(f"{change.action}: {change.resource} {change.event}\n")
        for each in gateway.webhooks():
            if each.name.startswith(registrations.PREFIX):
                sys.stdout.write(f"{each.status:8}  {each.resource} {each.event} -> {each.target_url}\n")
    finally:
        gateway.close()
    sys.stdout.write("Nothing to change.\n" if not changes else f"{len(changes)} changed.\n")
    return 0


def _login(said: argparse.Namespace) -> int:
    import webbrowser

    from bot import logs
    from bot.login import PORT, log_in

    settings = Settings.read(_variables())
    logs.configure(settings.log_format, secrets=settings.secrets, level=logging.WARNING)
    browse: Callable[[str], object] = (lambda _address: None) if said.no_browser else webbrowser.open
    port = PORT if said.port is None else said.port
    log_in(settings, port=port, browse=browse, say=lambda line: print(line, flush=True))  # noqa: T201 - for people.
    return 0


def _inbox(said: argparse.Namespace) -> int:
    from bot.store.inbox import Inbox

    inbox = Inbox(Settings.read(_variables()).inbox_url)
    try:
        inbox.create()
        parked = inbox.parked()
        for row in parked:
            sys.stdout.write(f"{row.received_at:%Y-%m-%d %H:%M:%S} UTC  {row.tracking_id}  {row.error}\n")
            if said.replay:
                inbox.replay(row.sequence)
        if said.forget:
            sys.stdout.write(f"{inbox.discard()} set aside.\n")
            _forget_failures()
            return 0
    finally:
        inbox.close()
    sys.stdout.write(f"{len(parked)} {'will be tried again' if said.replay else 'parked'}.\n")
    return 0


def _forget_failures() -> None:
    from bot.store import queries
    from bot.store.session import Database

    database = Database(Settings.read(_variables()).database_url)
    try:
        with database.transaction() as session:
            queries.forget_failures(session)
    finally:
        database.close()


def _import(said: argparse.Namespace) -> int:
    from bot.importing import import_file

    return import_file(Settings.read(_variables()), said.file, by=said.by, dry_run=said.dry_run)


def _audit(said: argparse.Namespace) -> int:
    from bot.auditing import run

    return run(said, Settings.read(_variables()), out=sys.stdout)


def _policy_show(said: argparse.Namespace) -> int:
    from bot.policies import policy_text

    file = None if said.default else Settings.some(_variables(), "policy_file")["policy_file"]
    sys.stdout.write(policy_text(file))
    return 0


def _policy_check(said: argparse.Namespace) -> int:
    from bot.policing import check

    return check(Path(said.file))


def _policy_test(said: argparse.Namespace) -> int:
    from bot.policing import test

    options = {"as": said.who, "at": said.at, "rows": said.rows}
    line = " ".join([*said.words, *(f"{name}={value}" for name, value in options.items() if value is not None)])
    return test(line, _variables())


def _settings(_said: argparse.Namespace) -> int:
    settings = Settings.read(_variables())
    about = {each.variable: each.about for each in Settings.described()}
    for variable, value in settings.masked().items():
        sys.stdout.write(f"{variable}={value}\n    {about[variable]}\n")
    return 0


def _variables() -> Mapping[str, str]:
    """The environment, over what ``.env`` in the working folder says."""
    in_file = {name: value for name, value in dotenv_values(".env").items() if value is not None}
    return {**in_file, **os.environ}


if __name__ == "__main__":
    sys.exit(main())
