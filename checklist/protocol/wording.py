"""Wording that is part of an instrument: ASQ, PHQ-9 and GAD-7 are free to use in their exact words, with their credit.

A question put otherwise is another question: its total or result means nothing (reference 7.7, 7.8, 7.10). A clinic
that translates them writes in [accepted] who stands for the translation.
"""

from collections.abc import Iterator

from checklist.protocol.values import Item, Protocol

INSTRUMENTS = ("asq.", "phq9.", "gad7.", "call.asq")
"""How the ids of their questions begin, in the visit and in the follow-up call."""
CREDIT = "_credit"
MEND = 'Write the shipped words, or write in [accepted]: "{id}" = "name, date" of the medical lead who accepts it.'


def reworded(protocol: Protocol, like: Protocol, name: str) -> Iterator[str]:
    """A sentence for each question or credit that reads otherwise than in `like`, with nobody's name."""
    shipped = {item.id: item for item in (*like.items(), *like.followup) if item.id.startswith(INSTRUMENTS)}
    for item in (*protocol.items(), *protocol.followup):
        if item.id in shipped and item.id not in protocol.accepted and _words(item) != _words(shipped[item.id]):
            where = f"{name}, line {item.line}: item “{item.id}”"
            yield f"{where} does not have the exact words of its questionnaire. {MEND.format(id=item.id)}"
    for key, words in like.texts.items():
        accepted = f"texts.{key}"
        if key.endswith(CREDIT) and protocol.texts.get(key, words) != words and accepted not in protocol.accepted:
            yield f"{name}: text “{key}” is not the notice that its licence asks for. {MEND.format(id=accepted)}"


def _words(item: Item) -> tuple[str, ...]:
    """What is read out: the stem, the question and its answers, blanks aside."""
    read_out = (item.group, item.label, *(option.label for option in item.options))
    return tuple(" ".join(words.split()) for words in read_out)
