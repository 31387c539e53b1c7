"""Make the corrections of the project's article anew: from the machine's reading to the gold, by the editor's commands.

python docs/scripts/write_corrections.py   writes data/haqqani-2011/article.corrections.jsonl, after a change of a model

What was decided is statements.gold.jsonl; the file says how the present reading of the default engine comes to it. A
decision that stands there already keeps its id and the time at which it was made: where nothing has changed, the file
stays as it is, to the byte.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from blocks import ROOT, Pages, write
from onrecord import analyze
from onrecord.corrections import Coder, Coding, Entry, corrections_file, read_journal
from onrecord.editor.sitting import Sitting
from onrecord.fileformat import statements_from_json
from towards_gold import commands

ARTICLE = ROOT / "data" / "haqqani-2011" / "article.txt"
GOLD = ARTICLE.with_name("statements.gold.jsonl")
CODER = Coder("a large language model reading under docs/LABELS.md, not a person", person=False)


def decisions() -> tuple[Entry, ...]:
    """What leads from the machine's reading of the article to its gold, made just now."""
    gold = statements_from_json(map(json.loads, GOLD.read_text(encoding="utf-8").splitlines()))
    with tempfile.TemporaryDirectory() as folder:
        file = corrections_file(Path(folder) / ARTICLE.name)
        sitting = Sitting(Coding(analyze(ARTICLE, corrections=False), file, CODER), order="text", seed=0, other=None)
        for command in commands(sitting, gold):
            sitting.do(command)
            if sitting.error:
                raise SystemExit(f"{command}: {sitting.error}")
        return read_journal(file).entries


def kept(made: Iterable[Entry], known: Iterable[Entry]) -> list[Entry]:
    """The decisions ``made``, with id and time of the same ones among ``known``."""
    earlier = {_decided(entry): entry for entry in known}
    return [earlier.get(_decided(entry), entry) for entry in made]


def _decided(entry: Entry) -> str:
    """All of a decision but its id and its time."""
    return json.dumps(replace(entry, id="", when="").as_json(), sort_keys=True)


def pages() -> Pages:
    """The file of corrections as it should be now."""
    file = corrections_file(ARTICLE)
    entries = kept(decisions(), read_journal(file).entries)
    return {file: "".join(f"{json.dumps(entry.as_json(), ensure_ascii=False)}\n" for entry in entries)}


if __name__ == "__main__":
    write(pages())
