"""What several tests share: the project's own site, checked once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser

from tally import site

from .browser import chromium, serving

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: the site that the project publishes."""


settings.register_profile("tally", deadline=None, derandomize=True)  # the same on a busy machine
settings.load_profile("tally")
gc.set_threshold(100_000, 20, 100)  # a site is many small things that stay, and a build does not look through them either


@pytest.fixture(scope="session")
def paper() -> site.Checked:
    """The published site's input, with everything that was found out about it."""
    return site.check(site.load(ROOT, ROOT))


@pytest.fixture(scope="session")
def published(tmp_path_factory, worker_id) -> Iterator[tuple[str, Path]]:
    """The published site, built once for all workers and served by each: its address and its folder."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "published"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            site.build(ROOT, ROOT, folder)
    with serving(folder) as base:
        yield base, folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with chromium() as found:
        yield found


def pytest_terminal_summary(terminalreporter) -> None:
    """What tests counted, summed over all of them."""
    totals: dict[str, int] = {}
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for key, value in report.user_properties if report.when == "call" else ():
            totals[key] = totals.get(key, 0) + value
    if totals:
        terminalreporter.write_line("; ".join(f"{key}: {value}" for key, value in totals.items()))
