"""Which passwords are taken: long enough, not a common one, not made of what everybody here knows.

After NIST SP 800-63B: length, a list of common passwords, no rules on which signs to use, no expiry. The strength is
estimated by zxcvbn, whose lists hold the common passwords, names and keyboard runs of several languages.
"""

from collections.abc import Iterable

from checklist.errors import NotUnderstood
from checklist.store.slots import MIN_PASSWORD

LONGEST = 200
STRENGTH_READ = 72  # zxcvbn reads no more than this; what comes after can only make it harder
STRONG_ENOUGH = 3  # of 0 to 4: at least 10^8 guesses, each of which costs Argon2id's work
_KEPT = "Nothing was saved. "
_ADVICE = "Four or more unrelated words make a good one."


def check_password(password: str, known: Iterable[str] = ()) -> None:
    """Raises NotUnderstood for a password that is too short, too long or easily guessed.

    `known`: names and words that a guesser here would try first (clinic, person, user name).
    """
    if len(password) < MIN_PASSWORD:
        raise NotUnderstood(
            f"The password is too short: it needs at least {MIN_PASSWORD} characters. {_KEPT}"
            "A short sentence is easy to remember and hard to guess."
        )
    if len(password) > LONGEST:
        raise NotUnderstood(f"The password is longer than {LONGEST} characters. {_KEPT}Choose a shorter one.")
    if _strength(password, known) < STRONG_ENOUGH:
        raise NotUnderstood(
            f"This password is among the first that somebody would try, or close to one. {_KEPT}{_ADVICE}"
        )


def _strength(password: str, known: Iterable[str]) -> int:
    from zxcvbn import zxcvbn

    words = [part for text in known for part in (text, *text.split()) if len(part) > 2]
    return int(zxcvbn(password[:STRENGTH_READ], user_inputs=words)["score"])
