"""One worker thread: frozen values go in, bytes come back on the GUI thread."""

import queue
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class _Thread(QThread):
    """Takes jobs from the queue until it finds None.

    Signals:
        worked(object): a job is over; its outcome is to be called on the GUI thread.
    """

    worked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()

    def run(self) -> None:
        while (job := self.jobs.get()) is not None:
            self.worked.emit(_outcome(job))


def _outcome(job: _Job) -> Callable[[], None]:
    """Do the work; gives what has to be called with its result. No error may end the thread."""
    try:
        result = job.work()
    except Exception as error:
        caught = error
        return lambda: job.failed(caught)
    return lambda: job.done(result)


def _end(thread: _Thread, *_destroyed: object) -> None:
    """Let the thread run dry and wait for it."""
    if thread.isRunning():
        thread.jobs.put(None)
        thread.wait()


class Worker(QObject):
    """Runs work in order, off the GUI thread. The thread starts with the first job."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._thread = _Thread(self)
        self._under_way = 0
        # A method of this QObject, so that Qt delivers it in the thread this object lives in.
        self._thread.worked.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        # Qt aborts the program when a running thread is destroyed; `destroyed` comes before the children go.
        self.destroyed.connect(partial(_end, self._thread))

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Do `work` in the thread, then call `done` with its result, or `failed`, on the GUI thread."""
        if not self._thread.isRunning():
            self._thread.start()
        self._under_way += 1
        self._thread.jobs.put(_Job(work, done, failed))

    @property
    def is_idle(self) -> bool:
        """True when every job's result has been delivered."""
        return self._under_way == 0

    def close(self) -> None:
        """Let the jobs under way finish, then end the thread."""
        _end(self._thread)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        self._under_way -= 1
        call()
