"""Where `positions` starts: it imports nothing, so that Ctrl-C is told in one line from the first moment."""

import signal
import sys


def main() -> None:
    """Run the command that the arguments of the process name, and leave with its exit code."""
    try:
        from flows.cli import main as run
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # once is enough
        from flows.cli import INTERRUPTED
        from flows.terminal import say

        say("positions: stopped before anything began", err=True)
        sys.exit(INTERRUPTED)
    run()
