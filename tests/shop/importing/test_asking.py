"""Everything that only the person can tell is asked at once, and answered the same way by window and command line."""

import json

import pytest

from desktop import cli
from desktop.shop.importing import Options
from desktop.values.digits import plain
from desktop.values.writing import Writing, use_writing

STATUS = "number,date,total,status\n1,2026-10-25,5,ویژه\n2,2026-10-25,7,ویژه\n"
HEADS = "شماره,تاریخ,مشتری,مبلغ\n1,1405/01/01,مینا,10\n,1405/01/01,,20\n,1405/01/01,,30\n"
DATES = "date,total\n01/02/2026,5\n03/04/2026,7\n"
SHORT = "تاریخ,مبلغ\n05/04/03,5\n06/07/08,7\n"
DECIMAL = 'تاریخ,مبلغ\n1405/01/01,"۱,۲۳۴"\n1405/01/02,"۲,۵۰۰"\n'
COLUMN = "کالا,تاریخ\nقند,1405/01/01\n"
MANY = 'date,quantity,total,status\n01/02/2026,"1,500",5,ویژه\n03/04/2026,"2,500",7,ویژه\n'


@pytest.mark.parametrize(
    ("content", "about", "examples", "answer"),
    [
        (STATUS, "word", ((2, "ویژه"), (3, "ویژه")), "live"),
        (HEADS, "heads", ((3, ""), (4, "")), "each"),
        (DATES, "dates", ((2, "01/02/2026"), (3, "03/04/2026")), "dmy"),
        (SHORT, "dates", ((2, "05/04/03"), (3, "06/07/08")), "jalali"),
    ],
)
def test_a_question_shows_two_rows_and_is_answered_by_one_of_its_choices(desk, content, about, examples, answer):
    outcome = desk.take(content)
    (asked,) = outcome.asked

    assert (asked.about, asked.count, asked.examples) == (about, 2, examples)
    assert (outcome.accepted, outcome.total, outcome.batch, desk.sales()) == (0, 0, None, [])
    assert desk.look(content).asked == (asked,)
    assert answer in dict(asked.choices)
    assert "--" not in asked.sentence
    answered = asked.answered(Options("sales"), answer)
    again = desk.take(content, words=answered.words, dates=answered.dates, heads=answered.heads)
    assert (again.asked, again.refused) == ((), 0)
    assert len(desk.sales()) == again.accepted > 1


def test_each_choice_says_how_the_file_reads_with_it(pounds, in_english):
    use_writing(Writing(language="en", currency="GBP"))

    def choices(content, **said):
        return [[(answer, plain(means)) for answer, means in one.choices] for one in pounds.take(content, **said).asked]

    assert choices(DATES) == [[("dmy", "01/02/2026 means 1 February 2026"), ("mdy", "01/02/2026 means 2 January 2026")]]
    assert choices(DECIMAL) == [[(".", "۱,۲۳۴ means 1,234.00 GBP"), (",", "۱,۲۳۴ means 1.23 GBP")]]
    assert choices(STATUS)[0][0] == ("returned", "goods given back")


def test_all_questions_of_a_file_come_at_once_and_nothing_else_is_judged(pounds):
    outcome = pounds.take(MANY)

    assert {one.about for one in outcome.asked} == {"word", "dates", "decimal"}
    assert (outcome.refused, outcome.refusals) == (0, ())
    assert pounds.take(MANY, dates="dmy", decimal=",", words={"ویژه": "live"}).accepted == 2


@pytest.mark.parametrize(("content", "field"), [(COLUMN, "unit_price"), ("number,total\n1,5\n", "date")])
def test_a_needed_column_that_is_not_there_is_asked_for(desk, content, field):
    outcome = desk.take(content)

    assert [(one.about, one.field) for one in outcome.asked] == [("mapping", field)]
    assert field in desk.look(content).missing


def test_the_command_line_asks_with_the_option_that_answers(desk, tmp_path, capsys):
    desk.shop.store.close(backup=False)
    command = ["import", "sales", str(desk.file(DATES)), "--book", str(desk.shop.store.path), "--lang", "en"]

    assert cli.run([*command, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["accepted"], [(one["about"], one["count"], one["option"]) for one in said["asked"]]) == (
        0, [("dates", 2, "--dates dmy|mdy")],
    )  # fmt: skip
    assert said["asked"][0]["examples"] == [{"row": 2, "value": "01/02/2026"}, {"row": 3, "value": "03/04/2026"}]
    assert cli.run(command) == 1
    assert "--dates dmy|mdy" in capsys.readouterr().err
    assert cli.run([*command, "--dates", "dmy"]) == 0
