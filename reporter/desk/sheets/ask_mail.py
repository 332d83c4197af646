"""A draft of an e-mail with a workbook, the same bytes each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import NamedTuple

from reporter.desk import mail

_NOON = time(12, tzinfo=UTC)


class Mail(NamedTuple):
    """What the e-mail says."""

    subject: str
    text: str
    file: str
    """The name of what goes with it."""
    day: date


def draft(told: Mail, workbook: bytes) -> bytes:
    """Return an e-mail that opens as one that is not sent yet, to nobody so far."""
    message = mail.draft(told.subject, told.text)
    message["Date"] = format_datetime(datetime.combine(told.day, _NOON))
    message.add_attachment(
        workbook,
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        filename=told.file,
    )
    return mail.written(message)
