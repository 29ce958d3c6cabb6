"""The validator of HTML, for the tests that hold pages to the standard.

It comes from npm and stands with the environment that runs the tests; `htmlvalidate.json` says which of its
rules are about validity, as opposed to style.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

MODULES = Path(sys.prefix) / "node_modules"
"""Where `make test` puts what checks the pages."""

_VALIDATOR = MODULES / "html-validate/bin/html-validate.mjs"
_RULES = Path(__file__).with_name("htmlvalidate.json")


def complaints(pages: Iterable[Path]) -> list[str]:
    """What is not valid in these files, each with its place and the rule that it breaks."""
    with tempfile.TemporaryFile() as answer:  # it ends before a pipe is empty
        asked = subprocess.run(["node", _VALIDATOR, "--config", _RULES, "--formatter", "json", *pages],
                               stdout=answer, stderr=subprocess.PIPE, text=True)
        answer.seek(0)
        reports = answer.read()
    assert reports, f"the validator did not answer; make test installs it: {asked.stderr}"
    return [f"{report['filePath']}:{found['line']}:{found['column']}: {found['message']} ({found['ruleId']})"
            for report in json.loads(reports) for found in report["messages"]]
