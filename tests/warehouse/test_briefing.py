"""Views and exports to brief from: what two sides want of each other, what one wants, who towards whom, events."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pytest
from lxml import etree

from tests.warehouse.said import TALKS, Ask, march, told
from tests.warehouse.samples import article, batch, position, ruleset
from warehouse.export import CannotExport, export
from warehouse.graphml import GRAPHML
from warehouse.store import Store


def test_a_dyad_shows_what_each_wants_of_the_other_and_what_was_said_to_it(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR"),
        told(6, "BOR", "refusal", "ARL"),
        told(9, "BOR", "offer", "ARL", condition="if the fleet leaves"),
        told(7, "BOR", "demand", "ARL", content="that Arland pay for the lighthouse"),
        told(8, "CAS", "refusal", "ARL", content="to pay for the lighthouse"),
        told(8, "ARL", "demand", None, content="an end to piracy"),
    )
    columns = "actor, target, since, last_confirmed, stories, answer, answer_conditional, answered_on"
    assert answer(f"SELECT {columns} FROM dyad ORDER BY actor") == [
        ("ARL", "BOR", march(4), march(5), 2, "offer", True, march(9)),
        ("BOR", "ARL", march(7), march(7), 1, None, None, None),
    ]


def test_an_actor_is_shown_with_ten_lines_a_stance(ask: Callable[..., Ask]) -> None:
    wishes = [told(4, "ARL", "demand", f"X{number:02}", content=f"ship number{number}") for number in range(12)]
    answer = ask(*wishes, told(5, "ARL", "offer", "BOR", issue=TALKS), told(5, "BOR", "threat", "ARL"))
    counts = answer("SELECT actor, stance, count(*), max(more) FROM actor_play GROUP BY ALL ORDER BY ALL")
    assert counts == [("ARL", "demand", 10, 2), ("ARL", "offer", 1, 0), ("BOR", "threat", 1, 0)]


def test_the_network_has_an_edge_a_month_source_target_and_stance(ask: Callable[..., Ask]) -> None:
    answer = ask(
        told(4, "ARL", "demand", "BOR"),
        told(5, "ARL", "demand", "BOR"),
        told(5, "ARL", "refusal", "BOR", cameo="125"),
        told(5, "ARL", "demand", "BOR", on=date(2025, 4, 1)),
        told(5, "ARL", "demand", None),
        stories=[{0, 1}],
    )
    columns = "month, source_name, target_name, stance, positions, stories, goldstein"
    assert answer(f"SELECT {columns} FROM network ORDER BY month, stance") == [
        (march(1), "Arland", "Borland", "demand", 2, 1, -5.0),
        (march(1), "Arland", "Borland", "refusal", 1, 1, -5.0),
        (date(2025, 4, 1), "Arland", "Borland", "demand", 1, 1, -5.0),
    ]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("100", -5.0),
        ("02", 3.0),
        ("057", 8.0),
        ("0256", -0.3),
        ("120", -4.0),
        ("125", -5.0),
        ("130", -4.4),
        ("99", None),
    ],
)
def test_goldsteins_scale_is_that_of_the_code_or_the_one_above(
    ask: Callable[..., Ask], code: str, value: float | None
) -> None:
    assert ask()(f"SELECT goldstein('{code}')") == [(value,)]


@pytest.fixture
def published(working_file: Path, snapshot: Path) -> Path:
    one, two = article(1), article(2)
    with Store.open(working_file) as store:
        store.save_ruleset(ruleset())
        store.save_articles([one, two], [])
        found = [
            position(one.article_id, cameo="02"),
            position(two.article_id, stance="acceptance", actor="BOR", target="ARL", cameo="057"),
        ]
        store.save_tagged(batch([one, two], found))
        store.publish(snapshot)
    return snapshot


def test_the_network_is_written_as_graphml(published: Path, tmp_path: Path) -> None:
    (file,) = export(published, tmp_path, ["network"], file_format="graphml")
    root = etree.parse(file).getroot()
    names = {"g": GRAPHML}
    keys = {key.get("id"): key.get("attr.type") for key in root.findall("g:key", names)}
    nodes = {n.get("id"): n.findtext("g:data", namespaces=names) for n in root.findall("g:graph/g:node", names)}
    edges = root.findall("g:graph/g:edge", names)
    assert nodes == {"ARL": "Arland", "BOR": "Borland"}
    assert [(edge.get("source"), edge.get("target")) for edge in edges] == [("ARL", "BOR"), ("BOR", "ARL")]
    assert {data.get("key") for edge in edges for data in edge} <= set(keys)
    assert keys["edge_stories"] == "long"
    assert keys["edge_goldstein"] == "double"


def test_what_has_no_edges_is_no_graphml(published: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotExport, match="positions: graphml holds edges, and only network has them"):
        export(published, tmp_path, ["positions"], file_format="graphml")


def test_event_records_carry_plover_cameo_quad_class_and_goldstein_with_leading_zeros(
    published: Path, tmp_path: Path
) -> None:
    columns = "cameo_code, cameo_root, plover_type, quad_code, goldstein, actor_country, recipient_name, headline"
    (parquet,) = export(published, tmp_path, ["event"], file_format="parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(f"SELECT {columns} FROM '{parquet}' ORDER BY 1").fetchall()
        described = connection.execute(f"DESCRIBE SELECT cameo_code, goldstein FROM '{parquet}'").fetchall()
    kinds = {name: kind for name, kind, *_ in described}
    assert rows == [
        ("02", "02", "REQUEST", 3, 3.0, "ARL", "Borland", "Strait talks, part 1"),
        ("057", "05", "AGREE", 1, 8.0, "BOR", "Arland", "Strait talks, part 2"),
    ]
    assert kinds == {"cameo_code": "VARCHAR", "goldstein": "DOUBLE"}
    (text,) = export(published, tmp_path, ["event"])
    lines = text.read_text("utf-8").splitlines()[1:]
    assert all(",02,02,REQUEST," in line or ",057,05,AGREE," in line for line in lines)
