"""A Prefect server that ends with the process that started it: `python -m flows.temporary_server URL`."""

import os
import signal
import sys
import threading
from urllib.parse import urlsplit


def end_with_parent() -> None:
    """End this process once the other end of its input is closed, which even a kill -9 does."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main(url: str) -> None:
    """Serve Prefect's API at the address, without its pages and the services that outlast a run."""
    os.environ |= {"PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
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
    main(sys.argv[1])
