"""Real shops' data, taken in as a shopkeeper would, give the figures that others computed from the same rows.

The three whole data sets lie beside the project, where they are at all; small excerpts of them are in the project.
"""

import io
import json
import lzma
from collections import defaultdict
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from desktop import cli, kpi
from desktop.store import Store
from desktop.values.period import Period
from desktop.values.writing import Writing, use_writing

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
EXCERPTS = ROOT / "tests" / "data"
RETAIL = ("number=InvoiceNo", "date=InvoiceDate", "product_code=StockCode", "product=Description", "quantity=Quantity",
          "unit_price=UnitPrice", "customer_code=CustomerID")  # fmt: skip
DEALS = ("number=opportunity_id", "seller=sales_agent", "product=product", "customer=account", "stage=deal_stage", "opened=engage_date",
         "closed=close_date", "value=close_value")  # fmt: skip
CDNOW = ("customer_code=customer_id", "date=date", "quantity=number_of_cds", "total=dollar_value")
MONTH_KEYS = ("revenue", "orders", "average_order_value", "customers", "average_purchase_value", "units_per_transaction", "returns_rate",
              "repeat_rate", "new_customers", "sales_growth")  # fmt: skip


def said(*words):
    """What the command line prints for these words, as JSON; and its exit code."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with redirect_stdout(out):
        code = cli.run([str(word) for word in (*words, "--lang", "en")])
    out.seek(0)
    text = out.read()
    return (json.loads(text) if text.startswith("{") else text), code


def shop(folder, kind, file, mapping, dates, currency):
    """A new book with the file in it; and what the import said."""
    book = folder / "book.cheragh"
    assert said("new", "--book", book, "--currency", currency)[1] == 0
    maps = [word for pair in mapping for word in ("--map", pair)]
    return book, *said("import", kind, file, "--book", book, *maps, "--dates", dates, "--json")


def asked(book, period, as_of, *more):
    return said("kpi", "--book", book, "--period", period, "--as-of", as_of, "--json", *more)[0]


class Open:
    """A book held open for many questions, each what ``kpi --json`` would say."""

    def __init__(self, book, as_of):
        self.store, self.as_of = Store.open(book), as_of

    def kpi(self, period, seller=None):
        with self.store.reading() as s:
            scope = kpi.scope(s, period=period, as_of=self.as_of, seller=kpi.seller_named(s, seller) if seller else None)
            return kpi.as_json(s, scope)

    def only(self, keys, period):
        """These KPIs alone: the lists of thousands of customers take their time."""
        with self.store.reading() as s:
            scope = kpi.scope(s, period=period, as_of=self.as_of)
            return {key: kpi.answer(s, key, scope).value for key in keys}

    def parts(self, key, period):
        with self.store.reading() as s:
            explained = kpi.explain(s, key, kpi.scope(s, period=period, as_of=self.as_of))
            return {part["part"]: part["value"] for part in explained.as_json()["parts"]}


def opened(book, as_of):
    found = Open(book, as_of)
    yield found
    found.store.close(backup=False)


def figures(answer, keys):
    return {key: answer["kpis"][key]["value"] for key in keys}


def expected(truth, keys=None):
    """The truth's figures: whole numbers exactly, others to 1e-9."""
    chosen = {key: truth[key] for key in keys or truth}
    return {key: value if value is None or isinstance(value, int) else pytest.approx(value, rel=1e-9) for key, value in chosen.items()}


def whole(folder):
    if not (DATA / folder).is_dir():
        pytest.skip(f"the whole data set {folder} is not beside the project")
    return DATA / folder


@pytest.fixture(scope="module", autouse=True)
def _own_folder(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CHERAGH_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(autouse=True)
def _english(_default_writing):
    use_writing(Writing(language="en"))


# A gift wholesaler's year: 541,909 lines


@pytest.fixture(scope="module")
def retail(tmp_path_factory):
    packed = whole("online-retail") / "online-retail.csv.xz"
    folder = tmp_path_factory.mktemp("retail")
    file = folder / "online-retail.csv"
    with lzma.open(packed) as source:
        file.write_bytes(source.read())
    return shop(folder, "sales", file, RETAIL, "ymd", "GBP")


@pytest.fixture(scope="module")
def retail_truth():
    return json.loads((whole("online-retail") / "truth.json").read_text())


@pytest.fixture(scope="module")
def retail_book(retail):
    yield from opened(retail[0], date(2011, 12, 31))


def test_every_line_of_the_wholesaler_is_taken_but_two_of_negative_price(retail, retail_truth):
    _, outcome, code = retail

    assert (outcome["accepted"], outcome["refused"], code) == (retail_truth["accepted_rows"], retail_truth["refused_rows"], 1)
    assert outcome["total"] == retail_truth["all"]["revenue"]
    assert [refusal["field"] for refusal in outcome["refusals"]] == ["unit_price", "unit_price"]


def test_the_command_line_says_the_wholesalers_month(retail, retail_truth):
    answer = asked(retail[0], "2011-02", "2011-12-31")

    assert figures(answer, MONTH_KEYS) == expected(retail_truth["months"]["2011-02"], MONTH_KEYS)


def test_every_month_of_the_wholesaler_has_its_figures(retail_book, retail_truth):
    for month, truth in retail_truth["months"].items():
        period = Period.parse(month, "gregorian")

        assert figures(retail_book.kpi(period), MONTH_KEYS) == expected(truth, MONTH_KEYS), month
        assert retail_book.parts("returns_rate", period) == {"returned": truth["returns"], "gross": truth["gross_sales"]}, month


def test_the_wholesalers_whole_year_and_its_cohorts(retail_book, retail_truth):
    answer = retail_book.kpi(Period(date(2010, 12, 1), date(2012, 1, 1)))

    assert figures(answer, retail_truth["all"]) == retail_truth["all"]
    cohorts = {one["month"]: {str(k): n for k, n in enumerate(one["active"]) if n} for one in answer["cohorts"]}
    assert cohorts == {month: {k: n for k, n in row.items() if n} for month, row in retail_truth["cohorts"].items()}


# A computer dealer's deals


@pytest.fixture(scope="module")
def dealer(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("dealer"), "deals", whole("crm") / "sales_pipeline.csv", DEALS, "dmy", "USD")


@pytest.fixture(scope="module")
def dealer_truth():
    return json.loads((whole("crm") / "truth.json").read_text())


@pytest.fixture(scope="module")
def dealer_book(dealer):
    yield from opened(dealer[0], date(2017, 12, 31))


ALL_DEALS = Period(date(2016, 10, 1), date(2018, 1, 1))


def test_every_deal_is_taken(dealer, dealer_truth):
    _, outcome, code = dealer

    assert (outcome["accepted"], outcome["refused"], code) == (dealer_truth["rows"], 0, 0)
    assert outcome["created"] == {"customer": 85, "product": 7, "seller": 30, "stage": 2}


def test_the_command_line_says_the_dealers_month(dealer, dealer_truth):
    truth = dealer_truth["months"]["2017-04"]

    assert figures(asked(dealer[0], "2017-04", "2017-12-31"), truth) == expected(truth)


def test_every_month_of_the_dealer_has_its_figures(dealer_book, dealer_truth):
    for month, truth in dealer_truth["months"].items():
        assert figures(dealer_book.kpi(Period.parse(month, "gregorian")), truth) == expected(truth), month


def test_all_deals_together_and_those_still_open(dealer_book, dealer_truth):
    answer = dealer_book.kpi(ALL_DEALS)

    assert figures(answer, dealer_truth["all"]) == expected(dealer_truth["all"])
    assert answer["kpis"]["pipeline_value"]["rows"] == dealer_truth["open"]


def test_each_sellers_deals(dealer_book, dealer_truth):
    found = {one["name"]: one for one in dealer_book.kpi(ALL_DEALS)["sellers"] if one["name"]}

    assert found.keys() == dealer_truth["sellers"].keys()
    for name, truth in dealer_truth["sellers"].items():
        assert {key: found[name][key] for key in truth} == expected(truth), name


# A record shop's first customers, followed for a year and a half


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("records"), "sales", whole("cdnow") / "CDNOW_master.txt", CDNOW, "ymd", "USD")


@pytest.fixture(scope="module")
def records_book(records):
    yield from opened(records[0], date(1998, 7, 31))


@pytest.fixture(scope="module")
def purchases():
    """(customer, day, discs, cents) of every line, read with nothing but Python."""
    rows = [line.split() for line in (whole("cdnow") / "CDNOW_master.txt").read_text().splitlines()[1:]]
    return [(who, date.fromisoformat(day), int(discs), round(float(price) * 100)) for who, day, discs, price in rows]


def test_every_purchase_of_discs_is_taken(records, purchases):
    _, outcome, code = records

    assert (outcome["accepted"], outcome["refused"], code) == (69_659, 0, 0)
    assert outcome["total"] == sum(cents for *_, cents in purchases) == 250_031_563
    assert outcome["created"] == {"customer": 23_570}


def test_the_command_line_says_the_record_shops_month(records, purchases):
    answer = asked(records[0], "1997-02", "1998-07-31")

    assert answer["kpis"]["revenue"]["value"] == sum(cents for _, day, _, cents in purchases if (day.year, day.month) == (1997, 2))


def test_every_month_of_the_record_shop_equals_its_lines(records_book, purchases):
    first, months = {}, defaultdict(list)
    for who, day, discs, cents in purchases:
        first[who] = min(first.get(who, day), day)
        months[day.strftime("%Y-%m")].append((who, discs, cents))
    before = None
    for month, lines in sorted(months.items()):
        revenue, buyers = sum(cents for *_, cents in lines), defaultdict(int)
        for who, *_ in lines:
            buyers[who] += 1
        truth = {
            "revenue": revenue,
            "orders": len(lines),
            "average_order_value": revenue / len(lines),
            "customers": len(buyers),
            "average_purchase_value": revenue / len(buyers),
            "units_per_transaction": sum(discs for _, discs, _ in lines) / len(lines),
            "repeat_rate": sum(n > 1 for n in buyers.values()) / len(buyers),
            "new_customers": sum(day.strftime("%Y-%m") == month for day in first.values()),
            "sales_growth": None if before is None else revenue / before - 1,
        }
        before = revenue

        assert records_book.only(truth, Period.parse(month, "gregorian")) == expected(truth), month


# Excerpts, small enough to be added up by hand: sums of the file's own column, month by month

RETAIL_MONTHS = {  # invoices, revenue, list price of what was sold, given back, units, named buyers, of these twice, of these new
    "2010-12": (28, 520_246, 558_536, 38_290, 1803, 10, 5, 10),
    "2011-01": (9, 220_738, 249_915, 29_177, 823, 8, 1, 0),
    "2011-02": (7, 256_909, 271_099, 14_190, 964, 6, 1, 1),
    "2011-09": (1, 1500, 1500, 0, 2, 1, 0, 1),
}
DEAL_MONTHS = {  # won, lost, value of won in cents, days of won together, their median
    "2017-03": (8, 2, 2_141_500, 398, 35),
    "2017-04": (7, 3, 768_900, 45, 7),
    "2017-05": (8, 7, 2_294_300, 349, 36),
    "2017-06": (8, 2, 2_467_800, 481, 58),
    "2017-07": (4, 6, 799_600, 41, 10),
    "2017-08": (8, 1, 1_487_600, 576, 72.5),
    "2017-09": (2, 1, 676_100, 122, 61),
    "2017-11": (1, 0, 419_700, 122, 122),
}
DEAL_SELLERS = {"Boris Faz": (16, 6, 3_386_400, 901, 64), "Cassey Cress": (30, 16, 7_669_100, 1233, 18)}


@pytest.fixture(scope="module")
def few_lines(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("lines"), "sales", EXCERPTS / "retail_excerpt.csv", RETAIL, "ymd", "GBP")


@pytest.fixture(scope="module")
def few_deals(tmp_path_factory):
    return shop(tmp_path_factory.mktemp("deals"), "deals", EXCERPTS / "deals_excerpt.csv", DEALS, "dmy", "USD")


def test_an_excerpt_of_the_wholesaler_is_taken_but_two_lines_of_negative_price(few_lines):
    _, outcome, code = few_lines

    assert (outcome["accepted"], outcome["refused"], outcome["total"], code) == (248, 2, 999_393, 1)
    assert [refusal["value"] for refusal in outcome["refusals"]] == ["-11062.06", "-11062.06"]


@pytest.mark.parametrize("month", RETAIL_MONTHS)
def test_the_excerpts_months_are_as_added_up_by_hand(few_lines, month):
    orders, revenue, gross, back, units, buyers, twice, new = RETAIL_MONTHS[month]
    truth = {"revenue": revenue, "orders": orders, "average_order_value": gross / orders, "units_per_transaction": units / orders,
             "returns_rate": back / gross, "customers": buyers, "repeat_rate": twice / buyers, "new_customers": new}  # fmt: skip

    assert figures(asked(few_lines[0], month, "2011-12-31"), truth) == expected(truth)


def test_named_buyers_of_the_excerpt_bought_so_much_each(few_lines):
    december = asked(few_lines[0], "2010-12", "2011-12-31")

    assert figures(december, ["average_purchase_value"]) == expected({"average_purchase_value": 554_817 / 10})


def deal_truth(won, lost, value, days, median):
    return {"won_deals": won, "lost_deals": lost, "won_value": value, "win_rate": won / (won + lost), "sales_cycle": days / won,
            "sales_cycle_median": median}  # fmt: skip


@pytest.mark.parametrize("month", DEAL_MONTHS)
def test_the_excerpts_deals_are_as_counted_by_hand(few_deals, month):
    truth = deal_truth(*DEAL_MONTHS[month])

    assert figures(asked(few_deals[0], month, "2017-12-31"), truth) == expected(truth)


@pytest.mark.parametrize("seller", DEAL_SELLERS)
def test_each_seller_of_the_excerpt_has_their_own_deals(few_deals, seller):
    truth, words = deal_truth(*DEAL_SELLERS[seller]), ("--from", "2016-10-01", "--to", "2018-01-01", "--as-of", "2017-12-31", "--json")
    answer, _ = said("kpi", "--book", few_deals[0], "--seller", seller, *words)

    assert figures(answer, truth) == expected(truth)
