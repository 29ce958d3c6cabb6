"""A clipping: an article as somebody else published it, and the quotations in it by their addresses.

HTML, a snippet of it, or plain text. An address may have been rewritten by a mail system or have got tracking
parameters, its #place may be gone; what is near it may have been marked up anew. Whether the article says what was
quoted is `verification`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from urllib.parse import parse_qs, unquote, urlsplit

from tally.quote import PARAMETER, WIDE, Kind

BLOCK, EDGE = "\ue000", "\ue001"
"""Where a block of text ends, and where a tag stood in it."""
BEFORE, AFTER = 3, 2
"""How many blocks before and after that of the address may hold the quotation."""
FOLLOWS = 6
"""Within how many blocks of its `cite` a blockquote has its link."""
MOST_EDGES, MOST_LETTERS = 60, 1000
"""How far apart the ends of a quotation may be."""

_INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "data", "del", "em", "font", "i", "img", "ins", "mark", "q",
           "s", "small", "span", "strong", "sub", "sup", "time", "u", "wbr"}
_SILENT = {"script", "style", "template", "noscript"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_UNSEEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_MARKDOWN = re.compile(r"[*_]|\[\^[^\]\s]{1,20}\]|^[ \t]*>[> \t]*", re.MULTILINE)
"""Marks for bold and slanted, of notes and of lines quoted in a mail: as text they say nothing."""
_MARK = re.compile(rf"(?:[?&]|%(?:25)?(?:3F|26)){PARAMETER}(?:=|%(?:25)?3D)", re.IGNORECASE)
_NO_ADDRESS = rf"\s<>\"'“”「」（）{WIDE}"
_HEAD, _TAIL = re.compile(rf"[^{_NO_ADDRESS}]*$"), re.compile(rf"[^{_NO_ADDRESS}]*")
LONGEST = 2000
"""How far an address may reach to either side of its mark: a picture may stand in the same attribute, letter by letter."""
_PAGES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("chart", re.compile(r"(?:^|/)embed/(?P<id>[^/@]+)/(?P<language>[^/]+)/(?:@(?P<pin>[^/]+)/?)?$")),
    ("chart", re.compile(r"(?:^|/)(?P<language>[^/.]+)/charts/(?P<id>[^/]+)/?$")),
    ("figure", re.compile(r"(?:^|/)(?P<language>[^/.]+)/data/?$")),
    ("claim", re.compile(r"(?:^|/)(?P<language>[^/.]+)/claims(?:/@(?P<pin>[^/]+))?/?$")),
)
_ENDS = re.compile(rf"[{BLOCK}{EDGE}\n]|(?<=[。！？：])|(?<=[.!?:,])(?=\s)|[“”„«»「」『』\"()（）—]")


@dataclass(frozen=True)
class Quotation:
    """An address that quotes, and the text around it with its blocks and edges."""

    line: int
    kind: Kind | None
    """None where no page of a site like this stands at the address"""
    id: str
    """empty where the address has lost it"""
    language: str
    checksum: str
    pin: str = ""
    """the release that the address keeps to"""
    own: str = ""
    """the block of text that the address stands in, with its edges"""
    near: str = ""
    """that and the blocks around it, as far as they have no address of their own for the same"""
    whole: str = ""
    """the article"""



def read(text: str) -> list[Quotation]:
    """The quotations of an article, in its order; an address that stands there as link and as text is one."""
    reader = _Reader()
    # a browser would read &quote= as a quotation mark and e=
    reader.feed(re.sub(rf"&(?={PARAMETER}=)", "&amp;", text))
    reader.close()
    whole = BLOCK.join(reader.blocks)
    noted = [(block, weak, one) for line, block, weak, address in reader.addresses
             if (one := _quotation(line, address))]
    places: dict[Quotation, list[int]] = {}
    for block, weak, one in noted:
        if not weak:
            places.setdefault(replace(one, line=0), []).append(block)
    found: dict[tuple[int, Quotation], Quotation] = {}
    for block, weak, one in noted:
        others = places.get(replace(one, line=0), [])
        if not (weak and any(block <= other <= block + FOLLOWS for other in others)):
            placed = replace(one, own=reader.blocks[block], near=reader.near(block, others), whole=whole)
            found.setdefault((block, replace(one, line=0)), placed)
    return list(found.values())


def enclosed(text: str) -> bool:
    """Whether a text is a mail whose letters are encoded, so that none of its sentences can be read."""
    return bool(re.search(r"^content-transfer-encoding:\s*(?:quoted-printable|base64)", text, re.IGNORECASE | re.MULTILINE))


def windows(text: str) -> Iterator[str]:
    """Every stretch of a text that may be a quotation: between two ends of sentences, marks or tags."""
    for block in text.split(BLOCK):
        ends = [0, *(place for match in _ENDS.finditer(block) for place in dict.fromkeys(match.span())), len(block)]
        for index, start in enumerate(ends):
            for end in ends[index + 1:index + MOST_EDGES]:
                if start < end <= start + MOST_LETTERS:
                    yield block[start:end].replace(EDGE, "")


def _quotation(line: int, address: str) -> Quotation | None:
    """What an address quotes; a system may have wrapped it into one of its own, percent-encoded."""
    address = unquote(unquote(address))
    before = address[:address.lower().rfind(f"{PARAMETER}=")]
    address = address[max(before.rfind("http://"), before.rfind("https://"), 0):]
    try:
        parts = urlsplit(address)
    except ValueError:  # a host in brackets that is none
        return None
    given = parse_qs(f"{parts.query}&{parts.fragment.partition('?')[2]}", keep_blank_values=True).get(PARAMETER)
    if not given:
        return None
    sum = given[0].strip().strip(".,;)").lower()
    id = re.split(r"[?&]|:~:", parts.fragment, maxsplit=1)[0].rstrip(".,;)")
    path = parts.path.removesuffix("index.html")
    for kind, pattern in _PAGES:
        if page := pattern.search(path):
            pin = page.groupdict().get("pin") or ""
            if kind == "chart" and "." in id:  # a figure in the table of a pinned embed
                return Quotation(line, "figure", id, page["language"], sum, pin)
            return Quotation(line, kind, page["id"] if kind == "chart" else id, page["language"], sum, pin)
    # others call a parameter so too: only what looks like a checksum is meant for us
    return Quotation(line, None, path, "", sum) if re.fullmatch("[0-9a-f]{8}", sum) else None


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """The addresses with a checksum, and where each starts."""
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() >= end:
            head = _HEAD.search(text[max(end, mark.start() - LONGEST):mark.start()])
            tail = _TAIL.match(text, mark.end(), mark.end() + LONGEST)
            assert head and tail  # each may be empty
            end = tail.end()
            yield mark.start() - len(head[0]), head[0] + text[mark.start():end]


def _unseen(attrs: Sequence[tuple[str, str | None]]) -> bool:
    given = dict(attrs)
    return "hidden" in given or bool(_UNSEEN.search(given.get("style") or ""))


class _Reader(HTMLParser):
    """Text with its blocks and edges, and the addresses that quote, each with its line and block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.addresses: list[tuple[int, int, bool, str]] = []
        """line, block, whether it only names the source of what follows, and the address"""
        self.silent: list[str] = []
        """the element that shows no text, and those in it that end with the same tag"""

    def near(self, block: int, others: Sequence[int]) -> str:
        """The text around a block, which itself may have none, as that of a frame; to the next block of `others`."""
        first = max((other + 1 for other in others if other < block), default=0)
        last = min((other for other in others if other > block), default=len(self.blocks))
        before = [text for text in self.blocks[first:block] if text.strip(f"{EDGE} \n")][-BEFORE:]
        after = [text for text in self.blocks[block + 1:last] if text.strip(f"{EDGE} \n")][:AFTER]
        return BLOCK.join([*before, self.blocks[block], *after])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent:
            self.silent += [tag] * (tag == self.silent[0])
        elif tag in _SILENT or (tag not in _VOID and _unseen(attrs)):
            self.silent.append(tag)
        self.between(tag)
        for name, value in attrs:
            self.note(value or "", self.getpos()[0], weak=name == "cite")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        before = len(self.silent)
        self.handle_starttag(tag, attrs)
        del self.silent[before:]

    def handle_endtag(self, tag: str) -> None:
        if self.silent and tag == self.silent[0]:
            self.silent.pop()
        self.between(tag)

    def between(self, tag: str) -> None:
        if tag not in _INLINE:
            self.blocks.append("")
        else:
            self.blocks[-1] += "\n" if tag == "br" else EDGE

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        line = self.getpos()[0]
        for part in re.split(r"(\n[ \t\r]*\n)", data):
            if part.strip("\n \t\r") or "\n" not in part:
                self.note(part, line)
                self.blocks[-1] += _MARKDOWN.sub("", part)
            else:
                self.blocks.append("")
            line += part.count("\n")

    def note(self, text: str, line: int, *, weak: bool = False) -> None:
        for start, address in _addresses(text):
            self.addresses.append((line + text.count("\n", 0, start), len(self.blocks) - 1, weak, address))
