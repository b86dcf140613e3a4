"""Cluster: blocks of tasks computed by the workers of a Dask scheduler, in processes of this program.

An operator starts the workers in copies of one checkout, with the corpus folders in the same places
(`python -m dask worker ADDRESS --nthreads 1`, which finds the modules there). A worker only passes bytes on, to a process of its own for each call:
that one loads the code and the data files anew, so that nothing stale is used, and reports what it read.
A worker or process that is killed costs the time of its blocks: they are given to another.
"""

import io
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar
from uuid import uuid4

from threadpoolctl import threadpool_limits

from pipeline.core import dependencies
from pipeline.core.computation import blocks
from pipeline.core.errors import CorpusError

_START = ".venv/bin/python -m dask"  # with -m the modules of the working folder are found
_SECONDS = 20  # that a scheduler, or its first worker, may take to answer
_RETRIES = 3  # times that a block is given out again after the process that had it was killed
_MOST_CALLS = (
    4  # processes of a worker, one a call: those of calls that broke off are ended in the end
)
_LENGTH = 8  # bytes that say how long a message is
Task = TypeVar("Task")


def ordered(
    function: Callable[[Task], Any], batches: Iterable[list[Task]], address: str
) -> Iterator[blocks.Answer[Any]]:
    """The answer to each block, in their order; what a worker printed is printed here.

    Args:
        function: as of `processes.ordered`; it is sent to every worker once.
        batches: blocks of tasks.
        address: of the scheduler, such as tcp://127.0.0.1:8786.

    Raises:
        CorpusError: no Dask here, no scheduler or worker there, a worker with other code or data, or workers
            that are killed again and again; or what the function raised.
    """
    with _client(address) as client:
        call = uuid4().hex
        setup = (dependencies.folders(), dependencies.used_hashes(), pickle.dumps(function))
        shared = client.scatter(pickle.dumps(setup), broadcast=True, hash=False)
        executor = client.get_executor(pure=False, retries=_RETRIES)

        def submit(block: list[Task]) -> Any:
            return executor.submit(_relay, call, shared, pickle.dumps(block))

        try:
            for answer in blocks.in_order(submit, batches, sum(client.ncores().values())):
                outcome, printed, files = pickle.loads(answer)
                print(printed, end="")
                if isinstance(outcome, Exception):
                    raise outcome
                yield outcome, files
        except (CancelledError, ConnectionError, RuntimeError, _killed_worker()) as error:
            raise _told(address, error) from None
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.run(_end, call, on_error="ignore")


def _told(address: str, error: Exception) -> Exception:
    """What Dask says, as the user is told it."""
    where = f"SCHEDULER={address}"
    if not isinstance(error, RuntimeError):
        found = "调度器或工人断开，或工人一再被系统终止"
        return CorpusError(where, found, "多半是内存不足：每台少开几个工人，再运行一次")
    if "deserialization" not in str(error):  # of the function that was computed
        return error
    fix = f"调度器和工人都在本文件夹里启动：{_START} scheduler"
    return CorpusError(where, "调度器或工人找不到本库的程序", fix)


def _client(address: str) -> Any:
    """A connection to a scheduler that has a worker."""
    where = f"SCHEDULER={address}"
    try:
        from distributed import Client
    except ImportError:
        fix = "pip install --require-hashes -r requirements-cluster.lock，或用 make SCHEDULER=…"
        raise CorpusError(where, "没有安装 distributed", fix) from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError):
        fix = f"先在本文件夹里运行 {_START} scheduler，地址写成 tcp://127.0.0.1:8786"
        raise CorpusError(where, "连不上调度器", fix) from None
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except OSError:
        client.close()
        fix = f"在本文件夹里运行 {_START} worker {address} --nthreads 1"
        raise CorpusError(where, "调度器没有工人", fix) from None
    return client


def _killed_worker() -> type[Exception]:
    from distributed import KilledWorker

    return KilledWorker  # type: ignore[no-any-return]


# Of a worker: it passes the blocks of each call to a process.
_LOCK = threading.Lock()
_children: dict[str, "subprocess.Popen[bytes]"] = {}


def _relay(call: str, setup: bytes, block: bytes) -> bytes:
    """The answer of this worker's process for a call to a block."""
    with _LOCK:
        child = _children.get(call) or _started(call, setup)
        assert child.stdin and child.stdout
        with suppress(BrokenPipeError):
            _send(child.stdin, block)
        answer = _received(child.stdout)
        if answer is None:
            _stop(call)
            raise ChildProcessError("a process was killed")  # Dask gives the block out again
        return answer


def _started(call: str, setup: bytes) -> "subprocess.Popen[bytes]":
    while len(_children) >= _MOST_CALLS:
        _stop(next(iter(_children)))
    command = [sys.executable, "-c", f"from {__name__} import serve; serve()"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    _children[call] = child
    assert child.stdin
    with suppress(BrokenPipeError):
        _send(child.stdin, setup)
    return child


def _end(call: str) -> None:
    with _LOCK:
        _stop(call)


def _stop(call: str) -> None:
    if child := _children.pop(call, None):
        child.kill()
        child.communicate()


# Of such a process: it ends when its worker closes the pipe, or dies.


def serve() -> None:
    """Answer blocks from standard input on standard output, until there are no more."""
    inlet, outlet = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # so that nothing that a library prints goes among the answers
    threadpool_limits(1)
    load = partial(_loaded, _received(inlet) or b"")
    reported: set[str] = set()
    function: Callable[[Any], Any] | None = None
    while (block := _received(inlet)) is not None:
        printed = io.StringIO()
        try:
            with redirect_stdout(printed):
                function = function or load()
                outcome: Any = list(map(function, pickle.loads(block)))
        except Exception as error:  # told where the build runs
            outcome = error
        files = dependencies.opened_since(reported)
        _send(outlet, pickle.dumps((outcome, printed.getvalue(), files)))


def _loaded(setup: bytes) -> Callable[[Any], Any]:
    """The function of a call.

    Raises:
        CorpusError: a module or data file that the build has used is another one here.
    """
    folders, hashes, function = pickle.loads(setup)
    dependencies.record(map(Path, folders))
    for path, sha256 in hashes.items():
        if dependencies.sha256(path) != sha256:
            found, fix = f"{path} 与构建所在的不同", "把同一份代码和语料放到每台机器，再启动工人"
            raise CorpusError(f"{os.uname().nodename} 上的工人", found, fix)
    return pickle.loads(function)  # type: ignore[no-any-return]


def _send(pipe: IO[bytes], message: bytes) -> None:
    pipe.write(len(message).to_bytes(_LENGTH, "big"))
    pipe.write(message)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next message; None where the pipe was closed."""
    head = pipe.read(_LENGTH)
    if len(head) < _LENGTH:
        return None
    length = int.from_bytes(head, "big")
    message = pipe.read(length)
    return message if len(message) == length else None
