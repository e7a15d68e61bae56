"""Why a stranger's server was not asked, or gave no answer that can be used."""


class NotAllowed(Exception):
    """Not an address that may be contacted."""


class Vanished(Exception):
    """The name no longer exists."""


class Unreachable(Exception):
    """No answer that says anything."""


class TooLong(Exception):
    """More than may be read."""


class NotUnderstood(Exception):
    """An answer that is not what the protocol says."""


# What reading a stranger's answer may raise: timeouts and TLS are OSErrors, what is cut off EOFs.
NO_ANSWER = (NotAllowed, Vanished, Unreachable, OSError, EOFError, ValueError)
