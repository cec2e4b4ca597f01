"""`positions rules calibrate --corrections`: what people judged moves the weights."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import cli
from rules.ruleset.strict_yaml import read_strictly
from schemas.article import Article
from schemas.correction import Change, Judgement, Verdict
from schemas.position import Position
from tests.rules.english import parse, tagger
from tests.warehouse.samples import batch
from warehouse.store import Store

URGED, REJECTED = "France urged Iran to stop its nuclear tests.", "Russia rejected talks with Ukraine on a truce."
EACH = 8


def read(text: str, number: int) -> tuple[Article, Position]:
    """An article of one sentence, and its position by the English rules."""
    day = date(2022, 1, 1) + timedelta(number)
    article = Article(title="", published=day, text=text, url=f"https://news.example/{number}")
    (found,) = tagger().tag(article, {s.key: parse(s.text) for s in tagger().candidates(article)})
    return article, found


def warehouse(home: Path, right: str) -> Path:
    """A warehouse of two kinds of sentences, of which people found one kind right, but for one of each."""
    pairs = [read(text, 2 * n + k) for n in range(EACH) for k, text in enumerate((URGED, REJECTED))]
    articles, found = [one for one, _ in pairs], [one for _, one in pairs]
    judgements = [
        Judgement(
            position_id=position.position_id,
            verdict=Verdict.RIGHT if (right in article.text) != (n < 2) else Verdict.WRONG,
            reason="read",
        )
        for n, (article, position) in enumerate(pairs)
    ]
    for n, one in enumerate(judgements):
        if n > EACH and one.verdict is Verdict.WRONG:  # a position of somebody else is wrong as the rules gave it
            change = Change(field="actor", value="DEU")
            judgements[n] = one.model_copy(update={"verdict": Verdict.CORRECTED, "changes": (change,)})
    with Store.open(home / "working.duckdb") as store:
        store.save_ruleset(tagger().ruleset)
        store.save_articles(articles, [])
        store.save_tagged(batch(articles, found))
        store.save_corrections(judgements, "Ana", date(2022, 2, 1))
        store.publish(home / "positions.duckdb")
    return home


@pytest.fixture
def gold(tmp_path: Path) -> list[str]:
    """An annotated article that says as much of one kind as of the other."""
    says = json.dumps({"quote": "rejected talks", "actor": "RUS", "stance": "refusal"})
    body = f"Title\n20220125\nhttps://news.example/one\n{REJECTED} {URGED}\n"
    for folder, name, text in (("gold", "one.jsonl", says), ("articles", "one.txt", body)):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    return [str(tmp_path / "gold"), str(tmp_path / "articles")]


def frames(file: Path) -> dict[str, float]:
    lines = [line for line in read_strictly(file).data if line["sign"] == "frame"]
    return {str(line.get("value", "")): float(line["weight"]) for line in lines}


def test_what_people_judged_moves_the_weights(
    gold: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = {}
    for right in ("urged", "rejected"):
        home, to = tmp_path / right, tmp_path / f"{right}.yaml"
        home.mkdir()
        warehouse(home, right)
        assert cli.run(["rules", "calibrate", *gold, "--corrections", str(home), "--to", str(to)]) == 0
        assert f"{home}: {2 * EACH} of {2 * EACH} judged positions are still read so" in capsys.readouterr().out
        measured[right] = frames(to)
    assert measured["urged"]["demand.ask"] > 0 > measured["rejected"]["demand.ask"]
    assert measured["rejected"]["refusal.reject"] > 0 > measured["urged"]["refusal.reject"]


def test_a_folder_without_a_snapshot_is_told(
    gold: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["rules", "calibrate", *gold, "--corrections", str(tmp_path)]) == 1
    assert "no snapshot is published here" in capsys.readouterr().err
