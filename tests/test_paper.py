"""The paper's figures: each one is in the data as printed, with its place, and what follows from them is right."""

from __future__ import annotations

import frictionless
import pytest
import simplejson

from tally import download
from tally.prose import Prose, value
from tests.test_download import read_csv, read_xlsx, shown
from tests.tiny import notation, paper

PROJECT, BOOK = paper()

TEXT = """\
1/1    2023-12       -          exact   the documents came out
1/1    3             份         exact   documents
1/1    3             份         exact   documents, again
1/1    3             年         exact   years of the action plan
1/2    100           年         over    a century of Hong Kong
1/2    1             第         exact   the first auction of land
1/3    2010          -          exact   the zone is founded
2/1    2010-08       -          exact   the State Council approves
2/1    2010          -          exact   the earlier plan
2/1    2022          -          exact   the totals' cut-off
2/1    1             萬家       over    foreign-funded firms
2/1    8000          家         exact   Hong Kong-funded firms
2/1    58.6          億美元     over    foreign capital
2/1    800           項創新     exact   innovations
2/2    13            年         exact   years of development
2/2    2021-09       -          exact   the enlargement
2/2    14.92         平方公里   exact   the area before
2/2    2021-H1       -          exact   the half-year of the GDP
2/2    903           億元       over    the zone's GDP
2/2    6             %          about   its share of the city
2/2    60.57         億元／平方公里 exact output per square kilometre
2/2    7.21          億元／平方公里 exact the city's
2/3    2023-Q3       -          exact   the quarter of the vacancy
2/3    28.9          %          exact   the vacancy
2/3    5             百分點     over    above the city's
2/3    1             萬家       over    firms that moved in
2/3    2021-06       -          exact   the Legislative Council's count
2/3    11500         家         exact   registered Hong Kong-funded firms
2/3    2             成         about   of them large
2/3    1000          萬美元     over    registered capital
2/3    7750          萬港元     about   in Hong Kong dollars
2/3    1             萬家       over    Hong Kong-funded firms, again
2/3    2020          -          exact   the year of the capital used
2/3    295           億港元     exact   capital used
2/3    365           萬港元／家 exact   for each firm
2/4    2000          人         over    insured residents
3/1    3             年         exact   years ahead
3/1    2025          -          exact   the target year
3/1    11000         間         exact   firms promised
3/1    2022          -          exact   the base
3/1    2800          間         about   more firms
3/1    3             成         over    growth of firms
3/1    1             萬人       exact   residents in work promised
3/1    7             成         exact   growth of residents in work
3/1    1             倍增幅     nearly  growth of services
3/2    2020-09       -          exact   filing begins
3/2    2023-07       -          exact   the filing figures' cut-off
3/2    50            家機構     exact   institutions
3/2    444           位         exact   professionals
3/2    10            家機構     exact   institutions with projects
3/2    74            名         exact   professionals on projects
3/2    14            號         exact   the opinion paper
4/1    2023          -          exact   the year of growth
4/1    13.57         萬億元     exact   Guangdong's GDP
4/1    1             第         exact   its rank
4/1    4.8           %          exact   its growth
4/1    5             %          exact   Shanghai's
4/1    5.2           %          exact   Beijing's
4/1    6.1           %          exact   Chongqing's
4/1    3             %          about   Hong Kong's
n3     2021-09-06    -          exact   the enlargement's day
n3     8             倍         exact   the area's multiple
n3     14.92         平方公里   exact   the area before
n3     120.56        平方公里   exact   the area after
n3     2023-H1       -          exact   the half-year of the later GDP
n3     983.05        億元       exact   the zone's GDP
n3     16297.60      億元       exact   the city's GDP
n3     6             %          about   the zone's share
n4     2023-11-16    -          exact   the Reuters report
n4     2023-Q3       -          exact   the quarter reported
n4     2023-10-24    -          exact   the Knight Frank report
n5     2023-02-21    -          exact   the Wen Wei Po article
n6     2023-07-22    -          exact   the Qianhai Authority's page
n6     3             大成果     exact   its results
n7     2019          -          exact   the opinion paper on flows
n7     14            號         exact   its number
n8     40            周年       exact   the anniversary
n8     2018-11-12    -          exact   the speech
n9     2017          -          exact   the opinion paper on soft power
n9     2             號         exact   its number"""
"""Section and paragraph (or n and footnote), the figure, its unit, its qualifier, and what it is."""

TABLES = {
    "density": """\
gdp 903.05 14324.5 億元
area 14.92 1986 平方公里
output 60.57 7.21 億元／平方公里""",
    "vacancy": """\
qianhai 28.9 %
shenzhen 23.2 %
beijing 15.1 %
shanghai 17.1 %""",
    "targets": """\
hk-firms 8274 11000 家
hk-jobs 5879 10000 人
gov-services 238 400 項服務
copied-innovations 11 30/50 項創新
opening-cases 10 40/60 項案例
foreign-capital 58.64 280/320 億美元
intl-bodies 1 3/5 個國際組織
air-passengers 525.5 1000 萬人次
port-containers 1591 1700 萬TEUs
services-output 1022.5 1360 億元
global-providers 50 40/50 家服務商
foreign-law 42 60 個法律機構
hk-finance 191 300 家金融機構
filed-professionals 517 1000 人""",
}
"""Every row of the paper's tables with figures, in order: its id, its figures as printed, their unit."""


def written(cell):
    """A printed figure as it was typed."""
    return value(cell.number) if cell.number is not None else cell.content.text if hasattr(cell.content, "text") else None


def place(cell):
    return f"n{cell.place.footnote}" if cell.place.footnote else f"{cell.place.section}/{cell.place.paragraph}"


def kept():
    """The single figures of the data by place, figure, unit and qualifier."""
    cells = [cell for cell in BOOK.cells.values() if cell.formula is None and cell.name.count(".") == 1 and cell.place.table is None]
    return sorted((place(cell), written(cell), cell.unit or "-", cell.qualifier) for cell in cells if written(cell))


def test_every_figure_of_the_running_text_is_kept_with_its_place_and_no_other():
    assert kept() == sorted(tuple(line.split()[:4]) for line in TEXT.splitlines())


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_a_table_is_kept_as_printed(table):
    printed = [key for key, column in PROJECT.tables[table].columns.items() if column.formula is None]
    rows = [" ".join([row, *(written(BOOK[f"{table}.{row}.{column}"]) for column in printed), BOOK[f"{table}.{row}.{printed[0]}"].unit])
            for row in PROJECT.tables[table].rows]
    assert rows == TABLES[table].splitlines()


def test_the_targets_carry_the_papers_own_numbers():
    assert [row.number for row in PROJECT.tables["targets"].rows.values()] == [str(number) for number in range(1, 15)]


@pytest.mark.parametrize(("name", "shown"), [
    ("firms.added", "2726"), ("firms.growth", "32.9"), ("firms.lost-since-2021", "3226"), ("firms.lost-share", "28.1"),
    ("firms.target-short", "500"), ("firms.large", "2300"), ("firms.added-overstated", "74"), ("firms.added-from-rounded", "3000"),
    ("output.qianhai-density-2021", "60.53"), ("output.shenzhen-density-2021", "7.21"), ("output.density-error", "0.04"),
    ("output.qianhai-density-2023", "8.15"), ("output.shenzhen-density-2023", "8.21"), ("output.density-multiple-2021", "8.39"),
    ("output.density-multiple-2023", "0.99"), ("output.area-share-2021", "0.75"), ("output.area-share-2023", "6.07"),
    ("output.gdp-share-2021", "6.30"), ("output.gdp-share-2023", "6.03"), ("output.area-multiple", "8.08"), ("output.area-added", "105.64"),
    ("output.gdp-change", "80.00"), ("output.gdp-growth", "8.9"), ("output.city-gdp-growth", "13.8"),
    ("capital.per-firm", "257"), ("capital.firms-implied", "8082"), ("capital.rate", "7.75"), ("capital.hk-2020-usd", "38.1"),
    ("capital.foreign-multiple", "4.8/5.5"), ("capital.foreign-a-year", "93.3/106.7"), ("capital.total-implied", "420"),
    ("people.jobs-added", "4121"), ("people.jobs-growth", "70.1"), ("people.insured-share", "34"),
    ("plan.services-growth", "68.1"), ("plan.services-short", "76"), ("plan.count", "14"),
    ("offices.gap-shenzhen", "5.7"), ("offices.gap-beijing", "13.8"), ("offices.multiple-beijing", "1.91"),
    ("filings.per-institution", "8.9"), ("filings.professional-share", "16.7"), ("filings.institution-share", "20"),
    ("targets.hk-firms.change", "2726"), ("targets.hk-jobs.growth", "70.1"), ("targets.foreign-capital.growth", "377.5/445.7"),
    ("targets.global-providers.change", "-10/0"), ("targets.global-providers.multiple", "0.80/1.00"), ("targets.air-passengers.multiple", "1.90"),
    ("vacancy.qianhai.rank", "1"), ("growth-2023.behind-chongqing", "1.3"),
])
def test_what_follows_from_the_figures(name, shown):
    assert value(BOOK[name].shown) == shown


@pytest.mark.parametrize(("name", "zh", "en"), [
    ("targets.foreign-capital.2022", "58.64 億美元", "US$5.864 billion"),
    ("targets.air-passengers.2022", "525.5 萬人次", "5.255 million passenger trips"),
    ("targets.services-output.2022", "1,022.5 億元", "RMB 102.25 billion"),
    ("capital.per-firm", "每家 257 萬港元", "HK$2.57 million per firm"),
    ("targets.foreign-capital.2025", "280 至 320 億美元", "US$28 to 32 billion"),
    ("people.insured", "逾 2,000 人", "more than 2,000 people"),
    ("firms.large-share", "約 2 成", "about 20%"),
    ("output.half-2021", "2021 年上半年", "first half of 2021"),
    ("output.area-share-2021", "0.75%", "0.75%"),
])
def test_one_cell_reads_in_both_languages(name, zh, en):
    assert [Prose(BOOK, notation(language)).plain(f"{{{{ {name} }}}}") for language in ("zh", "en")] == [zh, en]


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The data package as it is published, and its records by resource."""
    folder, records = tmp_path_factory.mktemp("package"), {}
    (folder / "datapackage.json").write_text(download.package(PROJECT, BOOK), "utf-8")
    for id, _, cells in download.groups(PROJECT, BOOK):
        records[id] = download.records(cells, PROJECT, PROJECT.languages)
        (folder / f"{id}.csv").write_text(download.as_csv(records[id]), "utf-8")
    return folder, records


def test_the_data_package_is_valid_with_all_its_tables(package):
    report = frictionless.validate(str(package[0] / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert [task.name for task in report.tasks] == list(package[1])


def test_csv_json_and_xlsx_agree_cell_by_cell(package):
    for records in package[1].values():
        plain = read_csv(download.as_csv(records))
        from_json = simplejson.loads(download.as_json({}, records), use_decimal=True)["records"]
        assert [{key: str(item) for key, item in row.items()} for row in from_json] == [{key: item for key, item in row.items() if item} for row in plain]
        assert [{key: shown(cell) or "" for key, cell in row.items()} for row in read_xlsx(download.as_xlsx({}, records))] == plain


def test_the_last_digit_that_the_paper_prints_is_not_lost(package):
    assert "output.city-gdp-2023" in (text := (package[0] / "output.csv").read_text("utf-8"))
    assert ",16297.60," in text


def test_no_formula_holds_a_figure_of_its_own():
    """A number in a formula is a doubling, a whole, or one of a unit; any other would go stale unseen."""
    import re
    for name, cell in paper()[1].cells.items():
        if cell.formula:
            bare = re.findall(r"(?<![\w.\-])\d+(?:\.\d+)?%?(?![\w.\-]*\.[a-z0-9])", re.sub(r"\b1\[[^\]]+\]", "", cell.formula))
            assert set(bare) <= {"1", "2"}, (name, cell.formula)
