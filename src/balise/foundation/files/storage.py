"""The storage that `BALISE_STORAGE` names: a folder, or an S3 bucket.

    /srv/balise/files
    s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-west

All that people send is encrypted before it is stored: the storage provider sees names and sizes
only. In clear, each in a folder of its own: what the centre publishes, and the archive of the
journal (`statistics/archive`: ids, codes, numbers and dates, without subject and actor).
"""

from dataclasses import replace
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.functional import LazyObject

from balise.foundation.stored import Bucket, Folder, PlaceUnreadable, read_place

FILE_MODE = 0o640
FOLDER_MODE = 0o770  # what one process keeps, another of the centre forgets
PUBLISHED = "published"
PUBLISHED_AT = "/media/"  # of what is public
KEPT_AT = "/cms/media/"  # of all, behind the staff door


class StorageFaulty(ImproperlyConfigured):
    """`BALISE_STORAGE` names no place where files could be kept."""


class ConfiguredStorage(LazyObject):  # type: ignore[type-arg]  # in the stubs
    """The storage of this process, made at its first use."""

    def _setup(self) -> None:
        self._wrapped = storage_at(configured_place(settings.STORAGE))


class PublishedStorage(ConfiguredStorage):
    """Files in clear, for everyone once they are published; they leave by pages of ours alone."""

    def _setup(self) -> None:
        self._wrapped = storage_at(within(configured_place(settings.STORAGE), PUBLISHED))

    def url(self, name: str) -> str:
        """Return the address of a file for staff: it may be a draft's."""
        return KEPT_AT + quote(name)


def within(place: Folder | Bucket, folder: str) -> Folder | Bucket:
    """Return a folder of a place."""
    if isinstance(place, Folder):
        return Folder(place.path / folder)
    return replace(place, prefix="/".join(filter(None, (place.prefix, folder))))


def configured_place(value: str) -> Folder | Bucket:
    """Return where a `BALISE_STORAGE` leads, or raise `StorageFaulty`, saying what is wrong."""
    try:
        return read_place(value)
    except PlaceUnreadable as error:
        raise StorageFaulty(str(error)) from error


def storage_at(place: Folder | Bucket) -> Storage:
    """Return Django's storage for a place; nothing is opened yet."""
    if isinstance(place, Folder):
        return FileSystemStorage(
            location=place.path,
            file_permissions_mode=FILE_MODE,
            directory_permissions_mode=FOLDER_MODE,
        )
    from storages.backends.s3 import S3Storage  # noqa: PLC0415 - slow to load, and seldom needed

    bucket: Storage = S3Storage(
        bucket_name=place.name,
        location=place.prefix,
        endpoint_url=place.endpoint or None,
        region_name=place.region or None,
        addressing_style="path",
        signature_version="s3v4",
        file_overwrite=False,
        default_acl=None,
        querystring_auth=True,
    )
    return bucket
