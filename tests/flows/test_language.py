"""The language of an article is that of its words; where they are too few, what its source says."""

from datetime import date
from pathlib import Path

import pytest

from flows.language import language_of, with_language
from schemas.article import Article
from schemas.source import Source
from tests.flows.readers.builders import BODY, articles_and_rejections, jsonl, record

TEXTS = {
    "en": BODY,
    "fr": "Le ministre des affaires étrangères a rejeté mardi la proposition de déplacer les pourparlers sur l'île.",
    "de": "Der Außenminister lehnte den Vorschlag am Dienstag ab und verlangte, dass die Gefangenen zuerst freikommen.",
    "es": "El ministro de Exteriores rechazó el martes la propuesta de trasladar las negociaciones a la isla vecina.",
    "pt": "O ministro das Relações Exteriores rejeitou na terça-feira a proposta de levar as negociações para a ilha.",
    "it": "Il ministro degli Esteri ha respinto martedì la proposta di spostare i colloqui sull'isola vicina.",
    "nl": "De minister van Buitenlandse Zaken heeft dinsdag het voorstel verworpen om de gesprekken te verplaatsen.",
    "ru": "Министр иностранных дел во вторник отверг предложение перенести переговоры на остров.",
    "uk": "Міністр закордонних справ у вівторок відкинув пропозицію перенести переговори на острів.",
    "ar": "رفض وزير الخارجية يوم الثلاثاء اقتراح نقل المحادثات إلى الجزيرة وطالب بالإفراج عن الأسرى.",
    "fa": "وزیر امور خارجه روز سه‌شنبه پیشنهاد انتقال گفت‌وگوها به جزیره را رد کرد.",
    "zh": "外交部长星期二拒绝了把会谈移到岛上的建议，并要求先释放囚犯。",
    "tr": "Dışişleri bakanı salı günü görüşmelerin adaya taşınması önerisini reddetti.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_languages_are_told_apart(language: str) -> None:
    assert language_of("", TEXTS[language], "xx") == language


@pytest.mark.parametrize("text", ["", "x", "13 27", "No.", "Ok ok"])
def test_too_few_words_leave_it_to_the_source(text: str) -> None:
    assert language_of("", text, "sv") == "sv"


def test_where_little_words_are_few_at_first_more_of_the_text_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.language.identifier", lambda: pytest.fail("the model was loaded"))
    opening = "Ministers met envoys on Friday to talk about grain, fuel, fish and the weather. " + "Nobody spoke. " * 30
    assert language_of("", opening + "The end of the talks and the start of the rain came to pass in May. " * 4) == "en"


def test_a_text_in_another_language_that_ends_in_english_is_told_by_its_opening() -> None:
    english = "The end of the talks and the start of the rain came to pass in May. " * 10
    assert language_of("", TEXTS["fr"] * 4 + english) == "fr"


def test_the_words_win_over_the_label() -> None:
    article = Article(title="", published=date(2022, 1, 27), text=TEXTS["fr"], language="en")
    assert with_language(article).language == "fr"
    assert with_language(article).article_id == article.article_id


@pytest.mark.parametrize(
    ("label", "language"), [("de", "de"), ("de-AT", "de"), ("EN_us", "en"), ("German", "en"), ("", "en"), (None, "en")]
)
def test_labels_of_records(tmp_path: Path, label: str | None, language: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([record(1, language=label)]))
    assert articles_and_rejections(path)[0][0].language == language


def test_the_source_may_name_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([record(1)]))
    assert articles_and_rejections(Source(source=str(path), language="fi"))[0][0].language == "fi"
