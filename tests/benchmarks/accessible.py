"""Looks for what keeps people out: `python -m tests.benchmarks.accessible AXE ADDRESS PATH…`, AXE being axe.min.js.

ADDRESS is the one that `positions browse` prints, or the address of a file; each PATH is a page of it. axe-core comes
from npm: `npm pack axe-core`. The exit code is 1 where something serious or critical is found.
"""

import sys
import tempfile
from pathlib import Path

from tests.warehouse.browser import Browser, find_chromium

SERIOUS = ("serious", "critical")
RUN = """
axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(one => [
    one.impact, one.id, one.help, one.nodes.slice(0, 3).map(node => node.html.slice(0, 160))]))
"""


def main() -> int:
    """Print one line a finding, for light and dark."""
    axe, address, *paths = sys.argv[1:]
    program = find_chromium()
    if not program:
        print("no Chromium is installed")
        return 1
    base, worst = address.partition("/?")[0], 0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Browser(program, Path(folder)) as browser:
        browser.visit(address)
        for path in paths:
            for width, dark in ((1400, False), (1400, True), (390, False)):
                browser.size(width, 900, dark=dark)
                browser.visit(base + path)
                browser.run(Path(axe).read_text("utf-8") + "; true")
                for impact, name, told, nodes in browser.run(RUN):
                    worst = max(worst, int(impact in SERIOUS))
                    print(f"{path} {width}{' dark' if dark else ''}: {impact}: {name}: {told}")
                    print("\n".join(f"    {node}" for node in nodes))
    print("nothing serious was found" if not worst else "something serious was found")
    return worst


if __name__ == "__main__":
    sys.exit(main())
