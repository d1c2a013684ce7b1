"""A kind of file that can be taken, and its fields: what each is called in the files that shops really have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from desktop.shop.entity import Entity
from desktop.values.fold import fold
from desktop.values.text import N_


@dataclass(frozen=True)
class Field:
    """``reader``: text, code, phone, day, clock, money, rate (a discount: amount or percent), quantity, or a kind of its own.

    ``headers`` are spellings, compared without blanks, signs, ZWNJ and case; the first of them that the file has wins.
    ``key``: the form's field that it fills, where that is not of this name.
    """

    name: str
    title: str
    reader: str
    headers: str = ""
    needed: bool = False
    key: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """Keys of its headers, the likeliest first."""
        return _spellings(self.name, self.headers)


@dataclass(frozen=True)
class Kind:
    """``any_of``: at least one of these fields must have a column. ``at`` is its place among the kinds that are offered."""

    name: str
    title: str
    fields: tuple[Field, ...]
    any_of: tuple[str, ...] = ()
    at: int = 99

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)


_UNITS = re.compile(r"\b(?:تومان|تومن|ریال|tomans?|rials?|irr|irt|gbp|usd|eur)\b|[£$€﷼]")
_SIGNS = re.compile(r"[\W_]+")


def header_key(text: str) -> str:
    """What is equal for two spellings of one header: «قیمت (تومان)», "Unit_Price", "unit price"."""
    return _SIGNS.sub("", _UNITS.sub("", fold(text)))


@cache
def _spellings(name: str, headers: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(header_key, (name, *headers.split(","))))))


DATE = "تاریخ,date,day,تاریخ سند,تاریخ فاکتور,invoice date,order date,sale date,transaction date,تاریخ فروش,روز,تاریخ ثبت,created at"
SELLER = (
    "فروشنده,ویزیتور,بازاریاب,seller,sales rep,salesperson,sales person,sales agent,agent,rep,cashier,صندوقدار,کارشناس فروش,"
    "نام فروشنده,کارشناس,مسئول,owner,account owner"
)
CUSTOMER = "مشتری,طرف حساب,نام مشتری,نام طرف حساب,خریدار,customer,customer name,client,buyer,account,account name,نام خریدار,شخص,نام شخص"
CUSTOMER_CODE = "کد مشتری,کد طرف حساب,customer id,customer code,customer no,customer number,client id,کد خریدار,کد شخص,شماره مشتری,کد حساب"
PHONE = (
    "تلفن,موبایل,شماره تماس,تلفن همراه,شماره موبایل,همراه,phone number,mobile,tel,telephone,شماره تلفن,تلفن مشتری,موبایل مشتری,"
    "customer phone"
)
SOURCE = "شیوه آشنایی,نحوه آشنایی,منبع,source,lead source,معرف,منبع آشنایی,روش آشنایی,منبع سرنخ"
CAMPAIGN = "کمپین,نام کمپین,campaign,campaign name,utm campaign,پویش,تبلیغ"
NOTE = "یادداشت,توضیح,توضیحات,ملاحظات,note,notes,comment,comments,remarks,memo"
CATEGORY = "گروه,دسته,دسته بندی,گروه کالا,گروه اصلی,category,product category,group,series,نوع کالا,طبقه"
PRODUCT = (
    "کالا,نام کالا,شرح کالا,product,product name,item,item name,description,محصول,نام محصول,شرح,جنس,نام جنس,شرح محصول,عنوان کالا,"
    "کالا/خدمت,شرح کالا یا خدمات"
)
PRODUCT_CODE = "کد کالا,شماره کالا,product code,product id,item code,sku,stock code,stockcode,کد محصول,کد جنس,شناسه کالا,item no"
BARCODE = "بارکد,bar code,ean,upc,gtin,ean13"
UNIT = "واحد,unit,uom,واحد اندازه گیری,واحد شمارش,unit of measure,واحد سنجش"
STATUS = "وضعیت,status,state,وضعیت فاکتور,نوع سند,نوع فاکتور,وضعیت سفارش,order status"

_READERS = {
    "text": "text", "note": "text", "choice": "text", "ref": "text", "phone": "phone", "code": "code", "money": "money", "day": "day",
    "score": "score", "number": "quantity",
}  # fmt: skip
_HEADERS = {
    "date": DATE, "seller": SELLER, "customer": CUSTOMER, "phone": PHONE, "source": SOURCE, "campaign": CAMPAIGN, "note": NOTE,
    "category": CATEGORY, "product": PRODUCT, "name": "نام,عنوان,title", "code": "کد,id", "amount": "مبلغ,value,total", "kind": "نوع,type",
}  # fmt: skip


def of_form(entity: Entity, name: str, title: str, **headers: str) -> Kind:
    """The file of a thing that needs no more than its form; ``headers`` beside the usual ones, by the column's name."""
    fields = []
    for one in (one for one in entity.fields if one.kind in _READERS and one.key not in entity.apart):
        called = "date" if one.key == "day" else one.key.removesuffix("_id")
        known = ",".join(filter(None, (headers.get(called), _HEADERS.get(called))))
        fields.append(Field(called, one.title, _READERS[one.kind], known, one.needed, one.key))
    return Kind(name, title, tuple(fields))


NOTE_FIELD = Field("note", N_("Note"), "text", NOTE)
SELLER_FIELD = Field("seller", N_("Seller"), "text", SELLER)
SOURCE_FIELD = Field("source", N_("Source"), "text", SOURCE)
CAMPAIGN_FIELD = Field("campaign", N_("Campaign"), "text", CAMPAIGN)
CUSTOMER_FIELD = Field("customer", N_("Customer"), "text", CUSTOMER)
CODE_FIELD = Field("customer_code", N_("Customer's code"), "code", CUSTOMER_CODE)
