"""How blocks are put on pages: what stays together, what is parted, where spare room goes.

All pages are known before the first is drawn, so "Page 2 of 5" needs no second pass.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from checklist.paper.layout import SMALLEST_PART, Block, Laid, LaidRow, Picture, Row, Rule

_LOOSEST = 2.2  # points that a page of its own gives at most above and below each ruled row


def paginate(blocks: Iterable[Block], width: float, room: float) -> list[list[Laid]]:
    """The blocks of each page, at least one page. A table's head is said again on each page it reaches."""
    waiting = [block.lay(width) for block in blocks]
    waiting.reverse()
    pages: list[list[Laid]] = [[]]
    left = room
    while waiting:
        block = waiting.pop()
        # What cannot be kept together even on a fresh page is parted where that page ends.
        needed = _needed_after(block, waiting) if any(not one.keep for one in pages[-1]) else 0.0
        if block.height + needed <= left:
            pages[-1].append(block)
            left -= block.height
            continue
        parts = block.split(left)
        if parts:
            pages[-1].append(parts[0])
            waiting.append(parts[1])
            if block.head:
                waiting.append(block.head.lay(width))
        elif pages[-1]:
            waiting.append(block)
            if block.head:
                waiting.append(block.head.lay(width))
        else:  # alone on a fresh page and still too high: it cannot be parted
            pages[-1].append(block)
        if waiting:
            pages.append([])
            left = room
    return [page for page in pages if page] or [[]]


def _needed_after(block: Laid, waiting: Sequence[Laid]) -> float:
    """Height of what must follow on the same page: a chain of titles up to the first row under them."""
    needed = 0.0
    for follower in reversed(waiting):
        if not block.keep:
            break
        parted = not follower.keep and follower.split(SMALLEST_PART) is not None
        needed += SMALLEST_PART if parted else follower.height
        block = follower
    return needed


def loosened(page: Sequence[Laid], room: float) -> list[Laid]:
    """The blocks with the room that is left spread over their ruled rows, as far as that helps reading."""
    ruled = sum(_is_ruled(block) for block in page)
    if not ruled:
        return list(page)
    spare = max(0.0, room - sum(block.height for block in page))
    more = min(_LOOSEST, spare / (2 * ruled))
    return [block.loosened(more) if isinstance(block, LaidRow) and _is_ruled(block) else block for block in page]


def _is_ruled(block: Laid) -> bool:
    return isinstance(block, LaidRow) and block.row.rule is Rule.HAIR


def glued(blocks: Sequence[Block], count: int) -> list[Block]:
    """The blocks with the last ones kept on one page with what follows."""
    start = max(0, len(blocks) - count)
    last = [replace(block, keep=True) if isinstance(block, Row | Picture) else block for block in blocks[start:]]
    return [*blocks[:start], *last]
