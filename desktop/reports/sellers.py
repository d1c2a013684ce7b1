"""The sellers' pages: one block for each, with the way to the target and what it was made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop.charts import Bullet
from desktop.kpi.kpi import SellerLine
from desktop.reports import words
from desktop.reports.monthly import Monthly
from desktop.reports.paper import SMALL, SOFT, TEXT, WASH, Sheet
from desktop.values.digits import foreign
from desktop.values.text import tr
from desktop.values.unit import Unit

BLOCK, GAP, A_PAGE = 218.0, 14.0, 4


def one_by_one(sheet: Sheet, m: Monthly) -> list[Callable[[], object]]:
    """A page for every four sellers; a lone one stands on the page of who sold."""
    lines = m.board.sellers if len(m.board.sellers) > 1 else ()
    return [partial(_page, sheet, m, lines[at : at + A_PAGE]) for at in range(0, len(lines), A_PAGE)]


def _page(sheet: Sheet, m: Monthly, lines: Sequence[SellerLine]) -> None:
    y = sheet.title(tr("Sellers one by one"), m.head)
    for line in lines:
        block(sheet, y, m, line)
        y += BLOCK + GAP
    if any((line.numbers["orders"] or 0) % 1 for line in lines):
        said = tr("An invoice that two sellers share counts for each of them by the share.")
        sheet.say(0, y - 6, sheet.width, said, px=SMALL, color=SOFT)


def block(sheet: Sheet, y: float, m: Monthly, line: SellerLine) -> None:
    """One seller: the share of all, the way to the target, twelve numbers."""
    sheet.fill(0, y, sheet.width, BLOCK, WASH, round_by=6)
    inner, total = sheet.width - 32, m.answers["revenue"].value or 0
    sheet.say(16, y + 10, inner * 0.6, foreign(line.name), px=16, weight=600, height=30)
    share = tr("{share} of all sales", share=Unit.SHARE.write(line.net / total)) if total > 0 else ""
    sheet.say(16 + inner * 0.6, y + 10, inner * 0.4, share, px=TEXT, color=SOFT, height=30, side="end")
    _target(sheet, y + 46, inner, line)
    of = line.numbers
    cells = (
        (tr("Net sales"), words.short(Unit.MONEY, line.net)), (tr("Gross profit"), words.short(Unit.MONEY, of["gross_profit"])),
        (tr("Margin"), Unit.SHARE.write(of["gross_margin"])), (tr("Invoices"), Unit.COUNT.write(of["orders"])),
        (tr("Each invoice"), words.short(Unit.MONEY, of["average_order_value"])),
        (tr("Discounts"), words.short(Unit.MONEY, line.discount)), (tr("Returns"), words.short(Unit.MONEY, line.returned)),
        (tr("Activities"), Unit.COUNT.write(of["activities"])), (tr("Deals won"), Unit.COUNT.write(of["won_deals"])),
        (tr("Deals lost"), Unit.COUNT.write(of["lost_deals"])),
        (tr("Value of won deals"), words.short(Unit.MONEY, of["won_value"])),
        (tr("Conversion"), Unit.SHARE.write(of["conversion_rate"])),
    )  # fmt: skip
    wide = inner / 4
    for at, (name, value) in enumerate(cells):
        start, top = 16 + at % 4 * wide, y + 80 + at // 4 * 46
        sheet.say(start, top, wide - 10, name, px=SMALL, color=SOFT, height=18)
        sheet.say(start, top + 17, wide - 10, value, px=14, weight=600, height=22)


def _target(sheet: Sheet, y: float, inner: float, line: SellerLine) -> None:
    """A bar as far as the target is reached, and in words."""
    reached = line.numbers["target_attainment"]
    if line.target is None or reached is None:
        sheet.say(16, y, inner, tr("no target"), px=SMALL, color=SOFT, height=20)
        return
    sheet.figure(16, y + 6, inner * 0.5, 8, Bullet(reached))
    text = tr("{share} of the target of {amount}", share=Unit.SHARE.write(reached), amount=words.short(Unit.MONEY, line.target))
    sheet.say(16 + inner * 0.5 + 14, y, inner * 0.5 - 14, text, px=SMALL, color=SOFT, height=20)
