"""A host: what somebody else's page did with a chart in a frame when that was tried.

What was tried and measured stands in `templates/hosts.json`. The tests write it, and fail when it says something
else than they measure; nothing here measures anything. How a chart is embedded is `embed`'s.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, TypeAdapter, ValidationError

from tally.model.base import Strict
from tally.problem import Faulty, Problem

FILE = "hosts.json"
"""Among the templates."""


class Host(Strict):
    """One page and what was measured in it, the worst of its frames."""

    pasted: str = Field(description="a rung of the ladder, or `address` for the frame's own")
    sizing: str = Field(description="what gives the frame its height: `stated` in the snippet, or whose script")
    frames: int
    widths: tuple[int, int] = Field(description="the narrowest and the widest that was tried")
    over: int = Field(description="by how many px a frame is higher than what stands in it, at most")
    scrolling: int = Field(description="frames with a scroll bar")
    files: int = Field(description="what a frame asks for before a reader points at it, itself among them")
    strangers: int = Field(description="requests to another server than the host's and the site's")
    errors: int = Field(description="what the console said")


@lru_cache(maxsize=1)
def read(raw: bytes) -> dict[str, Host]:
    """The hosts by name, in the order of the file; raises `Faulty` where it holds anything else."""
    try:
        return TypeAdapter(dict[str, Host]).validate_json(raw)  # made only now, for it takes a while
    except ValidationError as error:
        first = error.errors()[0]
        said = f"{'.'.join(map(str, first['loc']))}: {first['msg']}; the tests write this file, with TALLY_ACCEPT_HOSTS=1".removeprefix(": ")
        raise Faulty([Problem(f"templates/{FILE}", 1, 1, "", said)]) from None
