"""Makes `resources/` anew: patched fonts with their text map, icons, holidays.

Run by hand when a source changes; the results are committed. `python build_scripts/resources.py VAZIRMATN LUCIDE`,
the two being the unpacked npm packages `vazirmatn` and `lucide-static`.
"""

from __future__ import annotations

import json
import shutil
import sys
import unicodedata
from pathlib import Path
from typing import Any

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
ICONS = """
sun shopping-cart users package square-kanban megaphone target smile file-text settings search plus minus x check
chevron-left chevron-right chevron-down chevron-up undo-2 redo-2 printer save upload download trash-2 pencil archive phone
calendar info circle-help lamp lamp-desk store user receipt rotate-ccw file-spreadsheet folder-open sun-moon languages filter
arrow-up-right trending-up trending-down triangle-alert database-backup history hand-coins copy external-link eye play clock
badge-check list grid-2x2 star message-square tag banknote ellipsis moon keyboard panel-right
""".split()
YEARS = range(2019, 2043)
PRIVATE = 0xE000


def main(vazirmatn: Path, lucide: Path) -> None:
    fonts = RESOURCES / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    letters = {
        f"Vazirmatn-{weight}": patch(vazirmatn / f"fonts/ttf/Vazirmatn-{weight}.ttf", fonts / f"Vazirmatn-{weight}.ttf")
        for weight in WEIGHTS
    }
    (fonts / "text-map.json").write_text(json.dumps(letters, ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    shutil.copyfile(vazirmatn / "OFL.txt", fonts / "OFL.txt")
    icons = RESOURCES / "icons"
    icons.mkdir(exist_ok=True)
    for name in ICONS:
        shutil.copyfile(lucide / "icons" / f"{name}.svg", icons / f"{name}.svg")
    shutil.copyfile(lucide / "LICENSE", icons / "LICENSE-lucide.txt")
    (RESOURCES / "holidays-ir.json").write_text(holidays(), "utf-8")


def patch(source: Path, target: Path) -> dict[str, str]:
    """Gives each glyph without a code point a private one; returns code point (hex) → the letters it stands for.

    Qt writes a PDF's text map by looking each glyph up backwards in the font's character map; the joined forms of
    Persian letters have none, so they cannot be searched or copied. The picture does not change.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    named = font.getBestCmap()
    letters = _letters(font, named)
    known = set(named.values())
    bare = [glyph for glyph in font.getGlyphOrder() if glyph in letters and glyph not in known]
    private = {PRIVATE + at: glyph for at, glyph in enumerate(bare)}
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(private)
    font.save(target)
    found = {f"{code:04X}": letters[glyph] for code, glyph in private.items()}
    for code, glyph in named.items():
        if code < 0x10000 and (_presentation(code) or code < 0x20 or code == 0xA0):
            found[f"{code:04X}"] = letters[glyph]
    return found


def _presentation(code: int) -> bool:
    return 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFC


def _letters(font: Any, named: dict[int, str]) -> dict[str, str]:
    """Glyph name → the letters it draws, found by walking the substitutions from the glyphs that have a code point."""
    letters: dict[str, str] = {}
    for code, glyph in sorted(named.items(), reverse=True):
        letters[glyph] = unicodedata.normalize("NFKC", chr(code)) if _presentation(code) else chr(code)
    for code, glyph in named.items():
        if code >= 0x20 and not _presentation(code):
            letters[glyph] = chr(code)
    for _ in range(6):  # substitutions feed each other; six rounds reach the end in Vazirmatn
        for lookup in font["GSUB"].table.LookupList.Lookup:
            for table in lookup.SubTable:
                _walk(table.ExtSubTable if table.LookupType == 7 else table, letters)
    return letters


def _walk(table: Any, letters: dict[str, str]) -> None:
    if table.LookupType == 1:
        for one, other in table.mapping.items():
            if one in letters:
                letters.setdefault(other, letters[one])
    elif table.LookupType == 2:
        for one, several in table.mapping.items():
            if one in letters and several:
                letters.setdefault(several[0], letters[one])
            for other in several:
                letters.setdefault(other, "")
    elif table.LookupType == 4:
        for first, ligatures in table.ligatures.items():
            for ligature in ligatures:
                if first in letters and all(part in letters for part in ligature.Component):
                    whole = letters[first] + "".join(letters[part] for part in ligature.Component)
                    letters.setdefault(ligature.LigGlyph, whole)


def holidays() -> str:
    """Iran's public holidays as JSON: day → Persian name, English name, estimated."""
    from holidays.utils import country_holidays
    from holidays.version import __version__

    names = {language: country_holidays("IR", years=YEARS, language=language) for language in ("fa_IR", "en_US")}
    days = {}
    for day in sorted(names["fa_IR"]):
        fa, en = names["fa_IR"][day], names["en_US"][day]
        estimated = "تخمینی" in fa or "estimated" in en
        fa = "، ".join(part.replace("(تخمینی)", "").strip() for part in fa.split(";"))
        en = ", ".join(part.replace("(estimated)", "").strip() for part in en.split(";"))
        days[day.isoformat()] = [fa, en, estimated]
    made = {"made_with": f"python-holidays {__version__} (MIT)", "days": days}
    return json.dumps(made, ensure_ascii=False, indent=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
