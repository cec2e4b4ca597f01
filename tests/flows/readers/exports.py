"""Exports of news databases in their real layouts, with articles of the project's own: the samples of the tests."""

import html

ONE = (
    "The foreign minister of Norland rejected on Tuesday a proposal to move the talks to the island.",
    "He told reporters in the capital that his government would not take part before the prisoners were free.",
    "Sudland had offered to host the meeting in the spring, and asked for an answer by the end of the week.",
)
TWO = (
    "Sudland offered on Wednesday to free the prisoners if Norland came back to the table.",
    "The offer stands until Sunday, a spokesman said, and he added that no other would follow it.",
    "Norland did not answer at once.",
)
TITLES = ("Norland rejects talks on the island", "Sudland offers to free prisoners")


def wrapped(text: str, width: int = 70) -> list[str]:
    """A paragraph on lines of a width, as exports in plain text have it."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def nexis() -> list[str]:
    """Nexis Uni, the lines of a download of two articles with its cover page."""
    cover = [
        "User Name: = A. Reader",
        "Date and Time: = Thursday, March 3, 2022 10:10:00 AM EST",
        "Job Number: = 123456789",
        "Documents (2)",
        f"1. {TITLES[0]}",
        "Client/Matter: -None-",
        "Search Terms: norland and talks",
        "Search Type: Terms and Connectors",
        "Narrowed by:",
        "Content Type\tNarrowed by",
        f"2. {TITLES[1]}",
        "Client/Matter: -None-",
        "",
    ]
    one = [
        TITLES[0],
        "The Norland Post",
        "January 27, 2022 Thursday",
        "Late Edition - Final",
        "",
        "Copyright 2022 The Norland Post Company All Rights Reserved",
        "Section: Section A; Column 0; Foreign Desk; Pg. 4",
        "Length: 543 words",
        "Byline: By JANE DOE",
        "Dateline: NORLAND CITY",
        "Body",
        "",
        *ONE,
        "Load-Date: January 28, 2022",
        "End of Document",
    ]
    two = [
        "",
        TITLES[1],
        "Sudland Times",
        "January 28, 2022 Friday 10:15 PM GMT",
        "",
        "Copyright 2022 Sudland Times All Rights Reserved",
        "Length: 231 words",
        "Body",
        "",
        *TWO,
        "Classification",
        "Language: ENGLISH",
        "Publication-Type: Newspaper",
        "Subject: PRISONERS (90%); TALKS & MEETINGS (89%)",
        "Load-Date: January 29, 2022",
        "End of Document",
    ]
    return [*cover, *one, *two]


def lexis() -> str:
    """LexisNexis Academic, plain text of two articles: one with fields of today, one with those of long ago."""
    body_one = "\n\n".join("\n".join(wrapped(line)) for line in ONE)
    body_two = "\n\n".join("   " + "\n".join(wrapped(line)) for line in TWO)
    return f"""


                               1 of 2 DOCUMENTS


                               The Norland Post

                            January 27, 2022 Thursday
                              Late Edition - Final

{TITLES[0]}

BYLINE: By JANE DOE and JOHN ROE; Jane Doe reported from Norland City, and
John Roe from the island.

SECTION: Section A; Column 0; Foreign Desk; Pg. 4

LENGTH: 543 words

DATELINE: NORLAND CITY

{body_one}

URL: http://post.example

SUBJECT: TALKS & MEETINGS (90%); PRISONERS (89%)

LOAD-DATE: January 27, 2022

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


               Copyright 2022 The Norland Post Company


                               2 of 2 DOCUMENTS


                     Copyright 1998 Sudland Times Limited

                                 Sudland Times

                             January 28, 1998, Friday

SECTION: World; Pg. 3

LENGTH: 231 words

HEADLINE: {TITLES[1]}

BODY:
{body_two}

LOAD-DATE: January 28, 1998
"""


def factiva_coded() -> str:
    """Factiva, plain text with the codes of the fields."""
    told = []
    for number, (title, day, paper, body) in enumerate(articles(), 1):
        lead, *rest = ("\n".join(wrapped(line)) for line in body)
        following = "\n\n".join(rest)
        told.append(
            f"SE   World News\nHD   {title}\nBY   By Jane Doe\nWC   543 words\nPD   {day}\nET   10:15\nSN   {paper}\n"
            f"SC   NORPO\nLA   English\nCY   (c) 2022 {paper}. All rights reserved.\n\nLP   \n{lead}\n\nTD   \n"
            f"{following}\n\nCO   norlnd : Norland Trading\nIN   i1 : Energy\nNS   gdip : Diplomacy\n"
            f"RE   norl : Norland\nPUB  {paper} Company\nAN   Document NORPO0000020220127ei1r000{number:02}\n\n\n"
        )
    return "\n" + "".join(told)


def factiva_page() -> str:
    """Factiva, a page of articles without codes."""
    told = ""
    for number, (title, day, paper, body) in enumerate(articles(), 1):
        paragraphs = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>' for p in body)
        told += (
            f'<div class="article enArticle"><div>World</div><div id="hd"><span class="enHeadline">{title}</span></div>'
            f'<div class="author">By Jane Doe</div><div>543 words</div><div>{day}</div><div>10:15</div>'
            f"<div>{paper}</div><div>NORPO</div><div>English</div><div>(c) 2022 {paper}. All rights reserved.</div>"
            f"{paragraphs}<p>Document NORPO0000020220127ei1r000{number:02}</p></div><br/>"
        )
    return f"<!doctype html><html><head><title>Factiva</title></head><body>{told}</body></html>"


def factiva_coded_page() -> str:
    """Factiva, a page of articles as tables with the codes of the fields."""
    told = ""
    for number, (title, day, paper, body) in enumerate(articles(), 1):
        lead, *rest = (f'<p class="articleParagraph enarticleParagraph">{html.escape(line)}</p>' for line in body)
        fields = {
            "SE": "World", "HD": f'<span class="enHeadline">{title}</span>', "BY": "By Jane Doe", "WC": "543 words",
            "PD": day, "ET": "10:15", "SN": paper, "SC": "NORPO", "LA": "English", "CY": f"(c) 2022 {paper}.",
            "LP": lead, "TD": "".join(rest), "NS": "gdip : Diplomacy", "RE": "norl : Norland",
            "AN": f"Document NORPO0000020220127ei1r000{number:02}",
        }  # fmt: skip
        rows = "".join(
            f"<tr><td nowrap><b>{code}</b>&nbsp;</td><td>{value}</td></tr>" for code, value in fields.items()
        )
        told += f'<div class="article enArticle"><table><tbody>{rows}</tbody></table></div>'
    return f"<!doctype html><html><head><title>Factiva</title></head><body>{told}</body></html>"


def factiva_lines() -> list[str]:
    """Factiva, the lines of a rich text without codes."""
    told: list[str] = []
    for number, (title, day, paper, body) in enumerate(articles(), 1):
        told += [
            "World", title, "By Jane Doe", "543 words", day, "10:15", paper, "NORPO", "English",
            f"(c) 2022 {paper}. All rights reserved.", "", *body, "",
            f"Document NORPO0000020220127ei1r000{number:02}", "",
        ]  # fmt: skip
    return told


def articles() -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Title, day, paper and paragraphs of each."""
    return [
        (TITLES[0], "27 January 2022", "The Norland Post", ONE),
        (TITLES[1], "28 January 2022", "Sudland Times", TWO),
    ]


def proquest() -> str:
    """ProQuest, plain text of a report of two articles, and of one without its full text."""
    rule = "_" * 60
    one, two = "\n\n".join(ONE), "\n\n".join(TWO)
    return f"""{rule}

Report Information from ProQuest
March 03 2022 10:10
{rule}

Document 1 of 3

{TITLES[0]}

Author: Doe, Jane

Publication info: The Norland Post , Late Edition; Norland City [Norland City]. 27 Jan 2022: A.4.

ProQuest document link

Abstract: Norland will not talk on the island.

Links: Linking Service

Full text: {one}

Credit: By JANE DOE

Subject: Diplomacy; Prisoners;

Location: Norland

Title: {TITLES[0]}

Publication title: The Norland Post, Late Edition; Norland City

Pages: A.4

Publication year: 2022

Publication date: Jan 27, 2022

Section: A

Publisher: The Norland Post Company

Source type: Newspapers

Language of publication: English

ProQuest document ID: 123456

Document URL: https://search.proquest.example/docview/123456?accountid=1

Copyright: Copyright The Norland Post Company Jan 27, 2022

Last updated: 2022-01-27

Database: ProQuest Global Newsstream

{rule}

Document 2 of 3

{TITLES[1]}

Publication info: Sudland Times; Sud City [Sud City]. 28 Jan 2022.

ProQuest document ID: 123457

Full text:

{two}

Subject: Prisoners;

Database: ProQuest Global Newsstream

{rule}

Document 3 of 3

A third article of which there is no text

Publication info: Sudland Times; Sud City [Sud City]. 29 Jan 2022.

Abstract: It is told in short alone.

ProQuest document ID: 123458

{rule}

Contact us at: http://proquest.example/go/contact
Copyright 2022 ProQuest LLC. All rights reserved.
"""


def europresse_page() -> str:
    """Europresse, a page of two articles."""
    told = ""
    days = ("International, jeudi 27 janvier 2022 543 mots, p. 4", "28 janvier 2022")
    for number, ((title, _, paper, body), day) in enumerate(zip(articles(), days, strict=True), 1):
        paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in body)
        told += (
            f'<article id="docText"><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">'
            f'{paper}</span></div><span class="DocHeader">{day}</span><div class="titreArticle"><p '
            f'class="sm-margin-TopNews titreArticleVisu rdp__articletitle">{title}</p></div>'
            f'<p class="sm-margin-bottomNews">Jane Doe</p></header><section><div class="DocText clearfix">'
            f'<div class="docOcurrContainer">{paragraphs}</div></div></section><footer>'
            '<div class="publiC-lblCertificat">'
            f'<div class="publiC-lblNodoc">news·2022012{6 + number}·NP·0123456</div></div>'
            f"<small>© 2022 {paper}. Tous droits réservés.</small></footer></article>"
        )
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>Europresse</title></head><body>{told}</body></html>"
    )


def europresse_lines() -> list[str]:
    """Europresse, the lines of two articles."""
    told: list[str] = []
    days = ("Jeudi 27 janvier 2022", "Vendredi 28 janvier 2022")
    for number, ((title, _, paper, body), day) in enumerate(zip(articles(), days, strict=True), 1):
        told += [
            "Nom de la source", paper, "Type de source", "Presse - Journaux", "Périodicité", "Quotidien",
            day, f"{paper} • p. 4 • 543 mots", "", title, "", *body, "",
            f"© 2022 {paper}. Tous droits réservés.", "Le présent document est protégé par les lois.",
            f"news·2022012{6 + number}·NP·0123456",
        ]  # fmt: skip
    return told
