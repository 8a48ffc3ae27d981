"""Names, telephone numbers and free text, kept as people write them."""

import re
import unicodedata

from checklist.errors import NotUnderstood
from checklist.parse.typed import readable, refusal

LONGEST_NAME = 200
_PHONE_SIGNS = re.compile(r"[ ().\-/]")
_PHONE_EXAMPLE = "Type ten digits like 555-010-0142, or + and the country code."


def parse_phone(text: str) -> str:
    """`555-010-0142` from ten US digits however they are parted, or `+` and 8 to 15 digits kept without signs.

    Raises NotUnderstood.
    """
    digits = _PHONE_SIGNS.sub("", readable(text))
    if re.fullmatch(r"\+[0-9]{8,15}", digits):
        return digits
    if re.fullmatch(r"1[0-9]{10}", digits):
        digits = digits[1:]
    if re.fullmatch(r"[0-9]{10}", digits):
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    if re.fullmatch(r"[0-9]{7}", digits):
        raise refusal(text, "has no area code", _PHONE_EXAMPLE)
    raise refusal(text, "is not a telephone number", _PHONE_EXAMPLE)


def parse_name(text: str) -> str:
    """A person's name in any script: NFC, single inner spaces, at most 200 characters. Raises NotUnderstood."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(char.isprintable() and not char.isspace() for char in name):
        raise NotUnderstood("A name is needed here. Nothing was changed.")
    if len(name) > LONGEST_NAME:
        raise refusal(name, f"is longer than {LONGEST_NAME} characters", "Type a shorter form.")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        raise refusal(name, "holds characters that cannot be printed", "Type the name again.")
    return name


def parse_text(text: str, limit: int = 10_000) -> str:
    """Free text: NFC, new lines and tabs kept, other control characters dropped. May be empty.

    Raises NotUnderstood over `limit` characters: text is never cut silently.
    """
    one_kind_of_line = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(
        char for char in one_kind_of_line if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")
    )
    clean = unicodedata.normalize("NFC", kept)
    if len(clean) > limit:
        raise NotUnderstood(
            f"This text has {len(clean)} characters; at most {limit} fit here. "
            "Shorten it: it stays in the field. Nothing was changed."
        )
    return clean
