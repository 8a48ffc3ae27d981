"""Errors that people may meet. Each carries its own sentence: what happened, what was kept, what to do next."""


class KnownError(Exception):
    """An error we understand. `sentence` is shown to the nurse as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ResourceMissing(KnownError):
    """A file shipped with the program (font, protocol, icon) is not there."""


class NotUnderstood(KnownError):
    """What was typed could not become a value. Nothing was saved; the text stays in the field."""


class NeedsConfirmation(KnownError):
    """The value is possible but unusual: it is saved only when a person confirms it once more."""


class FileMistake(KnownError):
    """A file that people write (protocol, medicine table, case) has a mistake. The sentence names file, line and mend.

    Nothing of the file is used.
    """


class FileRefused(KnownError):
    """A file that somebody chose (scan, photograph) cannot be taken as it is. Nothing of it was kept."""


class ProtocolError(FileMistake):
    """The protocol file has a mistake. The sentence names file, line and mend."""


class NotSaved(KnownError):
    """The world failed (disk full, read-only, locked): the value is not on disk; the text is kept; retry is offered."""


class DataFileError(KnownError):
    """The data file or key file cannot be opened as it is (missing, damaged, newer, in use)."""


class DamagedDataFile(DataFileError):
    """The data file is missing or does not read back: what is left can be shown read-only, or a backup restored."""


class BackupFailed(KnownError):
    """A backup could not be made or does not prove itself. Care goes on; the data itself is untouched."""


class BackupStopped(BackupFailed):
    """Somebody stopped the work before it was done."""


class NewerDataFile(DataFileError):
    """The data file was written by a newer version of the program and is not touched."""


class SignInFailed(KnownError):
    """User and password do not belong together, or the user must wait before the next try."""

    def __init__(self, sentence: str, wait_seconds: float = 0.0) -> None:
        super().__init__(sentence)
        self.wait_seconds = wait_seconds


class MustChangePassword(KnownError):
    """The password is right, but an administrator gave it: a new one has to be chosen before anything opens."""


class NotAllowed(KnownError):
    """This person's role, or the state of the session, does not permit the action."""


class PossibleDuplicate(KnownError):
    """A patient with the same name and birth date exists; the nurse must say that this is another person."""
