"""Tells somebody that a run has failed, with the command that the settings name."""

import shlex
import subprocess
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import httpx
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from schemas.settings import Settings
from warehouse.opening import AnotherRunIsWriting

SECONDS = 60  # that the command may take
# What is over, or may be, by the time of the next run, with nobody's help; a crash is too.
PASSING = AnotherRunIsWriting, BrokenProcessPool, httpx.TransportError
PASSES = "The next run takes up what is left."
STAYS = "It will fail again until somebody mends this; the run after that takes up what is left."


def alert(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hand what happened to the command on its standard input. Prefect logs where the command itself fails."""
    command = Settings().on_failure
    if not command:
        return
    told = f"{flow.name} failed: {flow_run.name}\n{state.name}: {state.message}\n{what_next(state)}\n"
    subprocess.run(shlex.split(command), input=told, text=True, timeout=SECONDS, check=True)


def what_next(state: State[Any]) -> str:
    """Whether the failure passes by itself."""
    if state.is_crashed():
        return PASSES
    return PASSES if isinstance(error_of(state), PASSING) else STAYS


def error_of(state: State[Any]) -> object:
    """The error that a state of failure came of, where it says so."""
    return state.result(raise_on_failure=False) if state.data is not None else None
