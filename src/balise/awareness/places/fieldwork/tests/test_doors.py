"""The doors: a structure on a phone, a school, and the coordinator."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import segno
from django.conf import settings
from django.core import mail
from django.forms import FileField, IntegerField
from django.test import Client

from balise.awareness.partnership.campaigns.queries import carried
from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.awareness.places.fieldwork.access import token_of
from balise.awareness.places.fieldwork.models import Contact, Intervention, Opinion, Workshop
from balise.awareness.places.fieldwork.queries import interventions, workshops
from balise.awareness.places.fieldwork.rules.visits import Audience, VisitState
from balise.awareness.places.fieldwork.tests.makers import (
    declared_by_phone,
    make_intervention,
    make_met,
    make_planned,
    make_workshop,
    school_asks,
)
from balise.awareness.places.fieldwork.web import forms
from balise.awareness.places.structures.tests.makers import make_structure
from balise.awareness.publications.actions import editions
from balise.awareness.publications.models import Kit, Published
from balise.awareness.publications.tests.makers import make_kit
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.journal import clerk
from balise.foundation.tasks.running import run_due

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("set_up")]

DECLARE, SEND, ASK = "/fr/workshop/", "/fr/workshop/send/", "/fr/school-visit/"
STAFF = "/staff/awareness/fieldwork/"


def letters() -> list[mail.EmailMessage]:
    before = len(mail.outbox)
    while clerk.tick():
        pass
    run_due()
    return list(mail.outbox[before:])


class TestAPhone:
    def test_sends_three_times_and_it_is_one(self, client: Client) -> None:
        structure = make_structure()
        sent = declared_by_phone(structure)
        said = [client.post(SEND, sent).json() for _turn in range(3)]
        assert [each["is_new"] for each in said] == [True, False, False]
        assert said[0]["structure"] == "La Passerelle"
        row = Workshop.objects.get()
        assert (row.structure, row.people, row.area, row.needs) == (structure, 30, "35", "1-4")
        assert client.get(SEND).json()["token"]

    def test_is_told_what_is_wrong_and_why(self, client: Client) -> None:
        structure = make_structure()
        for wrong, field in (
            ({"heads_11-13": "", "heads_parents": ""}, "heads_11-13"),
            ({"day": (clock.today() + timedelta(days=2)).isoformat()}, "day"),
            ({"postcode": "00000"}, "postcode"),
            ({"kit": f"{uuid4()}.1"}, "kit"),
            ({"kit": "rien"}, "kit"),
            ({"campaign": "SID-1900"}, "campaign"),
        ):
            answer = client.post(SEND, declared_by_phone(structure, **wrong))
            (fault,) = answer.json()["faults"]
            assert (answer.status_code, fault["field"]) == (422, field)
            assert fault["says"][0]
        unknown = declared_by_phone(structure) | {"structure": "AAAA-BBBB-CCCC"}
        assert client.post(SEND, unknown).json()["faults"][0]["field"] == "structure"
        assert not Workshop.objects.exists()

    def test_declares_a_kit_withdrawn_and_is_told_so(self, client: Client) -> None:
        kit = Kit.objects.get(pk=make_kit()).translation_key
        editions.make_editions(by=SYSTEM)
        structure = make_structure()
        assert f'value="{kit}.1" selected' in client.get(DECLARE, {"kit": f"{kit}.1"}).text
        Published.objects.filter(key=kit).delete()
        assert "n’est plus publié" in client.get(DECLARE, {"kit": f"{kit}.1"}).text
        said = client.post(SEND, declared_by_phone(structure, kit=f"{kit}.1")).json()
        assert "n’est plus publié" in said["says"]
        assert Workshop.objects.get().kit_was_withdrawn

    def test_without_script_sends_the_form(self, client: Client) -> None:
        structure = make_structure()
        page = client.get(DECLARE).text
        assert "a besoin du réseau" in page
        key = re.findall(r'name="key" value="([^"]+)"', page)[0]
        answer = client.post(DECLARE, declared_by_phone(structure, key=key, postcode="44000"))
        assert answer["Location"] == f"{DECLARE}?sent=1"
        assert "L’atelier est déclaré" in client.get(answer["Location"]).text
        row = Workshop.objects.get()
        assert (row.area, row.commune, str(row.key)) == ("44", "44109", key)
        assert client.post(DECLARE, declared_by_phone(structure, day="hier")).status_code == 422

    def test_gets_its_worker_from_the_folder_that_it_has_as_scope(self, client: Client) -> None:
        answer = client.get(f"{DECLARE}worker.js")
        assert answer["Content-Type"].startswith("text/javascript")
        assert "Service-Worker-Allowed" not in answer.headers
        assert 'data-worker="/fr/workshop/worker.js"' in client.get(DECLARE).text


def test_what_is_planned_is_published_where_the_attestation_holds(client: Client) -> None:
    day = clock.today() + timedelta(days=9)
    attested = make_structure(attested_on=clock.today())
    other = make_structure(name="Le Phare", commune="Brest", postcode="29200")
    for structure in (attested, other):
        make_workshop(structure=structure, day=day, is_planned=True)
    until = day + timedelta(days=1)
    assert [row.day for row in workshops.published(attested, until=until)] == [day]
    assert workshops.published(other, until=until) == []
    told = "Prochains ateliers"
    assert told in client.get(f"/fr/near-me/{attested}/").text
    assert told not in client.get(f"/fr/near-me/{other}/").text


def test_a_kit_says_exactly_how_often_it_was_used(client: Client) -> None:
    page = Kit.objects.get(pk=make_kit(slug="mon-kit"))
    editions.make_editions(by=SYSTEM)
    address = "/fr/resources/mon-kit/"
    assert "Aucun atelier n’est encore déclaré avec ce kit." in client.get(address).text
    for _each in range(2):
        make_workshop(kit=page.translation_key, edition=1)
    shown = client.get(address).text
    assert "2 ateliers déclarés avec ce kit, 52 personnes" in shown
    assert f"/fr/workshop/?kit={page.translation_key}.1" in shown
    drawn = client.get(f"/fr/workshop/code/{page.translation_key}.1.svg")
    assert drawn["Content-Type"] == "image/svg+xml"
    leads_to = f"{settings.PUBLIC_ADDRESS}/fr/workshop/?kit={page.translation_key}.1"
    drawn_here = BytesIO()
    squares = segno.make(leads_to, error="m", micro=False)
    squares.save(drawn_here, kind="svg", scale=5, border=4, light="#ffffff")
    assert drawn.content == drawn_here.getvalue()
    assert client.get("/fr/workshop/code/nothing.svg").status_code == 404


def test_a_campaign_reads_the_workshops_and_visits_that_carried_its_code() -> None:
    make_campaign("RENTREE-2026")
    make_workshop(campaign="RENTREE-2026")
    make_workshop(campaign="RENTREE-2026", heads={"parents": 12})
    make_workshop()
    make_met(campaign="RENTREE-2026")
    make_planned(campaign="RENTREE-2026", name="École du Port")
    assert [(each.label, each.number) for each in carried("RENTREE-2026") if each.number] == [
        ("Ateliers déclarés", 2),
        ("Personnes rencontrées en atelier", 38),
        ("Interventions réalisées", 1),
        ("Personnes rencontrées en intervention", 50),
    ]


class TestASchool:
    def test_asks_is_told_the_day_met_and_says_how_it_was(self, client: Client) -> None:
        assert client.post(ASK, school_asks(levels=[])).status_code == 422
        wrong = school_asks(wished_to=(clock.today() - timedelta(days=2)).isoformat())
        assert client.post(ASK, wrong).status_code == 422
        assert client.post(ASK, school_asks())["Location"] == f"{ASK}?sent=1"
        row = Intervention.objects.get()
        assert Contact.objects.filter(id=row.id).exists()

        sign_in(client, make_account("coordinator"))
        page = f"{STAFF}interventions/{row.id}/"
        assert "Plutôt le matin." in client.get(page).text
        plan = {"planned_on": clock.today().isoformat(), "half_day": "morning", "comes": "staff"}
        assert client.post(f"{page}plan/", plan | {"comes": "ambassador"}).status_code == 422
        assert client.post(f"{page}plan/", plan).status_code == 302
        (told,) = letters()
        assert told.to == ["abel@estuaire.example"]
        assert "Collège de l’Estuaire" in client.get(f"{STAFF}calendar/").text
        met = {"met_on": clock.today().isoformat(), "heads_6e": "27", "heads_5e": "25"}
        assert client.post(f"{page}met/", {"met_on": clock.today().isoformat()}).status_code == 422
        assert client.post(f"{page}met/", met).status_code == 302
        (after,) = letters()
        link = re.findall(r"/fr/after-visit/\S+", str(after.body))[0]
        assert client.post(link, {"rating": "9"}).status_code == 422
        client.post(link, {"rating": "4"})
        assert Opinion.objects.get().rating == 4
        assert "Merci pour votre réponse" in client.get(link).text
        assert client.post(link, {"rating": "1"}).status_code == 422
        assert "4 sur 5" in client.get(page).text

    def test_has_no_link_to_what_did_not_take_place(self, client: Client) -> None:
        row = make_planned()
        assert client.get(f"/fr/after-visit/{token_of(row.id)}/").status_code == 404
        assert client.get(f"/fr/after-visit/{row.id}/").status_code == 404


def test_no_form_takes_a_photograph_and_pupils_are_numbers_alone() -> None:
    kinds = [each for each in vars(forms).values() if hasattr(each, "base_fields")]
    fields = [field for each in kinds for field in each.base_fields.values()]
    assert fields
    assert not [field for field in fields if isinstance(field, FileField)]
    met = forms.MetForm(audience=Audience.SCHOOL, groups=["6e"], day=clock.today())
    numbers = [field for name, field in met.fields.items() if name != "met_on"]
    assert len(numbers) == 12
    assert all(isinstance(field, IntegerField) for field in numbers)


class TestStaff:
    PAGES = ("", "calendar/", "new/", "workshops/", "figures/")

    def test_only_who_looks_after_the_field_comes_in(self, client: Client) -> None:
        row, workshop = make_intervention(), make_workshop()
        pages = [f"{STAFF}{page}" for page in self.PAGES]
        pages += [f"{STAFF}interventions/{row.id}/", f"{STAFF}workshops/{workshop.id}/"]
        assert {client.get(page).status_code for page in pages} == {302}
        sign_in(client, make_account("listener"))
        assert {client.get(page).status_code for page in pages} == {403}
        for act in (f"interventions/{row.id}/close/", f"workshops/{workshop.id}/void/"):
            assert client.post(f"{STAFF}{act}", {"why": "twice"}).status_code == 403
        sign_in(client, make_account("awareness_lead"))
        assert {client.get(page).status_code for page in pages} == {200}
        assert client.get(f"{STAFF}interventions/{uuid4()}/").status_code == 404

    def test_a_declaration_is_corrected_and_counts_no_more(self, client: Client) -> None:
        row = make_workshop(structure=make_structure())
        page = f"{STAFF}workshops/{row.id}/"
        sign_in(client, make_account("coordinator"))
        assert "La Passerelle" in client.get(f"{STAFF}workshops/", {"area": "35"}).text
        assert "La Passerelle" not in client.get(f"{STAFF}workshops/", {"area": "44"}).text
        right = declared_by_phone(
            row.structure, **{"heads_11-13": "20", "heads_parents": "", "method": "estimated"}
        )
        assert client.post(page, right | {"day": ""}).status_code == 422
        assert client.post(page, right).status_code == 302
        row.refresh_from_db()
        assert (row.people, row.method) == (20, "estimated")
        client.post(f"{page}void/", {"why": "twice"})
        row.refresh_from_db()
        assert row.state == "void"
        assert client.post(page, right).status_code == 422

    def test_a_talk_is_written_down_and_a_request_declined(self, client: Client) -> None:
        sign_in(client, make_account("coordinator"))
        talk = school_asks(name="Tribunal", levels=["police"], line="hotline", address="")
        unknown = client.post(f"{STAFF}new/", talk | {"campaign": "NONE-1900"})
        assert unknown.status_code == 422
        assert 'value="Tribunal"' in unknown.text
        assert not Intervention.objects.exists()
        assert client.post(f"{STAFF}new/", talk).status_code == 302
        row = Intervention.objects.get()
        assert (row.host_line, row.audience) == ("hotline", "professionals")
        client.post(f"{STAFF}interventions/{row.id}/close/", {"outcome": "declined"})
        row.refresh_from_db()
        assert row.stands is VisitState.DECLINED
        assert "Tribunal" in client.get(STAFF).text

    def test_the_return_rate_has_both_numbers_and_both_dates(self) -> None:
        long_ago = clock.now() - timedelta(days=30)
        with clock.at(long_ago):
            make_met(day=clock.today())
        make_intervention()
        rates = interventions.returns(seen_by=SYSTEM)
        assert sum(rate.met for rate in rates) == 1
        assert sum(rate.again for rate in rates) == 1
        assert all(rate.percent is None for rate in rates)
        assert rates[1].by == clock.today()
        assert rates[0].until + timedelta(days=1) == rates[1].since
