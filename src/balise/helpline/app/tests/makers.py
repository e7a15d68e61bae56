"""Sites with our button, put on the list by the real action."""

from datetime import timedelta
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.helpline.app import actions


def make_site(address: str = "https://safety.tiktok.example/", *, ago: int = 0, by: Actor) -> UUID:
    """Return the id of a site that has shown the button for so many days."""
    since = clock.today() - timedelta(days=ago)
    return actions.add(name="TikTok", address=address, platform="tiktok", since=since, by=by)
