"""Runs the work: readers, steps, and the Prefect flows made of them."""

import os

# Read by Prefect when it is imported, so set before any module here imports it: nothing is sent anywhere.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("DO_NOT_TRACK", "1")
