"""The day's pages, for everyone and for the team."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from balise.awareness.publications.tests.makers import make_public
from balise.awareness.sid import actions
from balise.awareness.sid.access import own_token, press_token
from balise.awareness.sid.models import Activity
from balise.awareness.sid.tests.makers import (
    AFTER,
    BEFORE,
    CONTACT,
    DAY,
    SAYS,
    make_activity,
    make_edition,
    words_of,
)
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in

pytestmark = pytest.mark.django_db

PAGE = "/fr/safer-internet-day/"


def form(**changed: Any) -> dict[str, Any]:
    return {
        "key": str(uuid4()),
        "sort": "school",
        "channel": "phare",
        "name": "CM2, école du Port",
        "area": "974",
        "on": DAY.isoformat(),
        "expected": "27",
        "says": SAYS,
        "contact": CONTACT,
        **changed,
    }


class TestEveryone:
    def test_a_year_without_a_date_says_so(self, client: Client) -> None:
        with clock.at(BEFORE):
            assert client.get(PAGE).status_code == 404
            answer = client.get(f"{PAGE}2031/")
            assert answer.status_code == 404
            assert "2031" in answer.text

    def test_the_home_announces_the_day_with_its_kit(self, client: Client) -> None:
        with clock.at(BEFORE):
            make_public(slug="le-kit")
            make_edition(kit="le-kit")
            shown = client.get("/fr/").text
            assert "mardi 9 février 2027" in shown
            assert 'href="/fr/resources/le-kit/"' in shown
        with clock.at(AFTER):
            assert "mardi 9 février 2027" not in client.get("/fr/").text

    def test_declares_reads_its_link_and_says_who_came(self, client: Client) -> None:
        with clock.at(BEFORE):
            make_edition()
            wrong = client.post(f"{PAGE}declare/", form(says="Écrivez à a@b.example"))
            assert wrong.status_code == 422
            assert "Écrivez à a@b.example" in wrong.text
            assert client.post(f"{PAGE}declare/", form()).status_code == 302
            activity = Activity.objects.get()
            own = reverse("sid:own", args=[own_token(activity.id)])
            shown = client.get(own).text
            assert "CM2, école du Port" in shown
            assert SAYS not in client.get(PAGE).text
            actions.show(
                activity_id=activity.id, read=words_of(activity.id), by=make_actor("coordinator")
            )
            assert SAYS in client.get(PAGE).text
        with clock.at(AFTER):
            nothing = client.post(own, {"say": "met", "method": "counted"})
            assert nothing.status_code == 422
            answer = client.post(own, {"say": "met", "method": "counted", "3-10": "26"})
            assert answer.status_code == 302
            assert client.post(own, {"say": "withdraw"}).status_code == 302
            assert SAYS not in client.get(PAGE).text
        assert client.get(f"{PAGE}activity/{uuid4().hex}:x/").status_code == 404

    def test_the_press_reads_before_everyone_with_its_link_alone(self, client: Client) -> None:
        ends = BEFORE + timedelta(days=60)
        with clock.at(BEFORE):
            make_edition(release={"fr": "Un kit d’une heure."}, embargo_until=ends)
            shown = client.get(f"{PAGE}2027/press/")
            assert "Un kit d’une heure." not in shown.text
            assert client.get(f"{PAGE}2027/press.pdf").status_code == 404
            assert "Un kit d’une heure." in client.get(f"{PAGE}press/{press_token(2027)}/").text
            assert client.get(f"{PAGE}press/2027:made-up/").status_code == 404
        with clock.at(ends):
            assert "Un kit d’une heure." in client.get(f"{PAGE}2027/press/").text
            paper = client.get(f"{PAGE}2027/press.pdf")
            assert paper.content.startswith(b"%PDF")
            assert b"pdfuaid" in paper.content

    def test_the_report_tells_bounds_and_its_paper_is_the_same_octets(self, client: Client) -> None:
        with clock.at(BEFORE):
            edition = make_edition()
            activities = [make_activity(edition, name=f"Classe {number}") for number in range(2)]
        with clock.at(AFTER):
            assert client.get(f"{PAGE}2027/report/").status_code == 404
            for activity in activities:
                own = reverse("sid:own", args=[own_token(activity)])
                client.post(own, {"say": "met", "method": "counted", "11-14": "25"})
            actions.publish_report(edition_id=edition, by=make_actor("awareness_lead"))
            shown = client.get(f"{PAGE}2027/report/").text
            papers = [client.get(f"{PAGE}2027/report.pdf").content for _ in range(2)]
        with clock.at(AFTER + timedelta(days=365)):
            papers.append(client.get(f"{PAGE}2027/report.pdf").content)
        assert "25 personnes au moins, 50 au plus" in shown.replace("\u202f", " ")
        assert len(set(papers)) == 1
        assert b"pdfuaid" in papers[0]

    def test_the_day_says_its_theme_and_the_numbers_of_the_moment(self, client: Client) -> None:
        with clock.at(BEFORE):
            edition = make_edition(theme={"fr": "Qui a mis ça là ?"})
            for area, heads in (("974", 27), ("35", 30), ("35", 12)):
                make_activity(edition, area=area, expected=heads)
            page = client.get(PAGE)
            told = re.findall(r"<dd>(\d+)</dd>", page.text)
            assert told == ["3", "69", "2", "73"]  # activities, expected, areas, days
            assert "Qui a mis ça là ?" in page.text
            make_activity(edition, area="44", expected=1)
            assert re.findall(r"<dd>(\d+)</dd>", client.get(PAGE).text)[:3] == ["4", "70", "3"]


class TestTheTeam:
    @pytest.fixture
    def edition(self) -> UUID:
        with clock.at(BEFORE):
            return make_edition(date(2027, 2, 9), release={"fr": "Bientôt."})

    def test_the_walk(self, client: Client, edition: UUID) -> None:
        address = reverse("staff:sid:edition", args=[edition])
        assert client.get(address).status_code == 302
        sign_in(client, make_account("editor"))
        assert client.get(address).status_code == 403
        sign_in(client, make_account("coordinator"))
        shown = client.get(address).text
        assert press_token(2027) in shown
        assert client.get(reverse("staff:sid:edition", args=[uuid4()])).status_code == 404

    def test_plans_changes_reads_and_refuses(self, client: Client, edition: UUID) -> None:
        sign_in(client, make_account("coordinator"))
        with clock.at(BEFORE):
            activity = make_activity(edition)
        listed = reverse("staff:sid:editions")
        assert client.post(listed, {"year": "2027", "day": "2027-02-09"}).status_code == 422
        wrong = client.post(listed, {"year": "2028", "day": "2027-02-09"})
        assert wrong.status_code == 422
        assert client.post(listed, {"year": "2028", "day": "2028-02-08"}).status_code == 302
        said = {"day": "2027-02-10", "theme_fr": "Un fil", "release_fr": "Oui.", "campaign": ""}
        address = reverse("staff:sid:edition", args=[edition])
        assert client.post(address, said).status_code == 302

        page = client.get(reverse("staff:sid:wall", args=[edition])).text
        read = re.search(r'name="read" value="([^"]+)"', page)
        assert read is not None
        reverse_show = reverse("staff:sid:show", args=[activity])
        assert client.post(reverse_show, {"read": read[1]}).status_code == 302
        refused = reverse("staff:sid:refuse", args=[activity])
        client.post(refused, {"read": words_of(activity), "reason": "person"})
        assert Activity.objects.get(id=activity).wall == "refused"
        client.post(reverse("staff:sid:void", args=[activity]), {"reason": "twice"})
        assert "Non comptée" in client.get(reverse("staff:sid:activities", args=[edition])).text

    def test_only_the_head_publishes(self, client: Client, edition: UUID) -> None:
        publish = reverse("staff:sid:publish", args=[edition])
        sign_in(client, make_account("coordinator"))
        assert client.post(publish).status_code == 403
        sign_in(client, make_account("awareness_lead"))
        report = reverse("staff:sid:report", args=[edition])
        assert client.post(publish, follow=True).redirect_chain[-1][0] == report
