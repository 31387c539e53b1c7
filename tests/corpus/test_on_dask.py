"""A corpus run by the workers of a Dask cluster: the same files as on one machine, whatever happens to a worker."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

import dask
import psutil
import pytest
from distributed import LocalCluster
from small_corpus import files, write

from onrecord import corpus
from onrecord.cli import main
from onrecord.corpus.on_dask import LOCAL, dask_client
from onrecord.records import OnrecordError


@pytest.fixture
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        yield cluster


def kill_at_work(pid: int, results: Path) -> None:
    """Kills the process as soon as the first result is being written."""
    deadline = time.monotonic() + 60
    while not any(results.glob(".*.part")) and time.monotonic() < deadline:
        time.sleep(0.001)
    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_do_the_run_though_one_is_killed_on_the_way(tmp_path: Path, cluster: LocalCluster) -> None:
    source = write(tmp_path / "in.jsonl", 120)
    pids = [worker.pid for worker in cluster.workers.values()]
    results = tmp_path / "dask" / "readings" / "fast"
    killer = threading.Timer(0, kill_at_work, (pids[0], results))
    killer.start()
    told: list[int] = []
    found = corpus.run(
        [source],
        tmp_path / "dask",
        engine="fast",
        dask=cluster.scheduler_address,
        progress=lambda done, whole: told.append(done),
    )
    killer.join()
    assert pids[0] not in [worker.pid for worker in cluster.workers.values()]
    assert (found.analysed, found.is_done, told[-1]) == (120, True, 120)
    corpus.run([source], tmp_path / "here", engine="fast", workers=1)
    assert files(tmp_path / "dask") == files(tmp_path / "here")


def test_it_goes_on_with_what_another_run_began(
    tmp_path: Path, cluster: LocalCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path / "in.jsonl", 24)
    corpus.run([source], tmp_path / "here", engine="fast", workers=1)
    corpus.run([source], tmp_path / "both", engine="fast", workers=1)
    for path in (tmp_path / "both" / "readings" / "fast" / "00001").iterdir():
        path.unlink()
    (tmp_path / "both" / "readings" / "fast" / "00001").rmdir()
    command = ["corpus", "run", str(source), "-o", str(tmp_path / "both"), "--engine", "fast"]
    assert main([*command, "--dask", cluster.scheduler_address]) == 0
    assert "24 articles read, 24 analysed" in capsys.readouterr().out
    assert files(tmp_path / "both") == files(tmp_path / "here")


def test_where_no_scheduler_answers_one_line_says_so(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 1)
    with pytest.raises(OnrecordError, match="no Dask scheduler answers at 'somewhere'"):
        corpus.run([source], tmp_path / "c", engine="fast", dask="somewhere")


def test_another_cluster_on_this_machine_is_no_matter() -> None:
    usual_port = LocalCluster(n_workers=0, dashboard_address=None, silence_logs=logging.CRITICAL)
    with usual_port, warnings.catch_warnings():
        warnings.filterwarnings("error", message="Port .* is already in use")
        with dask_client(LOCAL, 1) as client:
            assert client.submit(int, "7").result() == 7


@pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups")
def test_ctrl_c_ends_the_workers_too_and_is_told_in_one_line(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 400)
    command = [sys.executable, "-m", "onrecord.cli", "corpus", "run", source, "-o", tmp_path / "c", "--engine", "fast"]
    with subprocess.Popen(
        [*map(str, command), "--dask", "local", "--workers", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        deadline = time.monotonic() + 120
        while not any(tmp_path.glob("c/readings/fast/[0-9]*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        workers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert told.strip() == "onrecord: stopped; what is done stays done. The same command goes on from here."
    _, left = psutil.wait_procs(workers, timeout=10)
    assert [each for each in left if each.status() != psutil.STATUS_ZOMBIE] == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_shard_whose_workers_die_again_and_again_ends_the_run_with_the_remedy(tmp_path: Path) -> None:
    source = write(tmp_path / "in.jsonl", 80)
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL) as one,
    ):
        (worker,) = one.workers.values()
        killer = threading.Timer(0, kill_at_work, (worker.pid, tmp_path / "c" / "readings" / "fast"))
        killer.start()
        with pytest.raises(OnrecordError, match="fewer workers on a machine"):
            corpus.run([source], tmp_path / "c", engine="fast", dask=one.scheduler_address)
        killer.join()
