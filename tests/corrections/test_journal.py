"""The file keeps every line that was acknowledged: through kills, torn lines and two writers at once."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from pathlib import Path

import pytest

from onrecord.corrections import Coder, Entry, append_entries, corrections_file, read_journal
from onrecord.corrections.journal import standing
from onrecord.records import OnrecordError


def entry(number: int, *, who: str = "Ann", undoes: str = "") -> Entry:
    what = "undo" if undoes else "merge"
    old, new = ("", "") if undoes else (f"actor {number}", "“Ärzte”\u2028ohne\nGrenzen")
    coder, id = Coder(who), f"{who}-{number}"
    return Entry(what, coder, "a1", "ab12", before=old or None, after=new or None, undoes=undoes, id=id)


def ids(path: Path) -> list[str]:
    return [each.id for each in read_journal(path).entries]


def test_what_was_written_comes_back_as_it_was(tmp_path: Path):
    path = corrections_file(tmp_path / "my article.v2.txt")
    assert path.name == "my article.v2.corrections.jsonl"
    written = [entry(1), entry(2, undoes="Ann-1")]
    append_entries(path, written[:1])
    append_entries(path, written[1:])
    assert list(read_journal(path).entries) == written
    assert read_journal(path).set_aside == ()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path):
    chance, path, acknowledged = random.Random(16), tmp_path / "a.corrections.jsonl", set()
    for run in range(50):
        reader, writer = os.pipe()
        child = os.fork()
        if not child:
            for number in range(10_000):
                append_entries(path, [entry(run * 10_000 + number)])
                os.write(writer, f"Ann-{run * 10_000 + number}\n".encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as told:
            heard = [told.readline() for _ in range(chance.randrange(4))]
            time.sleep(chance.uniform(0, 0.003))
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            acknowledged |= set(b"".join([*heard, *told.readlines()]).decode().split("\n")[:-1])
    kept = ids(path)
    assert len(acknowledged) > 50
    assert acknowledged <= set(kept)
    assert len(kept) == len(set(kept)) <= len(acknowledged) + 50  # at most the one that was being told


@pytest.mark.parametrize("cut", [1, 2, 30, 150])
def test_a_half_written_line_is_set_aside_and_the_next_one_is_whole(tmp_path: Path, cut: int):
    path = tmp_path / "a.corrections.jsonl"
    append_entries(path, [entry(1), entry(2)])
    path.write_bytes(path.read_bytes()[: -cut - 1])
    assert ids(path) == ["Ann-1"]
    assert read_journal(path).set_aside == (2,)
    append_entries(path, [entry(3)])
    assert ids(path) == ["Ann-1", "Ann-3"]
    assert read_journal(path).set_aside == (2,)


@pytest.mark.parametrize(
    "line",
    [
        b"[]",
        b"null",
        b'{"what": "act"}',
        b'{"what": "act", "who": "A", "when": "", "id": "1", "article": "", "article_sha256": "", "on": null}',
        b'{"what": "undo", "who": "A", "when": "", "id": "1", "article": "", "article_sha256": "", "on": {}}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_entry_is_set_aside(tmp_path: Path, line: bytes):
    path = tmp_path / "a.corrections.jsonl"
    append_entries(path, [entry(1)])
    with open(path, "ab") as file:
        file.write(line + b"\n")
    append_entries(path, [entry(2)])
    assert ids(path) == ["Ann-1", "Ann-2"]
    assert read_journal(path).set_aside == (2,)


def test_two_who_write_at_once_lose_no_line(tmp_path: Path):
    path = tmp_path / "a.corrections.jsonl"

    def work(who: str) -> None:
        for number in range(40):
            append_entries(path, [entry(number, who=who), entry(1000 + number, who=who)])

    writers = [threading.Thread(target=work, args=(who,)) for who in ("Ann", "Bob", "Cid")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(ids(path)) == len(set(ids(path))) == 240
    for who in ("Ann", "Bob", "Cid"):
        assert [id for id in ids(path) if id.startswith(who)][::2] == [f"{who}-{number}" for number in range(40)]


def test_an_undo_is_an_entry_and_can_be_undone():
    first, second = entry(1), entry(2)
    undo, redo = entry(3, undoes="Ann-2"), entry(4, undoes="Ann-3")
    assert standing([first, second]) == [first, second]
    assert standing([first, second, undo]) == [first]
    assert standing([first, second, undo, redo]) == [first, second]
    assert standing([undo, first]) == [first]


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path):
    with pytest.raises(OnrecordError, match="was not kept"):
        append_entries(tmp_path / "no folder" / "a.corrections.jsonl", [entry(1)])
    with pytest.raises(OnrecordError, match="--machine"):
        read_journal(tmp_path / "none.corrections.jsonl")
