"""Rows that are no data are left out and counted; what only looks like them stays, or is asked about."""

import pytest

from tests.shop.importing.conftest import reasons

HEAD = "شماره,تاریخ,مشتری,کالا,تعداد,قیمت,مبلغ کل"
PLAIN = "date,customer,amount"


def table(header, *rows):
    return "\n".join((header, *rows)) + "\n"


@pytest.mark.parametrize(
    ("file", "accepted", "total", "left_out"),
    [
        (table(HEAD, "1,1405/01/05,مینا,قند,2,100,200", "2,1405/01/05,رضا,چای,1,300,300", "جمع روز,1405/01/05,,,3,,500"), 2, 500, 1),
        (table(HEAD, "1,1405/01/05,مینا,قند,2,100,200", "1,1405/01/05,مینا,چای,1,300,300", "1,1405/01/05,مینا,جمع فاکتور,,,500",
               "2,1405/01/06,رضا,نمک,1,50,50", "2,1405/01/06,رضا,جمع فاکتور,,,50"), 3, 550, 2),
        (table("تاریخ,مشتری,مبلغ", "1405/01/05,مینا,200", "1405/01/06,مینا,300", "1405/01/06,جمع مینا,500", "1405/01/07,رضا,50",
               "1405/01/08,رضا,50", "1405/01/08,جمع رضا,100", "1405/01/08,مجموع کل,600"), 4, 600, 3),
        (table("ردیف,تاریخ,مشتری,مبلغ", "1,1405/01/05,مینا,200", "2,1405/01/05,رضا,300", "جمع صفحه,1405/01/05,,500"), 2, 500, 1),
        (table(HEAD, "1,1405/01/05,مینا,قند,2,100,200", "2,1405/01/06,رضا,چای,1,300,300", ",,,,,جمع کل:,500"), 2, 500, 1),
        (table(HEAD, "1,1405/01/05,مینا,قند,2,100,200", HEAD, "2,1405/01/06,رضا,چای,1,300,300"), 2, 500, 1),
        (table(HEAD, "1,1405/01/05,مینا,قند,2,100,200", ",,,,1,,", ",,,,,,0", "3,1405/01/06,,,1,,0"), 1, 200, 3),
        (table("date,number,customer,amount", "2026-01-05,1,Ann,200", "2026-01-05,2,Bob,300", "2026-01-05,Subtotal,,500"), 2, 500, 1),
        (table(PLAIN, "2026-01-05,Ann,200", "2026-01-05,Bob,300", "2026-01-05,Total for 2026-01-05,500", PLAIN, "2026-01-06,Ann,70",
               "2026-01-06,Total for 2026-01-06,70", "2026-01-06,Grand total,570"), 3, 570, 4),
        (table("number,date,product,qty,price", "1,2026-01-05,Tea,2,100", "2,2026-01-05,Rice,1,300", "Total,2026-01-05,,3,500"), 2, 500, 1),
    ],
)  # fmt: skip
def test_sums_headers_and_empty_lines_are_left_out_wherever_they_stand(desk, file, accepted, total, left_out):
    outcome = desk.take(file)

    assert (outcome.accepted, outcome.total, outcome.left_out, reasons(outcome)) == (accepted, total, left_out, [])
    assert outcome.as_json()["left_out"] == left_out
    assert "left out" in " ".join(outcome.notes)


@pytest.mark.parametrize(
    ("file", "total"),
    [
        (table(HEAD, "1,1405/01/05,مینا,قند,1,500,500", "2,1405/01/05,رضا,جمع‌وجور,1,500,500"), 1000),
        (table("تاریخ,کالا,تعداد,قیمت,مبلغ کل", "1405/01/05,قند,1,500,500", "1405/01/05,جمع و جور کن,1,500,500"), 1000),
        (table(HEAD, "1,1405/01/05,مینا,قند,1,500,500", "2,1405/01/05,مجموعه ورزشی,چای,1,500,500"), 1000),
        (table("date,number,customer,amount", "2026-01-05,1,Ann,500", "2026-01-05,2,Total Energies,500"), 1000),
        (table(PLAIN, "2026-01-05,Ann,500", "2026-01-05,Total Energies,90"), 590),
        (table("number,date,product,qty,price", "1,2026-01-05,Tea,1,100", "2,2026-01-05,Total,1,100"), 200),
        (table("date,qty,price", "2026-01-05,1,0", "2026-01-05,1,70"), 70),  # a gift is a sale
    ],
)
def test_what_only_begins_like_a_sum_is_sold(desk, file, total):
    outcome = desk.take(file)

    assert (outcome.total, outcome.left_out, reasons(outcome)) == (total, 0, [])


@pytest.mark.parametrize(
    ("file", "row", "word"),
    [
        (table("تاریخ,مشتری,مبلغ", "1405/01/05,مینا,500", "1405/01/05,جمع یاران,500"), 3, "can be a sum"),
        (table("تاریخ,مشتری,مبلغ", "1405/01/05,مینا,500", "1405/01/05,جمع روز,490"), 3, "not that of the rows above"),
        (table(PLAIN, "2026-01-05,Ann,500", "2026-01-05,Total,500"), 3, "can be a sum"),
        (table("date,product,qty,price,total", "2026-01-05,Tea,1,500,500", "2026-01-05,Total,1,500,500"), 3, "can be a sum"),
    ],
)
def test_what_may_be_a_sum_or_a_line_is_asked_about_and_never_sold(desk, file, row, word):
    outcome = desk.take(file)

    assert (outcome.accepted, outcome.total, outcome.refused) == (1, 500, 1)
    assert outcome.refusals[0].row == row
    assert word in outcome.refusals[0].reason


def test_rows_without_data_are_counted_in_every_kind_of_file(desk):
    outcome = desk.take(table("تاریخ,مبلغ,نوع", "1405/01/05,200,rent", "1405/01/06,300,rent", "1405/01/06,500,جمع"), "costs")

    assert (outcome.accepted, outcome.left_out) == (2, 1)
