"""The card renderer is fetched once, and only the published packages get into the cache."""

import base64
import hashlib
import io
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.simulator import renderer
from bot.simulator.renderer import COMMAND, FOLDER_VARIABLE, PACKAGES, Package, RendererMissing, cached, ensure, npm

JS = "package/dist/drawing.min.js"
CSS = "package/dist/drawing.css"
PUBLISHED = {JS: b"draw()", CSS: b".card {}", "package/README.md": b"Hello"}


def tarball(contents: dict[str, bytes], *odd: tarfile.TarInfo) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for info in odd:
            archive.addfile(info, io.BytesIO(b"\0" * info.size))
        for name, content in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return stream.getvalue()


def package(data: bytes, *, name: str = "drawing", members: tuple[str, ...] = (JS, CSS)) -> Package:
    digest = base64.b64encode(hashlib.sha512(data).digest()).decode()
    return Package(name=name, version="1.2.3", integrity=f"sha512-{digest}", members=members)


class Registry:
    """Answers `npm pack` with whatever it was given, and remembers what it was asked."""

    def __init__(self, *tarballs: bytes) -> None:
        self.tarballs = tarballs
        self.asked: list[str] = []
        self.folders: list[Path] = []

    def __call__(self, arguments: Sequence[str], folder: Path) -> None:
        self.asked.append(" ".join(arguments))
        self.folders.append(folder)
        for number, data in enumerate(self.tarballs):
            (folder / f"drawing-{number}.tgz").write_bytes(data)


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {"XDG_CACHE_HOME": str(tmp_path / "cache")}


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stands in for npm; tests write what it does."""
    path = tmp_path / "bin" / "npm"
    path.parent.mkdir()
    path.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(path.parent))
    return path


def test_the_named_files_and_no_others_are_kept(environ: dict[str, str], tmp_path: Path) -> None:
    data = tarball(PUBLISHED)
    registry = Registry(data)

    files = ensure(environ, packages=[package(data)], run=registry)

    assert files.folder == tmp_path / "cache" / "webex-broadworks-bot" / "renderer" / "drawing-1.2.3"
    kept = {path.name: path.read_bytes() for path in files.folder.iterdir()}
    assert kept == {"drawing.min.js": b"draw()", "drawing.css": b".card {}"}
    assert registry.asked == ["pack --ignore-scripts --loglevel=error --fetch-retries=1 drawing@1.2.3"]
    assert not registry.folders[0].exists()


def test_what_is_in_the_cache_is_not_fetched_again(environ: dict[str, str]) -> None:
    data = tarball(PUBLISHED)
    packages = [package(data)]
    first = ensure(environ, packages=packages, run=Registry(data))
    registry = Registry()

    again = ensure(environ, packages=packages, run=registry)

    assert again == first
    assert cached(environ, packages=packages) == first.folder
    assert registry.asked == []


def test_a_cache_that_lacks_a_file_is_made_whole(environ: dict[str, str]) -> None:
    data = tarball(PUBLISHED)
    packages = [package(data)]
    folder = ensure(environ, packages=packages, run=Registry(data)).folder
    (folder / "drawing.css").unlink()
    assert cached(environ, packages=packages) is None

    ensure(environ, packages=packages, run=Registry(data))

    assert cached(environ, packages=packages) == folder


@pytest.mark.parametrize("named", ["", "relative/path"])
def test_without_a_usable_cache_variable_the_home_has_the_cache(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    data = tarball(PUBLISHED)

    files = ensure({"XDG_CACHE_HOME": named}, packages=[package(data)], run=Registry(data))

    assert files.folder.is_relative_to(tmp_path / ".cache")


def test_a_tarball_of_another_integrity_is_refused(environ: dict[str, str]) -> None:
    published = package(tarball(PUBLISHED))
    registry = Registry(tarball({**PUBLISHED, JS: b"steal()"}))

    with pytest.raises(RendererMissing, match="is not the published package and was refused") as raised:
        ensure(environ, packages=[published], run=registry)

    assert published.integrity in raised.value.reason
    assert raised.value.command == COMMAND
    assert cached(environ, packages=[published]) is None


def test_members_that_lead_elsewhere_are_never_written(environ: dict[str, str], tmp_path: Path) -> None:
    hostile = {"../../escaped.js": b"1", "/escaped.js": b"2", "package/dist/../../escaped.js": b"3"}
    data = tarball({**hostile, **PUBLISHED})

    folder = ensure(environ, packages=[package(data)], run=Registry(data)).folder

    assert sorted(path.name for path in folder.iterdir()) == ["drawing.css", "drawing.min.js"]
    assert list(tmp_path.rglob("escaped.js")) == []


def linked(kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(JS)
    info.type = kind
    info.linkname = "/etc/hostname"
    return info


def huge() -> tarfile.TarInfo:
    info = tarfile.TarInfo(JS)
    info.size = 3 * 1024 * 1024
    return info


@pytest.mark.parametrize("odd", [linked(tarfile.SYMTYPE), linked(tarfile.LNKTYPE), linked(tarfile.DIRTYPE), huge()])
def test_a_wanted_member_must_be_a_plain_file_of_a_sane_size(environ: dict[str, str], odd: tarfile.TarInfo) -> None:
    data = tarball({CSS: b""}, odd)

    with pytest.raises(RendererMissing, match=r"drawing\.min\.js is not a plain file of a sane size"):
        ensure(environ, packages=[package(data)], run=Registry(data))


def test_a_tarball_without_a_wanted_member_is_refused(environ: dict[str, str]) -> None:
    data = tarball({JS: b""})

    with pytest.raises(RendererMissing, match=r"The tarball of drawing@1\.2\.3 lacks drawing\.css\."):
        ensure(environ, packages=[package(data)], run=Registry(data))


def test_a_tarball_that_is_none_is_refused(environ: dict[str, str]) -> None:
    data = b"<html>Sign in to the proxy</html>"

    with pytest.raises(RendererMissing, match=r"The tarball of drawing@1\.2\.3 cannot be read"):
        ensure(environ, packages=[package(data)], run=Registry(data))


@pytest.mark.parametrize("tarballs", [(), (b"1", b"2"), (b"\0" * (8 * 1024 * 1024 + 1),)])
def test_npm_must_leave_one_tarball_of_a_sane_size(environ: dict[str, str], tarballs: tuple[bytes, ...]) -> None:
    with pytest.raises(RendererMissing, match=r"npm left no usable tarball of drawing@1\.2\.3\."):
        ensure(environ, packages=[package(b"")], run=Registry(*tarballs))


def test_files_appear_whole_or_not_at_all(environ: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    data = tarball(PUBLISHED)

    def interrupted(_self: Path, _target: Path) -> Path:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ensure(environ, packages=[package(data)], run=Registry(data))

    (folder,) = Path(environ["XDG_CACHE_HOME"]).glob("*/*/*")
    assert list(folder.iterdir()) == []


def test_a_second_process_that_was_first_does_no_harm(environ: dict[str, str]) -> None:
    data = tarball(PUBLISHED)
    packages = [package(data)]
    registry = Registry(data)

    def overtaken(arguments: Sequence[str], folder: Path) -> None:
        ensure(environ, packages=packages, run=registry)
        registry(arguments, folder)

    files = ensure(environ, packages=packages, run=overtaken)

    assert (files.folder / "drawing.min.js").read_bytes() == b"draw()"
    assert len(list(files.folder.iterdir())) == 2


def test_a_cache_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tarball(PUBLISHED)

    with pytest.raises(RendererMissing, match=r"The card renderer could not be stored: .*Not a directory"):
        ensure({"XDG_CACHE_HOME": str(tmp_path / "file")}, packages=[package(data)], run=Registry(data))


def test_a_folder_named_by_the_variable_is_used_as_it_is(tmp_path: Path) -> None:
    packages = [package(b"")]
    environ = {FOLDER_VARIABLE: str(tmp_path)}
    (tmp_path / "drawing.min.js").touch()

    with pytest.raises(RendererMissing, match=rf"{FOLDER_VARIABLE} names .*, which lacks drawing\.css\."):
        ensure(environ, packages=packages, run=Registry())
    (tmp_path / "drawing.css").touch()

    assert ensure(environ, packages=packages, run=Registry()).folder == tmp_path


def test_a_machine_without_npm_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(RendererMissing, match="npm was not found on this machine") as raised:
        npm(["pack"], tmp_path)

    assert "npm pack adaptivecards@3.0.6 markdown-it@14.3.3" in raised.value.reason
    assert FOLDER_VARIABLE in raised.value.reason


@pytest.mark.parametrize(
    ("stderr", "reason"),
    [
        (
            "npm warn old\nnpm error code E404\nnpm error 404 Not found\nnpm error a\nnpm error b",
            "code E404 404 Not found a",
        ),
        ("Segmentation fault", "Segmentation fault"),
        ("", "it gave no reason."),
    ],
)
def test_npm_refusing_is_told_in_its_own_words(program: Path, tmp_path: Path, stderr: str, reason: str) -> None:
    program.write_text(f"#!{sys.executable}\nimport sys\nsys.stderr.write({stderr!r})\nsys.exit(1)\n")

    with pytest.raises(RendererMissing) as raised:
        npm(["pack"], tmp_path)

    assert raised.value.reason == f"npm could not fetch the card renderer: {reason}"


def test_npm_runs_in_the_folder_with_the_arguments(program: Path, tmp_path: Path) -> None:
    program.write_text(f"#!{sys.executable}\nimport sys\nopen('said', 'w').write(' '.join(sys.argv[1:]))\n")
    folder = tmp_path / "here"
    folder.mkdir()

    npm(["pack", "drawing@1.2.3; touch x"], folder)

    assert (folder / "said").read_text() == "pack drawing@1.2.3; touch x"


def test_npm_that_hangs_is_given_up(program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program.write_text(f"#!{sys.executable}\nimport time\ntime.sleep(60)\n")
    monkeypatch.setattr(renderer, "_PACK_SECONDS", 0.2)

    with pytest.raises(RendererMissing, match=r"npm gave no answer within 0\.2 seconds"):
        npm(["pack"], tmp_path)


def test_the_pinned_packages_hold_what_the_page_asks_for() -> None:
    assert [package.spec for package in PACKAGES] == ["adaptivecards@3.0.6", "markdown-it@14.3.3"]
    assert renderer.FILE_NAMES == ("adaptivecards.min.js", "adaptivecards.css", "markdown-it.min.js")
    for pinned in PACKAGES:
        assert len(base64.b64decode(pinned.integrity.removeprefix("sha512-"))) == 64


def test_by_hand_it_says_where_the_renderer_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    for name in renderer.FILE_NAMES:
        (tmp_path / name).touch()

    assert renderer.main() == 0
    assert capsys.readouterr().out == f"The card renderer is in {tmp_path}\n"


def test_by_hand_it_says_what_is_wrong(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.simulator.renderer"],
        env={FOLDER_VARIABLE: str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr.startswith(f"The card renderer is missing. {FOLDER_VARIABLE} names {tmp_path}, which lacks")


def test_each_package_is_fetched_by_itself(environ: dict[str, str]) -> None:
    data = tarball(PUBLISHED)
    one = package(data, members=(JS,))
    other = replace(package(data, members=(CSS,)), name="colours")
    registry = Registry(data)

    ensure(environ, packages=[one, other], run=registry)

    assert [asked.split()[-1] for asked in registry.asked] == ["drawing@1.2.3", "colours@1.2.3"]
