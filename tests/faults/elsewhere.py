"""The command on a machine whose locale counts and whose clock jumps: `python -m tests.faults.elsewhere …`.

CLOCK_JUMPS gives the days, of which the clock shows another one of them each time it is asked.
"""

import locale
import os
from datetime import datetime, timedelta, tzinfo
from itertools import cycle

from flows.cli import main
from warehouse import clock

JUMPS = cycle(timedelta(days=float(days)) for days in os.environ.get("CLOCK_JUMPS", "0").split())


class Jumping(datetime):
    """A clock that somebody else sets."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment that this clock shows."""
        return datetime.now(tz) + next(JUMPS)


if __name__ == "__main__":
    locale.setlocale(locale.LC_ALL, "")  # as programs do that write numbers in the way of the country
    clock.datetime = Jumping  # type: ignore[misc]
    main()
