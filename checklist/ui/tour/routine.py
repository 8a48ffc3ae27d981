"""The bench case of the product: a returning patient with nothing new, from sign-in to the printed record."""

from collections.abc import Callable

from checklist.ui.tour.stage import Stage

NAME = "routine"
DURING = ("136847898145", "142888497144", "148908697154", "144888497144", "140868297144")
AFTER = ("136848098145", "132827698145", "128827498145", "1268072981450")
"""The last set with dissociation: one more digit in each set that asks for it would make 265 keys of 260."""
EFFECTS = ("na1", "vi1", "he1")


def walk(stage: Stage, first: str = "open", reached: Callable[[str], None] = lambda _leg: None) -> None:
    """Every step by key presses alone. From the leg `first` on where a session stands there; `reached` hears each."""
    stage.walk = NAME
    legs = {
        "open": _open,
        "before": _before,
        "clear": _clear,
        "order": _order,
        "infuse": _infuse,
        "observe": _observe,
        "discharge": _discharge,
    }
    for name in [*legs][[*legs].index(first) :]:
        reached(name)
        legs[name](stage)


def _open(stage: Stage) -> None:
    with stage.step("open the patient by three letters, start the session") as driver:
        driver.press("Ctrl+N")
        driver.type("oka")
        driver.picture("new-session")
        driver.press("Enter", "Enter")
        driver.expect_focus("identity.name")
        driver.picture("identity-empty")


def _before(stage: Stage) -> None:
    with stage.step("identity and consent") as driver:
        driver.press("Y", "Y", "Y", "Y")
        driver.picture("identity")
        driver.press("Enter")
    with stage.step("fasting") as driver:
        driver.expect_focus("fasting.solids")
        driver.type("9p")
        driver.press("Enter", "N")
        driver.type("7a")
        driver.press("Enter")
        driver.picture("fasting")
        driver.press("Enter")
    with stage.step("transport home") as driver:
        driver.expect_focus("transport.plan")
        driver.press("Alt+S")
        driver.expect_focus("transport.where")
        driver.press("1", "Y")
        driver.picture("transport")
        driver.press("Enter")
    with stage.step("medication review") as driver:
        driver.expect_focus("medicines.entry")
        driver.press("Alt+S")
        driver.expect_focus("medicines.table")
        driver.picture("medicines-to-confirm")
        driver.press("Y", "Y", "Y", "Y", "Y")
        driver.expect_focus("medicines.complete")
        driver.press("Y", "N")
        driver.picture("medicines")
        driver.press("Enter")
    with stage.step("medical screening") as driver:
        driver.expect_focus("screening.change")
        driver.press("N", "N", "N", "1", "N", "N", "N", "N")
        driver.picture("screening")
        driver.press("Enter")
    with stage.step("vital signs") as driver:
        driver.expect_focus("vitals.weight")
        driver.type("68.4")
        driver.press("Enter", "Y")
        driver.expect_focus("vitals.line")
        driver.type("12880729814366")
        driver.picture("vitals-typed")
        driver.press("Enter")
        driver.picture("vitals")
        driver.press("Enter")


def _clear(stage: Stage) -> None:
    with stage.step("clearance") as driver:
        driver.expect_focus("sign.checked")
        driver.picture("clearance")
        driver.press("Enter")
        driver.expect_focus("password")
        driver.picture("sign")
        stage.password()
        driver.expect_focus("dose.mg_per_kg")
        driver.picture("cleared")


def _order(stage: Stage) -> None:
    with stage.step("order and independent check") as driver:
        driver.expect_focus("dose.mg_per_kg")
        driver.press("Alt+S")
        driver.expect_focus("dose.mg")
        driver.type("34.2")
        driver.press("Enter", "Y")
        driver.expect_focus("verify")
        driver.picture("order")
        driver.press("Enter")
        driver.expect_focus("patient")
        driver.press("Y", "1")
        driver.type("68.4k")
        driver.press("Enter")
        for number in ("34.2", "50", "50", "75"):
            driver.type(number)
            driver.press("Enter")
        driver.picture("independent-check")
        driver.press("Enter")
        stage.password()
        driver.expect_focus("start")
        driver.picture("ready-to-start")


def _infuse(stage: Stage) -> None:
    with stage.step("infusion: start, five sets, stop") as driver:
        driver.press("Enter")
        driver.expect_focus("vitals.line")
        driver.picture("infusion-started")
        for count, line in enumerate(DURING):
            if count:
                stage.pass_time(minutes=10)
            driver.type(line)
            driver.press("Enter")
        driver.picture("infusion")
        driver.press("Alt+X")
        driver.type("50")
        driver.press("Enter", "1")
        driver.picture("stop")
        driver.press("Enter")


def _observe(stage: Stage) -> None:
    with stage.step("observation: four sets, three side effects, two scores") as driver:
        driver.expect_focus("vitals.line")
        for line in AFTER:
            stage.pass_time(minutes=15)
            driver.type(line)
            driver.press("Enter")
        driver.picture("observation")
        driver.press("Enter")
        driver.expect_focus("effects.line")
        for effect in EFFECTS:
            driver.type(effect)
            driver.press("Enter")
        driver.picture("side-effects")
        driver.press("Enter")
        driver.expect_focus("aldrete.activity")
        driver.press("2", "2", "2", "2", "2", "2", "2")
        driver.picture("scores")
        driver.press("Enter")


def _discharge(stage: Stage) -> None:
    with stage.step("discharge") as driver:
        driver.expect_focus("discharge.oriented")
        driver.press("Y", "Y", "Y", "1")
        driver.type("34.2")
        driver.press("Enter", "Y", "Y", "Y")
        driver.picture("discharge")
        driver.expect_focus("sign.discharge")
        driver.press("Enter")
        stage.password()
        driver.picture("discharged")
    with stage.step("print") as driver:
        driver.press("Ctrl+P")
        driver.wait_until(stage.preview_is_drawn, "the preview")
        driver.picture("preview")
        driver.press("Esc")
