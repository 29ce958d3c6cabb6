"""Builds one after another: each makes what a clean one makes, byte for byte, whatever was changed in between."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache as once
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tally import cache, pin, poster, quote, release, site
from tally.problem import Faulty
from tally.progress import UNWATCHED
from tally.quantity import Period
from tests import tiny

Draw = Callable[[st.SearchStrategy], object]
WORD = re.compile(r"[^\W\d_]{3,}")
NUMBER = re.compile(r"\d+")
NOWHERE = Path("/nowhere")


def made(folder, past=None, base_url=""):
    """A whole site, its cards among it, and what is kept of it."""
    past = past or cache.Cache()
    found = site.make(folder, past, NOWHERE, False, base_url, False, UNWATCHED)
    cards = poster.cards(found.checked, past.cards)
    return {**found.rendered.artifacts, **{path: one.svg for path, one in cards.items()}}, replace(found.cache, cards=cards), found


@once
def first(name):
    return made(tiny.folder(name))


def kept(past):
    """As the next process finds it."""
    return cache.opened(cache.packed(past, b"engine"), b"engine")


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
def test_a_build_after_edits_is_a_clean_build(name, data):
    folder, (_, past, _) = tiny.folder(name), first(name)
    for edit in data.draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3)):
        changed = edit(folder, data.draw)
        clean, found = outcome(changed), outcome(changed, kept(past))
        event(edit.__name__ if isinstance(clean, tuple) else "faulty")
        assert described(found) == described(clean)
        if isinstance(found, tuple):
            folder, past = changed, found[1]


def outcome(folder, past=None):
    """A site, or why there is none."""
    try:
        return made(folder, past)
    except Faulty as error:
        return error.problems


def described(found):
    if isinstance(found, list):
        return found
    files, _, whole = found
    return files, whole.checked.warnings, whole.checked.coverage


# ---- what is made again

def again(name, path, old, new):
    """Which tasks are done anew when one text is replaced."""
    _, past, _ = first(name)
    _, now, _ = made(tiny.changed(path, old, new, name), past)
    stages = {"readings": lambda kept: kept.known.readings, "reviews": lambda kept: kept.known.reviews, "drawings": lambda kept: kept.known.drawings,
              "takeaways": lambda kept: kept.takeaways, "pages": lambda kept: kept.pages}
    return {stage: {task for task, one in memory(now).kept.items() if memory(past).kept.get(task) is not one} for stage, memory in stages.items()}


def test_nothing_is_made_again_where_nothing_has_changed():
    _, past, _ = first("solids")
    _, now, _ = made(tiny.folder(), past)
    assert all(now.pages.kept[task] is one for task, one in past.pages.kept.items())


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
    folder, (_, past, _) = tiny.folder(), first("solids")
    raw = folder.templates["hosts.json"]
    changed = replace(folder, templates={**folder.templates, "hosts.json": re.sub(rb'"over": \d+', b'"over": 99', raw, count=1)})
    assert described(made(changed, past)) == described(made(changed)) != described(first("solids"))


# ---- what is kept

def test_another_engine_s_cache_is_none():
    _, past, _ = first("solids")
    raw = cache.packed(past, b"one")
    assert cache.opened(raw, b"one").pages.kept.keys() == past.pages.kept.keys()
    assert cache.opened(raw, b"two") == cache.opened(b"", b"two") == cache.Cache()


def test_what_is_kept_is_read_back_as_it_was():
    _, past, _ = first("waves")
    assert pickle.loads(pickle.dumps(past)) == past == kept(past)
