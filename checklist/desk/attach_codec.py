"""Attachments and photographs as journal bodies, and back. The bytes stand elsewhere; here is their hash."""

from checklist.attached import Attachment, Content, Media, Photo, PhotoState
from checklist.desk.codec import Body, text_of
from checklist.ids import RowId
from checklist.model import Entry
from checklist.times import Moment


def attachment_body(row: str, title: str, content: Content, paper_from: Moment | None, paper_to: Moment | None) -> Body:
    return {
        "row": row,
        "title": title,
        "sha256": content.sha256,
        "length": len(content.data),
        "media": content.media.value,
        "pages": content.pages,
        "paper_from": paper_from.store() if paper_from else None,
        "paper_to": paper_to.store() if paper_to else None,
    }


def body_again(one: Attachment) -> Body:
    """The body that this attachment was read from."""
    return {
        "row": one.row,
        "title": one.title,
        "sha256": one.sha256,
        "length": one.length,
        "media": one.media.value,
        "pages": one.pages,
        "paper_from": one.paper_from.store() if one.paper_from else None,
        "paper_to": one.paper_to.store() if one.paper_to else None,
    }


def read_attachment(entry: Entry) -> Attachment:
    body = entry.body
    length, pages = body.get("length"), body.get("pages")
    begin, end = text_of(body, "paper_from"), text_of(body, "paper_to")
    return Attachment(
        row=RowId(text_of(body, "row")),
        title=text_of(body, "title"),
        media=Media(text_of(body, "media")),
        sha256=text_of(body, "sha256"),
        length=length if isinstance(length, int) else 0,
        pages=pages if isinstance(pages, int) else 1,
        by=entry.by,
        entered=entry.entered,
        seq=entry.seq,
        paper_from=Moment.stored(begin) if begin else None,
        paper_to=Moment.stored(end) if end else None,
    )


def photo_body(state: PhotoState, content: Content | None = None) -> Body:
    body: Body = {"state": state.value}
    return body | {"sha256": content.sha256, "length": len(content.data)} if content else body


def read_photo(entry: Entry) -> Photo:
    """What the entry says; the bytes are read by whoever shows them."""
    state = PhotoState(text_of(entry.body, "state"))
    return Photo(state, entry.by, entry.entered, text_of(entry.body, "sha256"))
