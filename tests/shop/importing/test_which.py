"""Which amount a column of totals gives is found by arithmetic and said; where rows disagree it is asked."""

import pytest

TAXED, BEFORE, WHOLE = "contain the tax", "before the discount", "the whole invoice's total"


def table(header, *rows):
    return "\n".join((header, *rows)) + "\n"


FA = "شماره,تاریخ,تعداد,فی,تخفیف,مالیات,مبلغ کل"


@pytest.mark.parametrize(
    ("file", "total", "tax", "said"),
    [
        (table(FA, "1,1405/01/01,2,1000,0,200,2200", "2,1405/01/01,1,500,100,40,440"), 2400, 240, TAXED),
        (table(FA.replace("مالیات", "مالیات ۹٪"), "1,1405/01/01,2,1000,,180,2180", "2,1405/01/01,-1,1000,,-90,-1090"), 1000, 90, TAXED),
        (table(FA, "1,1405/01/01,2,1000,100,0,2000", "2,1405/01/01,1,500,50,0,500"), 2350, 0, BEFORE),
        (table(FA, "1,1405/01/01,2,1000,0,0,2500", "1,1405/01/01,1,500,0,0,2500", "2,1405/01/01,1,50,0,0,50"), 2550, 0, WHOLE),
        (table(FA, "1,1405/01/01,2,1000,0,0,2500", "1,1405/01/01,1,500,0,0,", "2,1405/01/01,1,50,0,0,50"), 2550, 0, WHOLE),
        (table("number,date,qty,price,tax,total", "1,2026-01-01,2,100,20,330", "1,2026-01-01,1,100,10,330"), 300, 30, WHOLE),
        (table("date,qty,price,tax,total", "2026-01-01,2,100,20,200", "2026-01-01,1,100,10,100"), 300, 30, ""),
        (table("date,qty,price,discount,total", "2026-01-01,2,100,20,180", "2026-01-01,1,100,,100"), 280, 0, ""),
        (table("date,qty,price,vat 10%,total", "2026-01-01,3,333,100,1099", "2026-01-01,1,100,10,110"), 1099, 110, TAXED),
    ],
)  # fmt: skip
def test_the_relation_of_the_amounts_is_found_and_said(desk, file, total, tax, said):
    outcome = desk.take(file)

    assert (outcome.refused, outcome.total) == (0, total)
    assert desk.one("SELECT sum(tax) FROM sale_line") == tax
    assert (said in " ".join(outcome.notes)) if said else not outcome.notes


@pytest.mark.parametrize(
    "file",
    [
        table(FA, "1,1405/01/01,2,1000,0,200,2200", "2,1405/01/01,1,500,0,50,500", "3,1405/01/01,1,500,0,50,550"),
        table("date,qty,price,discount,total", "2026-01-01,2,1000,200,1800", "2026-01-01,1,1000,100,1000"),
    ],
)
def test_rows_that_disagree_are_asked_about(desk, file):
    outcome = desk.take(file)

    assert (outcome.accepted, [one.field for one in outcome.asked]) == (0, ["total"])
    assert desk.sales() == []


def test_one_odd_row_never_decides_over_the_column(desk):
    rows = [f"2026-01-01,1,{n}00,{n}0,{n}00" for n in range(1, 12)]
    outcome = desk.take(table("date,qty,price,tax,total", *rows, "2026-01-01,1,100,10,110"))

    assert [(one.row, one.field) for one in outcome.refusals] == [(13, "total")]
    assert outcome.notes == ()
