"""For the pages of the lines: ask for a second factor again before what cannot be taken back."""

from collections.abc import Callable
from typing import cast

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse


def proved_lately[V: Callable[..., HttpResponse]](view: V) -> V:
    """Open a view only to someone who passed a second factor in the last five minutes.

    Others prove themselves and come back; a form that was sent is sent again. It stands under
    the door: `@staff`, then `@proved_lately`.
    """
    return cast("V", reauthentication_required(app="allauth.account")(view))
