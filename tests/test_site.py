"""The whole build: one way through six stages, the same bytes on every machine."""

from __future__ import annotations

import os
import subprocess
import sys

from tally import site
from tests.tiny import ROOT, SITES, checked, rendered

MACHINES = [{"PYTHONHASHSEED": "1", "TZ": "Asia/Hong_Kong", "LANG": "zh_HK.UTF-8"},
            {"PYTHONHASHSEED": "2", "TZ": "America/St_Johns", "LANG": "C", "LC_ALL": "C"}]


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def built(destination, environment):
    subprocess.run([sys.executable, "build.py", "--root", SITES / "solids", "--output", destination], cwd=ROOT, check=True,
                   capture_output=True, env={**os.environ, **environment})
    return files(destination)


def test_two_machines_write_the_same_bytes(tmp_path):
    here, there = (built(tmp_path / place, machine) for place, machine in zip(("a", "b/c"), MACHINES, strict=True))
    assert list(here) == list(there)
    assert [path for path in here if here[path] != there[path]] == []


def test_a_build_writes_what_was_rendered(tmp_path):
    made = site.build(SITES / "waves", ROOT, tmp_path / "site", pictures=False)
    written = files(tmp_path / "site")
    assert {path: raw for path, raw in written.items() if path != ".tally"} == dict(rendered("waves"))
    assert (made.files, made.bytes) == (len(rendered("waves")), sum(map(len, rendered("waves").values())))


def test_the_summary_says_which_plotly_and_how_big(tmp_path):
    bundle = site.build(SITES / "waves", ROOT, tmp_path / "site").folder.bundle
    assert bundle.name in ("plotly.js-basic-dist-min", "plotly 7.1.0")
    assert len(bundle.script) > 500_000


def test_a_check_says_how_many_figures_it_covered():
    assert str(checked().coverage) == "figures: 46 bound, 0 typed, 0 plain; phrases: 6 asserted"


def test_every_claim_of_a_site_has_a_verdict():
    assert {verdict.id: verdict.outcome for verdict in checked().verdicts.values()} == {"five": "tallies", "narrow": "tallies"}
