"""Every table of the book: what is kept, and what the database itself refuses to keep.

Documents (sales, deals, costs ...) are voided and things (products, customers ...) are archived; neither is ever deleted.
"""

from desktop.store.tables.columns import (
    Archived,
    Day,
    Document,
    Imported,
    Kept,
    Named,
    Own,
    PartOf,
    Row,
    Sum,
    Trail,
    by_day,
    every,
    models,
    of_batch,
    owner_of,
    refers,
    utc_now,
    verb_of,
)
from desktop.store.tables.following import Activity, Cost, Deal, DealStage, Lead, NpsAnswer, Stage, Target
from desktop.store.tables.keeping import Batch, ChangeRow, Closing, DayOff, Photo, PriceIndex, Series, SettingRow, User
from desktop.store.tables.sales import OWED, PAYMENTS, Payment, Sale, SaleLine, SaleSeller, SumCustomer, SumDay, SumDayCustomer, SumPayment
from desktop.store.tables.things import Barcode, Campaign, Category, Customer, Product, Seller, Source

for _table in Row.metadata.tables.values():
    for _index in _table.indexes:
        (_column, *_more) = _index.columns
        if _column.nullable and _column.foreign_keys and not _more:  # most rows name none: they need no place in it
            _index.dialect_options["sqlite"]["where"] = _column.is_not(None)
