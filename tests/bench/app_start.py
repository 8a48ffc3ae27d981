"""Start the program on a practice file; print seconds to the focused sign-in, from there to Today, and peak memory."""

import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from checklist.desk.door import FrontDoor
from checklist.times import SystemClock
from checklist.ui.app import App
from checklist.ui.zone import system_zone

application = QApplication(sys.argv)
door = FrontDoor(Path(sys.argv[1]), clock=SystemClock(system_zone()), practice=True, workstation="BENCH")
app = App(door)
app.show()


def report() -> None:
    ready = time.time() - float(os.environ["BENCH_T0"])
    from PySide6.QtTest import QTest  # not part of the start

    begin = time.perf_counter()
    assert app.sign_in is not None
    app.sign_in.submitted.emit("ortiz", "practice")
    QTest.qWait(0)
    today = time.perf_counter() - begin
    assert app.main is not None
    print(ready, today, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    application.quit()


QTimer.singleShot(0, report)
application.exec()
