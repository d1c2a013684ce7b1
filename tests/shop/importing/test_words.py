"""Other programs' words lead to the words that the shop's own forms have; what nobody knows is asked, never sold."""

import pytest

from desktop.shop.drafts import PAYMENTS
from desktop.shop.importing import words
from desktop.shop.importing.words import meaning
from desktop.shop.things import activity, campaign, lead, target


@pytest.mark.parametrize(
    ("known", "own"),
    [
        (words.PAYMENT, PAYMENTS),
        (words.LEAD_STATUS, dict(lead.STATUSES)),
        (words.ACTIVITY, dict(activity.KINDS)),
        (words.COST, dict(campaign.COST_KINDS)),
        (words.DIRECTION, dict(target.DIRECTIONS)),
    ],
)
def test_a_file_says_what_a_form_could_say(known, own):
    assert set(known.values()) == set(own)


@pytest.mark.parametrize(("word", "means"), [
    ("wc-completed", "live"), ("Order: Delivered", "live"), ("تکمیل شده ✔", "live"), ("پرداخت‌شده (کارت)", "live"), ("در حال انجام", "live"),
    ("Failed", "cancelled"), ("wc-cancelled", "cancelled"), ("CANCELED_BY_CUSTOMER", "cancelled"), ("لغو شده توسط مشتری", "cancelled"),
    ("ناموفق", "cancelled"), ("منقضی‌شده", "cancelled"), ("Payment failed", "cancelled"),
    ("Pending payment", "draft"), ("on-hold", "draft"), ("Unpaid", "draft"), ("در انتظار پرداخت", "draft"), ("پرداخت نشده", "draft"),
    ("پیش‌فاکتور ۱۲", "draft"), ("مرجوعی - سایز", "returned"), ("Credit Note", "returned"),
    ("لغو نشده", None), ("Cancel request", None), ("Not delivered", None), ("Paid, refund pending", None), ("partially refunded", None),
    ("در انتظار ارسال", None), ("درخواست مرجوعی", None), ("ویژه", None), ("refunded", None), ("تحویل نشد", None), ("blub", None),
])  # fmt: skip
def test_a_status_means_what_its_first_words_say_or_is_asked(word, means):
    assert meaning(word, words.SALE) == means


@pytest.mark.parametrize(("word", "means"), [
    ("Closed-Won", "won"), ("closedwon", "won"), ("Closed won (Sales Pipeline)", "won"), ("5 - WON", "won"), ("بسته شده - موفق", "won"),
    ("معاملهٔ موفق", "won"), ("Closed Lost to Competition", "lost"), ("closed_lost", "lost"), ("بسته شده (ناموفق)", "lost"),
    ("از دست رفته: قیمت", "lost"), ("won, then lost", None), ("Not won", None), ("موفق نشد", None), ("مذاکره", None),
])  # fmt: skip
def test_a_stage_is_won_or_lost_however_it_is_spelt(word, means):
    assert meaning(word, words.OUTCOME) == means


SALES = "number,date,total,status,payment\n1,2026-10-25,5,Completed,نقد\n2,2026-10-25,7,ویژه,cash\n3,2026-10-25,9,ویژه,فلان\n"


def test_while_a_word_is_asked_nothing_is_written(desk):
    outcome = desk.take(SALES)

    assert (outcome.accepted, outcome.total, outcome.batch, desk.sales()) == (0, 0, None, [])
    assert [(one.about, one.field, one.value, one.count, one.examples) for one in outcome.asked] == [
        ("word", "status", "ویژه", 2, ((3, "ویژه"), (4, "ویژه"))), ("word", "payment", "فلان", 1, ((4, "فلان"),)),
    ]  # fmt: skip
    assert all("--word" in one.option and "--word" not in one.sentence for one in outcome.asked)


def test_a_word_means_what_the_person_says(desk):
    outcome = desk.take(SALES, words={"ويژه": "live", "فلان": "left out"})

    assert (outcome.accepted, outcome.skipped, outcome.asked) == (2, 1, ())
    assert desk.rows("SELECT number, payment FROM sale") == [("1", "cash"), ("2", "cash")]


def test_an_unknown_stage_is_asked_only_beside_a_closing_day(desk):
    file = "number,stage,opened,closed\n1,مذاکره نهایی,2026-10-20,{}\n"

    assert [one.value for one in desk.take(file.format("2026-10-25"), "deals").asked] == ["مذاکره نهایی"]
    assert desk.take(file.format("2026-10-25"), "deals", words={"مذاکره نهایی": "won"}).accepted == 1
    assert desk.one("SELECT outcome FROM deal") == "won"
    assert desk.take(file.format("").replace("\n1,", "\n2,"), "deals").accepted == 1


@pytest.mark.parametrize(("word", "means"), [
    ("on credit", "credit"), ("کارت‌خوان", "card"), ("Credit Card (Visa)", "card"), ("نسیه", "credit"), ("وجه نقد", "cash"),
    ("چکی", "cheque"),
    ("PayPal", None), ("نقد و کارت", None), ("cash/card", None), ("ترکیبی", None),
])  # fmt: skip
def test_a_way_of_paying_is_known_or_asked(word, means):
    assert meaning(word, words.PAYMENT) == means
