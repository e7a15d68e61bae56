"""A part of a file, for whoever goes to a moment of a film: one range of bytes (RFC 9110, §14)."""

from typing import IO, Any, Final, cast

from django.http import FileResponse, HttpRequest, HttpResponse

UNIT: Final = "bytes="
# An answer holds no more: of “from here to the end” a player gets the beginning and asks for the
# next (§15.3.7), and a film of any length takes this much memory.
PART: Final = 2 * 1024 * 1024


class RangeUnsatisfiable(Exception):
    """What is asked for begins after the end of the file."""


def asked(header: str, *, size: int) -> tuple[int, int] | None:
    """Return the first and the last byte of the range that a header asks for, of at most `PART`.

    None where the whole is to be sent: no header, another unit, several ranges, or no range at
    all. Raises RangeUnsatisfiable.
    """
    if not header.startswith(UNIT):
        return None
    begins, dash, ends = header.removeprefix(UNIT).strip().partition("-")
    if not dash or not all(not each or _is_number(each) for each in (begins, ends)):
        return None
    if begins:
        first, last = int(begins), int(ends) if ends else size - 1
        if last < first and ends:
            return None
    elif ends:  # the last so many
        first, last = max(size - int(ends), 0), size - 1
        first = size if int(ends) == 0 else first
    else:
        return None
    if first >= size:
        raise RangeUnsatisfiable
    return first, min(last, size - 1, first + PART - 1)


def _is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def is_played(request: HttpRequest) -> bool:
    """Return whether a player asks for a file, which is no download.

    A player asks for a range from its first request on, and browsers say that it is one (Fetch
    Metadata).
    """
    is_players = request.headers.get("Sec-Fetch-Dest", "") in {"audio", "video"}
    return is_players or "Range" in request.headers


def in_parts(
    request: HttpRequest, file: IO[bytes], *, size: int, kind: str, tag: str
) -> HttpResponse:
    """Return a file or the part that was asked for; `tag` names this very content (ETag).

    Who has a part of another content (If-Range) gets the whole.
    """
    etag = f'"{tag}"'
    part = None
    if request.method == "GET" and request.headers.get("If-Range", etag) == etag:
        try:
            part = asked(request.headers.get("Range", ""), size=size)
        except RangeUnsatisfiable:
            file.close()
            answer = HttpResponse(status=416)
            answer.headers["Content-Range"] = f"bytes */{size}"
            return answer
    if part is None:
        answer = cast("HttpResponse", FileResponse(cast("Any", file), content_type=kind))
        answer.headers["Content-Length"] = str(size)
    else:
        first, last = part
        with file:
            file.seek(first)
            answer = HttpResponse(file.read(last - first + 1), status=206, content_type=kind)
        answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["ETag"] = etag
    return answer
