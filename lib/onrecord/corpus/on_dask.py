"""A run on Dask: its shards go to workers on any number of machines, which read and write them on a folder they share.

The program that runs cuts the inputs into shards and keeps the manifest; a worker is told a shard's number, reads its
texts and renames its result into place. Dask gives the shards of a worker that is lost to another one.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from onrecord.corpus.store import Store, count_texts
from onrecord.corpus.work import analyse_shard
from onrecord.names import OwnActors
from onrecord.records import OnrecordError
from onrecord.statements import load_tagger

if TYPE_CHECKING:
    from distributed import Client

    from onrecord.corpus.running import Progress

#: The address that stands for worker processes on this machine.
LOCAL = "local"
#: Without a dashboard, too, a scheduler listens for its state, on a port that a second cluster finds taken, and warns.
_ANY_PORT = "127.0.0.1:0"
#: So many shards are handed out ahead: enough for a few hundred workers, few enough for a scheduler to keep in mind.
_AHEAD = 1_000
#: An engine reads one article at a time, however many threads a worker was given.
_reading = threading.Lock()


@contextmanager
def dask_client(address: str, workers: int) -> Iterator[Client]:
    """A client of the scheduler at ``address``, or of so many ``workers`` here that end with it.

    Raises ``OnrecordError`` where Dask is not installed or nothing answers there.
    """
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise OnrecordError('a run on Dask needs Dask: pip install "onrecord[dask]"') from error
    if address == LOCAL:
        cluster = LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL,
            scheduler_kwargs={"dashboard_address": _ANY_PORT},
        )  # fmt: skip
        with cluster, Client(cluster) as client:
            client.register_worker_callbacks(_leave_interrupts)
            yield client
        return
    try:
        client = Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise OnrecordError(f"no Dask scheduler answers at {address!r}: {error}. Start one: dask scheduler") from error
    with client:
        yield client


def _leave_interrupts() -> None:
    """Ctrl-C is for the program that runs, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def work_on_dask(
    store: Store, shards: Iterable[int], engine: str, own: OwnActors | None, client: Client, progress: Progress
) -> None:
    """Has the ``shards`` analysed, those that are only read meanwhile too; returns when all of them are done.

    Raises ``OnrecordError`` where a shard takes three workers with it, or a worker cannot do its work: it does not see
    the folder of ``store`` or reads by another model.
    """
    from distributed import KilledWorker, as_completed

    model, done, whole = load_tagger(engine).model, 0, 0
    waiting: Any = as_completed()
    try:
        for number in shards:
            whole += count_texts(store, number)
            waiting.add(client.submit(_analyse_there, store, number, engine, model, own, pure=False))
            if waiting.count() >= _AHEAD:
                done += next(waiting).result()
                progress(done, None)
        for future in waiting:
            done += future.result()
            progress(done, whole)
    except KilledWorker as error:
        raise OnrecordError(
            f"the workers were killed again and again ({error}); is the memory used up? What is done stays done: run "
            "it again with fewer workers on a machine."
        ) from error


def _analyse_there(store: Store, number: int, engine: str, model: str, own: OwnActors | None) -> int:
    """What a worker does, having made sure that it can: ``analyse_shard``."""
    if not store.text_shard(number).exists():
        raise OnrecordError(f"a worker does not see {store.folder}: name a folder that all machines have by that path")
    with _reading:
        tagger = load_tagger(engine)
        if tagger.model != model:
            raise OnrecordError(
                f"a worker reads by {tagger.model}, this machine by {model}: install one version on all"
            )
        return analyse_shard(store, number, engine, own)
