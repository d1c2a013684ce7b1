"""Settings: the shop, how things are written, this computer, what is safe and where it lies, and the book's own lists."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QLabel, QPlainTextEdit, QScrollArea, QWidget

import desktop
from desktop.shop.places import SETTINGS
from desktop.shop.things import in_tabs
from desktop.store import settings
from desktop.store.backup import folder_of
from desktop.ui.fields import Choice, Line, code_field
from desktop.ui.memory import preferences
from desktop.ui.page import Page
from desktop.ui.pages.listing import ListTab
from desktop.ui.saving import ask_where, open_file
from desktop.ui.theme import THEMES, rtl
from desktop.ui.widgets import Card, Part, across, button, down, fill, grid, ground, label, named, scrolling, tabs
from desktop.values.digits import foreign, local, ntr, parse_share
from desktop.values.places import SUFFIX, data_folder, licences
from desktop.values.rounding import WHOLE
from desktop.values.text import N_, Refused, tr
from desktop.values.unit import Unit

if TYPE_CHECKING:
    from desktop.ui.stage import Stage

WORDS = {
    "toman": N_("toman"), "rial": N_("rial"), "major": N_("the currency's own unit"), "fa": N_("Persian"), "latin": N_("Latin"),
    "en": N_("English"), "system": N_("as the computer"), "light": N_("light"), "dark": N_("dark"),
}  # fmt: skip
SHOP = ("shop_name", "shop_phone", "shop_address")
WRITTEN = ("language", "digits", "money_unit")
COUNTED = ("active_days", "attribution_days", "acquisition_share", "day_starts")
WEEK = {5: N_("Saturday"), 6: N_("Sunday"), 0: N_("Monday"), 1: N_("Tuesday"), 2: N_("Wednesday"), 3: N_("Thursday"), 4: N_("Friday")}


class SettingsPage(Page):
    """General settings first; stages, holidays, price index, imports and the history each in a tab."""

    key = "settings"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, tr("Settings"))
        self.add = self.primary("", self.begin)
        self.general = General(self)
        self.tabs = [ListTab(self, name) for name in ("stages", *in_tabs(SETTINGS))]
        self.holder = tabs([(self.general, tr("General")), *((tab, tr(tab.listing.title)) for tab in self.tabs)])
        self.holder.currentChanged.connect(lambda _: self.refresh())
        self.body.addWidget(self.holder, 1)

    def refresh(self) -> None:
        shown = self.holder.currentWidget()
        assert isinstance(shown, (General, ListTab))
        self.rename(self.add, shown.new if isinstance(shown, ListTab) else "")
        shown.refresh()

    def begin(self) -> None:
        if isinstance(shown := self.holder.currentWidget(), ListTab):
            shown.start()


class General(QScrollArea):
    """Each setting is saved as it is left; a refused one says why beside it."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__()
        self.page, self.store = page, page.desk.store
        self.fields: dict[str, Line | Choice] = {}
        self.says: dict[str, QLabel] = {}
        inside = ground("clear")
        self._columns = columns = grid(12, 12, 1, 1, on=inside)
        self._leave_room(0)
        scrolling(inside, self, sideways=True).verticalScrollBar().rangeChanged.connect(lambda _, most: self._leave_room(14 if most else 0))
        for at, card in enumerate((self._card(tr("The shop"), SHOP), self._written(), self._counted(), self._safe())):
            columns.addWidget(card, at // 2, at % 2)
        columns.addWidget(self._about(), 2, 0, 1, 2)
        columns.setRowStretch(3, 1)

    def _leave_room(self, room: int) -> None:
        """For the scroll bar, where there is one."""
        self._columns.setContentsMargins(room if rtl() else 0, 8, 0 if rtl() else room, 8)

    def _card(self, title: str, keys: tuple[str, ...], *below: Part) -> Card:
        card, form = Card(title), grid(16, 4, 2, 3)
        for row, key in enumerate(keys):
            setting, said = settings.BY_KEY[key], label("", "bad")
            field = named(self._field(key), tr(setting.title), key)
            said.hide()
            form.addWidget(label(tr(setting.title)), 2 * row, 0)
            form.addWidget(field, 2 * row, 1)
            form.addWidget(said, 2 * row + 1, 1)
            self.fields[key], self.says[key] = field, said
        fill(card.box, form, *below, None)
        return card

    def _field(self, key: str) -> Line | Choice:
        """What a setting is filled in with; its value is the text that the book keeps."""
        if choices := settings.BY_KEY[key].choices:
            rials = self.page.desk.setting("currency") == "IRR"
            choice = Choice(tuple((one, tr(WORDS[one])) for one in choices if one != "major" or not rials))
            choice.activated.connect(lambda _: self.save(key))
            return choice
        line = {"shop_name": Line, "shop_address": Line, "acquisition_share": _portion_field}.get(key, code_field)()
        line.setPlaceholderText(tr("by itself") if key == "active_days" else "")
        line.editingFinished.connect(lambda: self.save(key))
        return line

    def _written(self) -> Card:
        """How things look: the book's language, digits and unit; the theme is this computer's own."""
        title = tr("Theme on this computer")
        self.theme = named(Choice(tuple((name, tr(WORDS[name])) for name in THEMES)), title, "theme")
        self.theme.set_value(preferences().value("theme", "system"))
        self.theme.activated.connect(lambda _: self._wear())
        return self._card(tr("Language and numbers"), WRITTEN, across((label(title, wrap=False), 2), (self.theme, 3), gap=16))

    def _counted(self) -> Card:
        self.week = {day: button(tr(name), lambda: self.save("weekend"), kind="seg") for day, name in WEEK.items()}
        week = across(*self.week.values(), None, gap=4)
        return self._card(tr("What the numbers rest on"), COUNTED, label(tr("Weekly days off")), week)

    def _safe(self) -> Card:
        card, stage, doors = Card(tr("Safety")), self.page.stage, grid(8, 8)
        self.kept = label("", "soft")
        for at, (title, picture, do) in enumerate((
            (tr("Back up now"), "database-backup", stage.back_up), (tr("Restore a backup …"), "rotate-ccw", self._restore),
            (tr("Check the book"), "badge-check", self._check), (tr("Back up to another disk …"), "save", self._elsewhere),
            (tr("Folder of the backups"), "folder-open", lambda: self._open(self._backups())),
            (tr("Folder of this book"), "folder-open", lambda: self._open(self.store.path.parent)),
            (tr("Everything to Excel …"), "file-spreadsheet", self._export), (tr("Open another book"), "store", stage.choose_book),
        )):  # fmt: skip
            doors.addWidget(button(title, do, picture), at // 2, at % 2)
        fill(card.box, self.kept, doors, None)
        return card

    def _about(self) -> Card:
        card = Card(tr("About"))
        version = foreign(local(desktop.__version__))
        said = (
            tr("Cheragh {version}. Everything stays on this computer: no internet, no account.", version=version),
            tr("The book: {file}", file=foreign(str(self.store.path))),
            tr("Data: {folder}", folder=foreign(str(data_folder()))),
        )
        folder = button(tr("Folder of the data"), lambda: self._open(data_folder()), "folder-open")
        law = button(tr("Licences of all parts"), lambda: Licences(self.window()).exec(), "file-text")
        fill(card.box, *(label(text, "soft", readable=True) for text in said), across(folder, law, gap=8))
        return card

    # Reading and saving

    def refresh(self) -> None:
        with self.store.reading() as s:
            values = {key: settings.get(s, key) for key in (*self.fields, "weekend")}
        for key, field in self.fields.items():
            if not field.hasFocus():
                field.set_value(values[key])
        off = {int(day) for day in values["weekend"].split(",") if day}
        for day, shown in self.week.items():
            shown.setChecked(day in off)
        found = sorted(self._backups().glob(f"*{SUFFIX}"))
        last = found[-1].stem if found else ""
        held = ntr("{n} verified backup; the newest: {last}", "{n} verified backups; the newest: {last}", len(found), last=foreign(last))
        self.kept.setText(held if found else tr("No backup yet; one is made whenever the window is closed."))

    def save(self, key: str) -> None:
        """One setting, as one change of the book."""
        try:
            off = ",".join(str(day) for day, shown in self.week.items() if shown.isChecked())
            value = off if key == "weekend" else self.fields[key].value() or ""
            if self.page.desk.setting(key) == value:
                return
            with self.store.changing(N_("Change settings"), "settings") as s:
                settings.put(s, key, value)
        except Refused as refused:
            if beside := self.says.get(key):
                beside.setText(str(refused))
                beside.show()
            else:
                self.page.stage.say(str(refused), longer=True)
                self.refresh()
            return
        if beside := self.says.get(key):
            beside.hide()
        if key in WRITTEN:
            self.page.stage.host.rebuild()

    def _wear(self) -> None:
        preferences().setValue("theme", self.theme.value())
        self.page.stage.host.rebuild()

    # Safety

    def _backups(self) -> Path:
        return folder_of(self.page.desk.setting("book_id"))

    def _open(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        open_file(folder)

    def _restore(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Restore a backup"), str(self._backups()), f"*{SUFFIX}")
        if chosen:
            self.page.stage.host.restore(Path(chosen))

    def _elsewhere(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Back up to another disk"))
        if chosen:
            stage, said = self.page.stage, N_("The verified backup is {file}.")
            self.page.desk.jobs.long(
                lambda: self.store.backup(Path(chosen)), lambda path: stage.say(tr(said, file=foreign(str(path)))), stage.failed
            )

    def _check(self) -> None:
        stage, whole = self.page.stage, tr("The book is whole: every total equals its rows and the audit trail is unbroken.")
        stage.say(tr("Checking every page and every total …"), longer=True)
        self.page.desk.jobs.long(self.store.check, lambda found: stage.say("  ".join(found[:3]) or whole, longer=True), stage.failed)

    def _export(self) -> None:
        suggested = self.store.path.parent / (tr("Cheragh") + ".xlsx")
        chosen = ask_where(self, tr("Everything to Excel"), suggested, "Excel")
        if chosen is None:
            return
        (path, replace), stage = chosen, self.page.stage

        def export() -> Path:
            from desktop.shop.exporting import export_all

            export_all(self.store, path, replace=replace)
            return path

        stage.say(tr("Writing everything to Excel …"), longer=True)
        self.page.desk.jobs.long(export, lambda path: stage.say(tr("Everything is in {file}.", file=foreign(path.name))), stage.failed)


class Licences(QDialog):
    """The licences of all parts, as they came with them: what a page of law says is not translated."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Licences of all parts"))
        self.text = named(QPlainTextEdit(licences(), readOnly=True), self.windowTitle())
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        down(self.text, buttons, on=self)
        self.resize(760, 560)


def _portion_field() -> Line:
    """A percentage, kept as a part of 1."""

    def read(typed: str) -> str:
        share = parse_share(typed)
        if not 0 <= share <= WHOLE:
            raise Refused(N_("A share is from 0 to 100%."))
        return f"{Decimal(share) / WHOLE:f}"

    return Line(read, lambda kept: Unit.SHARE.on_scale(float(kept), 1), digits=True)
