"""Sources: what a build reads from the disk, and what it passes over."""

from __future__ import annotations

import json
import os
import time

import pytest

from tally import source
from tally.problem import Faulty
from tests.tiny import ROOT, SITES


def write(root, files):
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text)
    return root


def test_data_and_content_are_read_as_bytes(tmp_path):
    root = write(tmp_path, {"data/a.yaml": b"\xff", "content/pages/b/en.md": b"b", "notes/c.txt": b"c"})
    assert source.load(root, ROOT).files == {"data/a.yaml": b"\xff", "content/pages/b/en.md": b"b"}


def test_hidden_files_and_leftovers_are_passed_over(tmp_path):
    root = write(tmp_path, {"data/a.yaml": b"a", "data/.a.yaml.swp": b"x", "data/a.yaml~": b"x", "data/.git/b.yaml": b"x"})
    assert list(source.load(root, ROOT).files) == ["data/a.yaml"]


def test_a_sites_own_template_stands_before_the_engines():
    found = source.load(SITES / "solids", ROOT).templates
    assert found["assets/style.css"] == (SITES / "solids/templates/assets/style.css").read_bytes()
    assert found["base.html"] == (ROOT / "templates/base.html").read_bytes()


def test_a_folder_without_data_is_no_site(tmp_path):
    with pytest.raises(Faulty, match="no folder data/ here; --root names the folder"):
        source.load(tmp_path, ROOT)


def test_a_huge_file_is_refused(tmp_path):
    root = write(tmp_path, {"data/a.yaml": b"#" * (source.MAX_BYTES + 1)})
    with pytest.raises(Faulty) as caught:
        source.load(root, ROOT)
    assert str(caught.value) == "data/a.yaml:1:1: cannot be read: larger than 5 MB"


def test_the_full_plotly_is_used_where_no_other_is(tmp_path):
    root = write(tmp_path, {"data/a.yaml": b"a"})
    bundle = source.load(root, ROOT, modules=tmp_path).bundle
    assert bundle.name.startswith("plotly ") and b"plotly.js v" + bundle.version.encode() in bundle.script[:400]


@pytest.mark.parametrize(("version", "taken"), [(source.plotly_version(), True), ("0.1.0", False)])
def test_the_basic_plotly_is_used_only_at_the_version_that_draws(tmp_path, version, taken):
    package = json.dumps({"name": "plotly.js-basic-dist-min", "version": version}, indent=2).encode()
    modules = "node_modules/plotly.js-basic-dist-min"
    root = write(tmp_path, {"data/a.yaml": b"a", f"{modules}/package.json": package, f"{modules}/plotly-basic.min.js": b"basic"})
    assert (source.load(root, ROOT, modules=tmp_path).bundle.script == b"basic") is taken


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path):
    (tmp_path / "data" / "paper.yaml").mkdir(parents=True)
    with pytest.raises(Faulty) as caught:
        source.load(tmp_path, tmp_path)
    assert str(caught.value) == "data/paper.yaml:1:1: a folder stands here, and a file is wanted; move what it holds"


# ---- what was read before

@pytest.fixture
def old(tmp_path):
    """A site's file, as it was read."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "site.yaml").write_text("a: 1")
    return tmp_path, source.load(tmp_path, ROOT)


def test_what_was_just_written_is_read_again_though_it_looks_the_same(old):
    root, before = old
    file = root / "data" / "site.yaml"
    seen = file.stat()
    file.write_text("a: 2")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    assert source.load(root, ROOT, before=before).files["data/site.yaml"] == b"a: 2"


def test_what_was_left_alone_is_not_read_again_until_it_is_touched(monkeypatch, old):
    root, _ = old
    file = root / "data" / "site.yaml"
    monkeypatch.setattr(source, "_SETTLED", -1)
    before = source.load(root, ROOT)
    monkeypatch.setattr(source, "open", lambda path, _: pytest.fail(f"{path} is read again"), raising=False)
    assert source.load(root, ROOT, before=before).files["data/site.yaml"] is before.files["data/site.yaml"]
    monkeypatch.undo()
    seen = file.stat()
    time.sleep(0.02)  # for a disk's clock to go on
    file.write_text("a: 2")
    os.utime(file, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    after = source.load(root, ROOT, before=before)
    assert after.files["data/site.yaml"] == b"a: 2" and after.templates["page.html"] is before.templates["page.html"]


def test_what_was_written_again_as_it_was_is_the_very_same(old):
    root, before = old
    (root / "data" / "site.yaml").write_text("a: 1")
    assert source.load(root, ROOT, before=before).files["data/site.yaml"] is before.files["data/site.yaml"]
