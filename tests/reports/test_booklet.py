"""The booklet: every number where it is looked for, the same bytes again, a document that says what it is."""

import datetime as dt
import os
import re
import subprocess
import sys
from io import BytesIO

import numpy as np
import pytest
from pypdf import PdfReader

from desktop import kpi
from desktop.values.day import write_day
from desktop.values.digits import DASH, plain
from desktop.values.text import tr
from desktop.values.unit import Unit
from tests.reports.reader import NUMBER, Paper, compact, numbers, value

FOOT = 110  # px at 96 dpi from the lower edge: the foot of a page with the print date


def powers():
    """The words for thousand, million ... in today's language."""
    sizes = {3: tr("thousand {unit}", unit=""), 6: tr("million {unit}", unit=""), 9: tr("billion {unit}", unit="")}
    return {compact(word): 10**power for power, word in sizes.items()}


def shown(behind):
    """The first number behind a name, the worth of its last place, and what the unit's word multiplies both by."""
    scale = 1
    for word in behind:
        scale *= powers().get(compact(word), 1)
        if plain(word) == DASH:
            return None
        if NUMBER.fullmatch(plain(word)):
            worth, place = value(numbers(word)[0])
            return worth * scale, place * scale
    raise AssertionError(behind)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_kpi_stands_with_its_name_and_number_in_the_tables(demo, month, printed, language):
    m = month(demo, language)
    paper = printed(m)
    text = paper.page(tr("The month's KPIs")) + "\n" + paper.page(tr("More KPIs"))

    for one in kpi.ALL:
        found, answer = shown(paper.row(text, tr(one.title))), m.answers[one.key]
        if answer.value is None:
            assert found is None, one.key
            continue
        worth, place = found
        money = one.unit in (Unit.MONEY, Unit.MONEY_PER_DAY)
        assert abs(float(worth) * (10 if money else 1) - answer.value) <= float(place) * (10 if money else 1) * 0.5001, one.key


def bare(text):
    """As `compact`, without the percent sign, which extraction puts before the number."""
    return re.sub("[٪%]", "", compact(text))


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_cover_has_the_twelve_lines_with_lamp_target_and_word(demo, month, printed, language):
    m = month(demo, language)
    cover = bare(printed(m).texts[0])

    assert len(kpi.LINES) == 12
    for key in kpi.TILES:
        one, answer = kpi.BY_KEY[key], m.answers[key]
        assert compact(tr(one.short or one.title)) in cover, key
        assert bare(" ".join(one.unit.tile(answer.value))) in cover, key
        if answer.aim is not None:
            assert bare(" ".join(one.unit.tile(answer.aim.value))) in cover, key
    assert cover.count(compact(tr("no target"))) == sum(m.answers[key].aim is None for key in kpi.TILES)


QUESTIONS = ["What did we earn?", "Who sold it?", "Who bought?", "What did it cost?", "What is coming?"]


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_both_sentences_of_a_question_cite_numbers_of_its_page(demo, month, printed, language, question):
    m = month(demo, language)
    text = printed(m).page(tr(question))
    sentences = text.splitlines()[1:3]
    below = numbers("\n".join(text.splitlines()[3:]))

    for sentence in sentences:
        cited = numbers(sentence)
        assert cited, sentence
        assert set(cited) <= set(below), sentence


def run(*arguments):
    """The command in a process of its own, its hashes shuffled anew."""
    call = [sys.executable, "-m", "desktop", *map(str, arguments)]
    subprocess.run(call, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "random"})


def test_the_same_month_and_print_date_are_the_same_bytes_in_another_process(demo, tmp_path):
    for name, day in (("one", "2026-11-25"), ("two", "2026-11-25"), ("later", "2026-12-01")):
        run(
            "report", "--book", demo, "--period", "1405-08", "--as-of", "2026-11-25", "--print-date", day, "--out", tmp_path / f"{name}.pdf"
        )
    one, two, later = (Paper((tmp_path / f"{name}.pdf").read_bytes()) for name in ("one", "two", "later"))

    assert one.pdf == two.pdf
    assert one.pdf != later.pdf
    days = [plain(write_day(dt.date.fromisoformat(day))) for day in ("2026-11-25", "2026-12-01")]
    for here, there in zip(one.texts, later.texts, strict=True):
        assert compact(here).replace(compact(days[0]), compact(days[1])) == compact(there)
    for page in range(len(one)):
        assert np.array_equal(one.image(page)[: -FOOT * 3 // 4], later.image(page)[: -FOOT * 3 // 4])


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_document_says_what_it_is(demo, month, printed, language):
    m = month(demo, language)
    pdf = PdfReader(BytesIO(printed(m).pdf))
    root = pdf.trailer["/Root"]

    assert root["/Lang"] == {"fa": "fa-IR", "en": "en"}[language]
    assert root["/ViewerPreferences"]["/Direction"] == {"fa": "/R2L", "en": "/L2R"}[language]
    assert pdf.metadata.title == tr("Monthly sales report, {month}", month=m.label)
    assert pdf.page_labels == [str(n + 1) for n in range(len(pdf.pages))]
    titles = [mark.title for mark in pdf.outline if not isinstance(mark, list)]
    assert titles[0] == tr("Cover")
    assert [tr(question) for question in QUESTIONS] == [title for title in titles if title in map(tr, QUESTIONS)]
    assert {pdf.get_destination_page_number(mark) for mark in pdf.outline if not isinstance(mark, list)} <= set(range(len(pdf.pages)))


def test_fonts_are_embedded_and_nothing_is_a_picture(demo, month, printed):
    pdf = PdfReader(BytesIO(printed(month(demo)).pdf))
    fonts, pictures = set(), []
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            child = font["/DescendantFonts"][0]
            fonts.add((str(child["/BaseFont"]), "/FontFile2" in child["/FontDescriptor"]))
        pictures += [x for x in page["/Resources"].get("/XObject", {}).values() if x["/Subtype"] == "/Image"]

    assert pictures == []
    assert fonts
    assert all(embedded and "Vazirmatn" in name for name, embedded in fonts), fonts


def test_pages_are_a4_and_numbered(demo, month, printed):
    paper = printed(month(demo, "en"))

    for at, text in enumerate(paper.texts, 1):
        assert f"Page {at} of {len(paper)}" in text
    boxes = [page.mediabox for page in PdfReader(BytesIO(paper.pdf)).pages]
    assert {(round(float(box.width)), round(float(box.height))) for box in boxes} == {(595, 842)}


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_running_month_says_up_to_today_on_its_cover_and_pages(demo, month, printed, language):
    paper = printed(month(demo, language, period="1405-09"))

    for text in paper.texts:
        assert compact(tr("up to today")) in compact(text)
        assert "…" not in text
    assert compact(tr("Same days, month before")) in compact(paper.page(tr("The month's KPIs")))


def test_persian_paper_has_persian_digits_only(demo, month, printed):
    for text in printed(month(demo)).texts:
        assert not re.search(r"(?<![A-Za-z])[0-9]", text), re.findall(r".{9}[0-9].{9}", text)
