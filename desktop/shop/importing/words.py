"""What other programs call the states and kinds that the book knows by one word each."""

from __future__ import annotations

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
    credit="نسیه,اعتباری,مانده,on account,قسطی,غیر نقدی,غیرنقدی",
    cheque="چک,چکی,check",
    other="سایر,متفرقه",
)
OUTCOME = _words(
    won="موفق,برنده,برد,بسته شده موفق,برنده شده,closed won,win,successful,فروخته شد,موفق شد",
    lost="ناموفق,بازنده,باخت,باخته,از دست رفته,بسته شده ناموفق,closed lost,lose,failed,unsuccessful,شکست,شکست خورده",
)
SALE = _words(
    returned="return,refund,refunded,credit note,sales return,مرجوعی,مرجوع,مرجوع شده,برگشتی,برگشت,برگشت از فروش,برگشت خورده,"
    "فاکتور برگشتی,فاکتور مرجوعی,فاکتور برگشت از فروش,برگشت فروش,عودت,عودتی",
    cancelled="canceled,cancel,cancelation,cancellation,void,voided,لغو,لغو شده,لغوشده,لغوی,باطل,باطل شده,باطله,ابطال,ابطالی,ابطال شده,"
    "کنسل,کنسل شده,کنسلی",
    draft="quote,quotation,proforma,pro forma,pro-forma,estimate,پیش‌فاکتور,پیش فاکتور,پیشفاکتور,پیش نویس,پیش‌نویس,پیشنویس,استعلام,موقت",
    takings="day's takings,فروش روز,فروش کل روز,جمع روز",
)
DIRECTION = _words(at_least="حداقل,دست کم,کمینه,at least,min,minimum,>=", at_most="حداکثر,بیشینه,at most,max,maximum,<=")
DONE = frozenset(
    map(fold, "yes,y,true,1,done,completed,complete,✓,✔,x,بله,بلی,آری,انجام شد,انجام شده,شد,انجام,تمام,تمام شده,ok".split(","))
)
NOT_DONE = frozenset(map(fold, "no,n,false,0,open,pending,not done,planned,خیر,نه,نشده,انجام نشده,نشد,باز,در انتظار".split(",")))
