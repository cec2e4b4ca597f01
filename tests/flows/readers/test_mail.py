"""Mail: newsletters, boxes of them, and pages that a browser saved."""

from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest

from schemas.article import Article, Rejection
from tests.flows.readers.builders import BODY, PARAGRAPHS, articles_and_rejections, page


def written(folder: Path, name: str, data: bytes) -> tuple[list[Article], list[Rejection]]:
    path = folder / name
    path.write_bytes(data)
    return articles_and_rejections(path)


def message(number: int, plain: str | None = BODY, html: str | None = None, **headers: str) -> bytes:
    """A newsletter as programs send it."""
    mail = EmailMessage()
    mail["From"] = "The Norland Post <news@post.example>"
    mail["To"] = "reader@example.org"
    mail["Subject"] = f"Norland lehnt Gespräche ab, Runde {number}"
    mail["Date"] = "Thu, 27 Jan 2022 23:30:00 -0500"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    if plain is not None:
        mail.set_content(plain, cte="quoted-printable")
    if html is not None:
        (mail.add_alternative if plain is not None else mail.set_content)(html, subtype="html")
    return mail.as_bytes()


PAGE = "<html><body>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</body></html>"


@pytest.mark.parametrize("name", ["a.eml", "a"])
def test_a_newsletter(tmp_path: Path, name: str) -> None:
    (article,), rejections = written(tmp_path, name, message(1))
    assert not rejections
    assert (article.title, article.published) == ("Norland lehnt Gespräche ab, Runde 1", date(2022, 1, 27))
    assert (article.outlet, article.text, article.url) == ("The Norland Post", BODY, None)


@pytest.mark.parametrize(
    ("plain", "html"), [(None, PAGE), ("Read it in your browser: https://post.example/7", PAGE), (BODY, PAGE)]
)
def test_the_text_is_where_most_of_it_is(tmp_path: Path, plain: str | None, html: str) -> None:
    (article,), _ = written(tmp_path, "a.eml", message(1, plain, html))
    assert article.text == BODY


def test_wrapped_lines_are_joined(tmp_path: Path) -> None:
    plain = (
        "The foreign minister of Norland rejected on Tuesday a proposal\nto move the talks to the island.\n\n"
        "He told reporters that his government would not take part\nbefore the prisoners were free."
    )
    (article,), _ = written(tmp_path, "a.eml", message(1, plain))
    assert article.text == "\n".join(PARAGRAPHS[:1]) + "\n" + (
        "He told reporters that his government would not take part before the prisoners were free."
    )


def test_attachments_are_no_text(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = "Talks", "Thu, 27 Jan 2022 23:30:00 -0500"
    mail.set_content(BODY)
    mail.add_attachment("The text of a treaty that nobody signed.", filename="treaty.txt")
    (article,), _ = written(tmp_path, "a.eml", mail.as_bytes())
    assert article.text == BODY


def test_a_box_holds_many(tmp_path: Path) -> None:
    quoted = message(2, f"{BODY}\n\nFrom 2022 on nobody met.").replace(b"\nFrom 2022", b"\n>From 2022")
    begin = b"From news@post.example Thu Jan 27 23:30:00 2022\n"
    broken = b"Subject: No day\n\nNorland refused.\n"
    box = b"\n".join(begin + mail for mail in (message(1), quoted, broken, message(4)))
    articles, rejections = written(tmp_path, "a.mbox", box)
    assert [article.origin for article in articles] == [f"{tmp_path}/a.mbox#{number}" for number in (1, 2, 4)]
    assert articles[1].text.endswith("\nFrom 2022 on nobody met.")
    assert [(item.origin, item.reason) for item in rejections] == [(f"{tmp_path}/a.mbox#3", "no_date")]


def saved_page(content: str) -> bytes:
    """A page with its picture, as browsers save it."""
    quoted = content.replace("=", "=3D")
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/talks/7?from=mail\r\n"
        "Subject: Talks 7 | The Norland Post\r\nDate: Thu, 3 Mar 2022 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--part--7"\r\n\r\n\r\n'
        "----part--7\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        f"Content-Location: https://post.example/talks/7?from=mail\r\n\r\n{quoted}\r\n"
        "----part--7\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Location: https://post.example/7.png\r\n\r\niVBORw0KGgo=\r\n\r\n----part--7--\r\n"
    ).encode()


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a"])
def test_a_saved_page_is_read_as_a_page(tmp_path: Path, name: str) -> None:
    (article,), rejections = written(tmp_path, name, saved_page(page(7)))
    assert not rejections
    assert (article.title, article.published) == ("Talks 7", date(2022, 1, 27))
    assert article.url == "https://post.example/talks/7"
    assert article.text == f"Round 7 has ended.\n{BODY}"


def test_the_day_on_which_a_page_was_saved_is_not_its_own(tmp_path: Path) -> None:
    undated = page(7).replace("content='2022-01-27T23:30:00-05:00'", "").replace("© 2022", "")
    _, (rejection,) = written(tmp_path, "a.mhtml", saved_page(undated))
    assert rejection.reason == "no_date"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"Subject: Talks\nDate: Thu, 27 Jan 2022 23:30:00 -0500\n\n", "empty_body"),
        (b"Subject: =?nothing?Q?=ff?=\nDate: soon\n\nNorland refused.", "bad_date"),
        (b"Subject: a\n" + b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 5_000, ""),
    ],
    ids=["no text", "no day", "deep"],
)  # fmt: skip
def test_what_is_broken_is_one_rejection(tmp_path: Path, data: bytes, reason: str) -> None:
    articles, (rejection,) = written(tmp_path, "a.eml", data)
    assert not articles
    assert reason in rejection.reason
    assert rejection.reason != "reader_failed"
