"""F1: the keys, on one card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from checklist.ui.style import scaled
from checklist.ui.widgets.buttons import Button
from checklist.ui.widgets.text import text_label

KEYS = (
    ("Enter", "Goes on: next question, next field, the row that is marked"),
    ("Y   N", "Yes, no; other choices by the letter or figure written on them"),
    ("U   D   A", "Not known, declined, does not apply; Alt with the letter in a text"),
    ("F4   Alt H", "What was answered before"),
    ("Esc", "Leaves a reason, a question, a search"),
    ("Ctrl 1 … 9, 0", "The steps of a session"),
    ("Ctrl R", "Record vital signs"),
    ("Alt K", "The condition of a provider's decision is done"),
    ("Alt S", "Same as last session"),
    ("Alt Q", "Medical screening: the questionnaire that is due"),
    ("Alt O   Alt W", "Hand over the patient; entered in error"),
    ("Alt I", "Papers attached to the visit"),
    ("Alt C   Alt F", "Closed record: amend it; its paper is filed"),
    ("F5", "Call the provider: values, order, read-back"),
    ("F6", "Emergency: a line with its time for each figure"),
    ("F7", "I am worried, help asked, wants to leave, escort called"),
    ("F8", "Vital signs taken now, the values follow"),
    ("s   d   #   !", "In the vital signs: sedation, dissociation, arm or position, symptom"),
    ("F9", "Interrupted: keeps the time, so lateness has its cause"),
    ("Ctrl F   Ctrl N", "Find a patient; new session"),
    ("Ctrl P", "Print"),
    ("Ctrl L", "Lock the screen, or let another person go on"),
    ("F12", "Hide the screen while somebody stands at the desk"),
    ("F1", "These keys"),
)


def show_keys(parent: QWidget) -> QDialog:
    """Open the card over the window; Esc or Enter closes it."""
    from checklist.ui.session.parts.dialog import VisitDialog

    card = VisitDialog("Keys", parent, width=860)
    grid = QGridLayout()
    grid.setHorizontalSpacing(scaled(24))
    grid.setVerticalSpacing(scaled(5))
    rows = -(-len(KEYS) // 2)
    for number, (key, meaning) in enumerate(KEYS):
        column, row = divmod(number, rows)
        grid.addWidget(text_label(key, "strong", card), row, 2 * column)
        grid.addWidget(text_label(meaning, "", card, wrap=True), row, 2 * column + 1)
        grid.setColumnStretch(2 * column + 1, 1)
    close = Button("Close", card, kind="primary")
    close.clicked.connect(card.close)
    card.column.addLayout(grid)
    card.column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    card.open()
    return card
