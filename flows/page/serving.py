"""Serves the page on the loopback address of this machine, until it is told to end."""

import secrets
import socket
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import uvicorn

from flows.page.app import app_of
from flows.page.bench import Bench
from flows.page.guard import KEY, Guard, kept_key
from flows.page.judging import Lander, queue_of
from flows.page.pages import Site
from flows.page.trial import Trials
from flows.terminal import say
from schemas.settings import Settings
from warehouse.browsing.snapshots import Snapshots

LOOPBACK = "127.0.0.1"
KEY_FILE = ".browse-key"


class CannotServe(RuntimeError):
    """The page cannot be served."""


def serve_page(settings: Settings, port: int, overlays: Sequence[Path] = ()) -> None:
    """Serve until Ctrl-C. Raises NoSnapshot where nothing is published, CannotServe where the port is taken, NoKey."""
    snapshots = Snapshots(settings.snapshot_file, settings.query_megabytes)
    try:
        with snapshots.look():
            pass
        listening = _listening(port)
        here = listening.getsockname()[1]
        site = site_of(settings, snapshots, overlays)
        key = kept_key(settings.home / KEY_FILE)
        site.lander.start()
        threading.Thread(target=_warm, daemon=True).start()
        say(f"positions browse: http://{LOOPBACK}:{here}/?{KEY}={key}")
        say("It answers this machine alone, for whoever has that address; Ctrl-C ends it.", err=True)
        sys.stdout.flush()
        config = uvicorn.Config(
            Guard(app_of(site), here, key, site.token),
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=3,
        )
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])
        site.lander.end()
        site.trials.close()
    finally:
        snapshots.close()


def site_of(settings: Settings, snapshots: Snapshots, overlays: Sequence[Path] = ()) -> Site:
    """All that the pages share; nothing runs yet."""
    return Site(
        settings=settings,
        token=secrets.token_urlsafe(32),
        snapshots=snapshots,
        queue=queue_of(settings),
        lander=Lander(settings),
        bench=Bench(settings),
        trials=Trials(settings, overlays),
    )


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise CannotServe(f"port {port} cannot be had ({error.strerror}); name another one by --port") from error
    listening.listen()
    return listening


def _warm() -> None:
    """Load what draws charts, so that the first one is soon there."""
    from datetime import date

    from warehouse.browsing.charts import stances_svg

    stances_svg([(date(2000, 1, 1), "demand", 1)])
