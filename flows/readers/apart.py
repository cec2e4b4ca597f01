"""Has a file read by a process of its own, which the system ends when it takes too much."""

import json
from collections.abc import Iterator
from contextlib import suppress
from subprocess import DEVNULL, PIPE
from threading import Timer
from typing import BinaryIO

from flows.apart.told import AT_ONCE, FAULT, MEGABYTES, SECONDS
from flows.children import python, send
from flows.readers.record import Unfit

LARGEST = 100_000_000  # bytes of a file
LONGEST_ITEM = 40_000_000  # bytes
MOST_TOLD = 200_000_000  # bytes that the process may tell in all
WAITS = 10  # times the processor's seconds, that the machine's other work may make of them


def whole(stream: BinaryIO, kind: str) -> bytes:
    """The bytes of a file that is read as a whole; raises Unfit."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unfit("enormous", f"the {kind} is larger than {LARGEST:,} bytes; larger ones are not read")
    return data


def read_apart(module: str, data: bytes, kind: str) -> Iterator[object]:
    """What the program tells of the file, as it tells it; raises Unfit where it finds no more, or takes too much."""
    times = 1 + len(data) // AT_ONCE
    limit = f"{SECONDS * times} seconds and {MEGABYTES * times} MB"
    with python(module, PIPE, DEVNULL) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        timer = Timer(SECONDS * times * WAITS, process.kill)
        timer.start()
        try:
            with suppress(OSError):  # it died; what it says, or does not, tells why
                send(process.stdin, data)
            told = 0
            while line := process.stdout.readline(LONGEST_ITEM):
                told += len(line)
                if told > MOST_TOLD or not line.endswith(b"\n"):
                    break
                item = json.loads(line)
                if isinstance(item, dict) and FAULT in item:
                    raise Unfit(f"broken_{kind}", f"{item[FAULT]}; what lies behind cannot be read")
                yield item
            else:
                process.wait()
                if process.returncode == 0:
                    return
            raise Unfit("enormous", f"reading the {kind} takes more than {limit}, or it expands beyond all measure")
        finally:
            timer.cancel()
            process.kill()
            with suppress(OSError):
                process.stdin.close()
