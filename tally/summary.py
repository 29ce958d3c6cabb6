"""A summary: a chart in words, worked out from the table that it shows.

For those who do not see the picture: what it shows, which figures are the largest and the smallest, what
changes, and what is said of each point when a reader walks from one to the next. Every figure in it is one of
the table's, as labelled there, and nothing is said that ranges leave open. The sentences are the site's own
(`content/interface.yaml`), with named slots; what the editor wrote of a chart, its alt text, is not made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from tally.chart import ChartTable, Column, Point, Row
from tally.forms.sheet import Cell
from tally.notation import spaced
from tally.slot import filled

_FEW = 3
"""Up to so many rows are told one by one; of more, only the outermost."""
_DECISIVE = 4
"""Up to so many emphasised figures are told beside a finding."""
_FORMS = ("bars", "pairs", "dots", "slope", "share", "timeline")
_MOVE = ("name", "first", "first-column", "last", "last-column")
SLOTS: Mapping[str, tuple[str, ...]] = {
    **{f"summary-{form}": () for form in _FORMS},
    **{f"summary-{form}-many": ("count",) for form in _FORMS},
    "summary-opening": ("form", "what"), "summary-span": ("first", "last"), "summary-value": ("name", "value"),
    "summary-join": (), "summary-values": ("values",), "summary-row": ("name", "values"),
    **{f"summary-{word}": ("values",) for word in (
        "equal", "largest", "smallest", "larger", "smaller", "upper-end", "lower-end", "larger-part",
        "largest-part", "rise", "fall", "steadiest", "gap", "first", "last", "doubtful")},
    **{f"summary-{word}": _MOVE for word in ("up", "down", "same", "move")},
    "summary-doubtful-all": (), "point": ("row", "column", "value"), "point-doubtful": ("point",),
}
"""The words that are asked for here, and the slots that each must have."""

_Span = tuple[Decimal, Decimal]


def describe(table: ChartTable, words: Mapping[str, str]) -> str:
    """The chart in a few sentences of its language, whose interface words are given."""
    return _Teller(table, words).text()


def decisive(table: ChartTable, words: Mapping[str, str]) -> str:
    """The figures that a finding stands on: the emphasised ones or, where none or too many are, the two ends."""
    teller = _Teller(table, words)
    return teller.listed(teller.decisive())


def readings(table: ChartTable, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The title of each point's mark and what is said of the point, in reading order: by rows, or by date."""
    return tuple(_Teller(table, words).readings())


@dataclass(frozen=True, slots=True)
class _Item:
    """A point with its row, its column, and the shortest name that tells it from the others."""

    row: Row
    column: Column
    point: Point
    name: str

    @property
    def span(self) -> _Span:
        return self.point.low, self.point.high


@dataclass(frozen=True)
class _Teller:
    table: ChartTable
    words: Mapping[str, str]

    def say(self, word: str, **given: str) -> str:
        """A pattern with its slots filled: `first_column` goes into `{first-column}`."""
        return spaced(filled(self.words[word], {slot.replace("_", "-"): text for slot, text in given.items()}))

    def join(self, parts: Sequence[str]) -> str:
        return self.words["summary-join"].join(parts)

    # ---- what there is to tell of

    def items(self, row: Row | None = None) -> list[_Item]:
        """All points, or those of one row, by rows; a timeline's by date."""
        found = [_Item(one, column, point, self.name(one, column)) for one in self.table.rows if row in (None, one)
                 for column, point in zip(self.table.columns, one.points, strict=True) if point]
        return sorted(found, key=lambda item: item.span) if self.table.form == "timeline" else found

    def decisive(self) -> list[_Item]:
        items = self.items()
        stressed = [item for item in items if item.row.emphasis]
        if 0 < len(stressed) <= _DECISIVE:
            return stressed
        ends = max(items, key=lambda item: item.point.high), min(items, key=lambda item: item.point.low)
        return [item for item in items if item in ends]

    def name(self, row: Row, column: Column) -> str:
        if len(self.table.columns) == 1:
            return row.label
        return column.label if len(self.table.rows) == 1 else self.words["label-join"].join((row.label, column.label))

    def readings(self) -> Iterator[tuple[str, str]]:
        for item in self.items():
            text = self.say("point", row=item.row.label, column=item.column.label, value=item.point.label)
            title = Cell(item.row, item.column, item.point).hover
            yield title, self.say("point-doubtful", point=text) if item.point.doubtful else text

    # ---- sentences

    def text(self) -> str:
        """All sentences, one after the other as the language's script has it."""
        apart = "" if self.table.script == "han" else " "
        return apart.join(filter(None, (*self.told(), self.doubt())))

    def told(self) -> Iterator[str]:
        if self.table.form == "timeline":
            yield from self.dates()
        elif len(self.table.columns) == 1:
            yield self.opening(len(self.table.rows), self.table.columns[0].label)
            yield from self.extremes(self.items())
        elif len(self.table.rows) == 1:
            yield from self.parts() if self.table.form == "share" else self.one_row()
        else:
            yield from self.several_rows()

    def opening(self, count: int, what: str = "") -> str:
        """The form, counted where there is more than one of what it shows, and what it is about."""
        form = "bars" if self.table.form == "change" else self.table.form
        called = self.say(f"summary-{form}-many", count=f"{count}") if count > 1 else self.say(f"summary-{form}")
        if not what:
            return self.say("summary-values", values=called)
        return self.say("summary-opening", form=called, what=what)

    def listed(self, items: Sequence[_Item], *, by_column: bool = False) -> str:
        """Figures with their names, or those of their columns alone."""
        named = [(item.column.label if by_column else item.name, item) for item in items]
        return self.join([self.say("summary-value", name=name, value=item.point.label) for name, item in named])

    def doubt(self) -> str:
        items = self.items()
        doubtful = [item.name for item in items if item.point.doubtful]
        if len(doubtful) == len(items):
            return self.say("summary-doubtful-all")
        return self.say("summary-doubtful", values=self.join(doubtful)) if doubtful else ""

    def extremes(self, items: Sequence[_Item]) -> Iterator[str]:
        """The largest and the smallest; where ranges overlap, the ends that reach farthest, of every range that is named."""
        if len({item.span for item in items}) == 1:
            word = "summary-equal" if len(items) > 1 else "summary-values"
            yield self.say(word, values=self.listed(items))
            return
        ends = [(*_top([item.span for item in items]), "larger", "largest", "upper-end"),
                (*_top([_minus(item.span) for item in items]), "smaller", "smallest", "lower-end")]
        if len(items) == 2 and not all(certain for _, certain, *_ in ends):
            yield self.say("summary-values", values=self.listed(items))
            return
        whole = all(certain for _, certain, *_ in ends)
        for places, certain, of_two, of_many, end in ends:
            single = not any(items[place].point.is_range for place in places)
            word = of_two if len(items) == 2 else of_many if certain and (whole or single) else end
            yield self.say(f"summary-{word}", values=self.listed([items[place] for place in places]))

    # ---- the forms

    def dates(self) -> Iterator[str]:
        items = self.items()
        first, last = items[0], max(items, key=lambda item: item.point.high)
        if len(items) == 1:
            yield self.opening(1, self.listed(items))
            return
        yield self.opening(len(items), self.say("summary-span", first=first.point.label, last=last.point.label))
        for word, ends in (("first", [item for item in items if item.span == first.span]),
                           ("last", [item for item in items if item.span == last.span])):
            yield self.say(f"summary-{word}", values=self.join([item.name for item in ends]))

    def parts(self) -> Iterator[str]:
        """One bar with all its parts, and the largest."""
        items = self.items()
        yield self.opening(len(items), self.table.rows[0].label)
        yield self.say("summary-values", values=self.listed(items))
        places, certain = _top([item.span for item in items])
        if certain and len(places) < len(items):
            word = "summary-larger-part" if len(items) == 2 else "summary-largest-part"
            yield self.say(word, values=self.join([items[place].name for place in places]))

    def one_row(self) -> Iterator[str]:
        """One thing through its columns: its change where they follow each other in time, else its extremes."""
        row, items = self.table.rows[0], self.items()
        timed = self.timed() and len(items) > 1
        yield self.opening(len(items), self.moved(row, items) if timed else row.label)
        if not timed or len(items) > 2:
            yield from self.extremes(items)

    def several_rows(self) -> Iterator[str]:
        """Each row with its figures; of many rows, the extremes; and what rows and columns differ by."""
        rows = [(row, self.items(row)) for row in self.table.rows]
        few = len(rows) <= _FEW
        if few:
            yield self.opening(len(rows))
        else:
            yield self.opening(len(rows), self.join([column.label for column in self.table.columns]))
            yield from self.extremes(self.items())
        yield from self.moves(rows, few) if self.timed() else self.gaps(rows, few)

    def timed(self) -> bool:
        """Whether the columns follow each other in time."""
        return self.table.form in ("change", "slope") or any(column.role != "plain" for column in self.table.columns)

    def moves(self, rows: Sequence[tuple[Row, list[_Item]]], few: bool) -> Iterator[str]:
        """How each row changes or, of many, which changes most and least."""
        if few:
            yield from (self.say("summary-values", values=self.moved(*row)) for row in rows)
            return
        rows = [(row, items) for row, items in rows if len(items) > 1]
        spans = [_difference(items) for _, items in rows]
        ranked = {"rise": spans, "fall": list(map(_minus, spans)), "steadiest": [_minus(_size(span)) for span in spans]}
        for word, found in ranked.items():
            places, certain = _top(found)
            if certain and len(places) < len(rows) and (word == "steadiest" or found[places[0]][0] > 0):
                told = self.join([self.moved(*rows[place], "move") for place in places])
                yield self.say(f"summary-{word}", values=told)

    def moved(self, row: Row, items: Sequence[_Item], word: str = "") -> str:
        """From a row's first figure to its last; up or down where ranges leave no doubt."""
        first, last, (low, high) = items[0], items[-1], _difference(items)
        if len(items) == 1:
            return self.say("summary-value", name=first.name, value=first.point.label)
        word = word or ("up" if low > 0 else "down" if high < 0 else "same" if low == high else "move")
        return self.say(f"summary-{word}", name=row.label, first=self.begun(first.point, last.point), first_column=first.column.label,
                        last=last.point.label, last_column=last.column.label)

    def begun(self, first: Point, last: Point) -> str:
        """The figure that a move starts from, without its unit where that follows the one that it ends at."""
        one, other = (point.label.removeprefix(point.short) for point in (first, last))
        return first.label if self.table.script == "han" or not _alike(one, other) else first.short

    def gaps(self, rows: Sequence[tuple[Row, list[_Item]]], few: bool) -> Iterator[str]:
        """The figures of each row, or of the one whose two lie farthest apart."""
        if few:
            yield from (self.row(*row) for row in rows)
        whole = [(row, items) for row, items in rows if len(items) == len(self.table.columns) == 2]
        places, certain = _top([_size(_difference(items)) for _, items in whole])
        if certain and len(places) < len(whole) > 2:
            yield self.say("summary-gap", values=self.join([whole[place][0].label for place in places]))
            yield from () if few else (self.row(*whole[place]) for place in places)

    def row(self, row: Row, items: Sequence[_Item]) -> str:
        return self.say("summary-row", name=row.label, values=self.listed(items, by_column=True))


def _difference(items: Sequence[_Item]) -> _Span:
    """From the first to the last."""
    first, last = items[0].point, items[-1].point
    return last.low - first.high, last.high - first.low


def _alike(one: str, other: str) -> bool:
    """Whether two figures end in one unit, a word that may stand in the singular and in the plural: body, bodies."""
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return one.startswith(" ") and shared > 0.75 * min(len(one), len(other))


def _minus(span: _Span) -> _Span:
    return -span[1], -span[0]


def _size(span: _Span) -> _Span:
    """The span of the absolute value."""
    low, high = max(span, _minus(span))
    return max(low, Decimal(0)), high


def _top(spans: Sequence[_Span]) -> tuple[list[int], bool]:
    """Which spans reach highest, and whether none of the others can be above them, nor one of them above another."""
    best = max((high for _, high in spans), default=Decimal(0))
    at = [place for place, (_, high) in enumerate(spans) if high == best]
    floor = min((spans[place][0] for place in at), default=best)
    others = [high for place, (_, high) in enumerate(spans) if place not in at]
    return at, all(high <= floor for high in others) and (len(at) == 1 or floor == best)
