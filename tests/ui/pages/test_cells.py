"""What stands in the cells behind a number is said in the person's language."""

import pytest

from desktop.ui.pages.cells import behind
from desktop.values.unit import Column, Unit
from desktop.values.writing import Writing, use_writing


@pytest.mark.parametrize(
    ("key", "kept", "said"), [("kind", "advertising", "تبلیغ"), ("kind", "call", "تماس"), ("status", "converted", "مشتری شد")]
)
def test_a_code_of_the_program_is_said_in_persian(key, kept, said):
    use_writing(Writing(language="fa"))

    assert behind(Column(key, "", Unit.TEXT), kept, ()) == said


def test_the_owners_own_word_stays_as_it_is():
    use_writing(Writing(language="fa"))

    assert behind(Column("kind", "", Unit.TEXT), "خوش‌آمدگویی", ()) == "خوش‌آمدگویی"
