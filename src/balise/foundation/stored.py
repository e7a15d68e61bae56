"""Where the centre's files are stored, read from `BALISE_STORAGE` without any setting of Django.

    /srv/balise/files
    s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-west

A node of a cluster knows the storage from its own environment (`cluster`).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.foundation.url import UrlUnreadable, is_this_machine, read_url

SETTING = "BALISE_STORAGE"
_OPTIONS = {"endpoint", "region"}
_NO_SUCH_FILE = {"404", "NoSuchKey", "NoSuchBucket"}


class PlaceUnreadable(ValueError):
    """The text names no place where files could be stored; the message says what is wrong."""


class StoreSilent(Exception):
    """A bucket does not answer, or refuses; the message is a code."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, as an absolute path."""

    path: Path


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket; its access keys come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."""

    name: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""


def read_place(value: str) -> Folder | Bucket:
    """Return where a `BALISE_STORAGE` leads, or raise `PlaceUnreadable`, saying what is wrong."""
    if "://" not in value:
        if not Path(value).is_absolute():
            raise PlaceUnreadable(f"{value!r} is not an absolute path")
        return Folder(Path(value))
    try:
        read = read_url(value)
    except UrlUnreadable as error:
        raise PlaceUnreadable(str(error)) from error
    if read.scheme != "s3":
        raise PlaceUnreadable(f"{read.scheme}:// is no storage")
    if read.user or read.password:
        raise PlaceUnreadable("access keys stand in AWS_ACCESS_KEY_ID, never in the address")
    if not read.place:
        raise PlaceUnreadable("it names no bucket")
    if unknown := read.options.keys() - _OPTIONS:
        raise PlaceUnreadable(f"unknown: {', '.join(sorted(unknown))}")
    return Bucket(
        name=read.place,
        prefix=read.path.strip("/"),
        endpoint=_checked_endpoint(read.options.get("endpoint", "")),
        region=read.options.get("region", ""),
    )


def fetch(place: Folder | Bucket, name: str, folder: Path) -> Path:
    """Return the path of a stored file: its own, or that of a copy of a bucket's in `folder`.

    Raises FileNotFoundError and `StoreSilent`.
    """
    if isinstance(place, Folder):
        path = place.path / name
        if not path.is_file():
            raise FileNotFoundError(name)
        return path
    copy = folder / "fetched"
    _download(place, name, copy)
    return copy


def store(place: Folder | Bucket, name: str, path: Path) -> None:
    """Copy a file into the storage under a name, in the place of one that is there.

    Raises `StoreSilent`.
    """
    if isinstance(place, Folder):
        kept = place.path / name
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        copy = kept.with_name(f".{kept.name}.copying")
        shutil.copyfile(path, copy)
        copy.replace(kept)
        return
    with _reached(place, name) as (reached, key):
        reached.upload_file(str(path), place.name, key)


def discard(place: Folder | Bucket, name: str) -> None:
    """Take a file out of the storage; one that is gone is no error. Raises `StoreSilent`."""
    if isinstance(place, Folder):
        (place.path / name).unlink(missing_ok=True)
        return
    with suppress(FileNotFoundError), _reached(place, name) as (reached, key):
        reached.delete_object(Bucket=place.name, Key=key)


def _download(bucket: Bucket, name: str, copy: Path) -> None:
    with _reached(bucket, name) as (reached, key):
        reached.download_file(bucket.name, key, str(copy))


@contextmanager
def _reached(bucket: Bucket, name: str) -> Iterator[tuple[Any, str]]:
    """Give a bucket and the key of a file; raise FileNotFoundError and `StoreSilent`."""
    import boto3  # noqa: PLC0415 - slow to load, and seldom needed
    from boto3.exceptions import S3UploadFailedError  # noqa: PLC0415
    from botocore.config import Config  # noqa: PLC0415
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    reached: Any = boto3.client(
        "s3",
        endpoint_url=bucket.endpoint or None,
        region_name=bucket.region or None,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=10,
            read_timeout=60,
            retries={"max_attempts": 3},
        ),
    )
    try:
        yield reached, "/".join(filter(None, (bucket.prefix, name)))
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _NO_SUCH_FILE:
            raise FileNotFoundError(name) from None
        raise StoreSilent(code or "refused") from None
    except S3UploadFailedError:
        raise StoreSilent("refused") from None
    except BotoCoreError as error:
        raise StoreSilent(type(error).__name__) from None
    finally:
        reached.close()


def _checked_endpoint(endpoint: str) -> str:
    read = read_url(endpoint)
    is_safe = read.scheme == "https" or is_this_machine(read.host)
    if endpoint and not (read.host and is_safe):
        raise PlaceUnreadable("the endpoint is not an https:// address")
    return endpoint
