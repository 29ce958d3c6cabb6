"""A bibliography: how a reader cites a page of the site, in the styles that they are asked for.

APA and Chicago are English styles, GB/T 7714 the Chinese one; BibTeX is for programs. Plain texts from what
the page knows of itself; a site without an address of its own is cited without one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import format_date

from tally.quantity import Period


@dataclass(frozen=True)
class Work:
    """A page as something to cite."""

    key: str
    title: str
    container: str
    """the publication"""
    publisher: str
    published: Period
    address: str
    """full, or empty where the site's is not known"""


def styles(work: Work, script: str) -> Iterator[tuple[str, str]]:
    """Each style's name and the citation in it; the style of the page's own script first."""
    western = [("APA", apa(work)), ("Chicago", chicago(work))]
    chinese = [("GB/T 7714", gbt(work))]
    yield from (chinese + western if script == "han" else western + chinese)
    yield "BibTeX", bibtex(work)


def apa(work: Work) -> str:
    """APA, 7th edition, a webpage."""
    day = format_date(work.published.start, "yyyy, MMMM d", locale="en_US")
    return _addressed(f"{work.publisher}. ({day}). {_stopped(work.title)} {_stopped(work.container)}", work)


def chicago(work: Work) -> str:
    """Chicago, bibliography entry, a webpage."""
    day = format_date(work.published.start, "MMMM d, yyyy", locale="en_US")
    return _addressed(f"{work.publisher}. “{_stopped(work.title)}” {work.container}, {day}.", work)


def gbt(work: Work) -> str:
    """GB/T 7714, an electronic resource online."""
    return _addressed(f"{work.publisher}. {work.title}[EB/OL]. ({work.published.start.isoformat()}).", work)


def bibtex(work: Work) -> str:
    """BibTeX; inner braces keep a name whole and its capitals as they are."""
    day = work.published.start
    fields = {"author": f'"{{{work.publisher}}}"', "title": f'"{{{work.title}}}"', "howpublished": f"{{{work.container}}}",
              "year": str(day.year), "date": f"{{{day.isoformat()}}}", **({"url": f"{{{work.address}}}"} if work.address else {})}
    return f"@misc{{{work.key}{day.year},\n" + ",\n".join(f"  {name} = {text}" for name, text in fields.items()) + "\n}"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!", "？", "！", "。")) else f"{text}."


def _addressed(text: str, work: Work) -> str:
    return f"{text} {work.address}" if work.address else text
