"""Looks for what keeps people out: `python -m tests.benchmarks.accessible AXE ADDRESS PATH…`, AXE being axe.min.js.

ADDRESS is the one that `positions browse` prints, or the address of a file; each PATH is a page of it. axe-core comes
from npm: `npm pack axe-core`. The exit code is 1 where something serious or critical is found.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.warehouse.browser import Browser, find_chromium

WINDOWS = ((1400, False), (1400, True), (390, False), (390, True))  # widths in pixels, and whether it is dark
# What is loaded after the page is looked at, too.
RUN = """
(async () => {
    const loading = () => document.querySelector(".htmx-request, [hx-trigger=load]:empty");
    while (loading()) await new Promise(done => setTimeout(done, 50));
    const found = await axe.run(document, {resultTypes: ["violations"]});
    return found.violations.map(one => [
        one.impact, one.id, one.help, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]);
})()
"""


@dataclass(frozen=True)
class Finding:
    """What axe-core says of a page in a window, with the elements it says it of."""

    where: str
    impact: str
    name: str
    told: str
    elements: tuple[str, ...]

    @property
    def is_serious(self) -> bool:
        """Whether it keeps people out."""
        return self.impact in ("serious", "critical")


def findings(browser: Browser, axe: Path, address: str) -> Iterator[Finding]:
    """What axe-core finds on a page, wide and narrow, light and dark."""
    for width, dark in WINDOWS:
        browser.size(width, 900, dark=dark)
        browser.visit(address)
        browser.run(axe.read_text("utf-8") + "; true")
        for impact, name, told, elements in browser.run(RUN):
            yield Finding(f"{address} {width}{' dark' if dark else ''}", impact, name, told, tuple(elements))


def main() -> int:
    """Print one line a finding, for light and dark."""
    axe, address, *paths = sys.argv[1:]
    program = find_chromium()
    if not program:
        print("no Chromium is installed")
        return 1
    base = address.partition("/?")[0]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Browser(program, Path(folder)) as browser:
        browser.visit(address)
        found = [one for path in paths for one in findings(browser, Path(axe), base + path)]
    for one in found:
        print(f"{one.where}: {one.impact}: {one.name}: {one.told}", *one.elements, sep="\n    ")
    serious = any(one.is_serious for one in found)
    print("something serious was found" if serious else "nothing serious was found")
    return int(serious)


if __name__ == "__main__":
    sys.exit(main())
