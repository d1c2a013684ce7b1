"""The month's report for a seller: her own numbers without what goods cost; of the shop there is none."""

import io

import pytest
from openpyxl import load_workbook

from desktop import kpi, reports
from desktop.reports.xlsx import write_xlsx
from desktop.values.text import Refused
from desktop.values.unit import Unit
from tests.kpi.test_roles import become, big, ids, kept, numbers, secrets  # noqa: F401 - the fixtures
from tests.reports import reader
from tests.reports.conftest import UNTIL


def gathered(shop, seller=None):
    with shop.store.reading() as s:
        return reports.gather(s, kpi.scope(s, period=shop.scope().period, as_of=shop.scope().as_of, seller=seller))


def cells(m):
    book = load_workbook(io.BytesIO(write_xlsx(m, UNTIL)))
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_a_seller_gets_her_own_month_without_costs(big, in_english, printed):  # noqa: F811
    hidden, whole = secrets(big), gathered(big)
    tomans = {round(n / 10) for n in hidden}
    become(big, "seller", "Mina")
    mine = gathered(big)

    assert numbers(whole) & hidden
    assert not numbers(mine) & hidden
    assert numbers(cells(whole)) & tomans
    assert not numbers(cells(mine)) & tomans
    assert "Gross profit" not in str(cells(mine)["Products"][0])
    assert "Gross profit" in str(cells(whole)["Products"][0])
    assert printed(mine) is not None


def on_paper(paper):
    return {written for text in paper.texts for written in reader.numbers(text)}


def test_a_sellers_paper_read_back_tells_no_secret(big, in_english, printed):  # noqa: F811
    """What was gathered was asked, and whether the pages can be painted; what is painted on them was not."""
    hidden = {Unit.MONEY.short(n).split()[0] for n in secrets(big) if n >= 1_000_000}
    whole = printed(gathered(big))
    become(big, "seller", "Mina")
    mine = printed(gathered(big))

    assert on_paper(whole) & hidden
    assert not on_paper(mine) & hidden
    assert any("Reza" in text for text in whole.texts)
    assert any("Mina" in text for text in mine.texts)
    assert not any("Reza" in text for text in mine.texts)


def test_of_the_shop_a_seller_gets_no_report(big):  # noqa: F811
    reza = ids(big)["Reza"]
    become(big, "seller", "Mina")
    with pytest.raises(Refused):
        gathered(big, reza)


def test_without_a_seller_of_her_own_there_is_no_report(big):  # noqa: F811
    become(big, "seller")
    with pytest.raises(Refused):
        gathered(big)
    with big.store.reading() as s, pytest.raises(Refused):
        reports.usual_month(s, UNTIL)
