"""Whatever program wrote it: a file is read as it was meant, or asked about, or refused with a reason; never otherwise in silence."""

from unittest.mock import patch

from hypothesis import HealthCheck, assume, given, settings

from desktop.shop.importing import reader
from tests.shop.importing import strangers


@settings(max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(strangers.shops(), strangers.styles())
def test_a_strangers_file_is_never_read_otherwise_in_silence(desk, shop, style):
    assume(not {style.where, style.unit}.intersection(strangers.NOT_YET))
    shop = strangers.fitting(shop, style)

    with patch.object(reader, "_start", strangers.InThread):
        assert strangers.silent_difference(desk.shop.store, strangers.write(desk.folder, shop, style), shop) == ""


def test_a_wrong_reading_is_seen(desk):
    line = strangers.Line("چای", 2, 1_000_000)
    meant = (strangers.Invoice("1", strangers.dt.date(2025, 3, 21), "sale", None, (line,)),)
    path = desk.file("شماره,تاریخ,تعداد,فی\n1,1404/01/01,2,100000\n")

    assert "got, meant" in strangers.silent_difference(desk.shop.store, path, meant)
