"""The flow that looks for all watches, and tells their channels what is new."""

from prefect import flow

from flows.alert import A_DAY, alert
from flows.in_use import settings_in_use
from flows.lost import end_when_lost
from flows.summary import run_name, sum_up
from flows.watches.look import look_at_all, told_of


@flow(
    name="watch",
    flow_run_name=run_name,
    timeout_seconds=A_DAY,
    on_running=[end_when_lost],
    on_failure=[alert],
    on_crashed=[alert],
)
def watch() -> int:
    """Tell the channels of every watch what is new since the last look; gives the number of pieces of news."""
    seen = look_at_all(settings_in_use())
    sum_up("watch", told_of(seen))
    return sum(len(one.news) for one in seen)
