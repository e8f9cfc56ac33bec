"""Owns the official card renderer: fetched once from npm, checked against a pinned hash, kept in a cache.

    python -m bot.simulator.renderer        fetches it by hand and says where it is

A machine without npm can be given the three files in a folder named by `PLAYGROUND_RENDERER_DIR`.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

COMMAND = "python -m bot.simulator.renderer"
FOLDER_VARIABLE = "PLAYGROUND_RENDERER_DIR"

_TARBALL_LIMIT = 8 * 1024 * 1024
_FILE_LIMIT = 2 * 1024 * 1024
_PACK_SECONDS = 120

Run = Callable[[Sequence[str], Path], None]


@dataclass(frozen=True)
class Package:
    """One npm package, the hash that npm publishes for its tarball, and the files that we take from it."""

    name: str
    version: str
    integrity: str
    members: tuple[str, ...]

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def file_names(self) -> tuple[str, ...]:
        return tuple(member.rpartition("/")[2] for member in self.members)


PACKAGES = (
    Package(
        name="adaptivecards",
        version="3.0.6",
        integrity="sha512-WDCIb2WXZ7cOHJ9HIHRNdhSt861HySVOdN2xPk2aKHAF3JvD8QGQ8/XcNFrDJxCteOog8MM7EBlXfSAR8JXKAg==",
        members=("package/dist/adaptivecards.min.js", "package/dist/adaptivecards.css"),
    ),
    Package(
        name="markdown-it",
        version="14.3.3",
        integrity="sha512-L//tDAkjTjJCU6pBUSBTgs3Kg4InVaZuUZog/b6V12UKhcDQ7S78877ibbCanRExwPuYP1CZD7Gd2dxSy1GXRg==",
        members=("package/dist/markdown-it.min.js",),
    ),
)
FILE_NAMES = tuple(name for package in PACKAGES for name in package.file_names)


@dataclass(frozen=True)
class RendererFiles:
    """A folder that holds every file of `FILE_NAMES`."""

    folder: Path


class RendererMissing(Exception):
    """The renderer is not on this machine and could not be fetched; `command` fetches it by hand."""

    def __init__(self, reason: str, command: str = COMMAND) -> None:
        super().__init__(reason)
        self.reason = reason
        self.command = command


def npm(arguments: Sequence[str], folder: Path) -> None:
    """Runs npm in the folder, and raises RendererMissing with npm's own words when it refuses."""
    program = shutil.which("npm")
    if program is None:
        specs = " ".join(package.spec for package in PACKAGES)
        raise RendererMissing(
            "npm was not found on this machine. Install Node.js and run the command, or fetch the packages "
            f"elsewhere (npm pack {specs}), put {', '.join(FILE_NAMES)} into a folder on this machine and "
            f"name it in {FOLDER_VARIABLE}."
        )
    try:
        done = subprocess.run(  # noqa: S603 - the arguments are this module's own and no shell reads them.
            [program, *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PACK_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise RendererMissing(f"npm gave no answer within {_PACK_SECONDS} seconds.") from exc
    if done.returncode != 0:
        raise RendererMissing(f"npm could not fetch the card renderer: {_npm_complaint(done.stderr)}")


def ensure(
    environ: Mapping[str, str] = os.environ,
    *,
    packages: Sequence[Package] = PACKAGES,
    run: Run = npm,
) -> RendererFiles:
    """The renderer's files, fetched if they are not here yet, or RendererMissing."""
    folder = cached(environ, packages=packages)
    if folder is not None:
        return RendererFiles(folder)
    if named := environ.get(FOLDER_VARIABLE):
        absent = ", ".join(_absent(Path(named), packages))
        raise RendererMissing(f"{FOLDER_VARIABLE} names {named}, which lacks {absent}.")
    with _os_errors_explained():
        folder = _cache_folder(environ, packages)
        for package in packages:
            for name, content in _extract(package, _fetch(package, run)).items():
                _write_atomically(folder / name, content)
    return RendererFiles(folder)


def cached(environ: Mapping[str, str] = os.environ, *, packages: Sequence[Package] = PACKAGES) -> Path | None:
    """The folder with all the files, or None; never fetches."""
    named = environ.get(FOLDER_VARIABLE)
    folder = Path(named).expanduser().absolute() if named else _cache_folder(environ, packages)
    return None if _absent(folder, packages) else folder


class Renderer:
    """The card renderer as the page sees it: fetched in the background, so that nobody waits for the page."""

    def __init__(
        self,
        *,
        find: Callable[[], Path | None] = cached,
        fetch: Callable[[], RendererFiles] = ensure,
    ) -> None:
        self._find = find
        self._fetch = fetch
        self._lock = threading.Lock()
        self._fetching: threading.Thread | None = None
        self._missing: RendererMissing | None = None

    def start(self) -> None:
        """Begins to fetch, once, unless the files are here."""
        with self._lock:
            if self._fetching is None and self._find() is None:
                self._fetching = threading.Thread(target=self._run, name="card-renderer", daemon=True)
                self._fetching.start()

    def wait(self, seconds: float) -> None:
        """Returns when fetching is over, or after so many seconds."""
        if self._fetching is not None:
            self._fetching.join(seconds)

    def folder(self) -> Path | None:
        return self._find()

    def report(self) -> dict[str, object]:
        """`reason` is None while it is still being fetched."""
        ready = self._find() is not None
        missing = None if ready else self._missing
        return {
            "ready": ready,
            "command": missing.command if missing else COMMAND,
            "reason": missing.reason if missing else None,
        }

    def _run(self) -> None:
        try:
            self._fetch()
        except RendererMissing as missing:
            self._missing = missing


def main() -> int:
    try:
        files = ensure()
    except RendererMissing as missing:
        sys.stderr.write(f"The card renderer is missing. {missing.reason}\n")
        return 1
    sys.stdout.write(f"The card renderer is in {files.folder}\n")
    return 0


def _npm_complaint(stderr: str) -> str:
    complaints = [line[len("npm error") :].strip() for line in stderr.splitlines() if line.startswith("npm error")]
    return " ".join(complaints[:3]) or stderr.strip()[-300:] or "it gave no reason."


def _cache_folder(environ: Mapping[str, str], packages: Sequence[Package]) -> Path:
    named = Path(environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    # The XDG specification asks that a relative path be ignored.
    base = named if named.is_absolute() else Path("~/.cache").expanduser()
    versions = "+".join(f"{package.name}-{package.version}" for package in packages)
    return base / "webex-broadworks-bot" / "renderer" / versions


def _absent(folder: Path, packages: Sequence[Package]) -> list[str]:
    names = (name for package in packages for name in package.file_names)
    return [name for name in names if not (folder / name).is_file()]


@contextmanager
def _os_errors_explained() -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise RendererMissing(f"The card renderer could not be stored: {exc}") from exc


def _fetch(package: Package, run: Run) -> bytes:
    """The package's tarball, whose hash is the pinned one."""
    with tempfile.TemporaryDirectory(prefix="card-renderer-") as name:
        folder = Path(name)
        # Scripts of the package never run: only its tarball is wanted.
        run(["pack", "--ignore-scripts", "--loglevel=error", "--fetch-retries=1", package.spec], folder)
        tarballs = list(folder.glob("*.tgz"))
        if len(tarballs) != 1 or tarballs[0].stat().st_size > _TARBALL_LIMIT:
            raise RendererMissing(f"npm left no usable tarball of {package.spec}.")
        tarball = tarballs[0].read_bytes()
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(tarball).digest()).decode()
    if integrity != package.integrity:
        raise RendererMissing(
            f"What the registry sent as {package.spec} is not the published package and was refused: "
            f"its integrity is {integrity}, expected {package.integrity}."
        )
    return tarball


def _extract(package: Package, tarball: bytes) -> dict[str, bytes]:
    """Exactly the wanted members, by file name; whatever else the tarball holds is never read."""
    contents: dict[str, bytes] = {}
    try:
        with tarfile.open(fileobj=BytesIO(tarball), mode="r:gz") as archive:
            for member in archive:
                if member.name in package.members:
                    contents[member.name.rpartition("/")[2]] = _read(archive, member)
    except tarfile.TarError as exc:
        raise RendererMissing(f"The tarball of {package.spec} cannot be read: {exc}") from exc
    lacking = [name for name in package.file_names if name not in contents]
    if lacking:
        raise RendererMissing(f"The tarball of {package.spec} lacks {', '.join(lacking)}.")
    return contents


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member) if member.isreg() and member.size <= _FILE_LIMIT else None
    if stream is None:
        raise RendererMissing(f"The tarball's {member.name} is not a plain file of a sane size.")
    with stream:
        return stream.read()


def _write_atomically(target: Path, content: bytes) -> None:
    """A reader, or a second process that does the same, sees the whole file or none."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


if __name__ == "__main__":
    sys.exit(main())
