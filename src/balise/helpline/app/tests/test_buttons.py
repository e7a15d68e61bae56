"""The button of other sites: small, silent, and the same for everyone; who shows it is signed."""

import json
import re
import subprocess
from base64 import b64decode
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.encryption.signatures import verify_with
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.helpline.app import actions
from balise.helpline.app.models import ButtonSite
from balise.helpline.app.queries import sites as queries
from balise.helpline.app.rules.buttons import LONGEST, Button, at_platform
from balise.helpline.app.rules.platforms import platforms
from balise.helpline.app.rules.sites import Site, SiteEnded, SiteFaulty, check, document, ended
from balise.helpline.app.tests.makers import make_site

DAY = date(2026, 11, 20)
LEADS = "https://centre.example/fr/app/from/#tiktok"
BUTTON = Button(LEADS, "Besoin d’aide ? 3018", "fr")
SITE = Site("TikTok", "https://safety.tiktok.example/", "tiktok", DAY)


class TestTheCode:
    def test_leads_to_the_platform_after_the_hash(self) -> None:
        assert at_platform("https://centre.example/fr/app/from/", "tiktok") == LEADS
        for code in (BUTTON.link, BUTTON.drawn):
            assert f'href="{LEADS}"' in code
            assert 'target="_blank" rel="noopener noreferrer"' in code

    def test_has_no_script_no_style_and_loads_nothing(self) -> None:
        for code in (BUTTON.link, BUTTON.drawn):
            assert not re.search(r"style|class=|<script|src=|\bon\w+=|url\(", code)
        frame = BUTTON.framed("https://centre.example/button/tiktok/")
        assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in frame
        assert 'referrerpolicy="no-referrer"' in frame

    def test_is_small(self) -> None:
        assert max(len(code.encode()) for code in (BUTTON.link, BUTTON.drawn)) < LONGEST

    def test_takes_words_as_words(self) -> None:
        odd = Button('https://x.example/"', '<b>"&', "en")
        for code in (odd.link, odd.drawn, odd.framed('https://x.example/"')):
            assert "<b>" not in code
            assert '/""' not in code


class TestTheList:
    def refused(self, of: str, site: Site) -> None:
        with pytest.raises(SiteFaulty) as refusal:
            check(site, platforms={"tiktok"}, others={"https://known.example/"}, today=DAY)
        assert refusal.value.field == of

    def test_takes_a_public_address_of_a_platform_we_know(self) -> None:
        check(SITE, platforms={"tiktok"}, others=set(), today=DAY)
        self.refused("address", replace(SITE, address="http://safety.tiktok.example/"))
        self.refused("address", replace(SITE, address="javascript:alert(1)"))
        self.refused("address", replace(SITE, address="https://me:word@tiktok.example/"))
        self.refused("address", replace(SITE, address="https://tiktok.example/?user=1"))
        self.refused("address", replace(SITE, address="https://known.example/"))
        self.refused("platform", replace(SITE, platform="elsewhere"))
        self.refused("since", replace(SITE, since=DAY + timedelta(days=1)))

    def test_ends_a_site_once_on_a_day_that_was(self) -> None:
        assert ended(SITE, DAY, today=DAY).until == DAY
        for wrong in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
            with pytest.raises(SiteFaulty):
                ended(SITE, wrong, today=DAY)
        with pytest.raises(SiteEnded):
            ended(ended(SITE, DAY, today=DAY), DAY, today=DAY)

    def test_counts_by_platform_those_that_still_show_it(self) -> None:
        over = Site("Old", "https://old.example/", "tiktok", DAY, DAY)
        moment = clock.now()
        on = DAY + timedelta(days=1)
        text = document([over, SITE], centre="3018", made_at=moment, on=on)
        told = json.loads(text)
        assert told["counts"] == {"tiktok": 1}
        assert [one["until"] for one in told["sites"]] == [DAY.isoformat(), None]
        assert document([SITE, over], centre="3018", made_at=moment, on=on) == text


def listed(address: str = "https://safety.tiktok.example/", *, ago: int = 0) -> ButtonSite:
    lead = make_actor("helpline_lead")
    return ButtonSite.objects.get(id=make_site(address, ago=ago, by=lead))


@pytest.mark.django_db
class TestSigning:
    def test_each_change_is_signed_and_written_down(self) -> None:
        site = listed()
        first = queries.signed()
        actions.end(site_id=site.id, until=clock.today(), by=make_actor("helpline_lead"))
        told, made = queries.signed(), queries.signature()
        assert first != told
        assert verify_with(made["public_key"].encode(), told, b64decode(made["signature"]))
        assert not verify_with(made["public_key"].encode(), first, b64decode(made["signature"]))
        facts = Entry.objects.filter(subject=site.id).order_by("id")
        assert [each.event for each in facts] == [
            "helpline.app.site-added",
            "helpline.app.site-ended",
        ]

    def test_openssl_verifies_it_too(self, tmp_path: Path) -> None:
        listed()
        made = queries.signature()
        (tmp_path / "sites.json").write_bytes(queries.signed())
        (tmp_path / "key.pem").write_text(made["public_key"])
        (tmp_path / "sites.sig").write_bytes(b64decode(made["signature"]))
        words = "pkeyutl -verify -pubin -inkey key.pem -rawin -in sites.json -sigfile sites.sig"
        done = subprocess.run(  # noqa: S603 - our own words
            ["openssl", *words.split()],  # noqa: S607 - the machine's own
            cwd=tmp_path,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout

    def test_what_is_refused_changes_nothing(self) -> None:
        site = listed()
        before, lead = queries.signed(), make_actor("helpline_lead")
        with pytest.raises(SiteFaulty):
            actions.add(
                name="T", address=site.address, platform="tiktok", since=clock.today(), by=lead
            )
        with pytest.raises(NotHere):
            actions.end(site_id=uuid4(), until=clock.today(), by=lead)
        with pytest.raises(PermissionDenied):
            actions.end(site_id=site.id, until=clock.today(), by=make_actor("listener"))
        assert queries.signed() == before

    def test_an_address_may_come_back_after_its_end(self) -> None:
        site = listed()
        actions.end(site_id=site.id, until=clock.today(), by=make_actor("helpline_lead"))
        assert listed().id != site.id


@pytest.mark.django_db
class TestThePages:
    def test_owners_copy_a_button_for_their_platform(self, client: Client) -> None:
        page = client.get("/fr/app/button/", {"platform": "tiktok"}).text
        assert "/fr/app/from/#tiktok" in page
        assert page.count("<textarea") == 3
        assert "&lt;svg" in page
        assert client.get("/fr/app/button/", {"platform": "nothing"}).status_code == 200
        assert "<textarea" not in client.get("/fr/app/button/").text

    def test_the_frame_is_one_small_answer_of_any_site(self, client: Client) -> None:
        answer = client.get("/button/tiktok/?lang=en")
        assert len(answer.content) < LONGEST
        policy = answer["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert "X-Frame-Options" not in answer
        assert not answer.cookies
        assert not re.search(r"<script|<link|src=|style=", answer.text)
        assert "/en/app/from/#tiktok" in answer.text
        assert client.get("/button/nothing/").status_code == 404

    def test_where_it_leads_is_the_same_for_everyone(self, client: Client) -> None:
        first, second = client.get("/fr/app/from/"), Client().get("/fr/app/from/?x")
        assert first.content == second.content
        assert not first.cookies
        assert "DENY" in first["X-Frame-Options"]
        for code in platforms(settings.COUNTRY):
            assert f'value="{code}"' in first.text

    def test_anyone_reads_the_signed_list(self, client: Client) -> None:
        assert client.get("/app/button/sites.json").status_code == 404
        assert "sites.json" not in client.get("/fr/app/button/").text
        listed()
        assert "sites.json" in client.get("/fr/app/button/").text
        answer, made = client.get("/app/button/sites.json"), client.get("/app/button/sites.sig")
        key = made.json()["public_key"].encode()
        assert verify_with(key, answer.content, b64decode(made.json()["signature"]))
        assert answer.json()["counts"] == {"tiktok": 1}

    def test_the_head_of_the_helpline_keeps_the_list(self, client: Client) -> None:
        site = listed(ago=3)
        sign_in(client, make_account("helpline_lead"))
        page = "/staff/helpline/app/sites/"
        assert site.address in client.get(page).text
        wrong = {"name": "X", "address": "http://x.example/", "platform": "x"}
        refused = client.post(page, wrong | {"since": clock.today()})
        assert refused.status_code == 422
        assert 'value="http://x.example/"' in refused.text
        end = f"{page}{site.id}/end/"
        assert client.post(end, {"until": "2020-01-01"}).status_code == 422
        assert client.post(end, {"until": clock.today()}).status_code == 302
        assert client.post(end, {"until": clock.today()}).status_code == 422
        right = wrong | {"address": "https://x.example/", "since": clock.today()}
        assert client.post(page, right).status_code == 302
        assert ButtonSite.objects.count() == 2
