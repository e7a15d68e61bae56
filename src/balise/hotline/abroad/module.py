"""The card of this module, and its plugs: `config/wiring` does not know it."""

from balise.foundation.journal.book import subscribe
from balise.foundation.modules import Module, Mount
from balise.hotline.abroad import actions, tasks
from balise.hotline.abroad.demonstration import fill
from balise.hotline.abroad.queries import told_abroad
from balise.hotline.abroad.web.staff import part
from balise.hotline.reports import events as of_reports, ports as of_the_line
from balise.takedown.notices.events import NoticeSent
from balise.takedown.onward.dossiers.events import DossierHandedOver
from balise.takedown.onward.exchange import ports
from balise.takedown.onward.exchange.events import IccamMoved, TransferMoved


def connect() -> None:
    """Plug the port of letters, and register the subscribers of events."""
    r = of_reports
    ended = (r.ContentDecided, r.ContentRemoved, r.ContentReappeared)
    ports.take_in.plug(actions.take_in)
    of_the_line.told_abroad.plug(told_abroad)
    subscribe("abroad.asked", tasks.note_asked, TransferMoved, IccamMoved, from_now=True)
    subscribe("hotline.network", tasks.tell_network, *ended)
    subscribe("hotline.transfers", tasks.note_outcomes, TransferMoved)
    subscribe("hotline.iccam-host", tasks.note_host_told, NoticeSent)
    subscribe("hotline.iccam-police", tasks.note_police_told, DossierHandedOver)
    subscribe("hotline.iccam-traced", tasks.note_hosted, r.ContentTraced)


MODULE = Module(
    staff=(Mount("hotline/", "abroad"),),
    parts={"hotline.content": part},
    connect=connect,
    demonstration=fill,
)
