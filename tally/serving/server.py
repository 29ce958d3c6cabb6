"""A server: the application on a port of this machine, until somebody stops it.

Only the machine itself can reach it. What is answered is `application`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from tally.serving.application import Application
from tally.serving.audience import Audience
from tally.serving.lookout import Lookout
from tally.serving.workshop import Workshop
from tally.source import text
from tally.studio import Studio

PORT = 8000
_NEXT = 20
"""So many ports after a taken one are tried before none is offered."""
_LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))


def serve(root: Path, engine: Path, say: Callable[[str], None], warn: Callable[[str], None], *, port: int = PORT,
          base_url: str = "", opened: Callable[[str], object] | None = None) -> int:
    """Serve the site at `root` until it is interrupted; 1 where the port is taken.

    `say` prints news and `warn` what is wrong; `opened` is given the address once the first site is there.
    """
    try:
        sockets = listening(port)
    except OSError as error:
        warn(f"Port {port}: {(error.strerror or str(error)).lower()}; {_offer(port)}")
        return 1
    own = sockets[0].getsockname()[1]
    address = f"http://127.0.0.1:{own}/"

    def ready() -> None:
        say(f"Serving on {address} (Ctrl-C stops)")
        if opened:
            opened(address)

    studio, audience = Studio(root, engine, base_url), Audience()
    lookout = Lookout([*(root / name for name in ("data", "content", "templates")), engine / "templates"])
    workshop = Workshop(studio, audience, lookout, lambda path: text(root, path) or text(engine, path), say, warn, ready)
    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(_run(Application(studio, audience, workshop, engine, own), lookout, workshop, sockets))
    finally:
        for one in sockets:
            one.close()
    return 0


async def _run(application: Application, lookout: Lookout, workshop: Workshop, sockets: list[socket.socket]) -> None:
    config = uvicorn.Config(application, lifespan="off", log_config=None, access_log=False, server_header=False,
                            timeout_graceful_shutdown=1, ws="websockets-sansio")
    async with asyncio.TaskGroup() as group:
        helpers = [group.create_task(lookout.watch()), group.create_task(workshop.run())]
        await uvicorn.Server(config).serve(sockets)
        for helper in helpers:
            helper.cancel()


def listening(port: int) -> list[socket.socket]:
    """Sockets on the machine's own addresses at one port, any where it is 0; raises `OSError` where it is taken."""
    sockets = [_bound(*_LOOPBACK[0], port)]
    with contextlib.suppress(OSError):  # a machine may know no IPv6
        sockets.append(_bound(*_LOOPBACK[1], sockets[0].getsockname()[1]))
    return sockets


def _bound(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere this would take a port away from another program
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def _offer(port: int) -> str:
    free = next(filter(_free, range(port + 1, min(port + _NEXT, 65536))), None)
    return f"--port {free} is free" if free else "name another with --port"


def _free(port: int) -> bool:
    try:
        _bound(*_LOOPBACK[0], port).close()
    except OSError:
        return False
    return True
