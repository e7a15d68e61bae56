"""The calls of an exchange of ours: what is true of each, and how Asterisk tells of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

type Event = dict[str, str]


@dataclass
class Call:
    """One call, as it really is."""

    ref: str
    number: str
    began_at: datetime
    is_queued: bool = True
    is_answered: bool = False
    is_over: bool = False
    is_abandoned: bool = False
    told: list[str] = field(default_factory=list)


@dataclass
class House:
    """The calls that come, are answered and end; each change is told as AMI and as ARI tell it."""

    calls: dict[str, Call] = field(default_factory=dict)
    _moments: int = 0

    def join(self, ref: str, number: str = "0199000001") -> tuple[Call, list[Event]]:
        """Start a call that waits; meanwhile one extension calls another."""
        call = self.calls[ref] = Call(ref, number, datetime.now(UTC))
        other = f"{ref}9"
        return call, [
            self._event("Newchannel", other, other),
            self._event("Newchannel", ref, ref, CallerIDNum=number),
            self._event("QueueCallerJoin", ref, ref, CallerIDNum=number, Queue="ecoute"),
            self._event("Hangup", other, other, Cause="16"),
        ]

    def answer(self, call: Call) -> list[Event]:
        """Ring a listener's handset, and answer."""
        call.is_queued, call.is_answered = False, True
        handset = f"{call.ref}5"
        return [
            self._event("Newchannel", handset, call.ref),
            self._event("QueueCallerLeave", call.ref, call.ref),
            self._event("AgentConnect", call.ref, call.ref, DestUniqueid=handset),
        ]

    def hold(self, call: Call) -> list[Event]:
        """Put the caller on hold, and take them up again."""
        handset = f"{call.ref}5"
        return [self._event("Hold", handset, call.ref), self._event("Unhold", handset, call.ref)]

    def transfer(self, call: Call) -> list[Event]:
        """Transfer the caller."""
        fields = {"Result": "Success", "TransfererUniqueid": f"{call.ref}5"}
        fields |= {"TransfererLinkedid": call.ref, "TransfereeUniqueid": call.ref}
        return [{"Event": "BlindTransfer", "Timestamp": self._stamp(), **fields}]

    def end(self, call: Call) -> list[Event]:
        """End the call: while waiting, or by one of both after they spoke."""
        call.is_over, call.is_queued = True, False
        if not call.is_answered:
            call.is_abandoned = True
            first = self._event("QueueCallerAbandon", call.ref, call.ref)
        else:
            first = self._event("AgentComplete", call.ref, call.ref, Reason="caller")
        handset = self._event("Hangup", f"{call.ref}5", call.ref, Cause="16")
        return [first, handset, self._event("Hangup", call.ref, call.ref, Cause="16")]

    def waiting(self) -> Iterator[Event]:
        """Yield QueueStatus's entries."""
        now = datetime.now(UTC)
        for one in self.calls.values():
            if one.is_queued:
                waited = str(int((now - one.began_at).total_seconds()))
                yield {
                    "Event": "QueueEntry",
                    "Queue": "ecoute",
                    "Uniqueid": one.ref,
                    "CallerIDNum": one.number,
                    "Wait": waited,
                }

    def channels(self) -> Iterator[Event]:
        """Yield CoreShowChannels' channels: the callers', and their listeners' handsets."""
        for one in self.calls.values():
            if one.is_over:
                continue
            bridge = "bridge" if one.is_answered else ""
            fields = {"Linkedid": one.ref, "BridgeId": bridge, "Duration": "00:00:01"}
            yield {
                "Event": "CoreShowChannel",
                "Uniqueid": one.ref,
                "Application": "Queue",
                "CallerIDNum": one.number,
                **fields,
            }
            if one.is_answered:
                handset = f"{one.ref}5"
                yield {"Event": "CoreShowChannel", "Uniqueid": handset, "Application": "", **fields}

    def _event(self, name: str, own: str, linked: str, **fields: str) -> Event:
        ids = {"Uniqueid": own, "Linkedid": linked}
        return {"Event": name, "Timestamp": self._stamp(), **ids, **fields}

    def _stamp(self) -> str:
        # No two events of one microsecond: their order is then theirs.
        self._moments += 1
        return f"{datetime.now(UTC).timestamp() + self._moments / 1e6:.6f}"
