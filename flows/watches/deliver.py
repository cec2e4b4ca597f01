"""Hands news to a webhook or a command once: what may have had them is never given them again.

The last byte makes a message whole, so nobody has it before. Just before that byte it is noted that the message was
delivered, and only an answer that says no takes the note back. Who is killed before the note has told nobody; who is
killed after it does not tell again.
"""

import json
import shlex
import subprocess
from collections.abc import Callable, Iterator

import httpx

from flows.addresses import UnknownName, expanded, shown
from schemas.watch import Delivery

SECONDS = 60.0


class NotDelivered(RuntimeError):
    """The channel did not take the news; the next look offers them again."""


def message(name: str, delivery: Delivery) -> bytes:
    """What is sent: JSON, one object."""
    told = {"watch": name, "delivery": delivery.delivery_id, "until": delivery.until.isoformat()}
    return json.dumps({**told, "news": [one.model_dump(mode="json") for one in delivery.news]}).encode() + b"\n"


def post(address: str, body: bytes, key: str, note: Callable[[], None]) -> None:
    """Send a message to a webhook; `note` is called before its last byte. Raises NotDelivered."""

    def parts() -> Iterator[bytes]:
        yield body[:-1]
        note()
        yield body[-1:]

    headers = {"Content-Type": "application/json", "Content-Length": str(len(body)), "Idempotency-Key": key}
    try:
        answer = httpx.post(expanded(address), content=parts(), headers=headers, timeout=SECONDS)
    except UnknownName as error:
        raise NotDelivered(str(error)) from error
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotDelivered(f"{shown(address)}: cannot be reached ({error})") from error
    except httpx.HTTPError:
        return  # it may have had all of it
    if not answer.is_success:
        raise NotDelivered(f"{shown(address)}: answered {answer.status_code}")


def hand_over(command: str, body: bytes, note: Callable[[], None]) -> None:
    """Give a message to a command on its standard input, no word of it on its command line. Raises NotDelivered."""
    try:
        with subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
            assert process.stdin
            process.stdin.write(body[:-1])
            process.stdin.flush()
            note()
            process.stdin.write(body[-1:])
            process.stdin.close()
            code = process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        return
    except (OSError, ValueError) as error:
        raise NotDelivered(f"{command.split()[0]}: cannot be run ({error})") from error
    if code:
        raise NotDelivered(f"{shlex.split(command)[0]}: ended with {code}")
