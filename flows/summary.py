"""How runs are named and summed up in Prefect."""

from collections.abc import Iterable

from prefect import runtime
from prefect.artifacts import create_markdown_artifact

from flows.outcome import Line

NAMED = 3  # sources in the name of a run


def run_name() -> str:
    """The name of a run: what it does, and to what."""
    sources = runtime.flow_run.parameters.get("sources") or []
    named = ", ".join(sources[:NAMED]) + (f" and {len(sources) - NAMED} more" if len(sources) > NAMED else "")
    return f"{runtime.flow_run.flow_name} {named}".strip()


def sum_up(key: str, lines: Iterable[Line]) -> None:
    """Keep the outcome of a run where Prefect's pages show it."""
    rows = "\n".join(f"| {name} | {cell(text)} |" for name, text in lines)
    create_markdown_artifact(f"| | |\n|---|---|\n{rows}\n", key=key, description=f"Outcome of the last {key}")


def cell(text: str) -> str:
    """The text as a cell of a table."""
    return text.replace("|", "\\|")
