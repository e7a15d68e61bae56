"""Read a notice in any form that is about, to say what it states. Pure; nothing is kept."""

from balise.takedown.notices.rules.reading.forms import Form, NoticeUnreadable, Read, read_notices

__all__ = ["Form", "NoticeUnreadable", "Read", "read_notices"]
