"""Tells somebody that a run has failed, with the command that the settings name."""

from concurrent.futures.process import BrokenProcessPool
from typing import Any

import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from flows.witness import PASSES, STAYS, failure, hand
from schemas.settings import Settings
from warehouse.opening import AnotherRunIsWriting

A_DAY = 86_400.0  # seconds that a run may take; what it did by then is kept
# What is over, or may be, by the time of the next run, with nobody's help; a crash is too.
PASSING = AnotherRunIsWriting, BrokenProcessPool, TimeoutError, httpx.TransportError


def alert(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hand what happened to the command on its standard input. Prefect logs where the command itself fails."""
    command = Settings().on_failure
    if not command:
        return
    name, why = f"{flow.name} failed: {flow_run.name}", f"{state.name}: {state.message}"
    hand(command, failure(name, why, what_next(state)))


def what_next(state: State[Any]) -> str:
    """Whether the failure passes by itself."""
    if state.is_crashed():
        return PASSES
    return PASSES if isinstance(error_of(state), PASSING) else STAYS


def error_of(state: State[Any]) -> object:
    """The error that a state of failure came of, where it says so."""
    return state.result(raise_on_failure=False) if state.data is not None else None
