"""Drafts of e-mails, to be addressed and sent by a person; the same bytes each time."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

ENCODING = "quoted-printable"
BOUNDARY = "=_reporter"  # it stands in no part: there '=' is written otherwise


def draft(subject: str, text: str) -> EmailMessage:
    """Return a message to nobody so far, which mail programs open to be written on."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(text, cte=ENCODING)
    return message


def written(message: EmailMessage) -> bytes:
    """Return the bytes of a message of several parts."""
    message.set_boundary(BOUNDARY)
    return message.as_bytes()
