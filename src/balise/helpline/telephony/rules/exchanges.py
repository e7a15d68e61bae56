"""What Asterisk says, in our words: AMI events (key: value lines) and ARI events (JSON).

The subset of Asterisk 20's manual that a queue needs; everything else is passed over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from balise.foundation import moments
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
# What the plan of an exchange says of a transfer (docs/operations/telephony.md).
_OWN = {
    "BaliseTransferred": Happening.TRANSFERRED,
    "BaliseReturned": Happening.RETURNED,
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
_LINKED = ("", "Transferer", "OrigTransferer")
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


@dataclass(frozen=True, slots=True)
class Present:
    """A call that an exchange has now: since when, and whether it is in a queue or talks."""

    ref: str
    since: datetime
    number: str
    in_queue: bool
    talks: bool


def ami_message(text: str) -> dict[str, str]:
    """Return the fields of one AMI message: lines `Key: Value` up to an empty line."""
    pairs = (line.partition(":") for line in text.split(_LINE_END) if ":" in line)
    return {key.strip(): value.strip() for key, _colon, value in pairs}


def from_ami(message: Mapping[str, str], *, now: datetime) -> Heard | None:
    """Return what an AMI message says of a call; None for what says nothing of one.

    Without `Timestamp` (timestampevents=yes) it happened now. `Linkedid` is the call's; a transfer
    has it under the name of who passed the call on.
    """
    name = message.get("Event", "")
    if name == "UserEvent":
        name = message.get("UserEvent", "")
    happening = _AMI.get(name) or _OWN.get(name)
    links = (message.get(f"{who}Linkedid") for who in _LINKED)
    ref = next(filter(None, links), "") or message.get("Uniqueid") or ""
    if happening is None or not ref:
        return None
    is_own = message.get("Uniqueid", ref) == ref
    if not is_own and message["Event"] in {"Newchannel", "Hangup"}:
        return None  # a listener's handset, not the caller
    if happening is Happening.TRANSFERRED and message.get("Result", "Success") != "Success":
        return None
    stamp = message.get("Timestamp", "")
    at = _posix(stamp) or now
    return Heard(
        event_id=f"{ref}/{name}/{stamp or at.timestamp()}",
        ref=ref[:100],
        happening=happening,
        at=at,
        ended_by=_ended_by(message),
        number=message.get("CallerIDNum", ""),
    )


def from_ari(event: Mapping[str, Any]) -> Heard | None:
    """Return what an ARI event says of a call; None for what says nothing of one.

    A channel that enters Stasis with the argument `queued` waits already.
    """
    name = str(event.get("type", ""))
    if name == "ChannelUserevent":
        name = str(event.get("eventname", ""))
    happening = _ARI.get(name) or _OWN.get(name)
    channel = event.get("channel")
    bridge = event.get("bridge")
    if isinstance(bridge, Mapping) and bridge.get("bridge_type") == "holding":
        return None  # music while they wait: nobody has answered
    if happening is None or not isinstance(channel, Mapping) or not channel.get("id"):
        return None
    if "queued" in (event.get("args") or ()):
        happening = Happening.QUEUED
    try:
        at = moments.read(event.get("timestamp"))
    except ValueError:
        return None
    cause = str(event.get("cause", ""))
    ref, caller = str(channel["id"])[:100], channel.get("caller") or {}
    return Heard(
        event_id=f"{ref}/{name}/{at.timestamp():.3f}",
        ref=ref,
        happening=happening,
        at=at,
        ended_by=EndedBy.LINE if cause and cause not in _NORMAL else EndedBy.UNKNOWN,
        number=str(caller.get("number", "")),
    )


def present_in_ami(
    waiting: Iterable[Mapping[str, str]], channels: Iterable[Mapping[str, str]], *, now: datetime
) -> list[Present]:
    """Return the calls that an exchange has now, from its QueueEntry and CoreShowChannel events.

    A caller's own channel has the call's id. Who is in a queue's application and in a bridge talks.
    """
    found: dict[str, Present] = {}
    for one in channels:
        ref = one.get("Uniqueid", "")
        if not ref or one.get("Linkedid", ref) != ref:
            continue
        in_queue = one.get("Application", "") in {"Queue", "AppQueue"}
        since = now - _clocked(one.get("Duration", ""))
        talks = bool(one.get("BridgeId"))
        found[ref] = Present(ref, since, one.get("CallerIDNum", ""), in_queue, talks)
    for one in waiting:
        ref, waited = one.get("Uniqueid", ""), one.get("Wait", "")
        since = now - timedelta(seconds=int(waited) if waited.isdecimal() else 0)
        if ref:
            found[ref] = Present(ref, since, one.get("CallerIDNum", ""), in_queue=True, talks=False)
    return list(found.values())


def present_in_ari(channels: Iterable[Mapping[str, Any]], *, app: str) -> list[Present]:
    """Return the calls that an exchange has now, from ARI's list of channels."""
    found: list[Present] = []
    for one in channels:
        place = one.get("dialplan")
        place = place if isinstance(place, Mapping) else {}
        ours = place.get("app_name") == "Stasis" and str(place.get("app_data", "")).startswith(app)
        caller = one.get("caller")
        number = str(caller.get("number", "")) if isinstance(caller, Mapping) else ""
        try:
            since = moments.read(one.get("creationtime"))
        except ValueError:
            continue
        if one.get("id"):
            queued = ours and str(place.get("app_data", "")).endswith("queued")
            found.append(Present(str(one["id"])[:100], since, number, in_queue=queued, talks=False))
    return found


def _clocked(text: str) -> timedelta:
    parts = text.split(":")
    if not all(part.isdecimal() for part in parts):
        return timedelta()
    return timedelta(seconds=sum(int(n) * 60**at for at, n in enumerate(reversed(parts))))


def _ended_by(message: Mapping[str, str]) -> EndedBy:
    if message["Event"] == "AgentComplete":
        return _REASONS.get(message.get("Reason", ""), EndedBy.UNKNOWN)
    cause = message.get("Cause", "")
    return EndedBy.LINE if cause and cause not in _NORMAL else EndedBy.UNKNOWN


def _posix(text: str) -> datetime | None:
    try:
        return moments.bounded(datetime.fromtimestamp(float(text), UTC))
    except (ValueError, OverflowError, OSError):
        return None
