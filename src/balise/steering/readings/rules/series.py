"""What is followed, and what its numbers are in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Thing(TextChoices):
    """What is followed."""

    ACCOUNT = "account", pgettext_lazy("readings", "Social account")
    VIDEO = "video", pgettext_lazy("readings", "Video or channel")
    STORE = "store", pgettext_lazy("readings", "Application in a store")
    SITE = "site", pgettext_lazy("readings", "Website")


class Network(TextChoices):
    """Where an account, a video or an application is."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X"
    LINKEDIN = "linkedin", "LinkedIn"
    TIKTOK = "tiktok", "TikTok"
    YOUTUBE = "youtube", "YouTube"
    SNAPCHAT = "snapchat", "Snapchat"
    MASTODON = "mastodon", "Mastodon"
    BLUESKY = "bluesky", "Bluesky"
    APP_STORE = "app-store", "App Store"
    PLAY = "play", "Google Play"
    OTHER = "other", pgettext_lazy("network", "Other")


class Nature(StrEnum):
    """What a number of a series is in time."""

    STOCK = "stock"  # what there is on a day
    CUMULATIVE = "cumulative"  # all that was counted until a day
    FLOW = "flow"  # what happened from a day to another; days that follow each other add up
    DISTINCT = "distinct"  # who came from a day to another; never added to other days


class Series(TextChoices):
    """What is read of a thing; the code is what figures ask for."""

    FOLLOWERS = "social.followers", pgettext_lazy("readings", "Followers")
    VIEWS = "videos.views", pgettext_lazy("readings", "Views")
    DOWNLOADS = "stores.downloads", pgettext_lazy("readings", "Downloads")
    VISITS = "web.visits", pgettext_lazy("readings", "Visits")
    VISITORS = "web.visitors", pgettext_lazy("readings", "Unique visitors")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a series is read of, what its numbers are, and how often it is read at least."""

    thing: Thing
    nature: Nature
    expected: timedelta

    @property
    def has_span(self) -> bool:
        """Return whether a reading is of days, from one to another."""
        return self.nature in {Nature.FLOW, Nature.DISTINCT}


_MONTHLY: Final = timedelta(days=45)
SHAPES: Final[Mapping[Series, Shape]] = {
    Series.FOLLOWERS: Shape(Thing.ACCOUNT, Nature.STOCK, _MONTHLY),
    Series.VIEWS: Shape(Thing.VIDEO, Nature.CUMULATIVE, _MONTHLY),
    Series.DOWNLOADS: Shape(Thing.STORE, Nature.CUMULATIVE, _MONTHLY),
    Series.VISITS: Shape(Thing.SITE, Nature.FLOW, _MONTHLY),
    Series.VISITORS: Shape(Thing.SITE, Nature.DISTINCT, _MONTHLY),
}


def series_of(thing: Thing) -> tuple[Series, ...]:
    """Return what is read of a kind of thing."""
    return tuple(series for series, shape in SHAPES.items() if shape.thing is thing)
