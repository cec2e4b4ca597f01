"""Lists the licence of each locked dependency, writes them down as a CycloneDX SBOM, and tells of advisories.

Nothing asks the network.
"""

import json
import re
import shutil
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
ENTRY = re.compile(r"^([\w.-]+)==([^\s;]+)[^\n]*\\\n((?:    --hash=.+\n?)+)", re.MULTILINE)
HASH = re.compile(r"sha256:([0-9a-f]{64})")
LOCK = ROOT / "requirements.lock"
SBOM = ROOT / "sbom.cdx.json"
COPYLEFT = re.compile(r"\bA?GPL|GNU (?:Affero )?General Public", re.IGNORECASE)
# Looked at: each may be used under the named licence instead.
ANOTHER_LICENCE = {"text-unidecode": "Artistic License", "tld": "MPL-1.1"}
LONGEST = 60  # some packages put the whole text where its name belongs


def direct() -> list[str]:
    """The packages that the product itself asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [Requirement(line).name for line in project["dependencies"]]


def locked() -> dict[str, str]:
    """The version of each package of the lock."""
    return dict(PINNED.findall(LOCK.read_text("utf-8")))


def licence_of(package: str) -> str:
    """What an installed package says of its licence; `not installed` where it is for other machines."""
    try:
        told = metadata(package)
    except PackageNotFoundError:
        return "not installed"
    classified = [
        line.rsplit(" :: ", 1)[1] for line in told.get_all("Classifier") or () if line.startswith("License ::")
    ]
    named = (told.get("License") or "").strip().split("\n")[0]
    return (told.get("License-Expression") or ", ".join(classified) or named or "does not say")[:LONGEST]


def is_doubtful(package: str, licence: str) -> bool:
    """Whether a person should look at the licence: it is missing, or asks for more than a notice."""
    if COPYLEFT.search(licence):
        return package not in ANOTHER_LICENCE or ANOTHER_LICENCE[package] not in licence
    return licence == "does not say"


def advisories() -> str:
    """What is known of advisories on this machine."""
    if shutil.which("pip-audit"):
        return "Advisories: pip-audit is installed; `pip-audit --require-hashes -r requirements.lock` asks for them."
    return "Advisories: not known here; they need a database of the network, and nothing on this machine holds one."


def bill_of_materials() -> dict[str, Any]:
    """The locked dependencies as CycloneDX 1.5 has them: name, version, package URL, licence, hashes of the lock.

    Without moment and serial number, so that the same lock gives the same file.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "product",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": [component(*entry) for entry in ENTRY.findall(LOCK.read_text("utf-8"))],
        "dependencies": [{"ref": "product", "dependsOn": sorted(refs())}],
    }


def component(name: str, version: str, hashes: str) -> dict[str, Any]:
    """One dependency."""
    ref = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
    return {
        "type": "library",
        "bom-ref": ref,
        "name": name,
        "version": version,
        "purl": ref,
        "licenses": [{"license": {"name": licence_of(name)}}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in HASH.findall(hashes)],
    }


def refs() -> set[str]:
    """The packages that the product itself asks for, as the bill of materials names them."""
    return {f"pkg:pypi/{name.lower()}@{version}" for name, version in locked().items() if name in set(direct())}


def main() -> int:
    """Print the table, write the SBOM; gives 1 where a licence is missing or asks for more than a notice."""
    licences = {name: licence_of(name) for name in locked()}
    mine = set(direct())
    for name, licence in sorted(licences.items()):
        print(f"{'*' if name in mine else ' '} {name:32} {locked()[name]:16} {licence}")
    doubtful = [name for name, licence in licences.items() if is_doubtful(name, licence)]
    print(f"\n{len(licences)} packages are locked, {len(mine)} of them (*) asked for directly.")
    print(f"To be looked at: {', '.join(doubtful) or 'none'}.")
    print(advisories())
    SBOM.write_text(json.dumps(bill_of_materials(), indent=1) + "\n", "utf-8")
    print(f"SBOM: {SBOM.name}")
    return 1 if doubtful else 0


if __name__ == "__main__":
    sys.exit(main())
