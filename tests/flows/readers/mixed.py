"""A folder that holds files of every format, good and broken."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from tests.flows.readers.builders import jsonl, page, record, response, rss, table, text_article, whole_entry

GOOD = 22  # articles
BROKEN = {
    ("a.jsonl#4", "broken_json"),
    ("a.jsonl#5", "broken_json"),
    ("b.csv#4", "broken_row"),
    ("g.html", "no_article"),
    ("i.rss", "broken_feed"),
    ("j.warc.gz#3", "not_a_page"),
    ("k.warc#2", "broken_warc"),
    ("m.txt", "no_header"),
    ("n.txt", "undecodable"),
    ("q.bin", "unknown_format"),
    ("r.jsonl", "empty_file"),
    ("s.parquet", "broken_parquet"),
}


def mixed_folder(folder: Path) -> None:
    """Every format, good and broken: 22 good articles and 12 broken records, told by GOOD and BROKEN."""
    files: dict[str, bytes] = {
        "a.jsonl": jsonl([record(1), record(2), record(3)]) + b'{"title": \n[1, 2]\n\n',
        "b.csv": table([record(11), record(12)]) + b"one cell\n",
        "c.tsv": table([record(21), record(22)], "\t"),
        "d": table([record(31), record(32)], ";"),
        "f.html": page(1).encode(),
        "g.html": b"<html><body><p>Log in</p></body></html>",
        "h.xml": rss([whole_entry(1)]).encode(),
        "i.rss": b"<rss version='2.0'><channel>",
        "j.warc.gz": gzip.compress(response(41))
        + gzip.compress(response(42))
        + gzip.compress(response(43, "404 Gone")),
        "k.warc": response(44) + response(45)[:-200],
        "l.txt": text_article(1).encode(),
        "m.txt": b"only a title",
        "n.txt": b"Titel\n20220127\n\nGr\x81\xff\0",
        "o.jsonl.gz": gzip.compress(jsonl([record(51), record(52)])),
        "p.csv.zst": zstandard.compress(table([record(61), record(62)])),
        "q.bin": bytes(range(256)),
        "r.jsonl": b"",
        ".hidden": b"not looked at",
        "sources.yaml": b"not looked at",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    pq.write_table(pa.Table.from_pylist([record(71), record(72), record(73)]), folder / "e.parquet")
    (folder / "s.parquet").write_bytes((folder / "e.parquet").read_bytes()[:-50])
