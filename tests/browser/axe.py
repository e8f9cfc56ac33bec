"""axe-core, the usual judge of accessibility: fetched like the card renderer, and asked about a page as it stands."""

import os
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from bot.simulator.renderer import FOLDER_VARIABLE, Package, ensure

PACKAGE = Package(
    name="axe-core",
    version="4.14.1",
    integrity="sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    members=("package/axe.min.js",),
)
GRAVE = ("serious", "critical")

# Colours on their way to other ones would be judged as they are in that very moment.
_SETTLE = "() => document.getAnimations().forEach((one) => one.effect?.getTiming().iterations === 1 && one.finish())"
_RUN = "() => axe.run(document, {resultTypes: ['violations']})"


@dataclass(frozen=True)
class Axe:
    """The judge's own script."""

    script: str

    def grave(self, page: Page) -> list[str]:
        """What it finds serious or critical: the rule, then each element with what to put right."""
        for frame in page.frames:
            frame.evaluate(self.script)
            frame.evaluate(_SETTLE)
        found: dict[str, Any] = page.evaluate(_RUN)
        return [
            f"{violation['impact']} {violation['id']} at {' '.join(map(str, node['target']))}\n"
            f"    {node['html'][:200]}\n    {node['failureSummary']}"
            for violation in found["violations"]
            if violation["impact"] in GRAVE
            for node in violation["nodes"]
        ]


def fetch() -> Axe:
    """Raises RendererMissing where it is neither in the cache nor to be had."""
    # The folder that this variable names has the card renderer alone.
    environ = {name: value for name, value in os.environ.items() if name != FOLDER_VARIABLE}
    folder = ensure(environ, packages=(PACKAGE,)).folder
    return Axe((folder / "axe.min.js").read_text(encoding="utf-8"))
