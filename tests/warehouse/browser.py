"""A headless Chromium, driven over its debugging protocol: what a page says, asks for and looks like."""

import base64
import itertools
import json
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-port=0",
)


def find_chromium() -> str | None:
    """The path of an installed Chromium, if there is one."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One page of a headless Chromium. `complaints` are its console errors, `asked` its requested addresses."""

    def __init__(self, program: str, folder: Path, *flags: str) -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self._numbers = itertools.count(1)
        self._process = subprocess.Popen(
            [program, *FLAGS, *flags, f"--user-data-dir={folder}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        port = _port(folder)
        with connect(f"ws://127.0.0.1:{port[0]}{port[1]}", max_size=None) as root:
            root.send(json.dumps({"id": 1, "method": "Target.createTarget", "params": {"url": "about:blank"}}))
            answer = json.loads(root.recv(timeout=30))
            target = answer["result"]["targetId"]
        self._page = connect(f"ws://127.0.0.1:{port[0]}/devtools/page/{target}", max_size=None)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._page.close()
        self._process.terminate()
        self._process.wait(timeout=30)

    def open(self, file: Path) -> float:
        """Open a file and give the seconds until it is loaded and painted."""
        return self.visit(file.as_uri())

    def visit(self, address: str) -> float:
        """The same for an address."""
        self.asked.clear()
        began = time.perf_counter()
        self.call("Page.navigate", url=address)
        self.run(
            "new Promise(done => { const go = () => requestAnimationFrame(() => setTimeout(done)); "
            "document.readyState === 'complete' ? go() : addEventListener('load', go); })"
        )
        return time.perf_counter() - began

    def run(self, script: str) -> Any:
        """The value of a script in the page; its error is raised."""
        result = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise AssertionError(result["exceptionDetails"])
        return result["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key."""
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)

    def look(self, file: Path, width: int, height: int, *, dark: bool = False, script: str = "") -> None:
        """Take a screenshot of the window, after a script (such as scrolling) has run."""
        self.size(width, height, dark=dark)
        if script:
            self.run(script)
        picture = self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(picture["data"]))

    def size(self, width: int, height: int, *, dark: bool = False) -> None:
        """Set the size of the window and the colour scheme."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def pdf(self, file: Path) -> None:
        """Print the page."""
        file.write_bytes(base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True)["data"]))

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and give its result; what the page says meanwhile is noted."""
        number = next(self._numbers)
        self._page.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._page.recv(timeout=60))
            if message.get("id") == number:
                if "error" in message:
                    raise AssertionError(f"{method}: {message['error']}")
                result: dict[str, Any] = message["result"]
                return result
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(told["exceptionDetails"]))
        elif (method == "Log.entryAdded" and told["entry"]["level"] in ("error", "warning")) or (
            method == "Runtime.consoleAPICalled" and told["type"] in ("error", "warning")
        ):
            self.complaints.append(json.dumps(told))


def _port(folder: Path) -> list[str]:
    """The port and path that Chromium writes once it listens."""
    file = folder / "DevToolsActivePort"
    for _ in range(300):
        if file.exists() and len(lines := file.read_text().splitlines()) == 2:
            return lines
        time.sleep(0.1)
    raise AssertionError("Chromium did not start within 30 seconds")
