"""Where a short link may lead: to our own public pages, and nowhere else."""

import re
import secrets
from typing import Final

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused

LENGTH: Final = 6  # of a code: 900 million, and none is a secret
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another
_PATH: Final = re.compile(r"/[A-Za-z0-9_.~%/-]*(\?[A-Za-z0-9_.~%=&+-]*)?")
_MOST: Final = 300
_ELSEWHERE: Final = ("/staff/", "/cms/", "/api/", "/r/", "/exit/")


class AddressElsewhere(Refused):
    code = "address-elsewhere"
    field = "address"


def path_of(address: str, *, site: str) -> str:
    """Return the path of an address of our own public pages; refuse any other."""
    path = address.strip().removeprefix(site.rstrip("/"))
    is_ours = _PATH.fullmatch(path) and not path.startswith("//") and len(path) <= _MOST
    if not is_ours or path.startswith(_ELSEWHERE):
        raise AddressElsewhere(_("Enter the address of one of our public pages."))
    return path


def new_code() -> str:
    """Return a code for a new link."""
    return "".join(secrets.choice(_LETTERS) for _each in range(LENGTH))
