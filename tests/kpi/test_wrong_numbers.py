"""Nine wrong numbers found in the shipped code of well-known programs, and that ours are right."""

import datetime as dt

import pytest

from desktop import kpi
from desktop.kpi import lists
from desktop.kpi.lines import ReasonLine
from desktop.values.period import Period
from tests.little_shop import day, period


def each_day(shop, days, **more):
    """One sale of 100 on every day of a period."""
    with shop.change():
        for n in range(days.days):
            shop.sell(100, day=days.start + dt.timedelta(days=n), **more)


@pytest.mark.parametrize("days", [1, 2, 7, 30, 45])
def test_a_flat_business_has_not_grown(shop, days):
    """Window symmetry. Frappe CRM compares ``diff + 1`` days with ``diff``: 30 against 29 show +3.4 %."""
    now = Period(day("1405-08-03"), day("1405-08-03") + dt.timedelta(days=days))
    each_day(shop, Period(now.start - dt.timedelta(days=60), now.end))

    assert shop.kpi("sales_growth", now) == 0
    for passed in range(days):
        assert shop.kpi("sales_growth", now, as_of=now.start + dt.timedelta(days=passed)) == 0


def test_a_flat_month_has_not_grown_on_any_of_its_days(shop):
    each_day(shop, period("1405-07"))
    each_day(shop, period("1405-08"))

    for passed in range(1, 31):
        assert shop.kpi("sales_growth", as_of=f"1405-08-{passed:02}") == 0


def test_nothing_before_is_not_zero_percent(shop):
    """Frappe CRM's delta is 0 after a period of 0: there is nothing to say."""
    shop.sell(100)
    found = shop.ask("sales_growth")

    assert found.value is None
    assert found.why_null


def test_zero_denominators_are_never_zero_percent(shop):
    """Everything divided by something is unknown in an empty book, never 0 % or infinite."""
    ratios = ("gross_margin", "markup", "conversion_rate", "average_order_value", "average_purchase_value", "romi", "roas",
              "retention_rate", "nps", "sales_growth", "cac", "target_attainment", "sales_cycle", "win_rate", "sales_velocity",
              "pipeline_coverage", "returns_rate", "discount_rate", "units_per_transaction", "repeat_rate", "churn_rate", "ltv_cac",
              "clv_historic")  # fmt: skip

    for key in ratios:
        found = shop.ask(key)
        assert found.value is None, key
        assert found.why_null, key


def test_losing_a_deal_takes_it_out_of_the_forecast(shop):
    """Lost is not won. Frappe CRM counts lost deals at their full value: losing raises the forecast."""
    shop.deal(1000, history=[(3, "1405-07-02")])
    before = shop.kpi("weighted_forecast")
    shop.deal(9000, outcome="lost", closed="1405-08-05")

    assert before == shop.kpi("weighted_forecast") == pytest.approx(600)
    assert shop.kpi("pipeline_value") == 1000
    assert shop.kpi("won_value") == 0


def test_a_lost_deal_stays_in_the_funnel_and_in_the_reasons_of_its_month(shop):
    """Frappe CRM drops lost deals from the funnel, drops blank reasons, and dates reasons by creation."""
    shop.deal(100, outcome="lost", opened="1405-08-01", closed="1405-08-10")
    shop.deal(200, outcome="won", opened="1405-08-01", closed="1405-08-10")
    shop.deal(300, outcome="lost", opened="1405-08-01", closed="1405-09-10", reason="price")
    asked = shop.scope()
    with shop.store.reading() as s:
        funnel = dict(lists.funnel(s, asked))
        reasons = lists.lost_reasons(s, asked)

    assert (funnel["Deals opened"], funnel["Decided"], funnel["Won"]) == (3, 2, 1)
    assert reasons == (ReasonLine(None, 1, 100),)


@pytest.mark.parametrize("month", ["1405-06", "1405-07", "1404-12", "2026-02", "2026-10"])
def test_on_its_last_day_a_month_is_whole(shop, month):
    """Frappe Books counts to tomorrow, takes *tomorrow's* month, and shows 0 days on the last day of every month."""
    days = period(month)
    each_day(shop, days)
    with shop.store.reading() as s:
        calendar = "jalali" if month < "1700" else "gregorian"
        asked = kpi.Scope(Period.month(days.last, calendar), days.last, None, calendar)
        found = kpi.BY_KEY["revenue"].measure(s, asked).value

    assert asked.period == days
    assert found == 100 * days.days


@pytest.mark.parametrize("over", ["1405", "1405-q3", "1405-08", "1405-08-03", "2026-11", "1405-08-03..1405-09-02"])
def test_the_label_is_the_period_that_was_counted(shop, over):
    """Frappe Books' «This Year» is the last 12 months."""
    days = period(over)
    each_day(shop, Period(days.start - dt.timedelta(days=3), days.end + dt.timedelta(days=3)))
    asked = shop.scope(over)
    with shop.store.reading() as s:
        shown = kpi.rows(s, "revenue", asked)
        printed = kpi.as_json(s, asked)

    assert printed["kpis"]["revenue"]["value"] == 100 * days.days
    assert (min(row[1] for row in shown.rows), max(row[1] for row in shown.rows)) == (days.start, days.last)
    assert (printed["period"]["from"], printed["period"]["to"]) == (days.start.isoformat(), days.end.isoformat())
    assert Period.parse(days.key()) == days


def test_customers_are_people_and_not_invoices(shop):
    """ERPNext adds one «repeat customer» per invoice."""
    for _ in range(5):
        shop.sell(100, customer="Ali")
    shop.sell(100, customer="Sara")

    assert shop.kpi("customers") == 2
    assert shop.kpi("repeat_rate") == 0.5
    assert shop.kpi("new_customers") == 2


def test_tax_is_in_no_number(shop):
    """ERPNext sums the grand total, tax included."""
    sale = shop.sell(1000, cost=600, tax=100, customer="Ali", seller="Mina", campaign="Eid", product="Cup")
    shop.cost(100, campaign="Eid")
    taxed = everything(shop)
    with shop.change() as s:
        from desktop.store.tables import Sale, SaleLine

        s.get(Sale, sale).tax = 0
        s.query(SaleLine).one().tax = 0

    assert everything(shop) == taxed
    assert shop.kpi("revenue") == 1000


def everything(shop):
    with shop.store.reading() as s:
        return kpi.as_json(s, shop.scope())


def test_a_cost_is_not_multiplied_by_what_it_brought(shop):
    """SuiteCRM joins won opportunities to the campaign and sums its cost once for each; ours is joined to nothing."""
    shop.campaign("Eid", "1405-08-01", "1405-08-20")
    shop.cost(100, campaign="Eid")
    for _ in range(3):
        shop.lead(customer="Ali", campaign="Eid")
        shop.sell(200, cost=100, customer="Ali", seller={"Mina": 5000, "Reza": 5000})
        shop.deal(500, outcome="won", closed="1405-08-05", customer="Ali")

    assert shop.kpi("romi") == (300 - 100) / 100
    assert shop.kpi("roas") == 6
    assert shop.kpi("revenue") == 600
    assert shop.kpi("orders") == 3
    assert shop.kpi("won_value") == 1500


def test_a_sale_of_three_lines_and_two_sellers_is_one_sale(shop):
    from tests.little_shop import Line

    shop.sell(lines=[Line(100, product="Cup"), Line(200, product="Pen"), Line(300, product="Cup")], seller={"Mina": 4000, "Reza": 6000},
              customer="Ali")  # fmt: skip

    assert (shop.kpi("revenue"), shop.kpi("orders"), shop.kpi("customers")) == (600, 1, 1)
    assert shop.ask("revenue", rows=True).rows == 1


def test_the_return_is_of_profit_and_not_of_sales(shop):
    """SuiteCRM's ROI is (revenue − cost) ÷ cost: 500 % where 25 % margin makes 50 %."""
    shop.cost(10, campaign="Eid")
    shop.sell(60, cost=45, campaign="Eid")

    assert shop.kpi("romi") == 0.5
    assert shop.kpi("roas") == 6


def test_filters_do_not_pile_up_from_seller_to_seller(shop):
    """Invoice Ninja adds every seller's condition to the same question: all after the first get 0."""
    for name, total in (("Mina", 100), ("Reza", 200), ("Omid", 300)):
        shop.sell(total, seller=name, customer=name)
        shop.deal(total, outcome="won", closed="1405-08-05", seller=name)
        shop.activity(seller=name)
        shop.lead(seller=name)
    with shop.store.reading() as s:
        rows = {row.name: row.numbers for row in lists.sellers(s, shop.scope())}
        again = {row.name: row.numbers for row in lists.sellers(s, shop.scope())}

    for name, total in (("Mina", 100), ("Reza", 200), ("Omid", 300)):
        row = rows[name]
        assert (row["revenue"], row["orders"], row["customers"], row["won_value"], row["activities"]) == (total, 1, 1, total, 1)
    assert again == rows
