"""Every locked dependency has a licence that the product can live with."""

import json
from pathlib import Path

import pytest

from tests import audit


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the bill of materials is written."""
    monkeypatch.setattr(audit, "SBOM", tmp_path / "sbom.cdx.json")
    return tmp_path / "sbom.cdx.json"


def test_the_bill_of_materials_holds_the_whole_lock(elsewhere: Path) -> None:
    audit.main()
    told = json.loads(elsewhere.read_text("utf-8"))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    parts = told["components"]
    assert {(part["name"], part["version"]) for part in parts} == set(
        audit.PINNED.findall(audit.LOCK.read_text("utf-8"))
    )
    assert all(part["hashes"] and part["purl"] == part["bom-ref"] for part in parts)
    assert len({part["bom-ref"] for part in parts}) == len(parts)
    (product,) = told["dependencies"]
    assert len(product["dependsOn"]) == len(audit.direct())
    assert set(product["dependsOn"]) <= {part["bom-ref"] for part in parts}


def test_no_licence_is_doubtful(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main() == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert all(name in told for name in audit.direct())


@pytest.mark.parametrize("licence", ["does not say", "GPL-3.0-only", "GNU Affero General Public License v3"])
def test_a_licence_that_is_missing_or_reaches_far_is_told(licence: str) -> None:
    assert audit.is_doubtful("some-package", licence)
    assert not audit.is_doubtful("some-package", "LGPL-2.1")


def test_the_readme_lists_each_direct_dependency_with_its_licence() -> None:
    readme = (audit.ROOT / "README.md").read_text("utf-8")
    rows = [line.strip("| ").split(" | ") for line in readme.splitlines() if line.startswith("| ")]
    told = {row[0]: row[-1] for row in rows}
    assert {name: told.get(name) for name in audit.direct()} == {
        name: audit.licence_of(name) for name in audit.direct()
    }
