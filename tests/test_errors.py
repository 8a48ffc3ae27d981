"""Each error carries its own sentence, and kinds that mean the same to a caller are caught as one."""

import pytest

from checklist import errors
from checklist.errors import DataFileError, KnownError, NewerDataFile, SignInFailed

KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KnownError)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_is_its_sentence(kind: type[KnownError]) -> None:
    error = kind("The disk is full. Nothing was saved.")
    assert error.sentence == str(error) == "The disk is full. Nothing was saved."


def test_a_newer_file_is_a_file_that_cannot_be_opened() -> None:
    assert issubclass(NewerDataFile, DataFileError)


def test_a_refused_sign_in_knows_how_long_to_wait() -> None:
    assert SignInFailed("Wait.", 4.0).wait_seconds == 4.0
    assert SignInFailed("Try again.").wait_seconds == 0.0
