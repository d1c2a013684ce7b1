"""Every kind of file that can be taken, and its fields: what each is called in the files that shops really have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from desktop.values.fold import fold
from desktop.values.text import N_


@dataclass(frozen=True)
class Field:
    """``reader``: text, code, phone, day, clock, money, rate (a discount: amount or percent), quantity, or a kind of its own.

    ``headers`` are spellings, compared without blanks, signs, ZWNJ and case; the first of them that the file has wins.
    """

    name: str
    title: str
    reader: str
    headers: str = ""
    needed: bool = False

    @property
    def spellings(self) -> tuple[str, ...]:
        """Keys of its headers, the likeliest first."""
        return _spellings(self.name, self.headers)


@dataclass(frozen=True)
class Kind:
    """``any_of``: at least one of these fields must have a column."""

    name: str
    title: str
    fields: tuple[Field, ...]
    any_of: tuple[str, ...] = ()

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


_DATE = "تاریخ,date,day,تاریخ سند,تاریخ فاکتور,invoice date,order date,sale date,transaction date,تاریخ فروش,روز,تاریخ ثبت,created at"
_SELLER = (
    "فروشنده,ویزیتور,بازاریاب,seller,sales rep,salesperson,sales person,sales agent,agent,rep,cashier,صندوقدار,کارشناس فروش,"
    "نام فروشنده,کارشناس,مسئول,owner,account owner"
)
_CUSTOMER = "مشتری,طرف حساب,نام مشتری,نام طرف حساب,خریدار,customer,customer name,client,buyer,account,account name,نام خریدار,شخص,نام شخص"
_CUSTOMER_CODE = "کد مشتری,کد طرف حساب,customer id,customer code,customer no,customer number,client id,کد خریدار,کد شخص,شماره مشتری,کد حساب"
_PHONE = (
    "تلفن,موبایل,شماره تماس,تلفن همراه,شماره موبایل,همراه,phone number,mobile,tel,telephone,شماره تلفن,تلفن مشتری,موبایل مشتری,"
    "customer phone"
)
_SOURCE = "شیوه آشنایی,نحوه آشنایی,منبع,source,lead source,معرف,منبع آشنایی,روش آشنایی,منبع سرنخ"
_CAMPAIGN = "کمپین,نام کمپین,campaign,campaign name,utm campaign,پویش,تبلیغ"
_NOTE = "یادداشت,توضیح,توضیحات,ملاحظات,note,notes,comment,comments,remarks,memo"
_CATEGORY = "گروه,دسته,دسته بندی,گروه کالا,گروه اصلی,category,product category,group,series,نوع کالا,طبقه"
_PRODUCT = (
    "کالا,نام کالا,شرح کالا,product,product name,item,item name,description,محصول,نام محصول,شرح,جنس,نام جنس,شرح محصول,عنوان کالا,"
    "کالا/خدمت,شرح کالا یا خدمات"
)
_PRODUCT_CODE = "کد کالا,شماره کالا,product code,product id,item code,sku,stock code,stockcode,کد محصول,کد جنس,شناسه کالا,item no"
_BARCODE = "بارکد,bar code,ean,upc,gtin,ean13"
_UNIT = "واحد,unit,uom,واحد اندازه گیری,واحد شمارش,unit of measure,واحد سنجش"
_STATUS = "وضعیت,status,state,وضعیت فاکتور,نوع سند,نوع فاکتور,وضعیت سفارش,order status"

_NOTE_FIELD = Field("note", N_("Note"), "text", _NOTE)
_SELLER_FIELD = Field("seller", N_("Seller"), "text", _SELLER)
_SOURCE_FIELD = Field("source", N_("Source"), "text", _SOURCE)
_CAMPAIGN_FIELD = Field("campaign", N_("Campaign"), "text", _CAMPAIGN)
_CUSTOMER_FIELD = Field("customer", N_("Customer"), "text", _CUSTOMER)
_CODE_FIELD = Field("customer_code", N_("Customer's code"), "code", _CUSTOMER_CODE)

SALES = Kind(
    "sales",
    N_("Sales"),
    (
        Field("number", N_("Number"), "code", "شماره,شماره فاکتور,فاکتور,شماره سند,شماره سفارش,invoice,invoice no,invoice number,number,"
              "order id,"
              "order no,order number,receipt no,receipt,شماره رسید,سریال,کد فاکتور,سند,transaction id,invoice id,inv no"),
        Field("date", N_("Date"), "day", _DATE, needed=True),
        Field("time", N_("Time"), "clock", "ساعت,زمان,time,hour,ساعت فروش,ساعت ثبت"),
        _CODE_FIELD,
        Field("customer", N_("Customer"), "text", _CUSTOMER),
        Field("phone", N_("Phone"), "phone", _PHONE),
        Field("product_code", N_("Product's code"), "code", _PRODUCT_CODE),
        Field("product", N_("Product"), "text", _PRODUCT),
        Field("barcode", N_("Barcode"), "code", _BARCODE),
        Field("category", N_("Category"), "text", _CATEGORY),
        Field("quantity", N_("Quantity"), "quantity", "تعداد,مقدار,quantity,qty,count,units,عدد,وزن,متراژ,تعداد/مقدار,تعداد مقدار,"
              "مقدار کالا,تعداد کالا"),
        Field("unit", N_("Unit"), "text", _UNIT),
        Field("unit_price", N_("Unit price"), "money", "فی,قیمت,قیمت واحد,مبلغ واحد,نرخ,بها,price,unit price,rate,sales price,فی فروش,"
              "قیمت فروش,قیمت فی,بهای واحد"),
        Field("discount", N_("Discount"), "rate", "تخفیف,مبلغ تخفیف,discount,discount amount,تخفیف ردیف,تخفیف سطر,line discount"),
        Field("discount_rate", N_("Discount rate"), "rate", "درصد تخفیف,تخفیف درصدی,نرخ تخفیف,discount rate,discount percent,discount %,"
              "discount pct"),
        Field("invoice_discount", N_("Invoice's discount"), "rate", "تخفیف فاکتور,تخفیف کل,تخفیف سر جمع,تخفیف کلی,invoice discount,"
              "order discount,total discount,تخفیف پای فاکتور"),
        Field("total", N_("Total"), "money", "مبلغ کل پس از تخفیف,مبلغ پس از تخفیف,جمع پس از تخفیف,خالص فروش,مبلغ کل,جمع,جمع کل,مبلغ,"
              "قابل پرداخت,مبلغ ردیف,مبلغ سطر,جمع ردیف,total,amount,line total,net,net amount,subtotal,sum,total amount,مبلغ نهایی,خالص,"
              "مبلغ خالص,مبلغ فروش,total price,total sales,sales,dollar value,مبلغ قابل پرداخت"),
        Field("tax", N_("Tax"), "money", "مالیات,ارزش افزوده,مالیات بر ارزش افزوده,مالیات و عوارض,عوارض,tax,vat,sales tax,tax amount,"
              "vat amount,مبلغ مالیات"),
        Field("unit_cost", N_("Purchase price"), "money", "قیمت خرید,فی خرید,بهای خرید,بهای تمام شده,قیمت تمام شده,unit cost,cost,"
              "cost price,purchase price,میانگین خرید,مبلغ خرید"),
        _SELLER_FIELD,
        _SOURCE_FIELD,
        _CAMPAIGN_FIELD,
        Field("payment", N_("Payment"), "text", "پرداخت,نحوه پرداخت,نوع پرداخت,روش پرداخت,شیوه پرداخت,payment,payment method,payment type,"
              "paid by,تسویه,نحوه تسویه"),
        Field("status", N_("Status"), "text", _STATUS),
        _NOTE_FIELD,
    ),
    any_of=("unit_price", "total"),
)  # fmt: skip

PRODUCTS = Kind(
    "products",
    N_("Products"),
    (
        Field("code", N_("Code"), "code", "کد," + _PRODUCT_CODE),
        Field("name", N_("Name"), "text", "نام,عنوان," + _PRODUCT, needed=True),
        Field("barcode", N_("Barcode"), "code", _BARCODE),
        Field("category", N_("Category"), "text", _CATEGORY),
        Field("unit", N_("Unit"), "text", _UNIT),
        Field("price", N_("Price"), "money", "قیمت,قیمت فروش,فی,فی فروش,unit price,sale price,sales price,selling price,list price,"
              "retail price,مبلغ فروش,بها"),
        Field("cost", N_("Purchase price"), "money", "قیمت خرید,فی خرید,بهای خرید,بهای تمام شده,قیمت تمام شده,unit cost,cost price,"
              "purchase price,آخرین قیمت خرید,آخرین خرید"),
    ),
)  # fmt: skip

CUSTOMERS = Kind(
    "customers",
    N_("Customers"),
    (
        Field("code", N_("Code"), "code", "کد,id," + _CUSTOMER_CODE),
        Field("name", N_("Name"), "text", "نام,نام و نام خانوادگی,نام کامل,full name,عنوان," + _CUSTOMER),
        Field("phone", N_("Phone"), "phone", _PHONE),
        _SOURCE_FIELD,
        _NOTE_FIELD,
    ),
    any_of=("code", "name", "phone"),
)

SELLERS = Kind(
    "sellers",
    N_("Sellers"),
    (
        Field("name", N_("Name"), "text", "نام,نام و نام خانوادگی,full name,employee," + _SELLER, needed=True),
        Field("code", N_("Code"), "code", "کد,کد فروشنده,کد پرسنلی,کد ویزیتور,seller code,id,seller id,employee id"),
        Field("pay", N_("Monthly pay"), "money", "حقوق,حقوق ماهانه,دستمزد,salary,wage,monthly pay"),
    ),
)

LEADS = Kind(
    "leads",
    N_("Leads"),
    (
        Field("code", N_("Code"), "code", "کد,کد سرنخ,lead id,lead code,id,شناسه," + _CUSTOMER_CODE),
        Field(
            "date", N_("Date"), "day", _DATE + ",تاریخ ایجاد,created,create date,created on,lead date,تاریخ تماس,اولین تماس", needed=True
        ),
        Field("name", N_("Name"), "text", "نام,نام سرنخ,سرنخ,lead,lead name,contact,full name,نام و نام خانوادگی," + _CUSTOMER),
        Field("phone", N_("Phone"), "phone", _PHONE),
        _SOURCE_FIELD,
        _SELLER_FIELD,
        Field("status", N_("Status"), "text", _STATUS + ",وضعیت سرنخ,lead status"),
        _CAMPAIGN_FIELD,
    ),
)

DEALS = Kind(
    "deals",
    N_("Deals"),
    (
        Field("number", N_("Number"), "code", "شماره,شماره معامله,کد معامله,deal id,opportunity id,deal number,id,شناسه"),
        Field("customer", N_("Customer"), "text", _CUSTOMER),
        Field("lead", N_("Lead"), "text", "سرنخ,کد سرنخ,lead id,lead code"),
        _SELLER_FIELD,
        Field("product", N_("Product"), "text", _PRODUCT),
        Field("stage", N_("Stage"), "text", "مرحله,وضعیت,deal stage,status,pipeline stage,وضعیت معامله,مرحله معامله,مرحله فروش",
              needed=True),
        Field("opened", N_("Opened"), "day", "تاریخ ایجاد,تاریخ شروع,تاریخ باز شدن,open date,opened on,created,create date,created date,"
              "engage date,start date,تاریخ ثبت,شروع,تاریخ"),
        Field("expected", N_("Expected"), "day", "تاریخ پیش‌بینی,پیش‌بینی بستن,expected close,expected close date,expected date,موعد,"
              "تاریخ احتمالی"),
        Field("closed", N_("Closed"), "day", "تاریخ بستن,تاریخ پایان,بسته شدن,close date,closed date,closed on,won date,تاریخ بسته شدن,"
              "تاریخ نتیجه"),
        Field("value", N_("Value"), "money", "مبلغ,ارزش,ارزش معامله,مبلغ معامله,amount,deal value,close value,deal amount"),
        Field("reason", N_("Reason"), "text", "دلیل,علت,دلیل شکست,علت شکست,lost reason,loss reason,close reason"),
        _SOURCE_FIELD,
        _CAMPAIGN_FIELD,
        Field("name", N_("Deal"), "text", "نام,عنوان,نام معامله,عنوان معامله,deal name,opportunity,opportunity name,title,deal"),
    ),
)  # fmt: skip

ACTIVITIES = Kind(
    "activities",
    N_("Activities"),
    (
        Field("kind", N_("Kind"), "text", "نوع,نوع فعالیت,فعالیت,type,activity,activity type", needed=True),
        Field("date", N_("Date"), "day", _DATE + ",activity date,تاریخ فعالیت", needed=True),
        Field("due", N_("Due"), "day", "موعد,سررسید,مهلت,due date,deadline,تاریخ سررسید"),
        Field("done", N_("Done"), "text", "انجام,انجام شد,انجام شده,تاریخ انجام,done date,completed,completed on,done on"),
        _SELLER_FIELD,
        _CUSTOMER_FIELD,
        Field("deal", N_("Deal"), "text", "معامله,شماره معامله,deal id,deal number,opportunity,opportunity id"),
        Field("lead", N_("Lead"), "text", "سرنخ,کد سرنخ,lead id,lead code"),
        Field("note", N_("Note"), "text", _NOTE + ",شرح,subject,موضوع"),
    ),
)

CAMPAIGNS = Kind(
    "campaigns",
    N_("Campaigns"),
    (
        Field("name", N_("Name"), "text", "نام,عنوان,title," + _CAMPAIGN, needed=True),
        Field("channel", N_("Channel"), "text", "کانال,رسانه,بستر,medium,media,platform,channel"),
        Field("start", N_("First day"), "day", "شروع,تاریخ شروع,از تاریخ,start date,from,begin,first day"),
        Field("end", N_("Last day"), "day", "پایان,تاریخ پایان,تا تاریخ,end date,to,until,last day"),
        Field("budget", N_("Budget"), "money", "بودجه,هزینه,مبلغ,amount,cost"),
    ),
)

COSTS = Kind(
    "costs",
    N_("Costs"),
    (
        Field("date", N_("Date"), "day", _DATE + ",تاریخ هزینه", needed=True),
        Field("amount", N_("Amount"), "money", "مبلغ,هزینه,مبلغ هزینه,cost,value,total,spend,مقدار", needed=True),
        Field("kind", N_("Kind"), "text", "نوع,نوع هزینه,بابت,سرفصل,type,category,cost type,گروه هزینه,گروه"),
        _CAMPAIGN_FIELD,
        _SELLER_FIELD,
        Field("note", N_("Note"), "text", _NOTE + ",شرح,description"),
    ),
)

TARGETS = Kind(
    "targets",
    N_("Targets"),
    (
        Field("month", N_("Month, quarter or year"), "period", "ماه,دوره,period,date,تاریخ,فصل,سال,quarter,year", needed=True),
        Field("amount", N_("Target"), "amount", "هدف,مبلغ,مقدار,target,value,goal,quota,مبلغ هدف", needed=True),
        Field("kpi", N_("KPI"), "text", "شاخص,metric,measure,نام شاخص"),
        _SELLER_FIELD,
        Field("category", N_("Category"), "text", _CATEGORY),
        _CAMPAIGN_FIELD,
        Field("direction", N_("At least or at most"), "text", "جهت,کمینه یا بیشینه,نوع هدف"),
        Field("person", N_("Answerable"), "text", "پاسخگو,مسئول پیگیری,مسئول هدف,responsible,answerable,person"),
    ),
)

NPS = Kind(
    "nps",
    N_("Customers' opinions"),
    (
        Field("date", N_("Date"), "day", _DATE + ",تاریخ پاسخ,answer date,response date", needed=True),
        Field("score", N_("Score, 0 to 10"), "score", "امتیاز,نمره,nps,rating,nps score", needed=True),
        _CODE_FIELD,
        _CUSTOMER_FIELD,
        Field("reason", N_("Reason"), "text", "دلیل,علت,نظر,comment,feedback," + _NOTE),
    ),
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (SALES, PRODUCTS, CUSTOMERS, SELLERS, LEADS, DEALS, ACTIVITIES, CAMPAIGNS, COSTS, TARGETS, NPS)
}  # fmt: skip
