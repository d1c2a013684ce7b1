"""One opener per book."""

import getpass
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from desktop.store import Store, Trouble
from desktop.store.tables import Sale


def test_a_second_opener_is_told_who_holds_it(shop):
    with pytest.raises(Trouble, match="open elsewhere"):
        Store.open(shop.store.path)


def test_a_second_process_is_told_who_holds_it(shop):
    said = subprocess.run(
        [sys.executable, "-m", "desktop", "check", "--lang", "en", "--book", shop.store.path],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert (said.returncode, said.stdout) == (1, "")
    assert f"open elsewhere ({getpass.getuser()} @ " in said.stderr
    assert str(os.getpid()) in said.stderr


def test_the_lock_goes_with_a_killed_program(shop):
    path = shop.store.path
    shop.store.close()
    code = f"import os\nfrom desktop.store import Store\ns = Store.open({str(path)!r})\nos.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)

    assert killed.returncode not in (0, 1)
    with Store.open(path) as again:
        assert again.check() == []


def test_what_was_saved_outlives_a_killed_program(shop):
    path = shop.store.path
    shop.store.close()
    code = f"""
import os
from tests.little_shop import Shop
from desktop.store import Store
shop = Shop(Store.open({str(path)!r}))
shop.sell(100)
with shop.change():
    shop.sell(200)
    shop._open.flush()
    os.kill(os.getpid(), 9)
"""
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False, capture_output=True, text=True)

    with Store.open(path) as again, again.reading() as s:
        assert done.returncode not in (0, 1), done.stderr
        assert s.scalars(sa.select(Sale.total)).all() == [100]


def test_two_processes_that_open_at_once_do_not_both_get_in(shop):
    path = shop.store.path
    shop.store.close()
    code = f"from desktop.store import Store\ns = Store.open({str(path)!r})\nprint('in', flush=True)\ninput()"
    command = [sys.executable, "-c", code]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    openers = [subprocess.Popen(command, text=True, **pipes) for _ in range(2)]
    try:
        answers = sorted(opener.stdout.readline() for opener in openers)
    finally:
        for opener in openers:
            opener.communicate("\n", timeout=60)

    assert answers == ["", "in\n"]


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of folders are POSIX here")
def test_a_book_in_a_folder_that_may_only_be_read_is_said(read_only):
    book = read_only / "shop.cheragh"

    with pytest.raises(Trouble, match=r"may not write beside .*shop\.cheragh\. Move the book"):
        Store.open(book)
