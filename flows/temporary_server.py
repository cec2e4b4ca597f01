"""A Prefect server that ends with the process that started it: `python -m flows.temporary_server KIND URL`."""

import os
import signal
import sys
import threading
from urllib.parse import urlsplit

FOR_A_RUN = "run"
WHOLE = "whole"
LEASES = "prefect.server.concurrency.lease_storage.filesystem"


def end_with_parent() -> None:
    """End this process once the other end of its input is closed, which even a kill -9 does."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main(kind: str, url: str) -> None:
    """Serve Prefect's API at the address: for one `run` without its pages and its scheduler, or all of it."""
    if kind == FOR_A_RUN:
        os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1"}
    else:
        # In memory, as is the default, the place of a run would stay taken for ever after a crash of the server.
        os.environ.setdefault("PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE", LEASES)
    os.environ |= {"PREFECT__SERVER_FINAL": "1", "PREFECT_UI_API_URL": url}
    threading.Thread(target=end_with_parent, daemon=True).start()
    import uvicorn

    address = urlsplit(url)
    uvicorn.run(
        "prefect.server.api.server:create_app",
        factory=True,
        host=address.hostname or "127.0.0.1",
        port=address.port or 4200,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
