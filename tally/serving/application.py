"""An application: what is answered to a browser on this machine, and to nobody else.

Only paths that the site was made with are answered, so none leads out of it; each page gets the serving script at its end. The
host that a browser names must be this machine, or a stranger's page whose name leads here could read along.
"""

from __future__ import annotations

import asyncio
import json
import posixpath
import re
from pathlib import Path
from urllib.parse import quote, unquote

import jinja2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from tally.serving.audience import Audience, Listener
from tally.serving.place import places
from tally.serving.workshop import CHANGES, Workshop
from tally.source import read
from tally.studio import Studio

TYPES = {
    ".css": "text/css", ".csv": "text/csv", ".html": "text/html", ".js": "text/javascript", ".json": "application/json",
    ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain", ".webmanifest": "application/manifest+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xml": "application/xml"}
"""What the files of a site are, by ending."""
_HASHED = re.compile(r"assets/.*\.[0-9a-f]{10}\.\w+")
_PRIVATE = {"cache-control": "no-store", "cross-origin-resource-policy": "same-origin", "x-content-type-options": "nosniff"}


class Application:
    """Answers from what `studio` has made last, on `port`; scripts and pages of its own come from `engine`."""

    def __init__(self, studio: Studio, audience: Audience, workshop: Workshop, engine: Path, port: int):
        self.studio, self.audience, self.workshop = studio, audience, workshop
        self.folder = engine / "templates" / "serve"
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
        self.origins = {f"http://{host}" for host in self.hosts}
        self._answer = Starlette(routes=[
            WebSocketRoute("/.tally/events", self.events), Route("/.tally/places.json", self.places),
            Route(f"/{CHANGES}", self.changes), Route("/.tally/{name}", self.part), Route("/{path:path}", self.file)])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, if it names this machine."""
        given = dict(scope["headers"])
        host, origin = given.get(b"host", b"").decode("latin-1").lower(), given.get(b"origin", b"").decode("latin-1")
        if host not in self.hosts:
            await self._refuse(scope, receive, send, f"This server answers to {', '.join(sorted(self.hosts))} only.\n")
        elif scope["type"] == "websocket" and origin not in self.origins:
            await self._refuse(scope, receive, send, "Only pages of this server may listen.\n")
        else:
            await self._answer(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, said: str) -> None:
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).close()
        else:
            await PlainTextResponse(said, 421, _PRIVATE)(scope, receive, send)

    # ---- the site

    async def file(self, request: Request) -> Response:
        """A file of the site, or its page for what is not there."""
        path = filed(request.scope["path"])
        raw = self.studio.get(path)
        if raw is None and self.studio.get(f"{path}/index.html") is not None:
            return RedirectResponse(quote(f"/{path}/"), 308)
        if raw is None:
            raw, path, status = self.studio.get("404.html") or self._own("waiting.html"), "404.html", 404
        else:
            status = 200
        ending = posixpath.splitext(path)[1]
        if ending == ".html":
            raw = self.scripted(raw)
        return Response(raw, status, {
            "cache-control": "max-age=3600" if _HASHED.fullmatch(path) else "no-store",
            "x-content-type-options": "nosniff"}, TYPES.get(ending, "application/octet-stream"))

    def scripted(self, page: bytes) -> bytes:
        """A page with the serving script at its end."""
        script = f'<script src="/.tally/serve.js" data-version="{self.workshop.version}"></script>'.encode()
        before, end, after = page.rpartition(b"</body>")
        return before + script + end + after if end else page + script

    # ---- what stands beside it

    async def events(self, socket: WebSocket) -> None:
        """Tell one open page what there is to tell, until it is closed."""
        asked = socket.query_params
        listener = Listener(filed(unquote(asked.get("page", ""))))
        await socket.accept()
        self.audience.join(listener)
        missed = frozenset({listener.path}) if asked.get("version") != self.workshop.version else frozenset[str]()
        listener.tell({**self.workshop.state, **self.workshop.page(listener, missed)})
        telling = asyncio.create_task(self._tell(socket, listener))
        try:
            while True:
                await socket.receive_text()  # it says nothing: this ends when it goes
        except WebSocketDisconnect:
            pass
        finally:
            self.audience.leave(listener)
            telling.cancel()

    async def _tell(self, socket: WebSocket, listener: Listener) -> None:
        try:
            while True:
                news = await listener.next()
                if listener.path == CHANGES:
                    news["page"] = await asyncio.to_thread(self._changes)
                await socket.send_text(json.dumps(news, ensure_ascii=False))
        except (WebSocketDisconnect, RuntimeError):
            pass  # it has gone

    async def places(self, _: Request) -> Response:
        """Where each figure is typed."""
        checked = self.studio.checked
        return JSONResponse(places(checked) if checked else {}, headers=_PRIVATE)

    async def changes(self, _: Request) -> Response:
        """What the last change touched."""
        page = await asyncio.to_thread(self._changes)
        return Response(self.scripted(page.encode()), headers=_PRIVATE, media_type="text/html")

    def _changes(self) -> str:
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True)
        return environment.from_string(self._own("changes.html").decode()).render(
            change=self.workshop.change, languages=self.studio.checked.project.languages if self.studio.checked else [])

    async def part(self, request: Request) -> Response:
        """A script or style sheet of the serving itself."""
        name = request.path_params["name"]
        if name not in ("serve.js", "serve.css"):
            return PlainTextResponse("There is nothing of this name.\n", 404, _PRIVATE)
        return Response(self._own(name), headers=_PRIVATE, media_type=TYPES[posixpath.splitext(name)[1]])

    def _own(self, name: str) -> bytes:
        return read(self.folder / name)


def filed(path: str) -> str:
    """The file of the site that stands at an address."""
    name = path.removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name
