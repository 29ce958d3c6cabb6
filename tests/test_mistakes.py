"""Mistakes: each kind of broken input gives these lines, with the place, what is wrong and what was meant."""

from __future__ import annotations

import pytest

from tally import forms
from tests.tiny import changed, complaints, folder

TABLE = "data/tables/solids.yaml"
FIGURES = "data/figures/euclid.yaml"
FACES = "data/charts/faces.yaml"
ANGLES = "data/charts/angles.yaml"
DUALS = "data/charts/duals.yaml"
SITE = "data/site.yaml"
UNITS = "data/units.yaml"
FR = "content/stories/euler/fr.md"
DE = "content/stories/euler/de.md"
WORDS = "content/interface.yaml"
PAPER = "data/paper.yaml"
SOURCES = "data/sources.yaml"
CLAIMS = "data/claims/book.yaml"
STORY = "content/stories/euler/story.yaml"

MISTAKES = [
    # what is wrong, the file, the text there, what is typed in its place, the lines that say so
    ("an unknown key", TABLE, "groups:\n", "gruops:\n", [
        "data/tables/solids.yaml:4:1: gruops: unknown key gruops; did you mean groups?",
    ]),
    ("an unknown key far from any", FACES, "sort: falling", "zzz: falling", [
        "data/charts/faces.yaml:12:1: zzz: unknown key zzz; known: alt, annotations, cut, doubtful, emphasis, form, …",
    ]),
    ("an unknown key inside a cell", TABLE, "{value: 2.5, unit: dozen}", "{vlaue: 2.5, unit: dozen}", [
        "data/tables/solids.yaml:50:32: rows.icosahedron.cells.edges.vlaue: unknown key vlaue; did you mean value?",
    ]),
    ("a missing key", SOURCES, "    producer: {fr: Euclide, de: Euklid}\n", "", [
        "data/sources.yaml:3:5: sources.euclid.producer: the key producer is missing; add it",
    ]),
    ("a missing translation", FIGURES, "{fr: Solides réguliers, de: Regelmäßige Körper}", "{fr: Solides réguliers}", [
        "data/figures/euclid.yaml:5:12: figures.count.label: the translation de is missing; write one for each of fr, de",
    ]),
    ("a missing translation in the site's own file", SITE, "title: {fr: Solides, de: Körper}", "title: {fr: Solides}", [
        "data/site.yaml:5:8: title: the translation de is missing; write one for each of fr, de",
    ]),
    ("an empty translation", FIGURES, "de: Regelmäßige Körper", "de: ''", [
        "data/figures/euclid.yaml:5:12: figures.count.label: the translation de is empty; write it",
    ]),
    ("a language that the site does not have", FIGURES, "de: Regelmäßige Körper}", "de: Körper, it: Solidi}", [
        "data/figures/euclid.yaml:5:12: figures.count.label: 'it' is no language of this site; its languages are fr, de",
    ]),
    ("a duplicate id", FIGURES, "  printed:\n", "  span:\n", [
        "data/figures/euclid.yaml:24:3: figures.span: the key span stands here twice, first on line 17; remove or rename one",
    ]),
    ("an id with a capital", TABLE, "  cube:\n", "  Cube:\n", [
        "data/tables/solids.yaml:28:3: rows.Cube: 'Cube' is no id; use small letters, digits and single hyphens",
    ]),
    ("a figure that is no number", TABLE, "{faces: 4, edges", "{faces: four, edges", [
        "data/tables/solids.yaml:27:20: rows.tetrahedron.cells.faces: 'four' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a figure with a thousands comma", FIGURES, "value: 360", 'value: "1,360"', [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '1,360' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a figure in full-width digits", FIGURES, "value: 360", "value: ３６０", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '３６０' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a figure longer than a spreadsheet keeps", FIGURES, "value: 360", "value: 3600000000000000", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '3600000000000000' has more than 15 digits, which no spreadsheet keeps; choose a larger unit",
    ]),
    ("no figure at all", TABLE, "{faces: 4, edges", "{faces: , edges", [
        "data/tables/solids.yaml:27:20: rows.tetrahedron.cells.faces: write exactly one of value, from and to, date, text",
    ]),
    ("two kinds of figure at once", FIGURES, "    value: 360\n", "    value: 360\n    date: 1482\n", [
        "data/figures/euclid.yaml:11:5: figures.limit: write exactly one of value, from and to, date, text, formula",
    ]),
    ("a range that runs backwards", FIGURES, "    from: 4\n    to: 20", "    from: 20\n    to: 4", [
        "data/figures/euclid.yaml:18:5: figures.span: the range runs backwards: from 20 must be less than to 4",
    ]),
    ("a range without its end", FIGURES, "    to: 20\n", "", [
        "data/figures/euclid.yaml:18:5: figures.span: a range needs both from and to",
    ]),
    ("a date that is none", FIGURES, "date: 1482", "date: 1482-13", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: '1482-13' is no date: month must be in 1..12",
    ]),
    ("a place nowhere", FIGURES, "place: {section: 13, footnote: 1}", "place: {}", [
        "data/figures/euclid.yaml:27:12: figures.printed.place.section: the key section is missing; add it",
    ]),
    ("a printed figure without its source", FIGURES, "    source: ratdolt\n", "", [
        "data/figures/euclid.yaml:25:5: figures.printed: a printed figure needs its place and its source",
    ]),
    ("a qualifier that is none", FIGURES, "qualifier: under", "qualifier: unter", [
        "data/figures/euclid.yaml:14:16: figures.limit.qualifier: 'unter' is not one of 'exact', 'about', 'over', 'nearly' or 'under'; did you mean under?",
    ]),
    ("an unknown unit of a figure", FIGURES, "unit: solid", "unit: solids", [
        "data/figures/euclid.yaml:7:11: figures.count.unit: no unit is called solids; did you mean solid?",
    ]),
    ("an unknown unit of a column", TABLE, "unit: face, role", "unit: fase, role", [
        "data/tables/solids.yaml:8:50: columns.faces.unit: no unit is called fase; did you mean face?",
    ]),
    ("an unknown unit in a formula", TABLE, "360[°]", "360[grad]", [
        "data/tables/solids.yaml:20:14: columns.angles.formula: no unit is called grad; known: dozen, edge, face, part, share, solid, …",
    ]),
    ("a unit without a place for its number", UNITS, '{fr: "{}°", de', '{fr: "°", de', [
        "data/units.yaml:25:16: units.°.show.fr: '°' needs one {} where the number goes",
    ]),
    ("a base that is none", UNITS, "base: degree", "base: De gree", [
        "data/units.yaml:23:11: units.°.base: 'De gree' is no base unit; write it as usd or cny/km2",
    ]),
    ("a factor of nought", UNITS, "factor: 12", "factor: 0", [
        "data/units.yaml:28:13: units.dozen.factor: a factor is greater than 0",
    ]),
    ("an unknown source", FIGURES, "source: ratdolt", "source: ratdold", [
        "data/figures/euclid.yaml:28:13: figures.printed.source: no source is called ratdold; did you mean ratdolt?",
    ]),
    ("an unknown section", FIGURES, "{section: 11, paragraph: 21}", "{section: 12, paragraph: 21}", [
        "data/figures/euclid.yaml:15:22: figures.limit.place.section: no section is called 12; did you mean 13?",
    ]),
    ("an unknown group", TABLE, "    group: others\n", "    group: other\n", [
        "data/tables/solids.yaml:30:12: rows.cube.group: no group is called other; did you mean others?",
    ]),
    ("a cell in no column", TABLE, "{faces: 6, edges: 12", "{facets: 6, edges: 12", [
        "content/stories/euler/de.md:5:16: no figure is called solids.cube.faces; did you mean solids.cube.angles?",
        "content/stories/euler/fr.md:5:11: no figure is called solids.cube.faces; did you mean solids.cube.angles?",
        "data/tables/solids.yaml:16:14: columns.euler.formula: no figure is called solids.cube.faces; did you mean solids.cube.angles?",
        "data/tables/solids.yaml:32:13: rows.cube.cells.facets: no column is called facets; did you mean faces?",
    ]),
    ("a formula that is none", FIGURES, "formula: 3 / euclid.count", "formula: 3 / / euclid.count", [
        "data/figures/euclid.yaml:38:14: figures.triangular.formula: “3 / / euclid.count” is no formula: invalid syntax",
    ]),
    ("a formula of a figure that is not there", FIGURES, "solids.dodecahedron.angles\n    unit", "solids.dodecaeder.angles\n    unit", [
        "data/figures/euclid.yaml:46:14: figures.missing.formula: no figure is called solids.dodecaeder.angles; did you mean solids.dodecahedron.angles?",
    ]),
    ("a formula of rows that are not there", FIGURES, "sum(solids.*.edges)", "sum(solids.*.ridges)", [
        "data/figures/euclid.yaml:42:14: figures.edges.formula: no figure matches solids.*.ridges",
    ]),
    ("a formula that needs itself", FIGURES, "euclid.limit - solids.dodecahedron.angles", "euclid.limit - euclid.missing", [
        "data/figures/euclid.yaml:46:14: figures.missing.formula: euclid.missing: the formula needs its own result: euclid.missing → euclid.missing",
    ]),
    ("a formula of unlike things", FIGURES, "euclid.limit - solids.dodecahedron.angles", "euclid.limit - solids.dodecahedron.faces", [
        "data/figures/euclid.yaml:46:14: figures.missing.formula: euclid.missing: “euclid.limit - solids.dodecahedron.faces”: degree and parts cannot be subtracted",
    ]),
    ("a formula in another unit than its column's", FIGURES, "    formula: sum(solids.*.edges)\n    unit: edge", "    formula: sum(solids.*.edges)\n    unit: solid", [
        "data/figures/euclid.yaml:42:14: figures.edges.formula: euclid.edges: “sum(solids.*.edges)” gives parts, but its unit is a plain ratio",
    ]),
    ("a formula that divides by nought", FIGURES, "3 / euclid.count", "3 / (euclid.count - 5)", [
        "data/figures/euclid.yaml:38:14: figures.triangular.formula: euclid.triangular: “3 / (euclid.count - 5)” divides by zero",
    ]),
    ("a chart of a row that is not there", DUALS, "rows: [cube,", "rows: [cubus,", [
        "data/charts/duals.yaml:8:29: cut.rows.0: no row is called cubus; did you mean cube?",
    ]),
    ("a chart of a column that is not there", FACES, "columns: [faces]", "columns: [face]", [
        "data/charts/faces.yaml:11:32: cut.columns.0: no column is called face; did you mean faces?",
    ]),
    ("a chart of a table that is not there", FACES, "table: solids", "table: solid", [
        "data/charts/faces.yaml:11:14: cut.table: no table is called solid; did you mean solids?",
    ]),
    ("a chart of a form that is none", FACES, "form: bars", "form: bar", [
        "data/charts/faces.yaml:1:7: form: 'bar' is not one of 'bars', 'change', 'pairs', 'dots', 'slope', 'share' or 'timeline'; did you mean bars?",
    ]),
    ("bars on a log scale", FACES, "sort: falling", "scale: log", [
        "data/charts/faces.yaml:12:8: scale: a chart of the form bars starts at zero, which no log scale has; use dots or slope",
    ]),
    ("pairs of three columns", DUALS, "columns: [faces, vertices]", "columns: [faces, edges, vertices]", [
        "data/charts/duals.yaml:1:7: form: the form pairs shows exactly 2 column(s), and 3 are given",
    ]),
    ("unlike things on one axis", DUALS, "columns: [faces, vertices]", "columns: [faces, angles]", [
        "data/charts/duals.yaml:1:7: form: one axis cannot show unlike units: solids.cube.faces is in parts, solids.cube.angles is in degree",
    ]),
    ("a reference line that is a date", ANGLES, "line: euclid.limit", "line: euclid.printed", [
        "data/charts/angles.yaml:10:11: annotations.0.line: euclid.printed is no number, and a chart of the form dots needs one",
    ]),
    ("a reference line of another kind", ANGLES, "line: euclid.limit", "line: euclid.edges", [
        "data/charts/angles.yaml:1:7: form: one axis cannot show unlike units: solids.tetrahedron.angles is in degree, euclid.edges is in parts",
    ]),
    ("a remark at a row that is not there", FACES, "{row: icosahedron}", "{row: icosaeder}", [
        "data/charts/faces.yaml:15:18: annotations.0.point.row: no row of this chart is called icosaeder; did you mean icosahedron?",
    ]),
    ("an emphasis on a row that is not there", FACES, "emphasis: [icosahedron]", "emphasis: [cubes]", [
        "data/charts/faces.yaml:13:12: emphasis.0: no row of this chart is called cubes; did you mean cube?",
    ]),
    ("a date among numbers", FACES, "cut: {table: solids, columns: [faces]}", "grid: {columns: {a: {label: {fr: a, de: a}}}, rows: {icosahedron: {label: {fr: a, de: a}, cells: [euclid.printed]}}}", [
        "data/charts/faces.yaml:1:7: form: euclid.printed is no number, and a chart of the form bars needs one",
    ]),
    ("a row of a grid with too few cells", FACES, "cut: {table: solids, columns: [faces]}", "grid: {columns: {a: {label: {fr: a, de: a}}, b: {label: {fr: a, de: a}}}, rows: {icosahedron: {label: {fr: a, de: a}, cells: [euclid.count]}}}", [
        "data/charts/faces.yaml:11:126: grid.rows.icosahedron.cells: cells: 1, columns: 2; write null for an empty cell",
    ]),
    ("a front page with a chart that is not there", SITE, "overview: faces", "overview: facets", [
        "data/site.yaml:8:11: overview: no chart is called facets; did you mean faces?",
    ]),
    ("a section of the gallery that is not there", FACES, "section: shape", "section: shapes", [
        "data/charts/faces.yaml:3:10: section: no section of the gallery is called shapes; did you mean shape?",
    ]),
    ("a locale that is none", SITE, "locale: de_DE", "locale: de_DD", [
        "data/site.yaml:4:25: languages.de.locale: 'de_DD' is no locale; did you mean de_DE?",
    ]),
    ("words to keep in a language that the site has not", SITE, "package: solids", "package: solids\nkeep: {xx: [deux faces]}", [
        "data/site.yaml:10:7: keep: 'xx' is no language of this site; known: de, fr",
    ]),
    ("an empty word to keep", SITE, "package: solids", "package: solids\nkeep: {fr: [' ']}", [
        "data/site.yaml:10:7: keep: an empty word keeps nothing together; write the word, or leave it out",
    ]),
    ("a base address that is none", SITE, "package: solids", "package: solids\nbase_url: solids.example", [
        "data/site.yaml:10:11: base_url: a base address starts with https://",
    ]),
    ("a word that a template asks for", WORDS, "  skip:", "  skap:", [
        "content/interface.yaml:2:3: words: no word is called skip; did you mean skap?",
    ]),
    ("a claim on a figure that is not there", CLAIMS, "printed: euclid.limit", "printed: euclid.limits", [
        "data/claims/book.yaml:12:14: claims.narrow.printed: no figure is called euclid.limits; did you mean euclid.limit?",
    ]),
    ("a claim with two tests", CLAIMS, "    formula: count(solids.*.faces)\n", "    formula: count(solids.*.faces)\n    against: euclid.limit\n", [
        "data/claims/book.yaml:3:5: claims.five: write exactly one of formula, against, condition, why",
    ]),
    ("a claim with a chart that is not there", CLAIMS, "chart: angles", "chart: angels", [
        "data/claims/book.yaml:14:12: claims.narrow.chart: no chart is called angels; did you mean angles?",
    ]),
    ("a story with a lead that is not there", STORY, "lead: duals", "lead: dual", [
        "content/stories/euler/story.yaml:2:7: lead: no chart is called dual; did you mean duals?",
    ]),
    ("a whole number that is none", STORY, "order: 1", "order: one", [
        "content/stories/euler/story.yaml:1:8: order: a whole number is expected here; 'one' was written",
    ]),
    ("a page without its other language", "content/pages/about/de.md", "", None, [
        "content/pages/about/de.md:1:1: this translation is missing; it is the twin of fr.md",
    ]),
    ("a story without its own file", STORY, "", None, [
        "content/stories/euler/story.yaml:1:1: this file is missing; it holds the story's order and lead",
    ]),
    ("a file that must be there", UNITS, "", None, [
        "data/units.yaml:1:1: this file is missing; it holds the units and how each language writes them",
    ]),
    ("a file that nothing reads", "data/table/solids.yaml", "", b'a: 1\n', [
        "data/table/solids.yaml:1:1: nothing reads this file; did you mean data/tables/NAME.yaml?",
    ]),
    ("a page in a language that the site does not have", "content/pages/about/it.md", "", b'---\ntitle: a\ndek: b\n---\n', [
        "content/pages/about/it.md:1:1: 'it' is no language of this site; known: de, fr",
    ]),
    ("a page without its front matter", "content/pages/about/de.md", "---\n", "", [
        "content/pages/about/de.md:1:1: the file must begin with a block between --- lines that holds title and dek",
    ]),
    ("a page without a dek", "content/pages/about/de.md", "dek: Alles ist gezählt.\n", "", [
        "content/pages/about/de.md:2:1: dek: the key dek is missing; add it",
    ]),
    ("a page in a folder of the engine's", "content/pages/data/fr.md", "", b'---\ntitle: a\ndek: b\n---\n', [
        "content/pages/data/de.md:1:1: this translation is missing; it is the twin of fr.md",
        "content/pages/data/fr.md:1:1: data is a folder of the engine's own; rename this page",
    ]),
    ("a file whose name is no id", "data/figures/Euclid_2.yaml", "", b'title: {fr: a, de: b}\nfigures: {a: {label: {fr: a, de: b}, value: 1, place: {section: 13}, source: euclid}}\n', [
        "data/figures/Euclid_2.yaml:1:1: 'Euclid_2' is no id; name it with small letters, digits and single hyphens",
    ]),
    ("a table and a set of one name", "data/figures/solids.yaml", "", b'title: {fr: a, de: b}\nfigures: {a: {label: {fr: a, de: b}, value: 1, place: {section: 13}, source: euclid}}\n', [
        "data/figures/solids.yaml:1:1: a table is called solids too; rename one of the two files",
    ]),
    ("bytes that are not UTF-8", PAPER, "", b'source: euclid\nname: {fr: \xe9t\xe9, de: Sommer}\n', [
        "data/paper.yaml:2:12: byte 0xe9 is not UTF-8; save the file with the encoding UTF-8",
    ]),
    ("a tab", PAPER, "  11:", "\t11:", [
        "data/paper.yaml:4:1: a tab stands here; YAML takes spaces only: indent with two spaces",
    ]),
    ("an empty file", PAPER, "", b'', [
        "data/paper.yaml:1:1: the file is empty; see README for what belongs in it",
    ]),
    ("a file of comments", PAPER, "", b'# nothing\n', [
        "data/paper.yaml:1:1: the file is empty; see README for what belongs in it",
    ]),
    ("an alias that multiplies (a YAML bomb)", PAPER, "", b'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n', [
        "data/paper.yaml:1:4: a: &a is not read here; write plain values",
        "data/paper.yaml:2:4: b: &b is not read here; write plain values",
        "data/paper.yaml:2:8: b.0: *a repeats another value; aliases are not read here, write the value out",
        "data/paper.yaml:2:12: b.1: *a repeats another value; aliases are not read here, write the value out",
        "data/paper.yaml:3:5: c.0: *b repeats another value; aliases are not read here, write the value out",
        "data/paper.yaml:3:9: c.1: *b repeats another value; aliases are not read here, write the value out",
    ]),
    ("a tag that makes objects", PAPER, "source: euclid", "source: !!python/name:os.system euclid", [
        "data/paper.yaml:1:9: source: !!python/name:os.system is not read here; write plain values",
    ]),
    ("a file nested too deeply", PAPER, "", b'a: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n', [
        "data/paper.yaml:1:43: nested more than 40 deep; flatten it",
    ]),
    ("two documents in a file", PAPER, "name:", "---\nname:", [
        "data/paper.yaml:2:1: a second document starts here; keep one document in a file",
    ]),
    ("a control character", PAPER, "de: die Elemente", "de: d\u0007ie Elemente", [
        "data/paper.yaml:2:31: the character U+0007 is not allowed in YAML; remove it",
    ]),
    ("a full-width colon", PAPER, "source: euclid", "source：euclid", [
        "data/paper.yaml:1:7: a full-width colon stands here; write “: ” (colon and space) between key and value",
    ]),
    ("a quotation mark that is never closed", PAPER, "de: die Elemente", 'de: "die Elemente', [
        "data/paper.yaml:2:30: the quotation mark that opens here is never closed; close it",
    ]),
    ("a list where keys belong", PAPER, "", b'- a\n- b\n', [
        "data/paper.yaml:1:1: keys and values are expected here, as in “key: value”; a list was written",
    ]),
    ("a number where a text belongs", PAPER, "name: {fr: les Éléments, de: die Elemente}", "name: [a, b]", [
        "data/paper.yaml:2:7: name: keys and values are expected here, as in “key: value”; a list was written",
    ]),
    ("a merge key", PAPER, "source: euclid", "source: euclid\n<<: {a: b}", [
        "data/paper.yaml:2:1: <<: unknown key <<; known: name, sections, source",
    ]),
    ("a reference to a figure that is not there", FR, "{{ solids.cube.vertices }} et", "{{ solids.cube.vertexes }} et", [
        "content/stories/euler/de.md:5:1: its figures differ from those of its twin at content/stories/euler/fr.md:5: only here solids.cube.vertices; only there solids.cube.vertexes",
        "content/stories/euler/fr.md:5:36: no figure is called solids.cube.vertexes; did you mean solids.cube.vertices?",
    ]),
    ("a reference that is not closed", FR, "{{ solids.cube.vertices }} et", "{{ solids.cube.vertices et", [
        "content/stories/euler/fr.md:5:36: “{{” has no partner; a figure is written {{ name }}, a phrase [[ words | condition ]]",
    ]),
    ("a reference in a form that is none", FR, "{{ euclid.span }}", "{{ euclid.span | dashed }}", [
        "content/stories/euler/fr.md:11:112: “dashed” is no form of a figure; forms: number, bare, digits N, in UNIT, signed, size, dash, label, scale",
    ]),
    ("a reference in a unit that is not there", FR, "| in edge", "| in edges", [
        "content/stories/euler/fr.md:11:52: no unit is called edges; did you mean edge?",
    ]),
    ("a reference in a unit of another kind", FR, "| in edge", "| in °", [
        "content/stories/euler/fr.md:11:52: solids.icosahedron.edges is in parts, and ° measures degree",
    ]),
    ("a reference in a dek", FR, '{{ solids.cube.euler }}."', '{{ solids.cube.eular }}."', [
        "content/stories/euler/fr.md:3:41: dek: no figure is called solids.cube.eular; did you mean solids.cube.euler?",
    ]),
    ("a reference in a label", TABLE, "{fr: Tétraèdre, de: Tetraeder}", '{fr: "Tétra {{ euclid.count }}", de: Tetraeder}', [
        "data/tables/solids.yaml:26:24: rows.tetrahedron.label.fr: names and labels cite no figures; write plain words here",
    ]),
    ("a slope of one column", FACES, "form: bars", "form: slope", [
        "data/charts/faces.yaml:1:7: form: the form slope leads from one column to another, and one is given",
    ]),
    ("a remark where no figure stands", FACES, "cut: {table: solids, columns: [faces]}", "grid: {columns: {a: {label: {fr: a, de: a}}}, rows: {icosahedron: {label: {fr: a, de: a}, cells: [null]}, b: {label: {fr: a, de: a}, cells: [euclid.count]}}}", [
        "data/charts/faces.yaml:15:12: annotations.0.point: no figure stands at icosahedron, a; point at one that does",
    ]),
    ("an unbalanced mark in a label", TABLE, "{fr: Tétraèdre, de: Tetraeder}", '{fr: "Tétra {{", de: Tetraeder}', [
        "data/tables/solids.yaml:26:24: rows.tetrahedron.label.fr: names and labels cite no figures; write plain words here",
    ]),
    ("a phrase with a condition that is none", FACES, "solids.*.faces) = 1 ]]", "solids.*.faces) = ]]", [
        "data/charts/faces.yaml:5:21: title.fr: “rank(solids.icosahedron.faces, solids.*.faces) =” is no formula: invalid syntax",
    ]),
    ("a phrase that is not true", FACES, "solids.*.faces) = 1 ]]", "solids.*.faces) > 1 ]]", [
        "data/charts/faces.yaml:5:21: title.fr: “le plus de faces” is not true: rank(solids.icosahedron.faces, solids.*.faces) > 1 does not hold; rank(solids.icosahedron.faces, solids.*.faces) is 1",
        "data/charts/faces.yaml:6:7: title.de: its conditions differ from those of its twin in fr: only here rank(solids.icosahedron.faces, solids.*.faces) = 1; only there rank(solids.icosahedron.faces, solids.*.faces) > 1",
    ]),
    ("a phrase with a figure for a condition", FACES, "solids.*.faces) = 1 ]]", "solids.*.faces) ]]", [
        "data/charts/faces.yaml:5:21: title.fr: “le plus de faces” is not true: rank(solids.icosahedron.faces, solids.*.faces) does not hold; “rank(solids.icosahedron.faces, solids.*.faces)” is a figure, not a condition; compare it with something",
        "data/charts/faces.yaml:6:7: title.de: its conditions differ from those of its twin in fr: only here rank(solids.icosahedron.faces, solids.*.faces) = 1; only there rank(solids.icosahedron.faces, solids.*.faces)",
    ]),
    ("a phrase on figures that are not there", FACES, "solids.*.faces) = 1 ]]", "solids.*.fases) = 1 ]]", [
        "data/charts/faces.yaml:5:21: title.fr: no figure matches solids.*.fases",
    ]),
    ("a phrase on a range that may be either", FACES, "rank(solids.icosahedron.faces, solids.*.faces) = 1 ]]", "not euclid.span > 10[face] ]]", [
        "data/charts/faces.yaml:5:21: title.fr: “le plus de faces” is not true: not euclid.span > 10[face] does not hold; “not euclid.span > 10[face]” cannot be worked out: a range reaches to both sides of what it is compared with; use .from or .to",
        "data/charts/faces.yaml:6:7: title.de: its conditions differ from those of its twin in fr: only here rank(solids.icosahedron.faces, solids.*.faces) = 1; only there not euclid.span > 10[face]",
    ]),
    ("a chart that is not there in a story", FR, "::chart duals", "::chart duels", [
        "content/stories/euler/de.md:7:1: this chart duals stands against the chart duels at content/stories/euler/fr.md:7; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:7:1: no chart is called duels; did you mean duals?",
    ]),
    ("a heading without an anchor", FR, "## Les arêtes {#edges}", "## Les arêtes", [
        "content/stories/euler/de.md:9:1: this heading edges stands against the heading at content/stories/euler/fr.md:9; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:9:1: this heading has no anchor; end it with one, such as {#vacancy}, the same in every language",
    ]),
    ("a note without its text", FR, "[^euler]: Pour le dodécaèdre aussi : {{ solids.dodecahedron.euler }}.\n", "", [
        "content/stories/euler/de.md:16:1: this note euler has no twin in content/stories/euler/fr.md; add it there or remove it here",
        "content/stories/euler/fr.md:5:227: the note [^euler] has no text; write it below, as [^euler]: …",
    ]),
    ("a note that nothing calls", FR, "]].[^euler]", "]].", [
        "content/stories/euler/fr.md:16:1: nothing calls the note [^euler]; none is declared",
    ]),
    ("a note that is called twice", FR, "- rédigé", "- rédigé[^euler]", [
        "content/stories/euler/fr.md:14:9: the note [^euler] is called twice; give the second place a note of its own",
    ]),
    ("a chart shown twice", FR, "::chart duals", "::chart duals\n\n::chart duals", [
        "content/stories/euler/de.md:9:1: this heading edges stands against the chart duals at content/stories/euler/fr.md:9; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:9:1: the chart duals stands here twice; show it once and name it the second time",
    ]),
    ("a figure typed by hand", FR, "Le cube a", "Le cube, 1 des solides, a", [
        'content/stories/euler/fr.md:5:10: “1” is typed by hand; cite the figure as {{ name }}, assert the phrase as [[ words | condition ]], or mark a plain number as {{ "1" }}',
    ]),
    ("an order of charts that differs", DE, "::chart duals", "::chart faces", [
        "content/stories/euler/de.md:7:1: this chart faces stands against the chart duals at content/stories/euler/fr.md:7; both languages need the same blocks in the same order",
    ]),
    ("a text where a figure belongs is a list", FIGURES, "value: 360", "value: ['8000']", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: a figure is expected here; a list was written",
    ]),
    ("keys where a date belongs", FIGURES, "date: 1482", "date: {year: 1482}", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: a date is expected here; keys and values were written",
    ]),
    ("a figure that begins with nought", FIGURES, "value: 360", "value: 0360", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '0360' begins with 0; write 360",
    ]),
    ("a table of no rows", "data/tables/none.yaml", "", b'title: {fr: a, de: b}\nsource: euclid\nplace: {section: 13}\nrows: {}\n', [
        "data/tables/none.yaml:4:7: rows: nothing stands here; write one at least",
    ]),
    ("a set of no figures", "data/figures/none.yaml", "", b'title: {fr: a, de: b}\nfigures: {}\n', [
        "data/figures/none.yaml:2:10: figures: nothing stands here; write one at least",
    ]),
    ("a chart of no rows", DUALS, "rows: [cube, octahedron, dodecahedron, icosahedron]", "rows: []", [
        "data/charts/duals.yaml:8:28: cut.rows: nothing stands here; write one at least",
    ]),
    ("a chart with a row twice", DUALS, "rows: [cube,", "rows: [cube, cube,", [
        "data/charts/duals.yaml:8:28: cut.rows: cube stands here twice; name it once",
    ]),
    ("a chart with a column twice", DUALS, "columns: [faces, vertices]", "columns: [faces, faces]", [
        "data/charts/duals.yaml:8:84: cut.columns: faces stands here twice; name it once",
    ]),
    ("a paragraph before the first", FIGURES, "{section: 11, paragraph: 21}", "{section: 11, paragraph: 0}", [
        "data/figures/euclid.yaml:15:37: figures.limit.place.paragraph: a number of at least 1 is expected here; '0' was written",
    ]),
    ("a paragraph beyond any paper", FIGURES, "{section: 11, paragraph: 21}", "{section: 11, paragraph: 10000}", [
        "data/figures/euclid.yaml:15:37: figures.limit.place.paragraph: a number of at most 9999 is expected here; '10000' was written",
    ]),
    ("a paragraph that is no number", FIGURES, "{section: 11, paragraph: 21}", "{section: 11, paragraph: 2.5}", [
        "data/figures/euclid.yaml:15:37: figures.limit.place.paragraph: a whole number is expected here; '2.5' was written",
    ]),
    ("a table that the data does not hold", FIGURES, "{section: 11, paragraph: 21}", "{section: 11, table: 3}", [
        "data/figures/euclid.yaml:15:33: figures.limit.place.table: no table of the paper in data/tables is called 3; none is declared",
    ]),
    ("more decimals than figures have", TABLE, "digits: 0", "digits: 10", [
        "data/tables/solids.yaml:21:13: columns.angles.digits: a number of at most 9 is expected here; '10' was written",
    ]),
    ("a pattern in units of nought", UNITS, '{fr: "{}°", de', '{fr: {other: "{}", factor: 0}, de', [
        "data/units.yaml:25:38: units.°.show.fr.factor: a number greater than 0 is expected here; '0' was written",
    ]),
    ("an empty headline", "content/pages/about/de.md", "dek: Alles ist gezählt.", 'dek: ""', [
        "content/pages/about/de.md:3:6: dek: this text is empty; write it",
    ]),
    ("a record that nobody can have written", "content/stories/euler/made-from.yaml", "", b'languages: {de: [abc]}\n', [
        "content/stories/euler/made-from.yaml:1:18: languages.de.0: 'abc' is no line of this file; have it written by build.py confirm",
    ]),
    ("languages that are none", SITE, "  fr: {tag: fr, locale: fr_FR, name: Français}", "  fr: 3", [
        "data/site.yaml:3:7: languages.fr: keys and values are expected here, as in “key: value”; '3' was written",
    ]),
    ("no languages", SITE, "", b'languages: {}\n', [
        "data/site.yaml:1:1: overview: the key overview is missing; add it",
        "data/site.yaml:1:1: package: the key package is missing; add it",
        "data/site.yaml:1:1: publisher: the key publisher is missing; add it",
        "data/site.yaml:1:1: tagline: the key tagline is missing; add it",
        "data/site.yaml:1:1: title: the key title is missing; add it",
        "data/site.yaml:1:12: languages: nothing stands here; write one at least",
    ]),
    ("an empty language tag", SITE, "tag: fr,", 'tag: "",', [
        "data/site.yaml:3:13: languages.fr.tag: '' is no language tag; write language, script and region, as in zh-Hant-HK",
    ]),
    ("a language tag that is none", SITE, "tag: fr,", "tag: fr_FR,", [
        "data/site.yaml:3:13: languages.fr.tag: 'fr_FR' is no language tag; write language, script and region, as in zh-Hant-HK",
    ]),
    ("an address of a source that is none", SOURCES, "    producer: {fr: Euclide, de: Euklid}\n", "    producer: {fr: Euclide, de: Euklid}\n    url_main: javascript:alert(1)\n", [
        "data/sources.yaml:4:15: sources.euclid.url_main: 'javascript:alert(1)' is no address; write it whole, as in https://example.org/report",
    ]),
    ("a nought character in a text", PAPER, "de: die Elemente", 'de: "die\\0Elemente"', [
        "data/paper.yaml:2:30: name.de: the character U+0000 is not allowed in a text; remove it",
    ]),
    ("a control character in an article", FR, "Le cube a", "Le cube\u0008 a", [
        "content/stories/euler/fr.md:5:8: the character U+0008 is not allowed in a text; remove it",
    ]),
    ("a table whose name a formula cannot say", "data/tables/row.yaml", "", b'title: {fr: a, de: b}\nsource: euclid\nplace: {section: 13}\ncolumns: {a: {label: {fr: a, de: b}}}\nrows: {a: {label: {fr: a, de: b}, cells: {a: 1}}}\n', [
        "data/tables/row.yaml:1:1: formulas cannot name a figure by 'row'; call the file otherwise, beginning with a letter",
    ]),
    ("a set whose name begins with a digit", "data/figures/2022.yaml", "", b'title: {fr: a, de: b}\nfigures: {a: {label: {fr: a, de: b}, value: 1, place: {section: 13}, source: euclid}}\n', [
        "data/figures/2022.yaml:1:1: formulas cannot name a figure by '2022'; call the file otherwise, beginning with a letter",
    ]),
    ("a quotation mark closed by the next one", PAPER, "", b'source: "euclid\nname: {fr: "a", de: b}\n', [
        "data/paper.yaml:1:9: the quotation mark that opens here is closed only on line 2; close it where the text ends",
    ]),
    ("a no-break space in the indentation", PAPER, "  11:", "\u00a0\u00a011:", [
        "data/paper.yaml:4:1: a no-break space (U+00A0) stands before this key; indent with plain spaces",
    ]),
    ("an ideographic space in the indentation", PAPER, "  11:", "\u3000\u300011:", [
        "data/paper.yaml:4:1: an ideographic space (U+3000) stands before this key; indent with plain spaces",
    ]),
    ("a no-break space after a colon", PAPER, "source: euclid", "source:\u00a0euclid", [
        "data/paper.yaml:1:8: a no-break space (U+00A0) stands after the colon; write a plain space",
    ]),
    ("a full-width comma", PAPER, "les Éléments, de:", "les Éléments， de:", [
        "data/paper.yaml:2:24: a full-width ， stands here; write “,”",
    ]),
    ("a full-width brace that opens", PAPER, "name: {fr", "name: ｛fr", [
        "data/paper.yaml:2:7: a full-width ｛ stands here; write “{”",
    ]),
    ("a full-width brace that closes", PAPER, "die Elemente}", "die Elemente｝", [
        "data/paper.yaml:2:42: a full-width ｝ stands here; write “}”",
    ]),
    ("full-width brackets", DUALS, "columns: [faces, vertices]", "columns: ［faces, vertices］", [
        "data/charts/duals.yaml:8:92: cut: a full-width ］ stands in this key; write “]”",
    ]),
    ("a full-width comma between ids", DUALS, "columns: [faces, vertices]", "columns: [faces， vertices]", [
        "data/charts/duals.yaml:8:85: cut.columns.0: a full-width ， stands in 'faces， vertices'; write “,”",
    ]),
    ("a full-width colon in braces", PAPER, "name: {fr: les", "name: {fr：les", [
        "data/paper.yaml:2:8: name: a full-width ： stands in this key; write “:”",
    ]),
    ("a key indented too deep", FIGURES, "    value: 360\n", "     value: 360\n", [
        "data/figures/euclid.yaml:12:6: a key is expected; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a key indented too little", FIGURES, "    value: 360\n", "   value: 360\n", [
        "data/figures/euclid.yaml:12:4: a key is expected; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a row indented too little", TABLE, "  cube:\n", " cube:\n", [
        "data/tables/solids.yaml:28:2: a key is expected; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a key of a list's item indented too little", FACES, "\n    text: {fr", "\n   text: {fr", [
        "data/charts/faces.yaml:16:4: the next “- ” of this list or a key of its last item is expected; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("typographic quotation marks around a figure", FIGURES, "value: 360", "value: “360”", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '“360”' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("typographic quotation marks around a text with a comma", PAPER, "de: die Elemente", "de: “die, Elemente”", [
        "data/paper.yaml:2:45: name.Elemente”: the text ends before this, at a comma; write straight quotation marks (\") around the whole of it",
    ]),
    ("typographic quotation marks around a unit", FIGURES, 'unit: "°"', "unit: “°”", [
        "data/figures/euclid.yaml:13:11: figures.limit.unit: no unit is called “°”; did you mean °?",
    ]),
    ("a year sign in a number", FIGURES, "value: 360", "value: 360年", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '360年' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a year sign in a date", FIGURES, "date: 1482", "date: 1482年", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: '1482年' is no date: expected a year 2022, half 2021-H1, quarter 2023-Q3, month 2010-08 or day 2021-09-06",
    ]),
    ("a thirteenth month", FIGURES, "date: 1482", "date: 2023-13", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: '2023-13' is no date: month must be in 1..12",
    ]),
    ("a day that its month does not have", FIGURES, "date: 1482", "date: 2023-02-30", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: '2023-02-30' is no date: day is out of range for month",
    ]),
    ("a date in another manner", FIGURES, "date: 1482", "date: 6.9.2021", [
        "data/figures/euclid.yaml:26:11: figures.printed.date: '6.9.2021' is no date: expected a year 2022, half 2021-H1, quarter 2023-Q3, month 2010-08 or day 2021-09-06",
    ]),
    ("a percent sign in a number", FIGURES, "value: 360", "value: 36%", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '36%' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a space between thousands", FIGURES, "value: 360", "value: 1 360", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '1 360' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a decimal comma", FIGURES, "value: 360", "value: 360,5", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '360,5' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("a decimal comma between cells", TABLE, "{faces: 4, edges", "{faces: 4,5, edges", [
        "data/tables/solids.yaml:27:22: rows.tetrahedron.cells.5: a comma splits the number before this; write digits and a point only, 4.5 or 45",
    ]),
    ("a thousands comma between cells", TABLE, "{faces: 4, edges", "{faces: 1,400, edges", [
        "data/tables/solids.yaml:27:22: rows.tetrahedron.cells.400: a comma splits the number before this; write digits and a point only, 1.400 or 1400",
    ]),
    ("a range typed as one figure", FIGURES, "value: 360", "value: 30-50", [
        "data/figures/euclid.yaml:12:12: figures.limit.value: '30-50' is no figure; write digits and a point only, as in 16297.60",
    ]),
    ("no space after a colon", FIGURES, "value: 360", "value:360", [
        "data/figures/euclid.yaml:13:5: a “: ” is missing after a key; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a colon in a text", FACES, "subtitle: {fr", "note: a: b\nsubtitle: {fr", [
        "data/charts/faces.yaml:7:8: a second “: ” stands in one line; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a missing comma in a list", DUALS, "rows: [cube, octahedron", "rows: [cube octahedron", [
        "data/charts/duals.yaml:8:29: cut.rows.0: 'cube octahedron' is no id; use small letters, digits and single hyphens",
    ]),
    ("a missing comma between cells", TABLE, "{faces: 4, edges: 6", "{faces: 4 edges: 6", [
        "data/tables/solids.yaml:27:27: a comma or } is expected; a text with “, ” or “: ” inside { } wants quotation marks; check indentation, quotes and “: ” here and on the line above",
    ]),
    ("a key that stands there twice", FACES, "sort: falling", "sort: falling\nsort: rising", [
        "data/charts/faces.yaml:13:1: sort: the key sort stands here twice, first on line 12; remove or rename one",
    ]),
    ("a figure at the beginning of a text without quotation marks", FACES, '"{{ solids.icosahedron.faces }} triangulaires"', "{{ solids.icosahedron.faces }} triangulaires", [
        "data/charts/faces.yaml:16:17: annotations.0.text.fr: a text that begins with {{ wants quotation marks",
    ]),
    ("a renamed row that is still cited", TABLE, "  tetrahedron:\n", "  pyramid:\n", [
        "data/charts/faces.yaml:9:29: alt.fr: no figure is called solids.tetrahedron.faces; did you mean solids.octahedron.faces?",
        "data/charts/faces.yaml:10:30: alt.de: no figure is called solids.tetrahedron.faces; did you mean solids.octahedron.faces?",
    ]),
    ("a figure renamed that a formula reads", FIGURES, "  count:\n", "  number:\n", [
        "content/pages/front/de.md:3:14: dek: no figure is called euclid.count; did you mean euclid.span?",
        "content/pages/front/fr.md:3:16: dek: no figure is called euclid.count; did you mean euclid.span?",
        "data/claims/book.yaml:4:21: claims.five.statement.fr: no figure is called euclid.count; did you mean euclid.span?",
        "data/claims/book.yaml:5:19: claims.five.statement.de: no figure is called euclid.count; did you mean euclid.span?",
        "data/claims/book.yaml:6:14: claims.five.printed: no figure is called euclid.count; did you mean euclid.span?",
        "data/figures/euclid.yaml:38:14: figures.triangular.formula: no figure is called euclid.count; did you mean euclid.span?",
    ]),
    ("a row removed that a chart shows", TABLE, "  octahedron:\n    number: XIII.14\n    group: triangles\n    label: {fr: Octaèdre, de: Oktaeder}\n"
     "    cells: {faces: 8, edges: 12, vertices: 6, sides: 3, meeting: 4}\n", "", [
        "data/charts/duals.yaml:8:35: cut.rows.1: no row is called octahedron; did you mean dodecahedron?",
    ]),
    ("a phrase that is not closed", FR, "]].", "].", [
        "content/stories/euler/fr.md:5:154: “[[” has no partner; a figure is written {{ name }}, a phrase [[ words | condition ]]",
    ]),
    ("bold print that is not closed", FR, "Le cube a", "**Le cube a", [
        "content/stories/euler/fr.md:5:1: “**” has no partner in this paragraph; close it, or remove it",
    ]),
    ("code that is not closed", DE, "- ", "- `", [
        "content/stories/euler/de.md:13:3: “`” has no partner in this paragraph; close it, or remove it",
    ]),
    ("a link that is not closed", FR, "Le cube a", "[Le cube](https://example.org a", [
        "content/stories/euler/fr.md:5:9: the address of this link is never closed; end it with )",
    ]),
    ("a reference in single braces", FR, "{{ solids.cube.vertices }} et", "{ solids.cube.vertices } et", [
        "content/stories/euler/de.md:5:1: its figures differ from those of its twin at content/stories/euler/fr.md:5: only here solids.cube.vertices; only there nothing",
        "content/stories/euler/fr.md:5:36: { solids.cube.vertices } is read as plain words; a figure is written {{ name }}",
    ]),
    ("a reference in full-width braces", FR, "{{ solids.cube.vertices }} et", "｛｛ solids.cube.vertices ｝｝ et", [
        "content/stories/euler/de.md:5:1: its figures differ from those of its twin at content/stories/euler/fr.md:5: only here solids.cube.vertices; only there nothing",
        "content/stories/euler/fr.md:5:36: ｛｛ solids.cube.vertices ｝｝ is read as plain words; a figure is written {{ name }}",
    ]),
    ("a misspelt chart", FR, "::chart duals", "::chrat duals", [
        "content/stories/euler/de.md:7:1: this chart duals stands against the paragraph at content/stories/euler/fr.md:7; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:7:1: nothing reads this: ::chrat duals; a chart is shown by ::chart NAME alone on a line, with a blank line above and below",
    ]),
    ("a chart with one colon", FR, "::chart duals", ":chart duals", [
        "content/stories/euler/de.md:7:1: this chart duals stands against the paragraph at content/stories/euler/fr.md:7; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:7:1: nothing reads this: :chart duals; a chart is shown by ::chart NAME alone on a line, with a blank line above and below",
    ]),
    ("a chart with full-width colons", FR, "::chart duals", "：：chart duals", [
        "content/stories/euler/de.md:7:1: this chart duals stands against the paragraph at content/stories/euler/fr.md:7; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:7:1: nothing reads this: ：：chart duals; a chart is shown by ::chart NAME alone on a line, with a blank line above and below",
    ]),
    ("a note with an empty text", FR, "[^euler]: Pour le dodécaèdre aussi : {{ solids.dodecahedron.euler }}.", "[^euler]:", [
        "content/stories/euler/de.md:16:1: this note euler stands against the paragraph at content/stories/euler/fr.md:16; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:5:227: the note [^euler] has no text; write it below, as [^euler]: …",
    ]),
    ("an anchor written twice", FR, "{#edges}", "{#edges} {#edges}", [
        "content/stories/euler/fr.md:9:1: this heading has two anchors; keep one",
    ]),
    ("an anchor of two headings", FR, "## Les arêtes {#edges}", "## Les arêtes {#edges}\n\n## Autres {#edges}", [
        "content/stories/euler/de.md:11:1: this paragraph stands against the heading edges at content/stories/euler/fr.md:11; both languages need the same blocks in the same order",
        "content/stories/euler/fr.md:11:1: two headings have the anchor edges; rename one",
    ]),
    ("a story in one language", DE, "", None, [
        "content/stories/euler/de.md:1:1: this translation is missing; it is the twin of fr.md",
    ]),
    ("a mark of a merge in YAML", FIGURES, "    value: 360\n", "<<<<<<< HEAD\n    value: 360\n=======\n    value: 361\n>>>>>>> other\n", [
        "data/figures/euclid.yaml:12:1: a merge left this mark here; keep one of the two versions, and remove the marks",
    ]),
    ("a mark of a merge in a story", FR, "::chart duals\n", "<<<<<<< HEAD\n::chart duals\n=======\n::chart faces\n>>>>>>> other\n", [
        "content/stories/euler/fr.md:7:1: a merge left this mark here; keep one of the two versions, and remove the marks",
    ]),
    ("a file in Big5", PAPER, "", "source: euclid\nname: {fr: 前海, de: 對數}\n".encode("big5"), [
        "data/paper.yaml:2:12: byte 0xab is not UTF-8; save the file with the encoding UTF-8",
    ]),
    ("a file in UTF-16", PAPER, "", "source: euclid\n".encode("utf-16-le"), [
        "data/paper.yaml:1:2: the character U+0000 is not allowed in YAML; remove it",
    ]),
    ("an empty story", FR, "", b"", [
        "content/stories/euler/fr.md:1:1: the file must begin with a block between --- lines that holds title and dek",
    ]),
    ("a file with another ending", "data/tables/more.yml", "", b"a: 1\n", [
        "data/tables/more.yml:1:1: nothing reads this file; did you mean data/tables/NAME.yaml?",
    ]),
    ("a band that runs backwards", ANGLES, "  - line: euclid.limit", "  - band: {from: euclid.limit, to: solids.cube.angles}", [
        "data/charts/angles.yaml:10:11: annotations.0.band: the band runs backwards: from 360 must be less than to 270",
    ]),
]


@pytest.mark.parametrize(("path", "old", "new", "lines"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_named_with_its_place(path, old, new, lines):
    assert complaints(changed(path, old, new)) == lines


@pytest.mark.parametrize("change", [lambda raw: b"\xef\xbb\xbf" + raw, lambda raw: raw.replace(b"\n", b"\r\n")], ids=["a byte-order mark", "Windows line ends"])
@pytest.mark.parametrize("path", [FACES, TABLE, FR, WORDS])
def test_what_windows_editors_add_is_no_mistake(path, change):
    assert complaints(changed(path, "", change(folder().files[path]))) == []


@pytest.mark.parametrize("name", ["solids", "waves"])
def test_a_tiny_site_has_no_mistakes(name):
    assert complaints(folder(name)) == []


def test_two_broken_files_give_both_problems_at_once():
    broken = changed(FIGURES, "value: 360", "value: many", base=changed(UNITS, "factor: 12", "facter: 12"))
    assert complaints(broken) == [
        "data/figures/euclid.yaml:12:12: figures.limit.value: 'many' is no figure; write digits and a point only, as in 16297.60",
        "data/units.yaml:28:5: units.dozen.facter: unknown key facter; did you mean factor?",
    ]


def test_two_mistakes_in_one_file_are_both_named():
    broken = changed(FIGURES, "value: 360", "value: many", base=changed(FIGURES, "date: 1482", "date: soon"))
    assert [line.partition(": ")[0] for line in complaints(broken)] == ["data/figures/euclid.yaml:12:12", "data/figures/euclid.yaml:26:11"]


def test_a_translation_that_is_missing_does_not_hide_a_name_that_is_wrong():
    broken = changed("content/pages/about/de.md", "", None, base=changed(FACES, "columns: [faces]", "columns: [face]"))
    assert [line.partition(": ")[0] for line in complaints(broken)] == ["content/pages/about/de.md:1:1", "data/charts/faces.yaml:11:32"]


def test_a_log_scale_has_no_place_for_nought():
    broken = changed(TABLE, "180[°] - 360[°] / row.sides", "180[°] - 180[°]", base=changed(ANGLES, "sort: rising", "scale: log"))
    assert complaints(broken)[0] == (
        "data/charts/angles.yaml:8:8: scale: solids.cube.angles is 0, and a log scale begins above 0; use linear")


def test_a_chart_of_rows_without_the_column_shows_no_figure():
    broken = changed("data/charts/bands.yaml", "columns: [frequency]", "columns: [width], rows: [lf]", "waves")
    assert complaints(broken) == ["data/charts/bands.yaml:5:6: cut: this chart shows no figure; name rows and columns that have one"]


def test_a_chain_of_formulas_that_is_too_long_is_refused():
    links = "".join(f"  f{n}: {{label: {{fr: a, de: b}}, formula: chain.f{n + 1} + 1}}\n" for n in range(200))
    end = "  f200: {label: {fr: a, de: b}, value: 1, place: {section: 13}, source: euclid}\n"
    broken = changed("data/figures/chain.yaml", "", f"title: {{fr: a, de: b}}\nfigures:\n{links}{end}".encode())
    assert any("stands on more than 50 others" in line for line in complaints(broken))


SOME = """title: {fr: a, de: b}
figures:
  nought: {label: {fr: a, de: b}, value: 0, place: {section: 13}, source: euclid}
  loss: {label: {fr: a, de: b}, value: -1, place: {section: 13}, source: euclid}
  one: {label: {fr: a, de: b}, value: 1, place: {section: 13}, source: euclid}
  first: {label: {fr: a, de: b}, date: 0001, place: {section: 13}, source: euclid}
  last: {label: {fr: a, de: b}, date: 9999, place: {section: 13}, source: euclid}
"""
GRID = """form: {}
section: shape
title: {{fr: a, de: b}}
subtitle: {{fr: a, de: b}}
alt: {{fr: a, de: b}}
grid:
  columns: {{a: {{label: {{fr: a, de: b}}}}, b: {{label: {{fr: c, de: d}}}}}}
  rows: {{x: {{label: {{fr: a, de: b}}, cells: [{}]}}, y: {{label: {{fr: a, de: b}}, cells: [{}]}}}}
"""


def drawn(form, one, other):
    base = changed("data/figures/some.yaml", "", SOME.encode())
    return complaints(changed(DUALS, "", GRID.format(form, one, other).encode(), base=base))


@pytest.mark.parametrize(("form", "one", "other", "said"), [
    ("share", "some.nought, some.nought", "some.one, some.one", "the parts of x are 0, 0; a share needs parts of at least 0, and one above it"),
    ("share", "some.one, some.loss", "some.one, some.one", "the parts of x are 1, -1; a share needs parts of at least 0, and one above it"),
    ("timeline", "some.first, null", "some.last, null", "the dates lie more than 2000 years apart, for which a timeline has no room"),
])
def test_what_a_form_cannot_show_is_said_at_its_chart(form, one, other, said):
    assert drawn(form, one, other) == [f"data/charts/duals.yaml:1:7: form: {said}"]


@pytest.mark.parametrize("form", ["slope", "dots", "share", "pairs", "bars", "change"])
@pytest.mark.parametrize("cells", ["null, null", "null, some.one", "some.nought, some.nought", "some.loss, some.loss"])
def test_no_chart_ends_in_a_crash(form, cells):
    for line in drawn(form, "some.one, some.one", cells):
        assert line.startswith("data/charts/duals.yaml:1:7: form: ")


def test_whatever_a_form_stumbles_over_names_the_chart(monkeypatch):
    def stumble(table, frame):
        raise IndexError("list index out of range")
    monkeypatch.setitem(forms.FORMS, "pairs", stumble)
    assert complaints(folder()) == [
        "data/charts/duals.yaml:1:7: form: the form pairs cannot show these figures on the wide sheet (IndexError: list index out of range)"]


def test_a_figure_typed_in_a_story_is_named_beside_a_chart_that_is_broken():
    broken = changed(FR, "Le cube a", "Le cube, 1 des solides, a", base=changed(DUALS, "rows: [cube,", "rows: [cubus,"))
    assert [line.partition(": ")[0] for line in complaints(broken)] == ["content/stories/euler/fr.md:5:10", "data/charts/duals.yaml:8:29"]


def test_a_phrase_that_is_not_true_is_named_beside_a_page_that_is_missing():
    broken = changed("content/pages/about/de.md", "", None, base=changed(FACES, "solids.*.faces) = 1 ]]", "solids.*.faces) > 1 ]]"))
    assert [line.partition(": ")[0] for line in complaints(broken)] == [
        "content/pages/about/de.md:1:1", "data/charts/faces.yaml:5:21", "data/charts/faces.yaml:6:7"]


def test_languages_that_are_unsound_stop_at_their_own_file():
    assert complaints(changed(SITE, "", b'languages: {zh: 3}\n'))[-1] == (
        "data/site.yaml:1:17: languages.zh: keys and values are expected here, as in “key: value”; '3' was written")
    assert all(line.startswith("data/site.yaml:") for line in complaints(changed(SITE, "", b'languages: {zh: 3}\n')))
