"""Tells somebody that a run has failed, with the command that the settings name."""

from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from flows.witness import failure, hand
from schemas.settings import Settings

A_DAY = 86_400.0  # seconds that a run may take; what it did by then is kept


def alert(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hand what happened to the command on its standard input. Prefect logs where the command itself fails."""
    command = Settings().on_failure
    if not command:
        return
    hand(command, failure(f"{flow.name} failed: {flow_run.name}", f"{state.name}: {state.message}"))
