"""Files are written whole or not at all, and what is no plain file is not read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.files import read_plain, write_whole, writing_whole
from onrecord.records import OnrecordError


def test_writes_text_with_its_line_ends(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "a.txt", "é\r\n", overwrite=False).read_bytes() == b"\xc3\xa9\r\n"


def test_old_file_is_kept_without_overwrite(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", "old", overwrite=False)
    with pytest.raises(OnrecordError, match="exists already"):
        write_whole(path, "new", overwrite=False)
    assert path.read_text() == "old"
    assert write_whole(path, "new", overwrite=True).read_text() == "new"


def test_nothing_is_left_behind_when_the_block_fails(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", "old", overwrite=False)
    with pytest.raises(ZeroDivisionError), writing_whole(path, overwrite=True) as out:
        out.write(b"half")
        raise ZeroDivisionError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(("name", "message"), [("", "this is a folder"), ("no/such/folder.txt", "does not exist")])
def test_unwritable_targets(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(OnrecordError, match=message):
        write_whole(tmp_path / name, "x", overwrite=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_full_disk() -> None:
    with pytest.raises(OnrecordError, match="No space left"):
        write_whole(Path("/dev/full"), "x", overwrite=True)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs pipes that have a name")
class TestPipes:
    """A pipe, as in ``-o /dev/stdout | less``, is written straight."""

    def test_what_is_written_is_read(self) -> None:
        reader, writer = os.pipe()
        write_whole(Path(f"/dev/fd/{writer}"), "whole", overwrite=True)
        os.close(writer)
        with open(reader, encoding="utf-8") as read:
            assert read.read() == "whole"

    def test_a_reader_who_has_left_is_no_fault_of_the_place(self) -> None:
        reader, writer = os.pipe()
        with pytest.raises(BrokenPipeError), writing_whole(Path(f"/dev/fd/{writer}"), overwrite=True) as out:
            os.close(reader)
            out.write(b"nobody reads it")
        os.close(writer)


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is not asked whether a program runs")
def test_what_killed_programs_left_half_written_is_swept_at_the_next(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    dead = tmp_path / f".b.txt.{ended.pid}.onrecord-part"
    alive = tmp_path / f".a.txt.{os.getpid()}.onrecord-part"
    others = tmp_path / f".b.txt.{ended.pid}.part"
    for path in (dead, alive, others):
        path.write_text("half")
    write_whole(tmp_path / "b.txt", "whole", overwrite=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([alive.name, others.name, "b.txt"])


def test_a_link_that_leads_nowhere_names_the_folder_that_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone" / "real.txt")
    with pytest.raises(OnrecordError, match="gone does not exist"):
        write_whole(tmp_path / "link.txt", "new", overwrite=True)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs a device that never ends")
def test_what_is_no_plain_file_is_refused_unopened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "endless.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "endless.txt"):
        with pytest.raises(OnrecordError, match=rf"cannot read .*{name}: this is a pipe or a device. Save"):
            read_plain(tmp_path / name)
    with pytest.raises(OnrecordError, match="this is a folder"):
        read_plain(tmp_path)
    with pytest.raises(OnrecordError, match="no such file"):
        read_plain(tmp_path / "none.txt")
    with pytest.raises(OnrecordError, match="cannot read"):
        read_plain(tmp_path / ("long" * 2_000))
    (tmp_path / "large.txt").write_text("12345")
    with pytest.raises(OnrecordError, match="too large"):
        read_plain(tmp_path / "large.txt", at_most=4)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    write_whole(tmp_path / "link.txt", "new", overwrite=True)
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "new"
