"""Runs the work: readers, steps, and the Prefect flows made of them."""

import atexit
import gc
import os
import sys

# Read by Prefect when it is imported, so set before any module here imports it: nothing is sent anywhere.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
# Read by numpy when it is imported: reading takes one processor a process, and threads of its own would wait on others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Loading rules and model makes a million objects, nearly all of which stay: looking for garbage among them as often as
# Python does by default takes a fifth of it.
gc.set_threshold(10_000, 10, 10)


def _end_quietly() -> None:
    """Close standard error for the very end.

    Prefect leaves threads behind, and DuckDB's binding then lists, at length, what they still hold when the
    interpreter is taken down.
    """
    if "duckdb" in sys.modules:
        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


atexit.register(_end_quietly)
