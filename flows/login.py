"""The login to Prefect's API on this machine: a random one, in a file that its owner alone can read.

`python -m flows.login` prints it.
"""

import contextlib
import os
import secrets
import stat
from pathlib import Path

from flows.terminal import say

FILE = "positions-login"
USER = "positions"
RANDOM_BYTES = 32
NOT_FOR_OTHERS = 0o077


class NoLogin(RuntimeError):
    """The login cannot be trusted."""


def prefect_home() -> Path:
    """The folder of Prefect's database, profiles and, beside them, the login."""
    return Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()


def login_file() -> Path:
    """Where the login is kept."""
    return prefect_home() / FILE


def login() -> str:
    """The login, `user:password`, made where there is none. Raises NoLogin, and OSError where it cannot be kept."""
    file = login_file()
    if not file.exists():
        _make(file)
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, encoding="utf-8") as opened:
        kept = os.fstat(descriptor)
        if kept.st_uid != os.getuid() or stat.S_IMODE(kept.st_mode) & NOT_FOR_OTHERS:
            raise NoLogin(f"{file}: others can read or write it; remove it, and the next command makes a new login")
        found = opened.read().strip()
    user, _, password = found.partition(":")
    if not user or len(password) < RANDOM_BYTES:
        raise NoLogin(f"{file}: holds no login; remove it, and the next command makes a new one")
    return found


def _make(file: Path) -> None:
    """Put a new login there, whole from the first moment; of two commands that do so at once, one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(f"{USER}:{secrets.token_urlsafe(RANDOM_BYTES)}\n")
        with contextlib.suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()


if __name__ == "__main__":
    say(login())
