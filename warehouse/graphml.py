"""Writes edges as GraphML, which programs that draw networks open: http://graphml.graphdrawing.org."""

from pathlib import Path
from typing import Any

import duckdb
from lxml import etree

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
ENDS = "source", "target"
NAMES = "source_name", "target_name"
NUMBERS = {"BIGINT": "long", "INTEGER": "int", "DOUBLE": "double"}
UNFIT = str.maketrans(dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]))


class NoEdges(ValueError):
    """The rows are no edges: they lack a source or a target."""


def write_graphml(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Each row of `exported` is an edge, from its source to its target; its other columns are data of the edge.

    Raises NoEdges where it has no source and target.
    """
    cursor = connection.execute("FROM exported")
    columns = [(column[0], str(column[1])) for column in cursor.description or ()]
    names = [name for name, _ in columns]
    if not {*ENDS, *NAMES} <= set(names):
        raise NoEdges("graphml holds edges, and only network has them; choose csv, parquet or xlsx")
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    kinds = {name: NUMBERS.get(kind, "string") for name, kind in columns if name not in (*ENDS, *NAMES)}
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})
    _declare(root, "name", "node", "string")
    for name, kind in kinds.items():
        _declare(root, name, "edge", kind)
    graph = _add(root, "graph", id="positions", edgedefault="directed")
    nodes = {row[end]: row[name] for row in rows for end, name in zip(ENDS, NAMES, strict=True)}
    for node in sorted(nodes):
        _data(_add(graph, "node", id=node), "name", nodes[node])
    for row in rows:
        edge = _add(graph, "edge", source=row["source"], target=row["target"])
        for name in kinds:
            _data(edge, name, row[name])
    etree.ElementTree(root).write(str(file), xml_declaration=True, encoding="utf-8", pretty_print=True)


def _declare(root: etree._Element, name: str, of: str, kind: str) -> None:
    _add(root, "key", **{"id": f"{of}_{name}", "for": of, "attr.name": name, "attr.type": kind})


def _data(parent: etree._Element, name: str, value: Any) -> None:
    if value is not None:
        of = "node" if parent.tag.endswith("node") else "edge"
        _add(parent, "data", key=f"{of}_{name}").text = str(value).translate(UNFIT)


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    clean = {name: value.translate(UNFIT) for name, value in attributes.items()}
    return etree.SubElement(parent, f"{{{GRAPHML}}}{tag}", clean)
