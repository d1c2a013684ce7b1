"""The book's settings, each declared once: key, default, what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlalchemy.orm import Session

from desktop.store.access import may
from desktop.store.tables import SettingRow
from desktop.values.digits import latin
from desktop.values.text import N_, Refused
from desktop.values.writing import Writing, writing_said


@dataclass(frozen=True)
class Setting:
    """``check`` makes the kept text of a given one, or raises ValueError; ``fixed``: only the program changes it."""

    key: str
    default: str
    title: str
    check: Callable[[str], str] = str
    choices: tuple[str, ...] = ()
    fixed: bool = False


def _whole(low: int, high: int) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not text:
            return ""
        if not low <= int(text) <= high:
            raise ValueError(text)
        return str(int(text))

    return check


def _share(text: str) -> str:
    if len(text) > 20 or not 0 <= Decimal(text) <= 1:
        raise ValueError(text)
    return text


def _weekdays(text: str) -> str:
    days = sorted({int(day) for day in text.split(",") if day.strip()})
    if any(not 0 <= day <= 6 for day in days) or len(days) > 6:
        raise ValueError(text)
    return ",".join(map(str, days))


def _clock(text: str) -> str:
    hours, minutes = map(int, text.split(":"))
    return f"{dt.time(hours, minutes):%H:%M}"


ALL = (
    Setting("shop_name", "", N_("Shop's name")),
    Setting("shop_phone", "", N_("Shop's phone")),
    Setting("shop_address", "", N_("Shop's address")),
    Setting("money_unit", "toman", N_("Amounts are shown in"), choices=("toman", "rial", "major")),
    Setting("digits", "fa", N_("Digits"), choices=("fa", "latin")),
    Setting("language", "fa", N_("Language"), choices=("fa", "en")),
    Setting("weekend", "4", N_("Weekly days off (0 Monday ... 6 Sunday)"), check=_weekdays),
    Setting("active_days", "", N_("A customer is active for (days; empty: from the shop's own rhythm)"), check=_whole(1, 3650)),
    Setting("attribution_days", "60", N_("A sale counts for a campaign for (days)"), check=_whole(1, 3650)),
    Setting("acquisition_share", "1", N_("Share of pay that goes into winning customers"), check=_share),
    Setting("discount_year", "0", N_("Yearly discount of future profit"), check=_share),
    Setting("day_starts", "00:00", N_("The shop's day starts at"), check=_clock),
    Setting("currency", "IRR", N_("Currency"), fixed=True),
    Setting("calendar", "jalali", N_("Calendar"), choices=("jalali", "gregorian"), fixed=True),
    Setting("demo", "", N_("Demo shop"), fixed=True),
    Setting("book_id", "", N_("Book's own number"), fixed=True),
    Setting("schema", "", N_("Schema version"), fixed=True),
)
BY_KEY = {setting.key: setting for setting in ALL}


def get(s: Session, key: str) -> str:
    """The setting's text; its default where nobody set it. `Refused`: there is no such setting."""
    row = s.get(SettingRow, _known(key).key)
    return row.value if row else BY_KEY[key].default


def put(s: Session, key: str, value: str) -> None:
    """Sets a setting inside a change.

    Raises:
        Refused: the role does not allow it, no such setting, one that only the program may change, or a value it cannot have.
    """
    may(s, "settings")
    setting = _known(key)
    value = latin(str(value)).strip() if not key.startswith("shop_") else str(value).strip()
    if setting.fixed:
        raise Refused(N_("{key} was chosen when the book was made and stays."), key=key)
    if setting.choices and value not in setting.choices:
        raise Refused(N_("{key} can be one of: {allowed}."), key=key, allowed=", ".join(setting.choices), field=key)
    try:
        kept = setting.check(value)
    except (ValueError, InvalidOperation) as error:
        raise Refused(N_("{key} cannot be “{value}”."), key=key, value=value, field=key) from error
    store(s, key, kept)


def store(s: Session, key: str, value: str) -> None:
    """Writes the row, unchecked: for the program's own settings."""
    s.merge(SettingRow(key=key, value=value))


def writing_of(s: Session, language: str | None = None) -> Writing:
    """How the book's settings ask for things to be written; ``language`` wins over the book's own."""
    return writing_said(lambda key, _: get(s, key), language)


def _known(key: str) -> Setting:
    if key not in BY_KEY:
        raise Refused(N_("There is no setting {key}; the settings are: {keys}."), key=key, keys=", ".join(BY_KEY))
    return BY_KEY[key]
