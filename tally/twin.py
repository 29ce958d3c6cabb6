"""A twin: the same text in another language, held to the same blocks, figures and conditions.

Paragraph stands against paragraph; where a pair cites different cells or asserts different conditions one
of them is wrong. A record beside the texts keeps what each translation was made from, so that a block
whose original has changed since is named. What a block is, `article` says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tally import wording
from tally.article import Block, blocks
from tally.problem import Problem, in_text
from tally.project import Project
from tally.reading import Text


@dataclass(frozen=True)
class Pair:
    """A block of the original and its twin."""

    original: Block
    twin: Block


def pairs(original: Text, twin: Text) -> list[Pair]:
    """The blocks of both side by side; only for texts that `disagreements` finds nothing wrong with."""
    return [Pair(mine, theirs) for mine, theirs in zip(blocks(original.body), blocks(twin.body), strict=True)]


def disagreements(original: Text, twin: Text) -> Iterator[Problem]:
    """Where the two do not stand block against block, or a pair does not say the same of the same figures."""
    ours, theirs = blocks(original.body), blocks(twin.body)
    for mine, other in zip(ours, theirs, strict=False):
        if (mine.kind, mine.name) != (other.kind, other.name):
            yield at(twin, other.offset, f"this {_what(other)} stands against the {_what(mine)} at {place(original, mine)}; "
                                         "both languages need the same blocks in the same order")
            return
    if len(ours) != len(theirs):
        longer, shorter, block = ((original, twin, ours[len(theirs)]) if len(ours) > len(theirs)
                                  else (twin, original, theirs[len(ours)]))
        yield at(longer, block.offset, f"this {_what(block)} has no twin in {shorter.path}; add it there or remove it here")
        return
    for mine, other in zip(ours, theirs, strict=True):
        yield from _unlike(original, mine, twin, other)


def _unlike(original: Text, mine: Block, twin: Text, other: Block) -> Iterator[Problem]:
    for kind, ours, theirs in (("figures", cites(mine.text), cites(other.text)), ("conditions", asserts(mine.text), asserts(other.text))):
        if ours != theirs:
            yield at(twin, other.offset, (
                f"its {kind} differ from those of its twin at {place(original, mine)}: "
                f"only here {listed(theirs - ours)}; only there {listed(ours - theirs)}"))


def cites(text: str) -> frozenset[str]:
    """The names of the figures that a text cites."""
    return frozenset(reference.name for reference in wording.references(wording.parse(text)))


def asserts(text: str) -> frozenset[str]:
    """The conditions that a text asserts."""
    return frozenset(" ".join(part.condition.split()) for part in wording.parse(text) if isinstance(part, wording.Assertion))


def listed(names: frozenset[str]) -> str:
    """Names for a message."""
    return ", ".join(sorted(names)) or "nothing"


def _what(block: Block) -> str:
    return f"{block.kind} {block.name}".strip()


def place(text: Text, block: Block) -> str:
    """`path:line` of a block."""
    return f"{text.path}:{text.first_line + text.body.count(chr(10), 0, block.offset)}"


def at(text: Text, offset: int, message: str) -> Problem:
    """A problem at an offset of the body."""
    return in_text(text.path, text.body, offset, message, text.first_line)


# ---- what a translation was made from

RECORD = "made-from.yaml"
"""Beside the texts of a story."""


def record(original: Text, twin: Text) -> list[str]:
    """What both were when a person last compared them: first the headlines and deks, then each pair of blocks."""
    return [f"{mine} {theirs}" for mine, theirs in zip(_digests(original), _digests(twin), strict=True)]


def _digests(text: Text) -> list[str]:
    return [digest(f"{text.meta.title}\n\n{text.meta.dek}"), *(digest(block.text) for block in blocks(text.body))]


def digest(words: str) -> str:
    """Ten characters that change when the words do."""
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:10]


def stale(project: Project, path: str) -> Iterator[Problem]:
    """What nobody has confirmed since it changed in one text of a story: the whole translation, or single blocks of it."""
    _, kind, slug, name = path.split("/")
    first, language = project.languages[0], name.removesuffix(".md")
    if kind != "stories" or language == first:
        return
    story = project.stories[slug]
    original, twin = story.texts[first], story.texts[language]
    now, known = record(original, twin), story.made_from.get(language, [])
    if len(known) != len(now):
        yield Problem(path, 1, 1, "", f"nobody has confirmed that it says what {original.path} says; compare them, then run: build.py confirm {slug}")
        return
    confirmed = {line.split()[1] for line in known}
    for line, there, here in zip(now, *_places(original, twin), strict=True):
        if line not in known:
            said = (f"the original has changed at {there} and this has not; mend it, or" if line.split()[1] in confirmed
                    else f"nobody has confirmed since it changed that this says what {there} says; compare them, then")
            yield replace(here, message=f"{said} run: build.py confirm {slug}")


def _places(original: Text, twin: Text) -> tuple[list[str], list[Problem]]:
    """Where each line of the record stands: in the original as a word, in the translation for a problem."""
    both = pairs(original, twin)
    return ([f"{original.path}:1", *(place(original, pair.original) for pair in both)],
            [Problem(twin.path, 1, 1, "title", ""), *(at(twin, pair.twin.offset, "") for pair in both)])


def as_yaml(project: Project, slug: str) -> str:
    """The record of a story, as `content/stories/NAME/made-from.yaml`."""
    first, *others = project.languages
    texts: Mapping[str, Text] = project.stories[slug].texts
    lines = ["# What each translation was made from: the original's mark and the translation's;",
             "# the first line for title and dek, then one a block.",
             f"# Written by: build.py confirm {slug}", "languages:"]
    for language in others:
        lines += [f"  {language}:", *(f"    - {line}" for line in record(texts[first], texts[language]))]
    return "\n".join(lines) + "\n"
