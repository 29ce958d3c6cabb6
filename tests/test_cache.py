"""Builds one after another: each makes what a clean one makes, byte for byte, whatever was changed in between."""

from __future__ import annotations

import io
import json
import pickle
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache as once
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tally import cache, page, pin, poster, quote, release, site, source, task
from tally.press import Press
from tally.problem import Faulty
from tally.quantity import Period
from tests import tiny

Draw = Callable[[st.SearchStrategy], object]
WORD = re.compile(r"[^\W\d_]{3,}")
NUMBER = re.compile(r"\d+")
NOWHERE = Path("/nowhere")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


# ---- edits

def files(folder, *ends, under=("data/", "content/")):
    return sorted(path for path in folder.files if path.endswith(ends) and path.startswith(under) and "releases" not in path)


def put(folder, path, raw):
    return replace(folder, files=dict(sorted({**folder.files, path: raw}.items())))


def spliced(text, match, new):
    return (text[:match.start()] + new + text[match.end():]).encode()


def figure(folder, draw):
    path = draw(st.sampled_from(files(folder, ".yaml", under=("data/tables/", "data/figures/", "data/charts/", "data/claims/"))))
    text = folder.files[path].decode()
    match = draw(st.sampled_from(list(NUMBER.finditer(text)) or [None]))
    return put(folder, path, spliced(text, match, str(draw(st.integers(0, 99))))) if match else folder


def word(folder, draw):
    path = draw(st.sampled_from(files(folder, ".yaml", ".md")))
    text = folder.files[path].decode()
    match = draw(st.sampled_from(list(WORD.finditer(text))))
    return put(folder, path, spliced(text, match, match[0] + draw(st.sampled_from(["s", "x", "é"]))))


def template(folder, draw):
    name = draw(st.sampled_from(sorted(name for name in folder.templates if name.endswith(".html"))))
    text = folder.templates[name].decode()
    match = draw(st.sampled_from(list(re.finditer(r"(?=</)|\Z", text))))
    return replace(folder, templates={**folder.templates, name: spliced(text, match, "x")})


def asset(folder, draw):
    name = draw(st.sampled_from(sorted(name for name in folder.templates if name.startswith("assets/"))))
    return replace(folder, templates={**folder.templates, name: folder.templates[name] + b" "})


def moved(folder, draw):
    """A chart, story or page under another name, or a copy of it."""
    path = draw(st.sampled_from(files(folder, ".yaml", under=("data/charts/", "content/stories/", "data/claims/"))))
    own = path.split("/")[2] if path.startswith("content/") else Path(path).stem
    base = path[: path.index(own)]
    moving = {name: name.replace(f"{base}{own}", f"{base}{own}-b", 1) for name in folder.files if re.match(re.escape(base + own) + r"[./]", name)}
    left = folder.files if draw(st.booleans()) else {name: raw for name, raw in folder.files.items() if name not in moving}
    return replace(folder, files=dict(sorted({**left, **{new: folder.files[name] for name, new in moving.items()}}.items())))


def removed(folder, draw):
    gone = draw(st.sampled_from([path for path in files(folder, ".yaml", under=("data/charts/", "data/claims/", "content/stories/"))
                                 if not path.endswith("made-from.yaml")] or [""])).removesuffix("story.yaml")
    return replace(folder, files={path: raw for path, raw in folder.files.items() if not gone or not path.startswith(gone)})


def withdrawn(folder, draw):
    charts = [Path(path).stem for path in files(folder, ".yaml", under=("data/charts/",))]
    languages = re.findall(r"^  (\w\w):", folder.files["data/site.yaml"].decode(), re.MULTILINE)
    reason = ", ".join(f"{language}: Falsch" for language in languages)
    return put(folder, "data/corrections.yaml", f"withdrawn:\n  {draw(st.sampled_from(charts))}: {{date: 2026-03-04, reason: {{{reason}}}}}\n".encode())


def released(folder, draw):
    found = site.check(folder)
    day = Period.parse(date(2026, 1, 1 + len(folder.files) % 28).isoformat())
    frozen = pin.freeze(f"r{len(folder.files)}", day, found.project, found.book, found.voices, found.drawings, quote.freeze(site.views(found)))
    return put(folder, release.path(frozen.name), release.pack(frozen))


EDITS = (figure, figure, word, word, template, asset, moved, removed, withdrawn, released)


@pytest.mark.parametrize("name", tiny.NAMES)
@settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_build_after_edits_is_a_clean_build(name, data, tmp_path):
    folder, place, cards = tiny.folder(name), tmp_path / "site", None
    shutil.rmtree(place, ignore_errors=True)
    outcome(folder, place)
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3)):
        changed = edit(folder, data.draw)
        shutil.rmtree(tmp_path / "clean", ignore_errors=True)
        clean, found = outcome(changed, tmp_path / "clean"), outcome(changed, place)
        event("faulty" if isinstance(clean, list) else edit.__name__)
        assert described(found, place) == described(clean, tmp_path / "clean")
        if not isinstance(found, list):
            folder, cards = changed, poster.cards(found.checked, cards)
            assert dict(cards) == dict(poster.cards(clean.checked))
            assert found.changes.stamps == source.stamps(place)


def outcome(folder, place):
    """What is told of a build, or why there is none."""
    try:
        return site.build(NOWHERE, tiny.ROOT, place, pictures=False, folder=folder)
    except Faulty as error:
        return error.problems


def described(found, place):
    return found if isinstance(found, list) else (shown(place), found.checked.warnings, found.checked.coverage)


def shown(place):
    """What readers get."""
    return {path: raw for path, raw in tiny.written(place).items() if path != source.RECORD}


def test_a_chart_that_comes_back_looks_as_before_it_went(tmp_path):
    whole = tiny.folder("waves")
    outcome(whole, tmp_path / "site")
    before = shown(tmp_path / "site")
    gone = replace(whole, files={path: raw for path, raw in whole.files.items() if path != "data/charts/conferences.yaml"})
    assert "en/charts/conferences/conferences.svg" in before and not isinstance(outcome(gone, tmp_path / "site"), list)
    assert shown(tmp_path / "site")["en/charts/conferences/conferences.svg"] != before["en/charts/conferences/conferences.svg"]
    outcome(whole, tmp_path / "site")
    assert shown(tmp_path / "site") == before


def test_a_build_mends_what_somebody_altered_in_the_site(tmp_path):
    outcome(tiny.folder(), tmp_path / "site")
    before = shown(tmp_path / "site")
    for path, alter in (("fr/about/index.html", lambda file: file.write_text("x")), ("fr/charts/faces/faces.csv", lambda file: file.unlink()),
                        ("fr/index.html", lambda file: file.chmod(0o600)), ("assets/new.js", lambda file: file.write_text("x"))):
        alter(tmp_path / "site" / path)
    outcome(tiny.folder(), tmp_path / "site")
    assert shown(tmp_path / "site") == before and (tmp_path / "site/fr/index.html").stat().st_mode == (tmp_path / "site/index.html").stat().st_mode


# ---- what is made again

def made(folder, past=None):
    """What the tasks of a folder make, and which contents were put."""
    past, put = past or cache.Cache(), {}
    found = site.check(folder, past=past.known)
    takeaways = poster.takeaways(found, past.takeaways)
    press = Press.of(found, folder, takeaways, {})
    pages = page.render(press, put.__setitem__, past.pages, worth=task.ALONE)
    return cache.Cache(found.known, takeaways, pages=pages), put


@once
def first(name):
    return made(tiny.folder(name))


def again(name, path, old, new):
    """Which tasks are done anew when one text is replaced."""
    past, _ = first(name)
    now, _ = made(tiny.changed(path, old, new, name), past)
    stages = {"readings": lambda kept: kept.known.readings, "reviews": lambda kept: kept.known.reviews, "drawings": lambda kept: kept.known.drawings,
              "takeaways": lambda kept: kept.takeaways, "pages": lambda kept: kept.pages}
    return {stage: {task for task, one in memory(now).kept.items() if memory(past).kept.get(task) is not one} for stage, memory in stages.items()}


def test_nothing_is_made_again_where_nothing_has_changed():
    past, _ = first("solids")
    now, put = made(tiny.folder(), past)
    assert put == {} and all(now.pages.kept[task] is one for task, one in past.pages.kept.items())


def test_what_was_made_by_a_task_that_is_left_out_is_made_again():
    past, before = first("solids")
    _, put = made(tiny.folder(), replace(past, pages=past.pages.less(["fr/about/index.html"])))
    assert put == {"fr/about/index.html": before["fr/about/index.html"]}


def test_one_figure_touches_what_shows_it_and_nothing_else():
    found = again("solids", "data/tables/solids.yaml", "faces: 8, edges: 12, vertices: 6, sides: 3, meeting: 4", "faces: 8, edges: 12, vertices: 6, sides: 3, meeting: 5")
    assert {chart for chart, _ in found["drawings"]} == {"angles"} and found["readings"] == {"data/tables/solids.yaml"}
    assert "fr/about/index.html" not in found["pages"] and "fr/charts/angles/index.html" in found["pages"]


def test_a_page_s_words_touch_that_page_and_the_search():
    found = again("solids", "content/pages/about/fr.md", "Méthode", "Procédé")
    assert found["drawings"] == found["takeaways"] == set()
    assert found["readings"] == {"content/pages/about/fr.md"}
    assert found["reviews"] == {"content/pages/about/fr.md", "content/pages/about/de.md"}  # which is held to the original
    assert found["pages"] == {"fr/about/index.html", "search/fr.js"}


def test_where_embeds_were_tried_touches_the_pages_that_tell_of_it():
    folder, (past, before) = tiny.folder(), first("solids")
    raw = folder.templates["hosts.json"]
    changed = replace(folder, templates={**folder.templates, "hosts.json": re.sub(rb'"over": \d+', b'"over": 99', raw, count=1)})
    (_, put), (_, clean) = made(changed, past), made(changed)
    assert {**before, **put} == clean and put.keys() == {"fr/embedding/index.html", "de/embedding/index.html"}


# ---- what is kept

def packed(past, engine):
    cache.pack(past, engine, file := io.BytesIO())
    return file.getvalue()


def test_another_engine_s_cache_is_none():
    past, _ = first("solids")
    raw = packed(past, b"one")
    assert cache.opened(raw, b"one").pages.kept.keys() == past.pages.kept.keys()
    assert cache.opened(raw, b"two") == cache.opened(b"", b"two") == cache.Cache()


def test_what_is_kept_is_read_back_as_it_was():
    past, _ = first("waves")
    assert pickle.loads(pickle.dumps(past)) == past == cache.opened(packed(past, b"engine"), b"engine")


@pytest.mark.parametrize("damage", [lambda raw: raw[:-1], lambda raw: raw[:60], lambda raw: raw[:-9] + bytes(9), lambda raw: b""])
def test_what_was_damaged_is_as_if_there_were_none(damage):
    raw = packed(cache.Cache(names={"a": "b"}), b"engine")
    assert cache.opened(raw, b"engine").names and not cache.opened(damage(raw), b"engine").names


def test_a_site_cannot_name_a_cache_outside_its_folder(tmp_path):
    (tmp_path / "evil").write_bytes(b"engine")
    (tmp_path / source.RECORD).write_text(json.dumps({"site": str(tmp_path / "evil")}))
    assert source.cached(tmp_path) == b""
