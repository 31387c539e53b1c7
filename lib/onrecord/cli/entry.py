"""The command line: one function per command. Errors are one line on stderr, never a traceback."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord import __version__
from onrecord.cli.corpus import add_corpus
from onrecord.cli.evaluate import add_evaluate
from onrecord.cli.inputs import INPUTS, add_columns
from onrecord.cli.report import add_corrections, add_inspect, add_report, corrections_of
from onrecord.cli.surroundings import Ended, ended_by_signals, folders_of_its_own, write_in_any_encoding
from onrecord.fileformat import CORRECTIONS_SUFFIX, Json, read_statements, to_json
from onrecord.files import writing_whole
from onrecord.names import OwnActors, read_actors
from onrecord.pipeline import analyze
from onrecord.plain_english import on_one_line
from onrecord.records import Analysis, Article, OnrecordError, Statement, Tokens
from onrecord.statements import ENGINES, load_tagger
from onrecord.text import MANY, article_files, looks_english, read_articles

OK, SOME_FAILED, WRONG = 0, 1, 2
#: As shells tell of a program that a signal ended: 128 and the signal's number.
INTERRUPTED, NOBODY_READS = 128 + 2, 128 + 13
Given = dict[str, tuple[Statement, ...]]


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 done, 1 done but for some articles, 2 wrong input or arguments, 130 and 143 interrupted.

    141 where nobody reads the output any more (``… | head``): then it ends without a word, as other programs do.
    """
    write_in_any_encoding()
    options = _parser().parse_args(arguments)
    try:
        with ended_by_signals(), folders_of_its_own():
            status = _run(options)
        print(end="", flush=True)  # what is still kept back goes out here, where a closed pipe is expected
    except BrokenPipeError:
        _leave_closed_pipes()
        return NOBODY_READS
    return status


def _run(options: argparse.Namespace) -> int:
    try:
        status: int = options.run(options)
    except OnrecordError as error:
        _say(str(error))
        return WRONG
    except KeyboardInterrupt as end:
        _say("interrupted; no file is left half-written.")
        return end.status if isinstance(end, Ended) else INTERRUPTED
    return status


def _leave_closed_pipes() -> None:
    """What Python still holds for a reader that has gone goes nowhere: it would complain of it at the very end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onrecord", description="Who is on record with what in news articles.")
    parser.add_argument("--version", action="version", version=f"onrecord {__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_analyze(commands)
    add_corpus(commands)
    add_report(commands)
    add_inspect(commands)
    add_evaluate(commands)
    return parser


def _add_analyze(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("analyze", help="find the statements of articles and label them")
    command.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help=INPUTS)
    command.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.jsonl", help="one article a line")
    command.add_argument(
        "--given", type=Path, metavar="FILE.jsonl", help="take the spans from this file (same format), only label them"
    )
    command.add_argument("--actors", type=Path, metavar="FILE.csv", help="your own table of actors and their sides")
    add_corrections(command)
    command.add_argument("--engine", choices=ENGINES, default="default", help="default (slower, better) or fast")
    add_columns(command)
    command.set_defaults(run=_analyze)


def _analyze(options: argparse.Namespace) -> int:
    _refuse_input_as_output(
        options.inputs, filter(None, (options.given, options.actors, options.corrections)), options.output
    )
    given = read_statements(options.given) if options.given else None
    own = read_actors(options.actors) if options.actors else None
    corrections = corrections_of(options)
    load_tagger(options.engine)  # a missing model is one error, not one per article
    # A single text must be right; among many, one that cannot be read or analysed is reported and the rest goes on.
    alone = len(options.inputs) == 1 and options.inputs[0].is_file() and options.inputs[0].suffix.lower() not in MANY
    failed = count = other = 0
    with writing_whole(options.output, overwrite=True) as out:
        for article in read_articles(options.inputs, keep_going=not alone, columns=dict(options.column)):
            line, error = _line(article, options.engine, given, own, corrections, alone)
            out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
            count, failed, other = count + 1, failed + bool(error), other + (not looks_english(article.text))
            _progress(count, article.id)
            if error:
                _say(error)
    _progress_end()
    if other:
        _say(f"{other} of {count} articles {'is' if other == 1 else 'are'} not in English: passed over.")
    return SOME_FAILED if failed else OK


def _refuse_input_as_output(inputs: Sequence[Path], beside: Iterable[Path], output: Path) -> None:
    if output.name.endswith(CORRECTIONS_SUFFIX):
        raise OnrecordError(f"{output} has the name of a file of corrections. Choose another name for -o.")
    read = [*(file.path for file in article_files(inputs)), *beside]
    if output.exists() and any(path.exists() and output.samefile(path) for path in read):
        raise OnrecordError(f"{output} is one of the inputs and would be overwritten. Choose another name for -o.")
    if any(path.is_dir() and output.parent.resolve() == path.resolve() for path in inputs):
        raise OnrecordError(
            f"{output} lies in the folder that is read: it would be an input next time. Put it elsewhere."
        )


def _line(
    article: Article, engine: str, given: Given | None, own: OwnActors | None, corrections: Path | bool, alone: bool
) -> tuple[Json, str]:
    """The article's line of the output, and what went wrong ("" where nothing did): then it has no statements.

    Raises ``OnrecordError`` where that article was ``alone``.
    """
    try:
        if not article.text and article.notes:
            raise OnrecordError(article.notes[0])
        if not looks_english(article.text):  # its notes say so
            return to_json(Analysis(article, Tokens((), ()), (), engine=engine)), ""
        spans = _given_for(article, given)
        return to_json(analyze(article, engine=engine, given=spans, actors=own, corrections=corrections)), ""
    except OnrecordError as error:
        problem = str(error)
    except Exception as error:  # a fault of ours in one article must not lose the others
        problem = f"{article.id}: could not be analysed ({type(error).__name__}: {error}). Please report this."
    if alone:
        raise OnrecordError(problem)
    failed = Article(text=article.text, id=article.id, title=article.title, date=article.date, notes=(problem,))
    return to_json(Analysis(failed, Tokens((), ()), (), engine=engine)), problem


def _given_for(article: Article, given: Given | None) -> tuple[Statement, ...] | None:
    """The spans given for this article. Raises ``OnrecordError`` where there are none or one lies outside the text."""
    if given is None:
        return None
    if article.id not in given:
        raise OnrecordError(f"{article.id}: no statements are given for this article (--given has other ids).")
    for statement in given[article.id]:
        for field in ("source", "cue", "content"):
            for start, end in getattr(statement, field):
                if end > len(article.text):
                    raise OnrecordError(
                        f'{article.id}: the "{field}" of statement {statement.id} has the span [{start}, {end}], but '
                        f"the text has {len(article.text)} characters. Are the spans of another version of the text?"
                    )
    return given[article.id]


def _say(message: str) -> None:
    print(f"onrecord: {on_one_line(message)}", file=sys.stderr)


def _progress(count: int, id: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{count} articles, last {on_one_line(id)[:60]}", end="", file=sys.stderr, flush=True)


def _progress_end() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
