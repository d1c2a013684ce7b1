"""What other programs call the states and kinds that the book knows by one word each."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.values.fold import fold


def _words(**spellings: str) -> dict[str, str]:
    return {fold(word): own for own, words in spellings.items() for word in (own, *words.split(","))}


LEAD_STATUS = _words(
    open="باز,جدید,تازه,در حال پیگیری,در جریان,new,contacted,working,in progress,nurturing,attempted,qualified,واجد شرایط,پیگیری",
    converted="تبدیل شده,تبدیل,مشتری شد,مشتری شده,خرید کرد,became a customer,customer,won,closed won,موفق",
    disqualified="نامناسب,رد شده,رد صلاحیت,رد شد,not suitable,unqualified,not qualified,lost,rejected,dead,ناموفق,منصرف",
    duplicate="تکراری,duplicated,dup",
    spam="اسپم,هرزه,هرزنامه,junk,fake,bogus,invalid,نامعتبر",
)
ACTIVITY = _words(
    call="تماس,تلفن,تماس تلفنی,زنگ,phone,phone call,telephone",
    visit="بازدید,مراجعه,ویزیت,دیدار,site visit",
    message="پیام,پیامک,واتساپ,ایمیل,sms,email,e-mail,whatsapp,telegram,تلگرام,text,chat,چت",
    meeting="جلسه,ملاقات,قرار,demo,دمو,meet",
    other="سایر,متفرقه,دیگر",
)
COST = _words(
    advertising="تبلیغ,تبلیغات,ads,ad,advertisement,marketing,بازاریابی,آگهی,هزینه تبلیغات",
    pay="حقوق,دستمزد,حقوق و دستمزد,salary,salaries,wages,payroll,wage,پرداختی فروشنده,کارانه,پورسانت",
    rent="اجاره,کرایه,اجاره مغازه,اجاره بها",
    other="سایر,متفرقه,misc,general,عمومی,دیگر",
)
PAYMENT = _words(
    cash="نقد,نقدی,نقدا,وجه نقد",
    card="کارت,کارتخوان,کارت خوان,پوز,pos,credit card,debit card,کارت بانکی,دستگاه پوز,شتاب",
    transfer="حواله,کارت به کارت,واریز,انتقال,واریز به حساب,bank transfer,wire,حواله بانکی,آنلاین,online,درگاه,اینترنتی,پایا,ساتنا",
    credit="نسیه,اعتباری,مانده,on account,on credit,قسطی,غیر نقدی,غیرنقدی",
    cheque="چک,چکی,check",
    other="سایر,متفرقه",
)
OUTCOME = _words(
    open="باز,در جریان",
    won="موفق,closedwon,برنده,برد,بسته شده موفق,برنده شده,closed won,win,successful,فروخته شد,موفق شد",
    lost="ناموفق,closedlost,بازنده,باخت,باخته,از دست رفته,بسته شده ناموفق,closed lost,lose,failed,unsuccessful,شکست,شکست خورده",
)
SALE = _words(
    returned="return,refund,credit note,sales return,مرجوعی,مرجوع,مرجوع شده,برگشتی,برگشت,برگشت از فروش,برگشت خورده,"
    "فاکتور برگشتی,فاکتور مرجوعی,فاکتور برگشت از فروش,برگشت فروش,عودت,عودتی",
    cancelled="canceled,cancel,cancelation,cancellation,void,voided,لغو,لغو شده,لغوشده,لغوی,باطل,باطل شده,باطله,ابطال,ابطالی,ابطال شده,"
    "کنسل,کنسل شده,کنسلی,failed,expired,deleted,trash,declined,ناموفق,منقضی,منقضی شده,حذف شده,شکست خورده",
    live="final,completed,complete,paid,paid in full,fully paid,done,delivered,shipped,dispatched,fulfilled,closed,success,successful,"
    "succeeded,processing,invoiced,settled,sold,sale,approved,confirmed,posted,finished,partially paid,تکمیل,تکمیل شده,پرداخت شده,"
    "پرداخت شد,تسویه,تسویه شده,تحویل,تحویل شده,تحویل داده شد,تحویل داده شده,ارسال شده,ارسال شد,نهایی,نهایی شده,"
    "قطعی,قطعی شده,تایید,تایید شده,"
    "موفق,انجام شده,انجام شد,فروش,فروخته شده,فروش رفته,صادر شده,ثبت شده,ثبت شد,عادی,معتبر,در حال انجام,در حال پردازش,بسته شده",
    draft="pending,pending payment,awaiting payment,on hold,unpaid,unpaid order,not paid,checkout draft,auto draft,در انتظار,"
    "در انتظار پرداخت,در انتظار بررسی,منتظر پرداخت,پرداخت نشده,معلق,"
    "quote,quotation,proforma,pro forma,pro-forma,estimate,پیش‌فاکتور,پیش فاکتور,پیشفاکتور,پیش نویس,پیش‌نویس,پیشنویس,استعلام,موقت",
    takings="day's takings,فروش روز,فروش کل روز,جمع روز",
)
DIRECTION = _words(at_least="حداقل,دست کم,کمینه,at least,min,minimum,>=", at_most="حداکثر,بیشینه,at most,max,maximum,<=")
DONE = frozenset(
    map(fold, "yes,y,true,1,done,completed,complete,✓,✔,x,بله,بلی,آری,انجام شد,انجام شده,شد,انجام,تمام,تمام شده,ok".split(","))
)
NOT_DONE = frozenset(map(fold, "no,n,false,0,open,pending,not done,planned,خیر,نه,نشده,انجام نشده,نشد,باز,در انتظار".split(",")))

_SIGNS = re.compile(r"[\W_]+")
_BEFORE = frozenset(map(fold, "wc,order,invoice,status,payment,deal,stage,was,is,has,been,سفارش,فاکتور,وضعیت,معامله,فرصت,مرحله".split(",")))
_DOUBT = frozenset(map(fold, (
    "not,no,never,request,requested,rejected,denied,refused,pending,waiting,awaiting,partial,partially,back,except,but,shipment,"
    "shipping,fulfillment,fulfilment,delivery,pickup,dispatch,نشده,نشد,نیست,درخواست,رد,انتظار,عدم,بدون,ولی,اما,بخشی,قسمتی,ارسال,تحویل,نا"
).split(",")))  # fmt: skip


def meaning(text: str, known: Mapping[str, str]) -> str | None:
    """What ``text`` means by its first words, whatever signs, prefixes and other words stand about them; None if that is in doubt."""
    keys = {_SIGNS.sub("", word): own for word, own in known.items()}
    words = _SIGNS.sub(" ", fold(text)).split()
    while words:
        for end in range(len(words), 0, -1):
            own = keys.get("".join(words[:end]))
            if own is not None:
                rest = words[end:]
                others = {keys.get("".join(rest[a:b]), own) for a in range(len(rest)) for b in range(a + 1, min(a + 4, len(rest) + 1))}
                return None if (others != {own} and rest) or _DOUBT.intersection(rest) else own
        if words[0] not in _BEFORE and not words[0].isdecimal():
            return None
        words = words[1:]
    return None
