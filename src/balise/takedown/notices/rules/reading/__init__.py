"""Read a notice in any form that is about, to say what it states. Pure; nothing is kept."""

from balise.takedown.notices.rules.reading.forms import (
    Form as Form,
    NoticeUnreadable as NoticeUnreadable,
    Read as Read,
    read_notices as read_notices,
)
