"""The book: every figure under its name, derived ones exact."""

from __future__ import annotations

from decimal import Decimal

from tally import book, project
from tally.prose import value
from tally.quantity import Amount, Range, dimension
from tests.tiny import changed, checked, complaints

BOOK = checked("solids").book
WAVES = checked("waves").book

SNAPSHOT = """\
solids.tetrahedron.faces = 4 face exact
solids.tetrahedron.euler = 2 part derived
solids.icosahedron.edges = 2.5 dozen exact
euclid.limit = 360 ° under
euclid.span = 4/20 face exact
euclid.edges = 90 edge derived"""


def line(name):
    cell = BOOK[name]
    return f"{name} = {value(cell.shown)} {cell.unit} {'derived' if cell.formula else cell.qualifier}"


def test_each_figure_has_its_value_unit_and_qualifier():
    assert "\n".join(line(entry.partition(" = ")[0]) for entry in SNAPSHOT.splitlines()) == SNAPSHOT


def test_euler_was_right():
    assert {BOOK[f"solids.{row}.euler"].number for row in ("tetrahedron", "cube", "octahedron", "dodecahedron", "icosahedron")} == {Decimal(2)}


def test_a_cell_with_a_unit_of_its_own_is_added_in_base_units():
    assert BOOK.amount("solids.icosahedron.edges") == Amount.of(Decimal(30), dimension=dimension("parts"))


def test_a_derived_figure_knows_what_it_was_made_from():
    assert BOOK["solids.cube.euler"].uses == ("solids.cube.faces", "solids.cube.vertices", "solids.cube.edges")
    assert BOOK["euclid.edges"].uses == tuple(f"solids.{row}.edges" for row in ("tetrahedron", "cube", "octahedron", "dodecahedron", "icosahedron"))


def test_a_printed_figure_has_its_place_and_source():
    cell = BOOK["solids.cube.faces"]
    assert (cell.place.section, cell.place.row, cell.source) == ("13", "XIII.15", "euclid")


def test_a_derived_figure_has_neither():
    assert (BOOK["solids.cube.euler"].place, BOOK["solids.cube.euler"].source) == (None, None)


def test_a_derived_range_encloses():
    assert WAVES["bands.vlf.wavelength"].shown == Range(Decimal("9993.08"), Decimal("99930.82"))


def test_an_end_of_a_range_has_a_name():
    assert WAVES.amount("bands.hf.frequency.to").low == WAVES.amount("bands.hf.frequency.to").high == 30_000_000


def test_a_column_derives_only_the_rows_it_lists():
    assert [name for name in WAVES.cells if name.endswith(".width")] == ["bands.vlf.width", "bands.ehf.width"]


def test_a_date_counts_in_years_from_its_first_day_to_its_last():
    whole = WAVES.amount("conferences.berlin")
    assert whole.dimension == (("years", 1),)
    assert (WAVES.amount("conferences.berlin.from").low, WAVES.amount("conferences.berlin.to").high) == (whole.low, whole.high)


def test_derived_figures_are_rounded_only_when_shown():
    cell = WAVES["bands.vlf.wavelength"]
    assert str(cell.number.low).startswith("9993.0819")
    assert str(cell.shown.low) == "9993.08"


def test_a_range_whose_ends_round_alike_is_shown_as_one_number():
    coarse = book.derive(project.validate(changed("data/tables/bands.yaml", "digits: 2", "digits: 0", "waves")))
    assert coarse["bands.ehf.wavelength"].shown == Decimal(0)


def test_whole_results_get_no_decimals_and_others_one():
    assert (BOOK["euclid.missing"].digits, BOOK["euclid.triangular"].digits) == (0, 1)


def test_a_circle_is_named_in_full():
    circle = changed("data/figures/euclid.yaml", "formula: 3 / euclid.count", "formula: euclid.edges / euclid.edges",
                     base=changed("data/figures/euclid.yaml", "sum(solids.*.edges)", "euclid.triangular * 90[edge]"))
    assert any("euclid.triangular → euclid.edges → euclid.triangular" in one for one in complaints(circle))
