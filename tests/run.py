"""Runs the tests, several files side by side, then one by one those that need the machine for themselves.

`python -m tests.run [-m MARKS] [TESTS or options of pytest …]`: a process for each core, at most four.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

NOTHING_CHOSEN = 5  # of pytest's exit codes
SIDE_BY_SIDE = ("-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup", "--no-loadscope-reorder")
PASSES = {"side by side": ("not alone", SIDE_BY_SIDE), "one by one": ("alone", ("-n0",))}


def run(name: str, marks: str, arguments: Sequence[str]) -> int:
    """One pass; gives the exit code of pytest, 0 where the arguments choose nothing of it."""
    own, options = PASSES[name]
    if own == "alone" and not any(Path(argument.partition("::")[0]).exists() for argument in arguments):
        arguments = [*arguments, *files_with("mark.alone")]
    chosen = f"({marks}) and {own}" if marks else own
    began = time.monotonic()
    code = subprocess.run([sys.executable, "-m", "pytest", "-q", *options, "-m", chosen, *arguments]).returncode
    print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0 if code == NOTHING_CHOSEN else code


def files_with(mark: str) -> list[str]:
    """The files of tests that use the mark: to collect the others would take as long as to run these."""
    return [str(path) for path in sorted(Path("tests").rglob("test_*.py")) if mark in path.read_text("utf-8")]


def main() -> int:
    """Both passes, also where the first one fails."""
    parser = argparse.ArgumentParser(description="Run the tests")
    parser.add_argument("-m", dest="marks", default="", help="marks, as pytest takes them")
    given, arguments = parser.parse_known_args()
    return max([run(name, given.marks, arguments) for name in PASSES])


if __name__ == "__main__":
    sys.exit(main())
