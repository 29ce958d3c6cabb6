"""What several tests share: the project's own site, checked once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tally import site

ROOT = Path(__file__).resolve().parent.parent
"""The checkout: the site that the project publishes."""


@pytest.fixture(scope="session")
def paper() -> site.Checked:
    """The published site's input, with everything that was found out about it."""
    return site.check(site.load(ROOT, ROOT))
