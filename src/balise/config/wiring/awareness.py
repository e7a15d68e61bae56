"""What awareness hears, and who answers what it asks."""

from balise.awareness.activities.charter import events as of_charters, tasks as charters
from balise.awareness.learning.events import events as of_events, tasks as meetings
from balise.awareness.learning.events.queries import campaigns as of_campaigns
from balise.awareness.learning.training import events as of_training, tasks as training
from balise.awareness.partnership.campaigns import ports as campaigns_ports, queries as campaigns
from balise.awareness.partnership.trends import events as of_trends, tasks as trends
from balise.awareness.places.fieldwork import events as of_field, tasks as fieldwork
from balise.awareness.places.fieldwork.queries import interventions, workshops
from balise.awareness.places.orders import (
    events as of_orders,
    queries as orders,
    tasks as order_mails,
)
from balise.awareness.places.structures import events as of_structures, tasks as structures
from balise.awareness.publications import (
    access as editors,
    events as of_pages,
    queries as published,
    tasks as pages,
)
from balise.awareness.publications.tasks import kits
from balise.awareness.sid import (
    events as of_the_day,
    queries,
    queries as editions,
    tasks as the_day,
)
from balise.awareness.surveys import events as of_surveys, tasks as surveys
from balise.awareness.usage import ports as usage_ports
from balise.foundation.accounts.models import library_permission
from balise.foundation.journal.book import subscribe
from balise.helpline.staffing import ports as staffing_ports
from balise.steering.indicators import ports as indicators_ports


def connect() -> None:
    """Plug the ports and register the subscribers of events."""
    library_permission.plug(editors.may_enter)
    usage_ports.names.plug(published.named)
    usage_ports.thing_at.plug(published.key_at)
    changed = (of_pages.PagePublished, of_pages.PageUnpublished)
    subscribe("publications.settled", pages.settle_changed, *changed)
    subscribe("publications.asked", kits.ask_to_confirm, of_pages.NextVersionAsked)
    left = (of_pages.FollowerConfirmed, of_pages.FollowerLeft)
    subscribe("publications.followers", kits.settle_followers, *left)
    subscribe("publications.versions", kits.tell_followers, of_pages.EditionMade)
    subscribe("training.asked", training.sign_asked, of_training.BadgeAsked)
    subscribe("training.revoked", training.sign_revoked, of_training.BadgeRevoked)
    usage_ports.campaign.plug(campaigns.require_known)
    campaigns_ports.counted.plug(
        (orders.counted, workshops.counted, interventions.counted, of_campaigns.counted)
    )
    indicators_ports.day_of_edition.plug(editions.day_of)
    staffing_ports.planned_lessons.plug(queries.planned_lessons)
    subscribe(
        "sid.declared", the_day.write_to_declarers, of_the_day.ActivityDeclared, from_now=True
    )
    answered = (of_orders.OrderAccepted, of_orders.OrderRefused, of_orders.OrderDelivered)
    subscribe("orders.answered", order_mails.tell_who_ordered, *answered, from_now=True)
    subscribe("events.places", meetings.tell_places, *of_events.PLACES, from_now=True)
    subscribe("events.changes", meetings.tell_changes, *of_events.CHANGES, from_now=True)
    subscribe("structures.confirmed", structures.settle_confirmed, of_structures.StructureConfirmed)
    subscribe("fieldwork.planned", fieldwork.tell_day, of_field.InterventionPlanned, from_now=True)
    subscribe("fieldwork.met", fieldwork.ask_how_it_was, of_field.InterventionMet, from_now=True)
    subscribe("trends.asked", trends.ask_to_confirm, of_trends.ReaderAsked, from_now=True)
    told = (of_trends.ReaderConfirmed, of_trends.ReaderLeft)
    subscribe("trends.readers", trends.settle_readers, *told)
    subscribe("trends.editions", trends.tell_readers, of_trends.BriefingSent, from_now=True)
    subscribe("surveys.closed", surveys.store_closed, of_surveys.SurveyClosed)
    subscribe("charter.asked", charters.ask_to_confirm, of_charters.ChallengesAsked)
    bearers = (of_charters.ChallengesConfirmed, of_charters.ChallengesLeft)
    subscribe("charter.challenges", charters.settle, *bearers)
