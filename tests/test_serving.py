"""Serving: what is answered and to whom, what the terminal says, and how it ends."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tally.serving.audience import Audience, Listener
from tally.serving.lookout import Lookout
from tally.serving.workshop import Workshop
from tally.studio import Studio, Update

from .served import copied, served
from .tiny import ROOT, checked


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with served(copied(tmp_path_factory.mktemp("serving"))) as found:
        yield found


def get(site, path, method="GET", host="127.0.0.1", **headers):
    """An answer to a path that is sent as it is."""
    asking = http.client.HTTPConnection(host, site.port, timeout=20)
    asking.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        asking.putheader(name, value)
    asking.endheaders()
    answer = asking.getresponse()
    raw = answer.read()
    asking.close()
    return answer.status, dict(answer.getheaders()), raw


def until(wanted, seconds=60):
    """What is wanted, as soon as it is there."""
    end = time.monotonic() + seconds
    while not (found := wanted()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)
    return found


def test_a_page_is_the_built_one_with_one_script_more(site):
    status, headers, raw = get(site, "/fr/")
    assert status == 200 and headers["content-type"] == "text/html; charset=utf-8"
    assert "access-control-allow-origin" not in headers
    more = re.findall(rb'<script src="/\.tally/serve\.js"[^>]*></script></body>', raw)
    assert len(more) == 1 and b"Les solides r\xc3\xa9guliers" in raw


@pytest.mark.parametrize("path, type", [
    ("/manifest.webmanifest", "application/manifest+json"), ("/data/solids.csv", "text/csv; charset=utf-8"),
    ("/data/solids.json", "application/json"), ("/embed.js", "text/javascript; charset=utf-8"),
    ("/data/solids.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("/fr/charts/faces/faces.svg", "image/svg+xml")])
def test_each_file_has_its_type(site, path, type):
    status, headers, raw = get(site, path)
    assert (status, headers["content-type"]) == (200, type) and raw
    assert b"/.tally/" not in raw


def test_a_folder_is_led_to_its_page(site):
    status, headers, _ = get(site, "/fr/charts/faces")
    assert status == 308 and headers["location"] == "/fr/charts/faces/"


def test_a_question_changes_nothing_and_a_head_has_no_body(site):
    assert get(site, "/fr/?theme=dark")[2] == get(site, "/fr/")[2]
    assert get(site, "/fr/", "HEAD")[2] == b""
    assert get(site, "/fr/", "POST")[0] == 405


@pytest.mark.parametrize("path", [
    "/no/such/page/", "/../build.py", "/fr/../../build.py", "/%2e%2e/build.py", "/..%2fbuild.py", "/fr/%2e%2e/%2e%2e/data/site.yaml",
    "//etc/passwd", "/data/site.yaml", "/data/tables/solids.yaml", "/..\\build.py", "/fr/index.html%00", "/%ff"])
def test_there_is_no_way_out_of_the_site(site, path):
    status, headers, raw = get(site, path)
    assert status == 404 and headers["content-type"].startswith("text/html")
    assert "page" in raw.decode() and b"import argparse" not in raw and b"root:" not in raw and b"languages:" not in raw


@pytest.mark.parametrize("name", ["changes.html", "waiting.html", "..%2fbase.html", "nothing"])
def test_of_the_serving_itself_only_its_script_and_style_sheet_can_be_had(site, name):
    assert get(site, "/.tally/serve.js")[0] == get(site, "/.tally/serve.css")[0] == 200
    assert get(site, f"/.tally/{name}")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""])
def test_another_host_is_refused(site, host):
    status, _, raw = get(site, "/fr/", Host=host.format(port=site.port))
    assert status == 421 and b"solides" not in raw
    assert get(site, "/.tally/places.json", Host=host.format(port=site.port))[0] == 421


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LocalHost:{port}", "[::1]:{port}"])
def test_this_machine_is_answered_by_any_of_its_names(site, host):
    assert get(site, "/fr/", Host=host.format(port=site.port))[0] == 200


def shake(site, origin, host=None):
    """The first line that answers a page which wants to listen."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as line:
        line.sendall((f"GET /.tally/events?page=/fr/&version= HTTP/1.1\r\nHost: {host or f'127.0.0.1:{site.port}'}\r\n"
                      "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                      f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{f'Origin: {origin}' if origin else 'X: y'}\r\n\r\n").encode())
        with line.makefile("rb") as answer:  # what is sent to those who may listen follows at once
            return answer.readline().decode()


def test_only_its_own_pages_may_listen(site):
    assert " 101 " in shake(site, site.base)
    for origin in ("https://evil.example", "null", "", f"http://127.0.0.1:{site.port + 1}", f"https://127.0.0.1:{site.port}"):
        assert " 403 " in shake(site, origin)
    assert " 403 " in shake(site, site.base, "evil.example")


def test_every_figure_has_the_line_on_which_it_is_typed(site):
    places = json.loads(get(site, "/.tally/places.json")[2])
    lines = {path: (site.root / path).read_text("utf-8").splitlines() for path in {place.rpartition(":")[0] for place in places.values()}}

    def line(name):
        path, _, number = places[name].rpartition(":")
        return lines[path][int(number) - 1].strip()

    assert line("solids.cube.vertices") == "cells: {faces: 6, edges: 12, vertices: 8, sides: 4, meeting: 3}"
    assert line("solids.cube.euler") == "formula: row.faces + row.vertices - row.edges"
    assert line("euclid.count") == "count:" and line("euclid.missing") == "missing:"


def test_a_change_of_one_figure_is_listed_with_all_that_follows(tmp_path):
    with served(copied(tmp_path)) as site:
        assert "Nothing has changed" in get(site, "/.tally/changes")[2].decode()
        site.edit("data/tables/solids.yaml", "cells: {faces: 6, edges: 12, vertices: 8", "cells: {faces: 7, edges: 13, vertices: 8")
        until(lambda: b"7 faces" in get(site, "/fr/stories/euler/")[2])
        page = get(site, "/.tally/changes")[2].decode()
        assert re.search(r"<code>solids.cube.faces</code></td><td>6 faces</td><td>7 faces</td><td><code>data/tables/solids.yaml:\d+</code>", page)
        line = next(number for number, text in enumerate((site.root / "content/stories/euler/fr.md").read_text("utf-8").splitlines(), 1) if "Le cube a" in text)
        assert f"<li>content/stories/euler/fr.md:{line}: Le cube a 7 faces, 8 sommets et 13 arêtes.</li>" in page
        assert "octaèdre" not in page and "imprimé" not in page  # which read none of them
        assert '<a href="/fr/charts/duals/">' in page
        assert "five: " in page and '<a href="/de/stories/euler/">' in page
        until(lambda: any(re.fullmatch(r"\d+ pages changed in [\d.]+ s", line) for line in site.said[1:]))
        site.edit("content/stories/euler/fr.md", "- rédigé", "- composé")
        until(lambda: "composé" in get(site, "/fr/stories/euler/")[2].decode())
        page = get(site, "/.tally/changes")[2].decode()
        assert "composé" in page and "solids.cube.faces" not in page


def test_what_is_wrong_is_told_at_once_and_the_last_good_site_stays(tmp_path):
    with served(copied(tmp_path)) as site:
        before = get(site, "/fr/stories/euler/")[2]
        site.edit("data/figures/euclid.yaml", "value: 360", "value: many")
        site.edit("data/units.yaml", "factor: 12", "facter: 12")
        until(lambda: "2 problems; the last good site stays" in site.warned)
        assert "        value: many" in site.warned and any("did you mean factor?" in line for line in site.warned)
        assert get(site, "/fr/stories/euler/")[2] == before
        site.edit("data/figures/euclid.yaml", "value: many", "value: 360")
        site.edit("data/units.yaml", "facter: 12", "factor: 12")
        count = len(site.said)
        until(lambda: len(site.said) > count)
        assert get(site, "/fr/stories/euler/")[2] == before


def test_a_file_that_is_saved_in_two_steps_alarms_nobody(tmp_path):
    with served(copied(tmp_path)) as site:
        file = site.root / "data/tables/solids.yaml"
        text = file.read_text("utf-8")
        file.write_text("", "utf-8")
        time.sleep(0.04)
        file.write_text(text.replace("Cube, de: Würfel", "Hexaèdre, de: Würfel"), "utf-8")
        until(lambda: "Hexaèdre" in get(site, "/fr/data/")[2].decode())
        assert site.warned == []


def test_folders_may_go_and_come_again(tmp_path):
    with served(copied(tmp_path)) as site:
        content, aside = site.root / "content", tmp_path / "aside"
        content.rename(aside)
        until(lambda: any("the last good site stays" in line for line in site.warned))
        assert get(site, "/fr/")[0] == 200
        aside.rename(content)
        count = len(site.said)
        until(lambda: len(site.said) > count)
        site.edit("content/pages/front/fr.md", "Il y en a", "On en compte")
        until(lambda: "On en compte" in get(site, "/fr/")[2].decode())


@pytest.mark.parametrize("broken", ["{% if %}", "{{ 1 / 0 }}", "{{ page.nothing }}"])
def test_a_template_may_break_and_be_mended(tmp_path, broken):
    with served(copied(tmp_path)) as site:
        own = site.root / "templates" / "front.html"
        own.write_text((ROOT / "templates" / "front.html").read_text("utf-8") + "{% block kind %}" + broken + "{% endblock %}", "utf-8")
        until(lambda: "1 problem; the last good site stays" in site.warned)
        assert any("template" in line for line in site.warned)
        own.unlink()
        count = len(site.said)
        until(lambda: len(site.said) > count)


def test_a_site_that_is_faulty_from_the_start_is_served_once_it_is_mended(tmp_path):
    root = copied(tmp_path)
    file = root / "data" / "units.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("factor: 12", "facter: 12"), "utf-8")
    with served(root) as site:
        status, _, raw = get(site, "/fr/")
        assert status == 404 and b"serve.js" in raw
        file.write_text(text, "utf-8")
        until(lambda: get(site, "/fr/")[0] == 200)


def test_a_port_in_use_is_named_and_the_next_offered(site):
    refused = subprocess.run([sys.executable, "build.py", "serve", "--root", str(site.root), "--port", str(site.port)],
                             cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert refused.returncode == 1
    found = re.fullmatch(rf"Port {site.port}: address already in use; --port (\d+) is free\n", refused.stderr)
    assert found and int(found[1]) > site.port


class Slow(Studio):
    """A studio that makes one page, and the rest when it is let."""

    def __init__(self):
        super().__init__(ROOT, ROOT)
        self.checked = checked()
        self.asked, self.let = [], threading.Event()

    def get(self, path):
        return b"<title>made</title>"

    def refresh(self, first=()):
        self.asked.append(list(first))
        yield Update(frozenset({"en/index.html"}), done=False)
        assert self.let.wait(20)
        yield Update(frozenset({"fr/index.html"}), done=True)


def workshop(studio, *paths):
    listeners, audience, lookout, said = [Listener(path) for path in paths], Audience(), Lookout([]), []
    for listener in listeners:
        audience.join(listener)
    return Workshop(studio, audience, lookout, lambda _: None, said.append, said.append, lambda: None), listeners, lookout, said


def play(scene):
    """Run it in a thread of its own: a browser of other tests may hold this one's."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(scene())).result()


def test_the_pages_that_are_open_are_made_and_told_first():
    async def scene():
        studio = Slow()
        made, (open_, other), _, said = workshop(studio, "en/index.html", "fr/index.html")
        work = asyncio.create_task(made.rebuild())
        news = await asyncio.wait_for(open_.next(), 20)
        assert news["page"] == "<title>made</title>" and studio.asked == [["en/index.html", "fr/index.html"]]
        assert "page" not in await other.next() and not work.done()
        studio.let.set()
        assert (await asyncio.wait_for(other.next(), 20))["page"] == "<title>made</title>"
        await work
        assert len(said) == 1

    play(scene)


def test_a_change_that_comes_before_the_rest_is_made_is_not_kept_waiting():
    async def scene():
        studio = Slow()
        made, (open_,), lookout, said = workshop(studio, "en/index.html")
        work = asyncio.create_task(made.rebuild())
        while not studio.asked:
            await asyncio.sleep(0)
        lookout.changed.set()
        await asyncio.wait_for(work, 20)
        assert (await open_.next())["page"] and said == [] and not studio.let.is_set()
        assert lookout.changed.is_set()  # so that it is made now

    play(scene)


def test_a_page_that_does_not_listen_is_told_only_what_is_newest():
    async def scene():
        listener = Listener("en/index.html")
        for version in ("1", "2"):
            listener.tell({"version": version, "page": version})
        assert await listener.next() == {"version": "2", "page": "2"}
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(listener.next(), 0.01)

    play(scene)


@pytest.mark.parametrize("listening", [False, True])
def test_an_interrupt_ends_it_quietly(tmp_path, listening):
    with served(copied(tmp_path, "waves")) as site, socket.socket() as line:
        if listening:
            line.connect(("127.0.0.1", site.port))
            line.sendall((f"GET /.tally/events?page=/en/&version= HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nOrigin: {site.base}\r\n"
                          "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode())
            assert b" 101 " in line.recv(200)
        assert site.stop(signal.SIGINT) == 0
        assert site.warned == []


def test_an_interrupt_in_the_middle_of_a_build_ends_it_quietly(tmp_path):
    with served(copied(tmp_path)) as site:
        site.edit("content/pages/front/fr.md", "Il y en a", "On en compte")
        time.sleep(0.06)
        assert site.stop(signal.SIGINT) == 0
        assert site.warned == []
