"""The zone of this PC by its IANA name, on every system that Qt knows."""

from PySide6.QtCore import QTimeZone

FALLBACK = "Etc/UTC"


def system_zone() -> str:
    """`America/New_York`; UTC when the PC names no zone that Python knows too."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    if "/" in name:
        return name  # area and place: surely a name of the database; reading its rules here would delay the window
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError):
        return FALLBACK
