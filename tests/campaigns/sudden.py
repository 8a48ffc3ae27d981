"""A SIGKILL that the kernel sends to this very process after some microseconds: nobody else could aim so finely."""

import ctypes
import signal

_MONOTONIC = 1
_AS_A_SIGNAL = 0
_BILLION = 1_000_000_000


class _Event(ctypes.Structure):
    """POSIX `struct sigevent`, 64 bytes on Linux."""

    _fields_ = (
        ("value", ctypes.c_void_p),
        ("signal", ctypes.c_int),
        ("notify", ctypes.c_int),
        ("rest", ctypes.c_int * 12),
    )


class _Times(ctypes.Structure):
    """POSIX `struct itimerspec`: once, after so many seconds and nanoseconds."""

    _fields_ = tuple((name, ctypes.c_long) for name in ("every_s", "every_ns", "after_s", "after_ns"))


def killed_after(seconds: float) -> None:
    """End this process as `kill -9` does, whatever it is doing then. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    timer = ctypes.c_void_p()
    event = _Event(None, signal.SIGKILL, _AS_A_SIGNAL)
    nanoseconds = max(1, round(seconds * _BILLION))
    times = _Times(0, 0, nanoseconds // _BILLION, nanoseconds % _BILLION)
    if libc.timer_create(_MONOTONIC, ctypes.byref(event), ctypes.byref(timer)) != 0:
        raise OSError(ctypes.get_errno(), "timer_create")
    if libc.timer_settime(timer, 0, ctypes.byref(times), None) != 0:
        raise OSError(ctypes.get_errno(), "timer_settime")
