"""A server of built sites as they would be served for real: Brotli at its best, made before anybody asks.

Only for loopback and for measuring. Compressing is done once for each file and never while a page is timed, if
the page was visited before.
"""

from __future__ import annotations

import contextlib
import mimetypes
import threading
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".csv", ".xml", ".webmanifest")


@cache
def body(path: Path) -> tuple[bytes, bool]:
    """What is sent for a file, and whether it is in Brotli."""
    raw = path.read_bytes()
    return (brotli.compress(raw), True) if path.suffix in _TEXT else (raw, False)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave together
    folder: Path

    def do_GET(self) -> None:
        asked = (self.folder / self.path.partition("?")[0].lstrip("/")).resolve()
        path = asked / "index.html" if asked.is_dir() else asked
        if not path.is_file() or not path.is_relative_to(self.folder):
            return self.answer(404, b"", {})
        content, compressed = body(path)
        hashed = len(path.suffixes) > 1  # a digest in the name: this content for ever
        self.answer(200, content, {
            "Content-Type": mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            "Cache-Control": "public, max-age=31536000, immutable" if hashed else "no-cache",
            "Vary": "Accept-Encoding", **({"Content-Encoding": "br"} if compressed else {})})

    def answer(self, status: int, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The folder's address on a loopback port of its own."""
    handler = type("Handler", (_Handler,), {"folder": folder.resolve()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
