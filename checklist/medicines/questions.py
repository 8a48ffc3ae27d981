"""Questions in plain words, and what an answer makes of a match."""

from collections.abc import Sequence
from dataclasses import replace

from checklist.medicines.values import Certainty, Match, Name, Option, Question, QuestionKind, VagueTerm


def option(name: Name) -> Option:
    return Option(name.label, name.brand, name.entry.ingredients)


def spelling_question(heard: str, names: Sequence[Name], look_alikes: Sequence[Name]) -> Question:
    """Which of the names was meant. One name and no look-alike: close spelling; several names: ambiguous."""
    options = tuple(option(name) for name in _one_a_row([*names, *look_alikes]))
    labels = " or ".join(each.label for each in options)
    if len(names) > 1:
        text = f"“{heard}” could be {labels}. Which one stands on the label?"
        return Question(text, QuestionKind.AMBIGUOUS, heard, options)
    if len(options) > 1:
        text = f"“{heard}”: {labels}? The names look alike. Read the label."
        return Question(text, QuestionKind.LOOK_ALIKE, heard, options)
    return Question(f"“{heard}” is not a known spelling. Is it {labels}?", QuestionKind.CLOSE_SPELLING, heard, options)


def word_question(heard: str, name: Name) -> Question:
    """A word that is a medicine or substance only when it stands alone."""
    text = f"Does “{heard}” mean {name.entry.generics} here?"
    return Question(text, QuestionKind.CONFIRM_WORD, heard, (option(name),))


def vague_question(heard: str, term: VagueTerm, look_alikes: Sequence[Name]) -> Question:
    return Question(f"“{heard}”: {term.ask}", QuestionKind.VAGUE, heard, tuple(map(option, look_alikes)))


def answered(match: Match, question: Question, chosen: Option | None) -> Match:
    """The match after a person answered: the chosen option is exact; None ("none of these") leaves it unknown.

    Raises ValueError when the question is not the match's, or the option not the question's.
    """
    if question not in match.questions or (chosen is not None and chosen not in question.options):
        raise ValueError("the answer belongs to another question")
    open_questions = tuple(each for each in match.questions if each != question)
    if chosen is None:
        return replace(
            match,
            ingredients=(),
            brand=None,
            questions=open_questions,
            not_understood=(question.heard, *match.not_understood),
            certainty=Certainty.UNKNOWN,
            look_alikes=(),
            presumed_class_ids=(),
        )
    return replace(
        match,
        ingredients=chosen.ingredients,
        brand=chosen.brand,
        questions=open_questions,
        certainty=Certainty.EXACT,
        look_alikes=(),
        presumed_class_ids=(),
    )


def confirmed(matches: Sequence[Match], chosen: str) -> tuple[Match, ...]:
    """The matches with every question answered that offers one of the names in `chosen`.

    `chosen` is what a record keeps: labels, brands or generic names, several parted by semicolons, case aside.
    A name that no question offers changes nothing.
    """
    wanted = {name.strip().casefold() for name in chosen.split(";")} - {""}
    return tuple(_confirmed(match, wanted) for match in matches)


def _confirmed(match: Match, wanted: set[str]) -> Match:
    for question in match.questions:
        for each in question.options:
            if wanted & _names_of(each):
                return answered(match, question, each)
    return match


def _names_of(each: Option) -> set[str]:
    generics = [ingredient.name for ingredient in each.ingredients]
    return {name.casefold() for name in (each.label, each.brand or each.label, " + ".join(generics))}


def _one_a_row(names: Sequence[Name]) -> tuple[Name, ...]:
    return tuple({name.entry.name: name for name in reversed(names)}.values())[::-1]
