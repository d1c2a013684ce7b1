from desktop.values.plural import ntr
from desktop.values.text import use_language


def test_a_count_is_written_for_a_person():
    use_language("en")
    assert ntr("{n} apple", "{n} apples", 1) == "1 apple"
    assert ntr("{n} apple", "{n} apples", 1250) == "1,250 apples"
