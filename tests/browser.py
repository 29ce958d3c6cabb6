"""A real Chromium and a server for built sites, for the tests that look at pages."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",  # two pages for the address bar's suggestions, loaded with each window
    "SpareRendererForSitePerProcess",  # a process for a page that may come
    # What Playwright turns off, as this switch stands for its own.
    "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "PaintHolding", "ThirdPartyStoragePartitioning",
    "AimEnabled", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PreconnectToSearch",
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         f"--disable-features={','.join(_OFF)}"]
"""How Chromium is started, without what it would do besides showing the pages that it is asked for."""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # a connection serves for many files, and none waits for the next packet
    disable_nagle_algorithm = True

    def log_message(self, *_: object) -> None:
        pass


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128  # of what comes beyond it the browser asks again only after a second


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder's address on a loopback port of its own."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium on this machine, else Playwright's own."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Watched:
    """A page whose errors and requests to other hosts are noted."""

    def __init__(self, page: Page, base: str):
        self.page, self.errors, self.strangers = page, [], []
        page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith((base, "data:", "blob:")) else self.strangers.append(request.url))


@contextlib.contextmanager
def opened(browser: Browser, base: str, path: str, width: int = 1280, **context: object) -> Iterator[Watched]:
    """A page in a fresh context, watched from its first request; it does not glide to its places, it stands there."""
    chosen = {"viewport": {"width": width, "height": 900}, "reduced_motion": "reduce", **context}
    surroundings = browser.new_context(**chosen)  # type: ignore[arg-type]
    watched = Watched(surroundings.new_page(), base)
    try:
        watched.page.goto(base + path)
        yield watched
    finally:
        surroundings.close()


def pages(folder: Path) -> list[str]:
    """The address of every page in a built site, below the site's own."""
    return sorted("/" + path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def enliven(page: Page) -> None:
    """Point at the first chart, and wait until it is live."""
    page.locator(".chart-frame").first.hover()
    page.wait_for_selector(".chart-picture.live .main-svg")
