"""Samples: the tables that the forms are tested on, most of them from the paper's figures, in both languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tally.chart import Band, Callout, ChartTable, Column, Line, Point, Row
from tally.quantity import Period

LANGUAGES = ("zh", "en")


def pick(language: str, zh: str, en: str) -> str:
    return zh if language == "zh" else en


def table(language: str, id: str, form: str, columns, rows, scale="linear", unit="", tick="{}", **rest) -> ChartTable:
    return ChartTable(
        id, form, language, pick(language, "han", "latin"), tuple(columns), tuple(rows), scale, unit, tick, **rest
    )


def point(name: str, low: str, high: str | None = None, label: str = "{}") -> Point:
    number = f"{Decimal(low):,}" + (f"–{Decimal(high):,}" if high else "")
    return Point(name, Decimal(low), Decimal(high or low), label.replace("{}", number), number)


def doubted(row: Row) -> Row:
    """The row with a query at each of its points."""
    return replace(row, points=tuple(point and replace(point, doubtful=True) for point in row.points))


TARGETS = [
    ("hk-firms", "港資企業數", "Hong Kong-funded firms", "8274", "11000", None),
    ("hk-jobs", "香港居民就業數", "Hong Kong residents at work", "5879", "10000", None),
    (
        "services",
        "在港澳提供跨境政務服務事項",
        "Cross-border public services offered in Hong Kong and Macao",
        "238",
        "400",
        None,
    ),
    ("copied", "新增制度創新全國複製推廣數", "New reforms copied nationwide", "11", "30", "50"),
    ("cases", "新增制度型開放典型案例", "New model cases of institutional opening", "10", "40", "60"),
    ("investment", "實際使用外資規模", "Foreign capital in use", "58.64", "280", "320"),
    ("bodies", "擁有國際性組織數量", "International bodies", "1", "3", "5"),
    ("airport", "深圳機場國際及地區年旅客輸送量", "International passengers, Shenzhen airport", "525.5", "1000", None),
    ("port", "深圳港西部港區集裝箱輸送量", "Containers, western ports", "1591", "1700", None),
    ("added-value", "現代服務業增加值", "Added value of modern services", "1022.5", "1360", None),
    ("providers", "引進、培育前海全球服務商", "Global service providers", "50", "40", "50"),
    ("law", "涉外法律服務機構", "Foreign-related law practices", "42", "60", None),
    ("finance", "港資、外資金融機構", "Hong Kong and foreign financial firms", "191", "300", None),
    (
        "registered",
        "境外專業人士備案執業人數",
        "Registered professionals from outside the mainland",
        "517",
        "1000",
        None,
    ),
]


def overview(language: str) -> ChartTable:
    rows = []
    for id, zh, en, was, low, high in TARGETS:
        ends = [(Decimal(end) / Decimal(was)).quantize(Decimal("0.01")) for end in (low, high or low)]
        text = "–".join(f"{end:f}" for end in dict.fromkeys(ends))
        rows.append(
            Row(
                id,
                pick(language, zh, en),
                (Point(f"targets.{id}.multiple", *ends, pick(language, f"{text} 倍", f"{text}×"), text, doubtful=id == "providers"),),
            )
        )
    return table(
        language,
        "overview",
        "dots",
        [Column("multiple", pick(language, "2025 年目標", "2025 target"), "target")],
        sorted(rows, key=lambda row: -row.points[0].high),
        "log",
        pick(language, "2022 年的倍數", "multiple of 2022"),
        pick(language, "{} 倍", "{}×"),
        lines=(Line(Decimal(1), pick(language, "2022 年水平", "Level of 2022")),),
        bands=(Band(Decimal("0.5"), Decimal(1), pick(language, "倒退", "Decline")),),
        callouts=(
            Callout(
                "providers",
                "multiple",
                pick(
                    language,
                    "唯一一項目標不高於現況：現有 50 家，目標 40–50 家",
                    "The only target no higher than today: 50 already, 40–50 promised",
                ),
            ),
            Callout(
                "investment",
                "multiple",
                pick(
                    language,
                    "原文沒有說明是年度數字還是累計數字",
                    "The paper does not say whether this is a year's figure or a running total",
                ),
            ),
        ),
    )


def bars(language: str) -> ChartTable:
    places = [
        ("qianhai", "前海", "Qianhai", "28.9"),
        ("shenzhen", "深圳", "Shenzhen", "23.2"),
        ("beijing", "北京", "Beijing", "15.1"),
        ("shanghai", "上海", "Shanghai", "17.1"),
    ]
    rows = [
        Row(id, pick(language, zh, en), (point(f"vacancy.{id}.2023-q3", value, label="{}%"),), emphasis=id == "qianhai")
        for id, zh, en, value in places
    ]
    return table(
        language,
        "vacancy",
        "bars",
        [Column("2023-q3", pick(language, "2023 年第 3 季", "Q3 2023"), "plain")],
        rows,
        unit=pick(language, "空置率", "vacancy"),
        tick="{}%",
        callouts=(
            Callout(
                "shanghai",
                "2023-q3",
                pick(
                    language,
                    "上海的空置率高於北京，但仍比前海低逾 11 個百分點",
                    "Above Beijing, and still more than 11 points below Qianhai",
                ),
            ),
        ),
    )


def pairs(language: str) -> ChartTable:
    columns = [
        Column("qianhai", pick(language, "原前海合作區", "Qianhai"), "plain"),
        Column("city", pick(language, "深圳全市", "All Shenzhen"), "plain"),
    ]
    rows = [
        Row(
            "h1-2021",
            pick(language, "2021 年上半年", "First half of 2021"),
            (
                point("d.a", "60.53", label=pick(language, "{} 億元", "{}")),
                point("d.b", "7.21", label=pick(language, "{} 億元", "{}")),
            ),
        ),
        Row(
            "h1-2023",
            pick(language, "2023 年上半年", "First half of 2023"),
            (
                point("d.c", "8.15", label=pick(language, "{} 億元", "{}")),
                point("d.d", "8.21", label=pick(language, "{} 億元", "{}")),
            ),
        ),
    ]
    rows[-1] = doubted(rows[-1])
    return table(
        language,
        "density",
        "pairs",
        columns,
        rows,
        unit=pick(language, "億元／平方公里", "CNY 100m per km²"),
        lines=(Line(Decimal("7.21"), pick(language, "全市均值", "City mean")),),
    )


def change(language: str) -> ChartTable:
    columns = [
        Column("2022", pick(language, "2022 年", "2022"), "base"),
        Column("2025", pick(language, "2025 年目標", "2025 target"), "target"),
    ]
    unit = pick(language, "{} 億美元", "US${} × 100m")
    rows = [
        Row(
            "investment",
            pick(language, "實際使用外資", "Foreign capital in use"),
            (
                point("targets.investment.2022", "58.64", label=unit),
                point("targets.investment.2025", "280", "320", unit),
            ),
        )
    ]
    return table(
        language,
        "investment",
        "change",
        columns,
        rows,
        unit=pick(language, "億美元", "US$100m"),
        callouts=(Callout("investment", "2022", pick(language, "截至 2022 年底的數字", "As of the end of 2022")),),
        lines=(Line(Decimal(333), pick(language, "假想的參照線", "A line through the label")),),
    )


def levels(language: str) -> ChartTable:
    """Dumbbells: two columns of dots."""
    columns = [
        Column("2022", pick(language, "2022 年", "2022"), "base"),
        Column("2025", pick(language, "2025 年目標", "2025 target"), "target"),
    ]
    rows = [
        Row(id, pick(language, zh, en), (point(f"t.{id}.2022", was), point(f"t.{id}.2025", low, high)))
        for id, zh, en, was, low, high in TARGETS[:5]
    ]
    return table(language, "levels", "dots", columns, rows, "log", pick(language, "數目", "number"))


def slope(language: str) -> ChartTable:
    columns = [
        Column("2021", pick(language, "2021 年上半年", "H1 2021"), "plain"),
        Column("2023", pick(language, "2023 年上半年", "H1 2023"), "plain"),
    ]
    label = pick(language, "{} 億元", "{}")
    rows = [
        Row(
            "qianhai",
            pick(language, "前海合作區", "Qianhai zone"),
            (point("d.q.21", "60.53", label=label), point("d.q.23", "8.15", label=label)),
            emphasis=True,
        ),
        Row(
            "city",
            pick(language, "深圳全市", "All Shenzhen"),
            (point("d.c.21", "7.21", label=label), point("d.c.23", "8.21", label=label)),
        ),
    ]
    return table(
        language,
        "density-slope",
        "slope",
        columns,
        rows,
        "log",
        pick(language, "億元／平方公里", "CNY 100m per km²"),
        callouts=(
            Callout(
                "qianhai",
                "2023",
                pick(
                    language,
                    "2021 年 9 月擴區，面積增至原來的 8 倍",
                    "In September 2021 the zone grew to eight times its area",
                ),
            ),
        ),
    )


def share(language: str) -> ChartTable:
    columns = [
        Column("large", pick(language, "註冊資本超過 1,000 萬美元", "Registered capital above US$10m"), "plain"),
        Column("rest", pick(language, "其餘港資企業", "Other Hong Kong firms"), "plain"),
    ]
    rows = [
        Row(
            "firms",
            pick(language, "港資企業", "Hong Kong firms"),
            (
                point("s.large", "20", label=pick(language, "約 {}%", "about {}%")),
                point("s.rest", "80", label=pick(language, "約 {}%", "about {}%")),
            ),
        )
    ]
    return table(language, "capital", "share", columns, rows, unit="%", tick="{}%")


def shares(language: str) -> ChartTable:
    """Several rows, parts too short for their values."""
    columns = [
        Column(id, pick(language, zh, en), "plain")
        for id, zh, en in (
            ("a", "香港企業承接項目", "Hong Kong firms"),
            ("b", "其他機構", "Other bodies"),
            ("c", "未有資料", "Unknown"),
        )
    ]
    rows = [
        Row("firms", pick(language, "專業機構", "Firms"), (point("p.a", "10"), point("p.b", "40"), point("p.c", "2"))),
        Row("people", pick(language, "專業人士", "People"), (point("q.a", "7"), point("q.b", "37"), point("q.c", "1"))),
    ]
    return table(language, "shares", "share", columns, rows)


EVENTS = [
    ("2010-08", "國務院批覆成立前海合作區", "State Council approves the Qianhai zone"),
    ("2020-09", "備案執業先在工程建設領域推行", "Practice by registration begins with construction"),
    ("2021-09-06", "擴區方案：面積增至 8 倍", "Expansion plan: eight times the area"),
    ("2022", "目標的基準年", "Base year of the targets"),
    ("2023-07", "50 家機構、444 人取得執業資格", "50 firms and 444 people licensed"),
    ("2023-Q3", "空置率 28.9%", "Vacancy 28.9%"),
    ("2023-12", "《前海總規》發布", "New master plan for Qianhai published"),
    ("2025", "目標年", "Target year"),
]


def timeline(language: str) -> ChartTable:
    rows = []
    for text, zh, en in EVENTS:
        period = Period.parse(text)
        low, high = (
            Decimal(day.year) + Decimal(day.timetuple().tm_yday - 1) / 366 for day in (period.start, period.end)
        )
        rows.append(
            Row(
                text.lower(),
                pick(language, zh, en),
                (Point(f"events.{text.lower()}", round(low, 3), round(high, 3), text, text, period),),
                emphasis=text == "2021-09-06",
            )
        )
    return table(language, "events", "timeline", [Column("date", pick(language, "日期", "Date"), "plain")], rows)


def wordy(language: str) -> ChartTable:
    """Labels and names too long for a narrow sheet."""
    columns = [
        Column(
            "was", pick(language, "二零二二年底的實際使用外資規模", "Foreign capital in use at the end of 2022"), "base"
        ),
        Column("will", pick(language, "二零二五年底的規劃目標規模", "Planned target for the end of 2025"), "target"),
    ]
    unit = pick(language, "{} 億美元（按年計）", "{} hundred million US dollars a year")
    rows = [
        Row(
            f"r{number}",
            pick(language, "實際使用外資", "Foreign capital"),
            (point(f"w.{number}.was", "58.64", label=unit), point(f"w.{number}.will", "280", "320", unit)),
        )
        for number in range(2)
    ]
    return table(language, "wordy", "pairs", columns, rows)


def wordy_dots(language: str) -> ChartTable:
    """The same as dots."""
    return replace(wordy(language), form="dots", scale="log")


def followed(language: str) -> ChartTable:
    """Many slopes over three columns, some of them with gaps, a line and a band across."""
    columns = [Column(str(year), str(year), role) for year, role in ((2021, "plain"), (2022, "base"), (2025, "target"))]
    rows = [
        Row(
            id,
            pick(language, zh, en),
            (point(f"f.{id}.21", was) if index % 2 else None, point(f"f.{id}.22", was), point(f"f.{id}.25", low, high)),
            emphasis=index == 1,
        )
        for index, (id, zh, en, was, low, high) in enumerate(TARGETS[:7])
    ]
    rows[2] = doubted(rows[2])
    return table(
        language,
        "followed",
        "slope",
        columns,
        rows,
        "log",
        lines=(Line(Decimal(100), pick(language, "一百", "A hundred")),),
        bands=(Band(Decimal(1), Decimal(10), pick(language, "十以內", "Ten or fewer")),),
    )


MADE = (overview, bars, pairs, change, levels, slope, share, shares, timeline, wordy, wordy_dots, followed)
SAMPLES = {f"{make.__name__}-{language}": make(language) for make in MADE for language in LANGUAGES}
