"""The second case: ate too late, blood pressure and a benzodiazepine go to a provider; then the infusion is stopped."""

from checklist.ui.tour.driver import TourStopped
from checklist.ui.tour.stage import Stage

NAME = "held"


def walk(stage: Stage) -> None:
    """From the hold to the provider's decision, and on to an infusion that is stopped early."""
    stage.walk = NAME
    _open(stage)
    _held(stage)
    _medicines(stage)
    _rest(stage)
    _decide(stage)
    _infuse(stage)


def _open(stage: Stage) -> None:
    with stage.step("open the second patient") as driver:
        driver.press("Ctrl+N")
        driver.type("del")
        driver.press("Enter", "Enter")
        driver.expect_focus("identity.name")
        driver.press("Y", "Y", "Y", "Y", "Enter")


def _held(stage: Stage) -> None:
    with stage.step("ate too late: held, then planned anew") as driver:
        driver.expect_focus("fasting.solids")
        driver.type("2561")
        driver.press("Enter")
        driver.picture("not-a-time")
        driver.press("Ctrl+A")
        driver.type("-4h")
        driver.press("Enter", "N")
        driver.type("-3h")
        driver.press("Enter")
        driver.picture("held")
        earliest = stage.snapshot.earliest_start
        if earliest is None:
            raise TourStopped("The fasting hold has no earliest start.")
        driver.press("Alt+M")
        driver.type(f"{earliest.local:%H%M}")
        driver.press("Enter")
        driver.picture("planned-anew")
        driver.press("Ctrl+3")
        driver.expect_focus("transport.plan")
        driver.press("Alt+S")
        driver.expect_focus("transport.where")
        driver.press("2")
        driver.picture("transport-reached")


def _medicines(stage: Stage) -> None:
    with stage.step("medicines: a benzodiazepine this morning, an unknown pill") as driver:
        driver.expect_focus("transport.no_driving")
        driver.press("Y", "Ctrl+4")
        driver.expect_focus("medicines.entry")
        driver.type("xan")
        driver.picture("type-ahead")
        driver.press("Ctrl+A")
        driver.type("blue sleep pill")
        driver.press("Enter", "Alt+S")
        driver.expect_focus("medicines.table")
        driver.press("T")
        driver.expect_focus("medicines.taken")
        driver.type("-6h")
        driver.press("Enter")
        driver.expect_focus("medicines.table")
        driver.press("Y")
        driver.expect_focus("medicines.complete")
        driver.press("Y", "N")
        driver.picture("medicines-mixed")
        driver.press("Enter")


def _rest(stage: Stage) -> None:
    with stage.step("screening and vital signs, blood pressure repeated") as driver:
        driver.expect_focus("screening.change")
        driver.press("N", "N", "N", "1", "N", "N", "N", "N", "Enter")
        driver.expect_focus("vitals.weight")
        _wait_for_the_stomach(stage)
        driver.type("178 lb")
        driver.press("Enter", "Y")
        driver.expect_focus("vitals.line")
        driver.type("1489278981436.9")
        driver.picture("vitals-refused")
        driver.press("Ctrl+A")
        driver.type("148/92 78 98 14 36.9")
        driver.press("Enter")
        stage.pass_time(minutes=6)
        driver.type("142/88")
        driver.press("Enter")
        driver.picture("vitals-review")
        driver.press("Ctrl+7")


def _decide(stage: Stage) -> None:
    with stage.step("the provider decides, the nurse and the provider sign") as driver:
        driver.wait_until(lambda: driver.focus_name().startswith("decide."), "the first finding to decide")
        driver.picture("clearance-review")
        count = len(stage.snapshot.clearance.open_findings)
        for number in range(count):
            driver.wait_until(lambda: driver.focus_name().startswith("decide."), "the next finding to decide")
            driver.press("P")
            driver.type(("4not needed tonight, seen by me", "1usual dose, alert", "2")[number % 3])
            driver.press("Enter")
        driver.picture("decided")
        driver.press("Enter")
        driver.expect_focus("password")
        driver.picture("provider-signs")
        stage.password()
        driver.expect_focus("sign.checked")
        driver.press("Enter")
        driver.expect_focus("password")
        stage.password()
        driver.expect_focus("sign.provider_cleared")
        driver.picture("nurse-signed")
        driver.press("Enter")
        driver.expect_focus("password")
        stage.password()
        driver.picture("cleared-after-review")


def _wait_for_the_stomach(stage: Stage) -> None:
    """Twenty minutes before the planned start: the baseline set must not be old by then."""
    planned = stage.snapshot.record.session.planned
    stage.pass_time(seconds=max(0.0, planned.plus(minutes=-20).since(stage.clock.now()).total_seconds()))


def _infuse(stage: Stage) -> None:
    with stage.step("order, check, start") as driver:
        driver.expect_focus("dose.mg_per_kg")
        driver.press("Alt+S")
        driver.expect_focus("dose.mg")
        driver.type("44")
        driver.press("Enter")
        driver.picture("dose-differs")
        while not driver.has_focus("dose.mg"):
            driver.press("Shift+Backtab")
        driver.press("Ctrl+A")
        driver.type("40.4")
        driver.press("Enter")
        driver.press("Y")
        stage.pass_time(minutes=14)
        driver.expect_focus("verify")
        driver.press("Enter")
        driver.expect_focus("patient")
        driver.press("Y", "1")
        driver.type("178lb")
        driver.press("Enter")
        for number in ("40.4", "50", "50", "75"):
            driver.type(number)
            driver.press("Enter")
        driver.press("Enter")
        stage.password()
        driver.expect_focus("start")
        driver.press("Enter")
        driver.expect_focus("vitals.line")
    with stage.step("high blood pressure twice: escalation") as driver:
        driver.type("152/92 84 97 14 s4")
        driver.press("Enter")
        stage.pass_time(minutes=10)
        driver.type("182/108 96 97 16 s4")
        driver.press("Enter")
        driver.picture("recheck")
        stage.pass_time(minutes=5)
        driver.type("186/112 98 96 16 s4")
        driver.press("Enter")
        driver.picture("escalation")
    with stage.step("stopped early, observed") as driver:
        driver.press("Alt+X")
        driver.type("18.5")
        driver.press("Enter", "2")
        driver.picture("stop-for-blood-pressure")
        driver.press("Enter")
        driver.expect_focus("vitals.line")
        stage.pass_time(minutes=15)
        driver.type("158/96 88 97 14 s5")
        driver.press("Enter")
        driver.picture("asked-once")
        driver.press("Y")
        driver.picture("observed-after-stop")
        driver.press("Ctrl+0")
        driver.picture("discharge-not-ready")
