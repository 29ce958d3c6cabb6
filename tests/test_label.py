"""Labels say no figures, and units no digits beside the number."""

from __future__ import annotations

import pytest

from tally import site
from tests.tiny import changed, complaints


@pytest.mark.parametrize(("path", "old", "new", "line"), [
    ("data/tables/solids.yaml", "{fr: Tétraèdre, de: Tetraeder}", "{fr: Les quatre faces, de: Tetraeder}",
     "data/tables/solids.yaml:26:21: rows.tetrahedron.label.fr: “quatre” is a figure in a name or label, which would not follow the data; say it without"),
    ("data/site.yaml", "title: {fr: Solides, de: Körper}", "title: {fr: Solides, de: 8274 Körper}",
     "data/site.yaml:5:26: title.de: “8274” is a figure in a name or label, which would not follow the data; say it without"),
    ("data/units.yaml", '{fr: "{}°", de', '{fr: "{}0°", de',
     "data/units.yaml:25:16: units.°.show.fr: a digit stands beside the number of every figure in this unit; write {} and words only")])
def test_a_figure_in_a_label_is_named_with_its_place(path, old, new, line):
    assert line in complaints(changed(path, old, new))


def test_a_row_of_a_chart_may_be_named_after_a_figure_and_is_held_to_it():
    named = changed("data/charts/conferences.yaml", "{en: Washington}", '{en: "Washington, {{ conferences.washington }}"}', "waves")
    found = site.check(named)
    assert [row.label for row in found.drawings["conferences", "en"].table.rows][2] == "Washington, November 1927"
    assert ("cells", "conferences.washington") in found.drawings.kept["conferences", "en"].asked
    missing = changed("data/charts/conferences.yaml", "{en: Washington}", '{en: "Washington, {{ conferences.tokyo }}"}', "waves")
    assert any(line.startswith("data/charts/conferences.yaml:") and "tokyo" in line for line in complaints(missing))
    typed = changed("data/charts/conferences.yaml", "{en: Washington}", '{en: "Washington, {{ conferences.washington }}, 80 states"}', "waves")
    assert any("“80” is typed by hand" in line for line in complaints(typed))
