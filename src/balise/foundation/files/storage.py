"""The storage that `BALISE_STORAGE` names: a folder, or an S3 bucket."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class ConfiguredStorage(FileSystemStorage):
    def __init__(self) -> None:
        super().__init__(location=settings.STORAGE)
