"""What Asterisk says, in our words: AMI events (key: value lines) and ARI events (JSON).

The subset of Asterisk 20's manual that a queue needs; everything else is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from balise.helpline.telephony.rules.calls import EndedBy, Happening

_AMI = {
    "Newchannel": Happening.RINGING,
    "QueueCallerJoin": Happening.QUEUED,
    "AgentConnect": Happening.ANSWERED,
    "Hold": Happening.HELD,
    "Unhold": Happening.RESUMED,
    "BlindTransfer": Happening.TRANSFERRED,
    "AttendedTransfer": Happening.TRANSFERRED,
    "QueueCallerAbandon": Happening.ABANDONED,
    "AgentComplete": Happening.ENDED,
    "Hangup": Happening.ENDED,
}
_ARI = {
    "StasisStart": Happening.RINGING,
    "ChannelEnteredBridge": Happening.ANSWERED,
    "ChannelHold": Happening.HELD,
    "ChannelUnhold": Happening.RESUMED,
    "BridgeBlindTransfer": Happening.TRANSFERRED,
    "ChannelDestroyed": Happening.ENDED,
}
_REASONS = {"caller": EndedBy.CALLER, "agent": EndedBy.LISTENER, "transfer": EndedBy.LISTENER}
# Q.850: 16 is a normal end; what is no end by a person is the line's.
_NORMAL = {"16", "17"}
_LINE_END = "\r\n"


@dataclass(frozen=True, slots=True)
class Heard:
    """One event of an exchange by its own clock; `number` is empty where it is withheld."""

    event_id: str
    ref: str
    happening: Happening
    at: datetime
    ended_by: EndedBy = EndedBy.UNKNOWN
    number: str = ""


def ami_message(text: str) -> dict[str, str]:
    """Return the fields of one AMI message: lines `Key: Value` up to an empty line."""
    pairs = (line.partition(":") for line in text.split(_LINE_END) if ":" in line)
    return {key.strip(): value.strip() for key, _colon, value in pairs}


def from_ami(message: Mapping[str, str], *, now: datetime) -> Heard | None:
    """Return what an AMI message says of a call; None for what says nothing of one.

    Without `Timestamp` (timestampevents=yes) it happened now. A transfer names another channel's
    id; `Linkedid` is the call's.
    """
    happening = _AMI.get(message.get("Event", ""))
    ref = message.get("Linkedid") or message.get("Uniqueid") or ""
    if happening is None or not ref:
        return None
    is_own = message.get("Uniqueid", ref) == ref
    if not is_own and message["Event"] in {"Newchannel", "Hangup"}:
        return None  # a listener's handset, not the caller
    stamp = message.get("Timestamp", "")
    return Heard(
        event_id=f"{ref}/{message['Event']}/{stamp}"[:100],
        ref=ref[:100],
        happening=happening,
        at=_posix(stamp) or now,
        ended_by=_ended_by(message),
        number=message.get("CallerIDNum", ""),
    )


def from_ari(event: Mapping[str, Any]) -> Heard | None:
    """Return what an ARI event says of a call; None for what says nothing of one.

    A channel that enters Stasis with the argument `queued` waits already.
    """
    happening = _ARI.get(str(event.get("type", "")))
    channel = event.get("channel")
    if happening is None or not isinstance(channel, Mapping) or not channel.get("id"):
        return None
    if "queued" in (event.get("args") or ()):
        happening = Happening.QUEUED
    try:
        at = datetime.fromisoformat(str(event.get("timestamp", "")))
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    cause = str(event.get("cause", ""))
    ref, caller = str(channel["id"])[:100], channel.get("caller") or {}
    return Heard(
        event_id=f"{ref}/{event['type']}/{at.timestamp():.3f}"[:100],
        ref=ref,
        happening=happening,
        at=at,
        ended_by=EndedBy.LINE if cause and cause not in _NORMAL else EndedBy.UNKNOWN,
        number=str(caller.get("number", "")),
    )


def _ended_by(message: Mapping[str, str]) -> EndedBy:
    if message["Event"] == "AgentComplete":
        return _REASONS.get(message.get("Reason", ""), EndedBy.UNKNOWN)
    cause = message.get("Cause", "")
    return EndedBy.LINE if cause and cause not in _NORMAL else EndedBy.UNKNOWN


def _posix(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return None
