import json
import subprocess
import sys
from gettext import GNUTranslations

import pytest

from build_scripts import i18n

CODE = """
from desktop.values.digits import ntr
from desktop.values.text import N_, Refused, tr

TITLE = N_("Average basket")

def say(n, total):
    # Translators: under the list.
    tr("Total: {amount}", amount=total)
    raise Refused(N_("A sale needs at least {n} line."), n=1, field="lines")
    return ntr("{n} row", "{n} rows", n)
"""
PERSIAN = {
    "Average basket": "میانگین سبد",
    "Total: {amount}": "جمع: {amount}",
    "A sale needs at least {n} line.": "فروش دست‌کم {n} ردیف می‌خواهد.",
    "{n} row": ["{n} ردیف", "{n} ردیف‌ها"],
}


@pytest.fixture
def house(tmp_path):
    """A small program with its own catalogues."""
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "shop.py").write_text(CODE, "utf-8")
    return tmp_path


def fill(house, translations):
    return i18n.put(translations, house)


def test_a_whole_translation_has_no_problems(house):
    assert fill(house, PERSIAN) == []
    i18n.extract(house)

    assert i18n.problems(house) == []


def test_every_untranslated_sentence_is_named_with_its_line(house):
    i18n.extract(house)

    assert i18n.problems(house) == [
        "desktop/shop.py:5: not translated: 'Average basket'",
        "desktop/shop.py:9: not translated: 'Total: {amount}'",
        "desktop/shop.py:10: not translated: 'A sale needs at least {n} line.'",
        "desktop/shop.py:11: not translated: '{n} row'",
    ]


def test_the_built_catalogue_speaks_and_counts(house):
    fill(house, PERSIAN)
    i18n.extract(house)
    i18n.build(house)
    with (house / "i18n" / "fa.mo").open("rb") as file:
        fa = GNUTranslations(file)
    with (house / "i18n" / "en.mo").open("rb") as file:
        en = GNUTranslations(file)

    assert fa.gettext("Average basket") == "میانگین سبد"
    assert [fa.ngettext("{n} row", "{n} rows", n) for n in (0, 1, 2)] == ["{n} ردیف", "{n} ردیف", "{n} ردیف‌ها"]
    assert [en.ngettext("{n} row", "{n} rows", n) for n in (0, 1, 2)] == ["{n} rows", "{n} row", "{n} rows"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"Total: {amount}": "جمع"}, "holes"),
        ({"Total: {amount}": "جمع: {amount} {unit}"}, "holes"),
        ({"Total: {amount}": "جمع: {مبلغ}"}, "holes"),
        ({"Average basket": "خانۀ ما"}, "write هٔ for ۀ"),
        ({"Average basket": "سبد كوچك"}, "write ک for ك"),
        ({"Average basket": "بازاريابي"}, "write ی for ي"),
        ({"Average basket": "٣ سبد"}, "write ۳ for ٣"),
        ({"Average basket": " "}, "no translation"),
        ({"Average basket": ["یکی", "چندتا"]}, "no ntr"),
        ({"{n} row": ["یک ردیف", "{n} ردیف"]}, "holes"),
        ({"A sale needs at least {n} line.": "دست‌کم یک ردیف"}, "holes"),
    ],
)
def test_a_bad_translation_is_refused_and_nothing_of_it_is_kept(house, wrong, why):
    fill(house, PERSIAN)
    before = (house / "i18n" / "fa.po").read_bytes()

    faults = fill(house, {"Not said yet": "هنوز گفته نشده", **wrong})

    assert why in faults[0]
    assert (house / "i18n" / "fa.po").read_bytes() == before


def test_a_later_translation_wins(house):
    fill(house, PERSIAN)
    fill(house, {"Average basket": "سبد میانگین"})

    assert "سبد میانگین" in (house / "i18n" / "fa.po").read_text("utf-8")
    assert "میانگین سبد" not in (house / "i18n" / "fa.po").read_text("utf-8")


def test_a_translation_may_come_before_its_code_but_not_stay_without_it(house):
    fill(house, PERSIAN | {"Gone": "رفته"})
    i18n.extract(house)

    assert i18n.problems(house) == ["fa.po: no longer said by the code: 'Gone'"]
    i18n.prune(house)
    assert i18n.problems(house) == []


def test_a_sentence_that_becomes_a_plural_keeps_its_words(house):
    fill(house, PERSIAN)
    with (house / "desktop" / "shop.py").open("a") as file:
        file.write('MANY = ntr("{n} box", "{n} boxes", 3)\n')
    with (house / "i18n" / "fa.po").open("a") as file:
        file.write('\nmsgid "{n} box"\nmsgstr "{n} جعبه"\n')
    i18n.extract(house)

    assert i18n.problems(house) == []


def test_a_fuzzy_translation_is_not_good_enough(house):
    fill(house, PERSIAN)
    i18n.extract(house)
    po = house / "i18n" / "fa.po"
    po.write_text(po.read_text("utf-8").replace('msgid "Average', '#, fuzzy\nmsgid "Average'), "utf-8")

    assert i18n.problems(house) == ["desktop/shop.py:5: fuzzy: 'Average basket'"]


def test_english_that_is_not_what_the_code_says_is_noticed(house):
    fill(house, PERSIAN)

    assert i18n.problems(house) == ["i18n/en.po is not what the code says: run build_scripts/i18n.py extract"]


def test_the_same_sentences_give_the_same_file(house, tmp_path):
    fill(house, PERSIAN)
    first = (house / "i18n" / "fa.po").read_bytes()
    for english in reversed(PERSIAN):
        fill(house, {english: PERSIAN[english]})

    assert (house / "i18n" / "fa.po").read_bytes() == first


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('tr(f"Total: {x}")', "one literal"),
        ('tr("Total: " + x)', "one literal"),
        ('tr("Total: %s" % x)', "one literal"),
        ('tr("yes" if x else "no")', "one literal"),
        ('tr("Total: {}".format(x))', "one literal"),
        ("N_(title)", "one literal"),
        ('tr(title or "Total")', "one literal"),
        ('tr(titles.get("x", "Total"))', "one literal"),
        ('ntr(one, "{n} rows", 3)', "one literal"),
        ("f\"<b>{tr('Total')}</b>\"", "inside an f-string"),
        ('tr("Total: {amount}")', "without a filling: amount"),
        ('tr("Total", amount=3)', "without a hole: amount"),
        ('ntr("{n} row of {all}", "{n} rows of {all}", 3)', "without a filling: all"),
        ('Refused(N_("No {thing}."))', "without a filling: thing"),
        ('Refused(N_("Nothing."), thing=3)', "without a hole: thing"),
    ],
)
def test_what_the_extractor_cannot_see_is_a_fault(line, why):
    faults = i18n.source_faults(f"x = 1\n{line}\n", "shop.py")

    assert len(faults) == 1
    assert faults[0].startswith("shop.py:2: ")
    assert why in faults[0]


@pytest.mark.parametrize(
    "line",
    [
        'tr("Total: {amount}", amount=3)',
        'tr("Total: {amount}", **holes)',
        "tr(kpi.title)",
        "tr(TITLES[key], amount=3)",
        "tr(TITLES['x'])",
        "tr(kpi.short or kpi.title)",
        'ntr("{n} row", "{n} rows", 3)',
        'ntr("one row", "{n} rows", 3)',
        'Refused(N_("No {thing}."), thing=3, field="x")',
        "f'{tr(kpi.title)}: {total}'",
        'tr("A long sentence "\n   "on two lines")',
    ],
)
def test_what_the_extractor_sees_is_none(line):
    assert i18n.source_faults(line, "shop.py") == []


def test_the_command_line_says_what_is_wrong_and_exits_with_1(house):
    def run(*words):
        command = [sys.executable, i18n.__file__, *words, "--root", str(house)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    file = house / "fa.json"
    file.write_text(json.dumps(PERSIAN), "utf-8")

    assert run("check").returncode == 1
    assert "not translated: 'Average basket'" in run("check").stderr
    assert run("put", str(file)).returncode == 0
    assert run("extract").stdout.endswith("4 sentences, 0 untranslated\n")
    assert run("check").returncode == 0
    assert run("put").returncode == 2
    assert not (house / "i18n" / "en.mo").exists()
    assert run("build").returncode == 0
    assert not i18n.stale(house)


def test_translations_put_at_the_same_time_are_all_kept(house):
    files = []
    for at in range(4):
        files.append(house / f"{at}.json")
        files[-1].write_text(json.dumps({f"Sentence {at}.{n}": f"جملهٔ {n}" for n in range(5)}), "utf-8")
    command = [sys.executable, i18n.__file__, "--root", str(house), "put"]
    running = [subprocess.Popen([*command, str(file)]) for file in files]

    assert [one.wait(timeout=60) for one in running] == [0] * 4
    assert (house / "i18n" / "fa.po").read_text("utf-8").count("جملهٔ") == 20
