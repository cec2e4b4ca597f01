"""Prefect's API and pages, for whoever has the login and at their own address alone.

As shipped, Prefect answers any web page and any user of the machine, and a deployment can be told to run any command.
`python -m flows.guarded_server` serves them at PREFECT_API_URL until it is ended.
"""

import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.login import login

if TYPE_CHECKING:
    import socket

    from fastapi import FastAPI

USUAL_URL = "http://127.0.0.1:4200/api"
DID_NOT_START = 3
KEPT_DAYS = 30  # of a run, with its log and its states; after that Prefect's database takes up the space again
A_DAY = 24 * 60 * 60


def guard(url: str) -> None:
    """Set what Prefect's server reads of its environment: before it is imported. Raises NoLogin."""
    address = urlsplit(url)
    os.environ |= {
        "PREFECT_SERVER_API_AUTH_STRING": login(),
        "PREFECT_SERVER_API_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": f"{address.scheme}://{address.netloc}",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(KEPT_DAYS * A_DAY),
        "PREFECT_UI_API_URL": url,
    }
    os.umask(0o077)  # what others could read of Prefect's database, they need no login for


def serve_api(url: str, listening: "socket.socket | None" = None) -> None:
    """Serve at an address of this machine, where the socket listens if there is one, until the process is told to end.

    Raises NoLogin.
    """
    guard(url)
    gc.disable()  # nearly all that is imported stays: looking for garbage in it is a sixth of the start
    import uvicorn
    from prefect.server.api.server import create_app
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    address = urlsplit(url)
    host = address.hostname or "127.0.0.1"
    app = create_app()
    remove_old_runs(app)
    gc.freeze()
    gc.enable()
    server = uvicorn.Server(
        uvicorn.Config(
            TrustedHostMiddleware(app, allowed_hosts=[host], www_redirect=False),
            host=host,
            port=address.port or 4200,
            log_level="error",
            lifespan="on",
            timeout_graceful_shutdown=3,
        )
    )
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening] if listening else None)
    if not server.started:
        sys.exit(DID_NOT_START)


def remove_old_runs(app: "FastAPI") -> None:
    """Let the server remove old runs once it has started: one without a scheduler would never do so by itself."""
    from prefect.server.services.db_vacuum import vacuum_old_flow_runs

    started = app.router.lifespan_context

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[Any]:
        async with started(app) as state:
            # The key is Prefect's own, so that a server with a scheduler does it once.
            await app.api_app.state.docket.add(vacuum_old_flow_runs, key="db-vacuum:old-flow-runs")()
            yield state

    app.router.lifespan_context = lifespan


if __name__ == "__main__":
    serve_api(os.environ.get("PREFECT_API_URL", USUAL_URL))
