"""From a key press to the painted answer, in the real window."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure, median_ms

FRAME_MS = 16  # one picture of a 60 Hz screen


def figures() -> Iterator[Figure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QSize, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from checklist.desk import PRACTICE_PASSWORD, practice
    from checklist.times import ManualClock
    from checklist.ui.app import App
    from checklist.ui.items.base import ItemWidget
    from tests.bench.store import NOW

    _application = QApplication.instance() or QApplication(["bench"])
    with tempfile.TemporaryDirectory() as name:
        app = App(practice.create(Path(name) / "practice", ManualClock(NOW)), idle_minutes=10_000)
        app.show(QSize(1366, 768))
        assert app.sign_in is not None
        app.sign_in.submitted.emit("ortiz", PRACTICE_PASSWORD)
        assert app.main is not None
        desk = app.main.desk
        session = desk.new_session(desk.find_patients("oka")[0].patient.id).record.session.id
        app.main.open_session(session)
        page = app.main.session
        assert page is not None
        page.show_step("screening")
        QTest.qWaitForWindowActive(app.window)
        named = "screening.new_psychosis"
        item = next(one for one in page.findChildren(ItemWidget) if one.item_id == named)
        keys = iter((Qt.Key.Key_N, Qt.Key.Key_Y) * 200)

        def answer() -> None:
            item.focus_control()
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, next(keys))
            QTest.qWait(0)

        taken = median_ms(answer, 60)
        yield Figure(
            "key press to saved, judged and painted answer", taken, "ms", None, "under 16 ms", taken < FRAME_MS
        )
        app.close()
