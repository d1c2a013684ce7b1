"""Pages hold whatever a shop's month holds: nothing, only returns, twelve long names, amounts nobody wrote before."""

import datetime as dt

import pytest

from desktop.reports import words
from desktop.values.text import tr
from desktop.values.writing import writing
from tests.little_shop import Line, Shop
from tests.reports.reader import compact

AFTER = dt.date(2026, 11, 25)
LONG = "سیده فاطمه‌زهرا حسینی‌نژاد موسوی خوانساری اصل {n}"
POINT = 72 / 25.4
INSIDE = {"fa": (15.5 * POINT, 11 * POINT, 210 * POINT - 23.5 * POINT, 297 * POINT - 14 * POINT),
          "en": (23.5 * POINT, 11 * POINT, 210 * POINT - 15.5 * POINT, 297 * POINT - 14 * POINT)}  # fmt: skip


def nothing(shop):
    """A book without a sale."""


def other_month(shop):
    """Sales, but none in the month asked for."""
    shop.sell(1_000_000, day="1405-05-01", customer="مینا", seller="سارا", cost=700_000)


def only_returns(shop):
    """What was sold last month comes back; nothing is sold."""
    sale = shop.sell(5_000_000, day="1405-07-10", customer="مینا", seller="سارا", cost=3_000_000)
    shop.give_back(sale, 5_000_000, day="1405-08-03", cost=3_000_000)


def many_long_names(shop):
    """Twelve sellers, goods, customers, campaigns, sources and reasons, each with a name over two lines."""
    with shop.change():
        for n in range(12):
            name = LONG.format(n=n)
            line = Line(90_000_000 + n * 1_000_000, cost=70_000_000, product=f"کالای {name}")
            shop.sell(day=f"1405-08-{n + 1:02}", customer=f"مشتری {name}", seller=name, lines=[line], campaign=f"کمپین {name}")
            shop.sell(80_000_000, day=f"1405-07-{n + 1:02}", customer=f"مشتری {name}", seller=name)
            shop.target(100_000_000, seller=name)
            shop.cost(3_000_000 * (n + 1), campaign=f"کمپین {name}")
            shop.lead(source=f"شیوهٔ {name}", seller=name)
            shop.deal(9_000_000, outcome="lost", closed="1405-08-05", reason=f"دلیل {name}", seller=name)


def huge(shop):
    """Amounts over ten thousand billion rials, and a thousand times more."""
    with shop.change():
        for n in range(1, 9):
            shop.sell(7 * 10**15 + n, day=f"1405-08-{n:02}", customer=f"شرکت {n}", seller="سارا", cost=10**13, product=f"کارخانه {n}")
            shop.sell(3 * 10**13, day=f"1405-07-{n:02}", customer=f"شرکت {n}", seller="سارا", cost=10**13)
        shop.target(9 * 10**15)
        shop.cost(4 * 10**13, campaign="بزرگ")
        shop.deal(10**15, outcome="won", closed="1405-08-05", contact="1405-07-05", seller="سارا")
        shop.deal(10**15, expected="1405-08-20")


def foreign_names(shop):
    """Names of the other direction, with brackets and signs."""
    shop.sell(1_000_000, customer="Sara K.", seller="John (Jack) Smith Jr.", cost=500_000, product="iPhone 17 Pro Max (256 GB)")


SHOPS = [nothing, other_month, only_returns, many_long_names, huge, foreign_names]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("fill", SHOPS)
def test_every_letter_lies_inside_the_margins_and_on_no_other(shop, month, printed, fill, language):
    fill(shop)
    paper = printed(month(shop.store, language, as_of=AFTER))

    for page in range(len(paper)):
        assert paper.outside(page, *INSIDE[language]) == [], page
        assert paper.overlaps(page) == [], page


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("fill", [nothing, other_month, only_returns, huge])
def test_nothing_is_cut_off(shop, month, printed, fill, language):
    fill(shop)
    paper = printed(month(shop.store, language, as_of=AFTER))

    assert [line for text in paper.texts for line in text.splitlines() if "…" in line] == []


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_demo_shop_is_printed_without_a_cut_or_an_overlap(demo, month, printed, language):
    paper = printed(month(demo, language))

    for page, text in enumerate(paper.texts):
        assert "…" not in text
        assert paper.outside(page, *INSIDE[language]) == [], page
        assert paper.overlaps(page) == [], page


def test_long_names_stand_whole_where_their_owners_are_listed(shop, month, printed):
    many_long_names(shop)
    paper = printed(month(shop.store, as_of=AFTER))
    sellers, buyers, costs = (compact(paper.page(tr(title))) for title in ("Sellers one by one", "Who bought?", "What did it cost?"))

    for n in range(12):
        assert compact(LONG.format(n=n)) in sellers
    assert all(compact(LONG.format(n=n)) in buyers for n in range(2, 12))
    assert sum(compact("کمپین " + LONG.format(n=n)) in costs for n in range(12)) >= 4


def test_rows_that_find_no_room_are_counted(shop, month, printed):
    many_long_names(shop)
    text = printed(month(shop.store, "en", as_of=AFTER)).page("What did it cost?")

    assert "more, in the Excel file of this report" in text


def test_questions_without_an_answer_have_no_hollow_page_but_a_line_among_what_is_missing(shop, month, printed):
    shop.sell(1_000_000, day="1405-08-01", customer="مینا", seller="سارا", cost=700_000)
    paper = printed(month(shop.store, "en", as_of=AFTER))
    heads = " ".join(text.splitlines()[0] for text in paper.texts)

    assert "Who sold it?" in heads
    assert not [title for title in ("What did it cost?", "What is coming?", "Sellers one by one") if title in heads]
    assert "“What did it cost?” has no page" in paper.page("Risks, decisions")
    assert "سارا sold everything" in paper.page("Who sold it?")


def test_a_long_shop_name_leaves_the_day_of_printing_on_every_page(tmp_path, month, printed):
    name = "فروشگاه زنجیره‌ای لوازم خانگی، آشپزخانه و صنایع دستی برادران محمدی‌نژاد اصفهانی و پسران (شعبهٔ مرکزی)"
    shop = Shop.at(tmp_path / "long.cheragh", shop=name)
    shop.sell(1_000_000, day="1405-08-01")
    paper = printed(month(shop.store, as_of=AFTER))
    shop.store.close(backup=False)

    assert compact(name) in compact(paper.texts[0])
    assert all(compact("چاپ ۴ آذر ۱۴۰۵") in compact(text) and "…" not in text for text in paper.texts)


def test_a_month_without_a_sale_says_so_and_shows_no_zero_percent(shop, month, printed):
    other_month(shop)
    m = month(shop.store, "en", as_of=AFTER)

    assert words.verdict(m) == "No sale was recorded in Aban 1405."
    assert "No sale was recorded in Aban 1405." in printed(m).texts[0]


def test_only_returns_are_shown_as_the_negative_month_they_are(shop, month, printed):
    only_returns(shop)
    paper = printed(month(shop.store, "en", as_of=AFTER))

    assert "−500 thousand toman" in paper.texts[0]
    assert "No seller has a sale in this month." in paper.page("Who sold it?")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_shop_of_pounds_and_gregorian_months_has_its_booklet(tmp_path, month, printed, language):
    shop = Shop.at(tmp_path / "pounds.cheragh", shop="Lamp & Sons", currency="GBP", calendar="gregorian")
    shop.sell(123_456, day=dt.date(2026, 10, 3), customer="Sara K.", seller="John", cost=100_000)

    m = month(shop.store, language, period="2026-10")
    paper = printed(m)
    shop.store.close(backup=False)

    assert m.answers["revenue"].value == 123_456
    assert compact("1.235" if language == "en" else "۱٫۲۳۵") in compact(paper.texts[0])  # thousand pounds
    for page in range(len(paper)):
        assert paper.outside(page, *INSIDE[language]) == [], page
        assert paper.overlaps(page) == [], page


def test_the_language_of_the_paper_is_the_one_asked_for(demo, month, printed):
    m = month(demo, "en")

    assert writing().language == m.language == "en"
    assert printed(m).texts[0].splitlines()[1] == "Monthly sales report"
