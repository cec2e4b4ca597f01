"""prefect.yaml deploys flows that there are, one run at a time."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import SignatureMismatchError
from prefect.flows import load_flow_from_entrypoint

from flows.commands.serve import given
from flows.sources import sources_named
from schemas.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOYMENTS: list[dict[str, Any]] = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["entrypoint"])
def test_each_deployment_names_a_flow_and_fits_its_parameters(
    deployment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    flow = load_flow_from_entrypoint(deployment["entrypoint"])
    assert isinstance(flow, Flow)
    flow.validate_parameters(deployment.get("parameters", {}))
    limit = ConcurrencyLimitConfig(**deployment["concurrency_limit"])
    assert (limit.limit, limit.collision_strategy.value) == (1, "CANCEL_NEW")
    for schedule in deployment["schedules"]:
        assert schedule.get("interval", 0) > 0 or CronSchedule(cron=schedule["cron"])


def test_the_sources_that_are_deployed_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (listed,) = DEPLOYMENTS[0]["parameters"]["sources"]
    assert [source.source for source in sources_named([listed])] == ["sample"]


def test_runs_that_are_served_get_the_options_through_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = given({"home": Path("elsewhere"), "rules": (Path("mine"), Path("yours")), "workers": None})
    for name, value in texts.items():
        monkeypatch.setenv(f"POSITIONS_{name.upper()}", value)
    settings = Settings()
    assert (settings.home, settings.rules) == (Path("elsewhere"), (Path("mine"), Path("yours")))


@pytest.mark.parametrize("name", ["track", "ingest", "tag", "publish", "report", "rules_impact", "watch"])
def test_no_run_is_told_its_settings_by_who_starts_it(name: str) -> None:
    flow = load_flow_from_entrypoint(f"flows.{name}:{name}")
    assert set(flow.parameters.properties) <= {"sources", "rules", "show"}
    with pytest.raises(SignatureMismatchError):
        flow.validate_parameters({"settings": {"home": "/tmp", "fetch_private": True}})
