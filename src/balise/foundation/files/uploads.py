"""Uploads that never touch the disk in clear."""

from django.core.files.uploadhandler import FileUploadHandler


class SealingUploadHandler(FileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        return None

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None
