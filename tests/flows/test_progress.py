"""How far work is, told to people."""

import io

import pytest
from rich.console import Console
from rich.progress import Progress

from flows import progress
from flows.progress import Bar, Lines, Silent, current, shown, told_to


def test_lines_tell_a_step_at_its_beginning_and_then_from_time_to_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    lines = Lines()
    lines.begin("Tagging", 5000)
    lines.advance(1000)
    now += progress.LINE_EVERY
    lines.advance(200)
    assert capsys.readouterr().err.splitlines() == [
        "Tagging (5,000 articles) …",
        "Tagging: 1,200 of 5,000 articles, about 32 s left",
    ]


@pytest.mark.parametrize(("seconds", "told"), [(0, "0 s"), (119, "119 s"), (121, "2 min"), (9_000, "2 h")])
def test_times_are_told_as_people_tell_them(seconds: float, told: str) -> None:
    assert progress.spoken(seconds) == told


def test_outside_a_terminal_plain_lines_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with shown():
        assert isinstance(current(), Lines)
        current().begin("Reading")
    assert isinstance(current(), Silent)
    assert capsys.readouterr().err == "Reading …\n"


def test_a_bar_completes_a_step_when_the_next_begins() -> None:
    screen = io.StringIO()
    with Progress(console=Console(file=screen, force_terminal=True, width=80)) as bars, told_to(Bar(bars)) as bar:
        bar.begin("Reading")
        bar.advance(3)
        bar.begin("Tagging", 4)
        bar.advance(1)
        assert [(task.description, task.completed, task.total) for task in bars.tasks] == [
            ("Reading", 3, 3),
            ("Tagging", 1, 4),
        ]
        bar.say("[bold] is text")
    assert "[bold] is text" in screen.getvalue()


def test_what_pages_show_is_throttled_and_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from uuid import UUID

    from flows import summary

    shown: list[float] = []
    monkeypatch.setattr(summary, "create_progress_artifact", lambda *_, **__: UUID(int=1))
    monkeypatch.setattr(summary, "update_progress_artifact", lambda _, percent: shown.append(percent))
    lines = Lines()
    pages = summary.OnPages(lines)
    pages.begin("Tagging", 8)
    for _ in range(4):
        pages.advance(1)
    assert shown == [], "not yet two seconds"
    monkeypatch.setattr(summary, "PAGE_EVERY", 0.0)
    pages.advance(1)
    pages.end()
    assert shown == [62.5, 100.0]
    assert lines._done == 5
