"""The floor of start-up: an empty PySide6 window; prints seconds since the parent started it, and its peak memory."""

import os
import resource
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.show()


def report() -> None:
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.time() - float(os.environ["BENCH_T0"]), peak_mib)
    application.quit()


QTimer.singleShot(0, report)
application.exec()
