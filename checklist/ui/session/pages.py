"""Which page a step gets: from the name of its panel in the protocol."""

from enum import StrEnum
from typing import assert_never

from PySide6.QtWidgets import QWidget

from checklist.protocol import Step
from checklist.ui.live import LiveSession
from checklist.ui.session.step_page import StepPage
from checklist.ui.tasks import Worker


class Panel(StrEnum):
    """The special part of a step's screen; ITEMS has none."""

    ITEMS = ""
    FASTING = "fasting"
    MEDICINES = "medicines"
    VITALS = "vitals"
    CLEARANCE = "clearance"
    INFUSION = "infusion"
    OBSERVATION = "observation"
    DISCHARGE = "discharge"


def panel_of(step: Step) -> Panel:
    return Panel(step.panel)


def make_page(live: LiveSession, step: Step, worker: Worker, parent: QWidget) -> StepPage:
    """The page of a step, made when it is first opened: importing all of them at start would cost time."""
    return _page_class(panel_of(step))(live, step, worker, parent)


def _page_class(panel: Panel) -> type[StepPage]:
    match panel:
        case Panel.ITEMS:
            return StepPage
        case Panel.FASTING:
            from checklist.ui.session.fasting import FastingPage

            return FastingPage
        case Panel.MEDICINES:
            from checklist.ui.session.medicines import MedicinesPage

            return MedicinesPage
        case Panel.VITALS:
            from checklist.ui.session.vitals import VitalsPage

            return VitalsPage
        case Panel.CLEARANCE:
            from checklist.ui.session.clearance import ClearancePage

            return ClearancePage
        case Panel.INFUSION:
            from checklist.ui.session.infusion import InfusionPage

            return InfusionPage
        case Panel.OBSERVATION:
            from checklist.ui.session.observation import ObservationPage

            return ObservationPage
        case Panel.DISCHARGE:
            from checklist.ui.session.discharge import DischargePage

            return DischargePage
        case _:
            assert_never(panel)
