"""Where does an uploaded file go? Into memory, never to a disk, and no further than the largest that we take."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

LARGEST = 10 * 1024 * 1024  # bytes


class Bounded(FileUploadHandler):
    """Keeps a file in memory. Of one that is too large only the size remains: the form says so, and nothing of it is kept."""

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.chunks = []

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= LARGEST:
            self.chunks.append(raw_data)
        else:
            self.chunks.clear()

    def file_complete(self, file_size):
        content = BytesIO(b"".join(self.chunks) if file_size <= LARGEST else b"")
        return InMemoryUploadedFile(content, self.field_name, self.file_name, self.content_type, file_size, self.charset)
