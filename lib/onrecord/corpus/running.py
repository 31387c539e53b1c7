"""A run over a corpus: texts are read, shards handed to worker processes, and what is done stays done."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from onrecord.corpus.asking import Status, status
from onrecord.corpus.intake import open_manifest, read_again, read_in
from onrecord.corpus.on_dask import dask_client, work_on_dask
from onrecord.corpus.store import Store, at_work, count_texts, load_manifest, load_texts, open_tables, save_json
from onrecord.corpus.work import analyse_shard, start_worker
from onrecord.names import OwnActors, read_actors
from onrecord.records import OnrecordError
from onrecord.statements import load_tagger

#: So many times in a row workers may be killed without a shard getting done.
_MAX_BREAKS = 3
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
#: Is told of each shard that is read or done: articles done in this run, and of how many (None: not all are read yet).
Progress = Callable[[int, int | None], None]


def run(
    paths: Iterable[str | Path],
    folder: str | Path,
    *,
    engine: str = "default",
    workers: int | None = None,
    dask: str | None = None,
    columns: Mapping[str, str] | None = None,
    actors: str | Path | None = None,
    progress: Progress = lambda done, left: None,
) -> Status:
    """Reads and analyses the articles of ``paths`` (see ``read_articles``) into ``folder``; how it stands then.

    Call it again with the same inputs after it was stopped, by whatever: it goes on with the shards that are not done,
    and the result is the same, whatever the number of ``workers`` (processes; as many as cores). With one, no process
    is started. With ``dask``, the address of a scheduler, the workers of its cluster do it, on a ``folder`` that all
    of them have by the same path; "local" starts worker processes here (``pip install "onrecord[dask]"``). Raises
    ``OnrecordError`` where the folder holds something else; an article that fails does not end the run (``failed``).

    Not handled: a folder in an object store (mount it); a script that calls this with several workers outside of
    ``if __name__ == "__main__":``.
    """
    store = Store(Path(folder).absolute(), engine)
    own = read_actors(actors) if actors else None
    manifest = open_manifest(store, paths, columns or {})
    with at_work(store):
        _open_reading(store, engine, own)
        _work(store, read_in(store, manifest), engine, own, workers or _cores(), dask, progress)
    return status(folder, engine=engine)


def retry(
    folder: str | Path,
    *,
    engine: str = "default",
    workers: int | None = None,
    dask: str | None = None,
    actors: str | Path | None = None,
    progress: Progress = lambda done, left: None,
) -> Status:
    """Reads what could not be read once more, and analyses every shard with a failed article anew; how it stands then.

    Raises ``OnrecordError`` where ``folder`` is no corpus.
    """
    store = Store(Path(folder).absolute(), engine)
    own = read_actors(actors) if actors else None
    manifest = load_manifest(store.folder)
    with at_work(store):
        _open_reading(store, engine, own)
        for number in read_again(store, manifest) | _failed_shards(store):
            for results in (store.folder / "readings").glob(f"*/{number:05}"):
                shutil.rmtree(results)
        _work(store, read_in(store, manifest), engine, own, workers or _cores(), dask, progress)
    return status(folder, engine=engine)


def _failed_shards(store: Store) -> set[int]:
    with open_tables(store) as base:
        failed = {row[0] for row in base.execute("SELECT id FROM analysed WHERE problem IS NOT NULL").fetchall()}
    return {number for number in store.read_shards() if failed & {row["id"] for row in load_texts(store, number)}}


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _open_reading(store: Store, engine: str, own: OwnActors | None) -> None:
    """Notes what makes this reading. Raises ``OnrecordError`` where what is there was made by something else."""
    tagger = load_tagger(engine)
    made_by = {"engine": tagger.name, "model": tagger.model, "actors_sha256": own.sha256 if own else ""}
    path = store.results / "reading.json"
    if not path.exists():
        store.results.mkdir(parents=True, exist_ok=True)
        save_json(path, made_by)
    elif json.loads(path.read_text(encoding="utf-8")) != made_by:
        raise OnrecordError(
            f"{store.results} was made with another model or another table of actors. "
            f"Remove that folder to read the texts anew, or go on with what it was begun with."
        )


def _work(
    store: Store,
    reading: Iterator[int],
    engine: str,
    own: OwnActors | None,
    workers: int,
    dask: str | None,
    progress: Progress,
) -> None:
    if dask:
        with dask_client(dask, workers) as client:
            work_on_dask(store, chain(store.open_shards(), reading), engine, own, client, progress)
        return
    if workers == 1:
        _work_here(store, reading, engine, own, progress)
        return
    breaks = 0
    with _one_thread_each():
        while True:
            before = len(store.open_shards())
            try:
                _work_in_processes(store, reading, engine, own, workers, progress)
                return
            except BrokenProcessPool as error:
                breaks = breaks + 1 if len(store.open_shards()) >= before > 0 else 1
                if breaks == _MAX_BREAKS:
                    raise OnrecordError(
                        f"the workers were killed {breaks} times in a row; is the memory used up? What is done stays "
                        "done: run it again with fewer workers (--workers 1)."
                    ) from error


def _work_here(store: Store, reading: Iterator[int], engine: str, own: OwnActors | None, progress: Progress) -> None:
    done = 0
    for number in chain(store.open_shards(), reading):
        done += analyse_shard(store, number, engine, own)
        progress(done, None)


def _work_in_processes(
    store: Store, reading: Iterator[int], engine: str, own: OwnActors | None, workers: int, progress: Progress
) -> None:
    """Hands out the shards that wait, reads on meanwhile, and hands out what comes of it."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, context, start_worker, (stop,))
    counted = _Counted(progress)
    try:
        futures: list[Future[int]] = []
        for number in chain(store.open_shards(), reading):
            counted.whole += count_texts(store, number)
            futures.append(pool.submit(analyse_shard, store, number, engine, own))
            futures[-1].add_done_callback(counted.add)
        counted.is_whole = True
        for future in as_completed(futures):
            future.result()
    except BaseException:
        stop.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@dataclass
class _Counted:
    """Articles done of those handed out; tells the progress each time that a shard is done."""

    progress: Progress
    done: int = 0
    whole: int = 0
    is_whole: bool = False

    def add(self, future: Future[int]) -> None:
        if not future.cancelled() and future.exception() is None:
            self.done += future.result()
            self.progress(self.done, self.whole if self.is_whole else None)


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes that start within compute with one thread each: more would fight for the cores."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
