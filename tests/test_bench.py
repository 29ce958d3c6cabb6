"""The benchmark: its parts measure what they say, and a broken budget fails it. What it measures is its own run's affair."""

from __future__ import annotations

import ast
import json
import re
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from tally import site
from tests.bench import budgets, builds, dump, editor, madeup, naive, pages, process, report, server
from tests.bench.budgets import Budget
from tests.bench.reading import Reading
from tests.tiny import ROOT, checked, rendered

# ---- budgets


@pytest.mark.parametrize(("budget", "ours", "naive", "broken", "word"), [
    (Budget(40), 40, 1000, False, "ok"),
    (Budget(40), 40.1, 1000, True, "OVER"),
    (Budget(1 / 3, of_naive=True), 1, 3, False, "ok"),
    (Budget(1 / 3, of_naive=True), 1.1, 3, True, "OVER"),
    (Budget(1 / 3, of_naive=True), 1, None, False, ""),
    (Budget(2, binds=False), 3, None, False, "goal, not met"),
    (Budget(2, binds=False), 1, None, False, "goal, met"),
    (Budget(2), None, None, True, "OVER"),
    (Budget(2, of_naive=True), None, 3, True, "OVER"),
    (Budget(2, binds=False), None, None, False, "goal, not met"),
    (None, 1, 2, False, ""),
])
def test_a_budget_is_kept_or_broken(budget, ours, naive, broken, word):
    reading = Reading("story", "HTML", "KB", ours, naive, budget)
    assert reading.broken is broken
    assert report.outcome(reading) == word
    assert report.line(reading).endswith(word)


def test_a_broken_budget_is_named():
    kept, broken = (Reading("story, zh", "HTML", "KB", size, 900, Budget(20)) for size in (19, 21.5))
    assert report.failures([kept, broken]) == ["story, zh: HTML is 21.5 KB, and the budget is ≤ 20 KB"]


def test_what_was_not_measured_says_why():
    reading = Reading("1,000 charts", "clean build", "s", None, budget=Budget(1, of_naive=True), why="stopped after 600 s")
    assert report.line(reading).endswith("OVER  stopped after 600 s")
    assert report.failures([reading]) == ["1,000 charts: clean build is stopped after 600 s, and the budget is ≤ 1.00 × naive"]


def test_what_the_table_says_is_json():
    found = json.loads(json.dumps(report.as_json([Reading("story", "HTML", "KB", 10, 40, Budget(20))])))
    assert (found[0]["ours"], found[0]["ratio"], found[0]["holds"], found[0]["budget"]["most"]) == (10, 0.25, True, 20)


def test_every_budget_is_of_something_that_is_measured():
    for limits, measures in ((budgets.PAGE, pages.MEASURES), (budgets.EMBED, pages.MEASURES),
                             (budgets.PROJECT, builds.MEASURES), (budgets.MADE_UP, {**builds.MEASURES, "memory": ""}),
                             (budgets.SERVED, editor.MEASURES), (budgets.SERVED_MADE_UP, {**editor.MEASURES, "memory": ""})):
        assert limits.keys() <= measures.keys()


# ---- the naive build


@pytest.fixture(scope="module")
def naively(tmp_path_factory):
    """The solids, naively built from their dump as JSON."""
    folder = tmp_path_factory.mktemp("naive")
    naive.build(json.loads(json.dumps(dump.dump(checked("solids")))), folder)
    return folder


def test_the_naive_build_makes_the_same_pages(naively):
    theirs = {path.relative_to(naively).as_posix() for path in naively.rglob("*.html")}
    kinds = ("charts/", "stories/", "index.html")
    ours = {path for path in rendered("solids") if path.endswith(".html") and path.split("/")[0] in ("fr", "de")
            and path.split("/", 1)[1].startswith(kinds)}
    assert theirs == ours


def test_a_naive_story_has_its_figures_and_charts(naively):
    story = (naively / "fr/stories/euler/index.html").read_text("utf-8")
    assert "{{" not in story and "[[" not in story and "::chart" not in story
    body = checked("solids").project.stories["euler"].texts["fr"].body
    assert story.count("Plotly.newPlot") == body.count("::chart") > 0


def test_the_naive_build_uses_nothing_of_tally():
    tree = ast.parse((ROOT / "tests/bench/naive.py").read_text("utf-8"))
    imported = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    imported += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert "plotly.io" in imported and not [name for name in imported if name.startswith(("tally", "tests"))]


# ---- builds


def test_a_made_up_site_is_the_same_whenever_it_is_written_and_passes_the_check(tmp_path):
    assert list(madeup.files(45)) == list(madeup.files(45))
    madeup.write(tmp_path, 45)
    found = site.check(site.load(tmp_path, ROOT))
    assert (len(found.project.charts), len(found.project.stories), set(found.voices)) == (45, 3, {"zh", "en"})
    assert {chart.form for chart in found.project.charts.values()} == {form for form, _ in madeup.FORMS}


@pytest.mark.parametrize(("name", "change", "views"), [
    ("made up", madeup.CHANGE, editor.MADE_UP), ("project", builds.FIGURE, editor.PROJECT)])
def test_the_figure_that_is_changed_shows_and_breaks_nothing(tmp_path, name, change, views):
    if name == "made up":
        madeup.write(tmp_path / "before", 20)
    else:
        builds.copy(ROOT, tmp_path / "before")
    builds.copy(tmp_path / "before", tmp_path / "after")
    builds.alter(tmp_path / "after", change)
    before, after = (site.check(site.load(tmp_path / root, ROOT)) for root in ("before", "after"))
    drawn = {drawing for drawing in before.drawings if before.drawings[drawing].wide.svg != after.drawings[drawing].wide.svg}
    assert len(drawn) < len(before.drawings)
    assert {tuple(reversed(view.chart.split("/"))) for view in views.values()} <= drawn
    with pytest.raises(ValueError, match="does not hold"):
        builds.alter(tmp_path / "after", change)
    path, old, new = change
    builds.alter(tmp_path / "after", (path, new, old))
    assert (tmp_path / "after" / path).read_bytes() == (tmp_path / "before" / path).read_bytes()


def test_a_process_is_timed_and_its_failure_told():
    run = process.run("-c", "import time; kept = b'x' * 80_000_000; time.sleep(0.2)")
    assert 0.2 < run.seconds < 10 and 80 < run.memory < 1000
    with pytest.raises(RuntimeError, match="nothing here"):
        process.run("-c", "raise SystemExit('nothing here')")


def test_memory_is_that_of_the_largest_process_that_took_part():
    run = process.run("-c", "import subprocess, sys; subprocess.run([sys.executable, '-c', 'kept = b\"x\" * 80_000_000'])")
    assert 80 < run.memory < 1000


def test_a_process_that_takes_too_long_is_stopped():
    with pytest.raises(process.Overdue, match=r"stopped after 0\.5 s at \d+ MiB"):
        process.run("-c", "import time; time.sleep(60)", limit=0.5)


def test_what_takes_too_long_is_told_beside_what_was_measured(tmp_path, monkeypatch):
    def late(*_):
        raise process.Overdue("stopped after 600 s")

    monkeypatch.setattr(process, "dumped", lambda *_: tmp_path)
    monkeypatch.setattr(process, "naive", lambda *_: process.Run(4, 50))
    built = iter([lambda: process.Run(2, 100), late])
    monkeypatch.setattr(process, "tally", lambda *_: next(built)())
    found = list(builds.made_up(tmp_path, 20))
    assert [(one.measure, one.ours, one.why) for one in found] == [
        ("clean build", 2, ""), ("memory, largest process", 100, ""), ("one figure changed", None, "stopped after 600 s")]


def test_every_round_of_builds_has_an_empty_cache(tmp_path, monkeypatch):
    seen = []

    def note(root, *folders):
        cache = folders[-1]
        seen.append((root / "site").exists() or cache.exists())
        (root / "site").mkdir(exist_ok=True)
        cache.mkdir(exist_ok=True)
        return process.Run(1, 1)

    monkeypatch.setattr(process, "naive", lambda *_: process.Run(1, 1))
    monkeypatch.setattr(process, "tally", note)
    monkeypatch.setattr(process, "check", note)
    found = {reading.measure: reading for reading in builds.project(tmp_path, tmp_path, 2)}
    assert found.keys() == {*builds.MEASURES.values(), "memory, largest process"}
    assert seen == 2 * [False, True, True, True, False]  # clean, unchanged, changed, check, cold


def test_builds_keep_their_cache_where_they_are_told(tmp_path):
    builds.copy(ROOT / "tests/sites/waves", tmp_path / "waves")
    process.tally(tmp_path / "waves", tmp_path / "waves/site", tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir()] == ["tally"]
    assert process.check(tmp_path / "waves", tmp_path / "cache").seconds > 0


def test_readings_are_medians_of_rounds():
    def one(seconds):
        run = process.Run(seconds, 100 * seconds)
        return {"clean": (run, process.Run(2, 50)), "unchanged": (run, process.Run(4, 50)), "changed": (run, process.Run(4, 50)), "check": (run, None)}

    found = {reading.measure: reading for reading in builds.readings("here", [one(1), one(9), one(2)], budgets.PROJECT)}
    assert (found["clean build"].ours, found["clean build"].naive, found["clean build"].ratio) == (2, 2, 1)
    assert found["nothing changed"].ratio == 0.5 and found["check, after a build"].naive is None
    assert found["memory, largest process"].ours == 900


# ---- an editor before a served page


def test_a_save_is_timed_until_the_chart_is_painted(tmp_path, monkeypatch):
    monkeypatch.setattr(editor, "FEWER", 2)
    with ThreadPoolExecutor(1) as pool:  # a browser of its own, where this process may have one already
        found = {reading.measure: reading for reading in pool.submit(lambda: list(editor.made_up(tmp_path, 20))).result()}
    took = found["save to screen, story"].ours
    assert 10 < took < 30_000 and found["memory, server"].ours > 30
    path, old, _ = madeup.CHANGE
    assert old in (tmp_path / "served" / path).read_text("utf-8")


def test_a_server_that_is_not_ready_in_time_is_stopped_and_so_is_one_that_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(process, "LIMIT", 0.2)
    (reading,) = editor.made_up(tmp_path, 20)
    assert reading.ours is None and re.fullmatch(r"stopped after 0\.2 s at \d+ MiB", reading.why)
    monkeypatch.setattr(process, "LIMIT", 60)
    with process.serving(tmp_path / "served", tmp_path / "cache") as served:
        served.end()
        with pytest.raises(RuntimeError, match="serve ended"):
            served.heard("anything")


DRAWING = '<!doctype html><title>Page</title><div class="chart-frame" data-chart="en/c1"><svg width=9 height=9></svg></div>'
LATER = """setTimeout(() => {
    const other = document.querySelector("svg").cloneNode(true);
    other.append(document.createElementNS("http://www.w3.org/2000/svg", "rect"));
    document.querySelector("svg").replaceWith(other);
}, 400)"""


def test_a_chart_is_waited_for_but_not_for_ever(browser, tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text(DRAWING)
    (tmp_path / "figures.yaml").write_text("a: 1")
    with server.serving(tmp_path) as base:
        page = browser.new_page()
        page.add_init_script(editor.REPAINTED)
        page.goto(f"{base}/index.html")
        page.evaluate(LATER)
        assert 300 < editor.save(page, tmp_path, ("figures.yaml", "a: 1", "a: 2"), "en/c1") < 20_000
        monkeypatch.setattr(editor, "LIMIT", 0.3)
        with pytest.raises(process.Overdue, match=r"stopped after 0\.3 s"):
            editor.save(page, tmp_path, ("figures.yaml", "a: 2", "a: 1"), "en/c1")
        page.close()


# ---- pages


def test_pages_are_served_in_brotli(tmp_path):
    (tmp_path / "page").mkdir()
    (tmp_path / "page/index.html").write_text("<p>" + "figures " * 1000)
    (tmp_path / "style.0123456789.css").write_text("p { color: red }")
    (tmp_path.parent / "secret.html").write_text("secret")
    with server.serving(tmp_path) as base:
        page = urllib.request.urlopen(f"{base}/page/?theme=dark")
        assert page.headers["Content-Encoding"] == "br" and page.headers["Cache-Control"] == "no-cache"
        assert brotli.decompress(page.read()) == (tmp_path / "page/index.html").read_bytes()
        assert "immutable" in urllib.request.urlopen(f"{base}/style.0123456789.css").headers["Cache-Control"]
        for path in ("/missing.html", "/../secret.html"):
            with pytest.raises(urllib.error.HTTPError):
                urllib.request.urlopen(base + path)


KIND = pages.Kind(".frame", "svg", live=False)
DRAWN = "<svg width=9 height=9><rect width=9 height=9 /></svg>"
FRAME = f'<div class="frame">{DRAWN}</div><p>below'
LATE = f"""<div class="frame"></div><p>below<script>
  setTimeout(() => {{
    document.querySelector(".frame").innerHTML = `{DRAWN}`;
    const start = performance.now();
    while (performance.now() - start < 300);
  }}, 1000);
</script>"""


def visited(browser, folder, html):
    (folder / "style.css").write_text("p { color: red }")
    (folder / "index.html").write_text(f'<!doctype html><title>Page</title><link rel="stylesheet" href="style.css"><h1>Page</h1>{html}')
    with server.serving(folder) as base:
        return pages.visit(browser, f"{base}/index.html", KIND)


def test_a_chart_that_stands_in_the_page_is_there_at_first_paint(browser, tmp_path):
    found = visited(browser, tmp_path, FRAME)
    assert (found["lag"], found["shift"], found["requests"], found["script"]) == (0, 0, 2, 0)
    assert found["chart"] == found["paint"] > 2 * pages.SLOW_4G["latency"]
    html, style = (len(brotli.compress((tmp_path / name).read_bytes())) / 1000 for name in ("index.html", "style.css"))
    assert (found["html"], found["style"], found["bytes"]) == (html, style, pytest.approx(html + style))


def test_a_chart_that_a_script_draws_comes_late_blocks_and_moves_the_text(browser, tmp_path):
    found = visited(browser, tmp_path, LATE)
    assert found["lag"] > 500 and found["blocking"] > 200 and found["shift"] > 0 and found["script"] > 0


def test_a_page_without_its_chart_is_not_measured(browser, tmp_path):
    (tmp_path / "index.html").write_text('<!doctype html><div class="frame">nothing drawn</div>'.replace("nothing drawn", "<svg width=9 height=9></svg>"))
    with server.serving(tmp_path) as base, pytest.raises(AssertionError, match="not drawn"):
        pages.rehearse(browser, f"{base}/index.html", KIND)
