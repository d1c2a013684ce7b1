"""A head that is written once goes on below it, and no further; where nobody can tell it is asked."""

import pytest

HEAD = "شماره,تاریخ,مشتری,فروشنده,کالا,مبلغ"


def table(header, *rows):
    return "\n".join((header, *rows)) + "\n"


def sold(desk):
    asked = "SELECT s.number, s.day, c.name, s.lines, s.total FROM sale s LEFT JOIN customer c ON c.id = s.customer_id ORDER BY s.id"
    return [(number, day[8:], name, lines, total) for number, day, name, lines, total in desk.rows(asked)]


@pytest.mark.parametrize(
    ("file", "sales"),
    [
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", ",,,,چای,20", "2,1405/01/02,رضا,سارا,نمک,5"),
         [("1", "21", "مینا", 2, 30), ("2", "22", "رضا", 1, 5)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", ",1405/01/01,مینا,سارا,چای,20"), [("1", "21", "مینا", 2, 30)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", "1,,,,چای,20", "1,,,,نمک,5"), [("1", "21", "مینا", 3, 35)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,,", ",,,,قند,10", ",,,,چای,20"), [("1", "21", "مینا", 2, 30)]),  # a head alone in its row
        (table("تاریخ,مشتری,کالا,مبلغ", "1405/01/01,مینا,قند,10", ",,چای,20", ",رضا,نمک,5"),
         [("1", "21", "مینا", 1, 10), ("2", "21", "مینا", 1, 20), ("3", "21", "رضا", 1, 5)]),
        (table("number,date,customer,product,total", "1,2026-01-01,Ann,Tea,10", ",-,-,Rice,20", "2,,Bob,Salt,5", ",,,Soap,7"),
         [("1", "01", "Ann", 2, 30), ("2", "01", "Bob", 2, 12)]),
        (table("number,date,customer,product,total", "1,2026-01-01,Ann,Tea,10", "number,date,customer,product,total", ",,,Rice,20"),
         [("1", "01", "Ann", 2, 30)]),
    ],
)  # fmt: skip
def test_a_head_written_once_goes_on_below(desk, file, sales):
    outcome = desk.take(file)

    assert (outcome.refused, sold(desk)) == (0, sales)
    assert "from the head of the invoice above" in " ".join(outcome.notes)


@pytest.mark.parametrize(
    ("file", "sales"),
    [
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", ",1405/01/01,رضا,سارا,چای,20"),
         [("1", "21", "مینا", 1, 10), ("2", "21", "رضا", 1, 20)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", ",1405/01/02,,,چای,20"), [("1", "21", "مینا", 1, 10), ("2", "22", None, 1, 20)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", ",1405/01/01,مینا,کیان,چای,20"),
         [("1", "21", "مینا", 1, 10), ("2", "21", "مینا", 1, 20)]),
        (table(HEAD, "1,1405/01/01,مینا,سارا,قند,10", "2,1405/01/01,,,چای,20", ",1405/01/01,مینا,,نمک,5"),  # above is a walk-in, not مینا
         [("1", "21", "مینا", 1, 10), ("2", "21", None, 1, 20), ("3", "21", "مینا", 1, 5)]),
        (table("date,customer,total", "2026-01-01,Ann,10", "2026-01-01,,20"), [("1", "01", "Ann", 1, 10), ("2", "01", None, 1, 20)]),
    ],
)  # fmt: skip
def test_a_row_that_differs_is_a_sale_of_its_own(desk, file, sales):
    desk.take(file)

    assert sold(desk) == sales


def test_one_blank_day_among_many_is_refused(desk):
    outcome = desk.take(table("number,date,total", *(f"{n},2026-01-0{n},10" for n in range(1, 8)), "8,,10"))

    assert [(one.row, one.field) for one in outcome.refusals] == [(9, "date")]


@pytest.mark.parametrize(
    "file",
    [
        table("شماره,تاریخ,مشتری,مبلغ", "1,1405/01/01,مینا,10", ",1405/01/01,,20", ",1405/01/01,,30"),
        table("number,date,customer,total", "7,2026-01-01,Ann,10", ",2026-01-01,,20", ",2026-01-01,,30"),
    ],
)
def test_mostly_blank_heads_that_could_be_counter_sales_are_asked_about(desk, file):
    outcome = desk.take(file)

    assert [(one.about, one.count, one.examples) for one in outcome.asked] == [("heads", 2, ((3, ""), (4, "")))]
    assert desk.look(file).asked == outcome.asked
    assert desk.sales() == []
    assert [desk.take(file, dry_run=True, heads=said).documents for said in ("once", "each")] == [1, 3]


def test_what_the_head_says_of_the_invoice_holds_for_its_lines(desk):
    outcome = desk.take(table("number,date,status,product,total", "1,2026-01-01,draft,Tea,10", ",,,Rice,20", "2,2026-01-01,,Tea,5"))

    assert (outcome.skipped, outcome.total) == (2, 5)
