"""A batch of reports: made ready first, then written in one short transaction.

Sealing takes longer than writing. On SQLite, where one may write at a time, whoever reports
meanwhile waits for the writing alone.
"""

from collections.abc import Sequence

from balise.foundation import rows
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.encryption.sealing import (
    WRAP_COLUMNS,
    BatchSealer,
    RecordKey,
    blinder,
    new_key,
    receipt_columns,
)
from balise.hotline.reports.actions.intake.contents import Arrival, Contents, Neighbours
from balise.hotline.reports.models import LINE, REPORT_BODY, Report
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.reading import to_read
from balise.hotline.reports.rules.words import ToRead

_FIELDS = (
    *("id", "intake_key", "said_key", "channel", "partner", "language", "category", "age_band"),
    *("danger", "is_finished", "follow_up", "sealed", "received_at", "last_answer_at"),
    *("certificate_key", "certificate_signature", "to_read"),
)


class Batch:
    """Reports that nobody has taken in yet, ready to be written."""

    def __init__(self, incoming: Sequence[Incoming]) -> None:
        ids, identify = Neighbours(), blinder(LINE, "identity")
        self._sealer = BatchSealer(LINE)
        self._incoming = incoming
        self.arrivals = [
            Arrival(one.answers, new_key(LINE, next(ids)), one.received_at, identify=identify)
            for one in incoming
        ]
        self.contents = Contents(self.arrivals, ids=ids)
        self.contents.seal(self._sealer)
        keys = [arrival.key for arrival in self.arrivals]
        brought = list(zip(incoming, keys, strict=True))
        self._reports = [_row(one, key) for one, key in brought]
        self._wraps = [self._sealer.columns(key) for key in keys]
        self._wraps += [
            receipt_columns(key, one.receipt) for one, key in brought if one.receipt is not None
        ]

    def join(self) -> None:
        """Join the contents that are known. Before `write`."""
        self.contents.join()
        if decided := self.contents.decided:
            # Nobody would come upon these reports in the queue: someone may have to read them.
            self._reports = [
                row
                if decided.isdisjoint(arrival.identities)
                else (*row[:-1], to_read(one.answers).value)
                for one, arrival, row in zip(
                    self._incoming, self.arrivals, self._reports, strict=True
                )
            ]

    def write(self) -> None:
        """Write it all.

        What someone else writes at the same moment is an IntegrityError: the batch is to be made
        anew.
        """
        rows.insert(Report, _FIELDS, self._reports)
        wraps = [self._sealer.own_columns(), *self._wraps, *self.contents.write(self._sealer)]
        rows.insert(KeyWrap, WRAP_COLUMNS, wraps)


def _row(incoming: Incoming, key: RecordKey) -> tuple[object, ...]:
    """Return a report's values, in the order of `_FIELDS`; what was said is sealed."""
    answers = incoming.answers
    return (
        key.record,
        incoming.key,
        incoming.said_key,
        incoming.channel.value,
        incoming.partner,
        incoming.language,
        answers.category,
        answers.age_band,
        answers.in_danger,
        incoming.is_finished,
        incoming.receipt is not None or incoming.has_reader,
        key.seal(answers.to_fields(), where=REPORT_BODY, row=key.record),
        incoming.received_at,
        incoming.received_at,
        "",
        b"",
        ToRead.NOTHING.value,
    )
