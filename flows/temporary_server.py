"""A Prefect server that ends with the process that started it: `python -m flows.temporary_server KIND URL SOCKET`."""

import os
import signal
import socket
import sys
import threading

from flows.guarded_server import serve_api

FOR_A_RUN = "run"
WHOLE = "whole"
LEASES = "prefect.server.concurrency.lease_storage.filesystem"


def end_with_parent() -> None:
    """End this process once the other end of its input is closed, which even a kill -9 does."""
    while os.read(sys.stdin.fileno(), 1024):  # not sys.stdin: its lock would abort an interpreter that ends meanwhile
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main(kind: str, url: str, inherited: str) -> None:
    """Serve Prefect's API at the address: for one `run` without its pages and its scheduler, or all of it.

    `inherited` is the number of the socket that listens there, which the process that started this one has opened.
    """
    if kind == FOR_A_RUN:
        os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
    else:
        # In memory, as is the default, the place of a run would stay taken for ever after a crash of the server.
        os.environ.setdefault("PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE", LEASES)
    os.environ["PREFECT__SERVER_FINAL"] = "1"
    threading.Thread(target=end_with_parent, daemon=True).start()
    serve_api(url, socket.socket(fileno=int(inherited)))


if __name__ == "__main__":
    main(*sys.argv[1:])
