"""Tells somebody that a run has failed, with the command that the settings name."""

import shlex
import subprocess
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from schemas.settings import Settings

SECONDS = 60  # that the command may take


def alert(flow: Flow[..., Any], flow_run: FlowRun, state: State[Any]) -> None:
    """Hand what happened to the command on its standard input. Prefect logs where the command itself fails."""
    command = Settings().on_failure
    if not command:
        return
    told = f"{flow.name} failed: {flow_run.name}\n{state.name}: {state.message}\nThe next run takes up what is left.\n"
    subprocess.run(shlex.split(command), input=told, text=True, timeout=SECONDS, check=True)
