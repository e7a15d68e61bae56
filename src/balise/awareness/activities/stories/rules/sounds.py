"""Sounds of a story: MP3 or Ogg, kept among its files, as base64. Pure."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

_NAME: Final = re.compile(r"[\w-]{1,60}\.(?:mp3|ogg)", re.ASCII)
_ENDS: Final = {".mp3": "audio/mpeg", ".ogg": "audio/ogg"}
HEARD: Final = {"media-src": ("'self'",)}  # what the policy of a page with a sound adds
_SYNC: Final = 0xE0  # the first bits of the second octet of an MPEG frame


class SoundFaulty(ValueError):
    """What is neither MP3 nor Ogg, or not what its name says."""


def is_sound(name: str) -> bool:
    """Return whether a file's name is one of a sound."""
    return _NAME.fullmatch(name) is not None


def kind(name: str) -> str:
    """Return the media type of a sound, by its name."""
    return _ENDS[name[-4:]]


def told(name: str, octets: bytes) -> str:
    """Return a sound as a story keeps it. Raises SoundFaulty."""
    is_ogg = octets.startswith(b"OggS")
    is_frame = len(octets) > 1 and octets[0] == 0xFF and octets[1] & _SYNC == _SYNC  # noqa: PLR2004
    is_mp3 = octets.startswith(b"ID3") or is_frame
    if not is_sound(name) or not (is_ogg if kind(name) == "audio/ogg" else is_mp3):
        raise SoundFaulty(name)
    return base64.b64encode(octets).decode()


def octets(text: str) -> bytes:
    """Return a sound that `told` wrote. Raises SoundFaulty."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise SoundFaulty("no base64") from None


def sounds(files: Mapping[str, str]) -> dict[str, str]:
    """Return the sounds among a story's files."""
    return {name: text for name, text in files.items() if is_sound(name)}
