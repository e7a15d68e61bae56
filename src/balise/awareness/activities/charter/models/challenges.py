"""Who asked for six weekly challenges; nothing says which charter is theirs."""

from balise.foundation.mail.subscribers import Subscriber

LINE = "awareness"


class Challenged(Subscriber):
    """An address that six mails go to, one a week; it is gone after the sixth."""

    line = LINE
    field = "challenged.address"
    place = "activities_charter.challenged.sealed"
