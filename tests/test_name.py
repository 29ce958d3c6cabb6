"""Names: what cells are called, and what patterns stand for."""

from __future__ import annotations

from tally import name
from tests.tiny import checked

PROJECT = checked("solids").project


def test_every_cell_and_figure_is_declared_in_the_order_of_the_files():
    names = list(name.declared(PROJECT.tables, PROJECT.sets))
    assert names[:7] == [f"solids.tetrahedron.{column}" for column in ("faces", "edges", "vertices", "sides", "meeting", "euler", "angles")]
    assert names[-3:] == ["euclid.triangular", "euclid.edges", "euclid.missing"]


def test_a_cell_has_one_name_that_is_kept_once():
    found = checked("solids")
    held = {id(name): name for name in found.book.cells}
    shown = [point.name for drawing in found.drawings.values() if drawing.chart.cut for row in drawing.table.rows for point in row.points if point]
    assert len({*shown}) > 1 and {id(name) for name in shown} <= held.keys()


def test_row_and_column_stand_for_the_cell_at_hand():
    assert name.expand("row.2022", ("targets", "hk-firms")) == "targets.hk-firms.2022"
    assert name.expand("column.2022", ("targets", "hk-firms")) == "targets.*.2022"
    assert name.expand("rows.2022", ("targets", "hk-firms")) == "rows.2022"
    assert name.expand("row.2022", None) == "row.2022"


def test_a_star_stands_for_one_part():
    names = ["t.a.x", "t.b.x", "t.a.y", "s.a"]
    assert name.matching("t.*.x", names) == ["t.a.x", "t.b.x"]
    assert name.matching("t.*", names) == []
    assert name.matching("*.a", names) == ["s.a"]


def test_an_end_belongs_to_its_cell():
    assert name.stem("t.a.x.from", {"t.a.x"}) == "t.a.x"
    assert name.stem("t.a.x.middle", {"t.a.x"}) == "t.a.x.middle"


def test_a_cell_that_is_called_from_is_itself():
    assert name.stem("t.a.from", {"t.a.from", "t.a"}) == "t.a.from"
