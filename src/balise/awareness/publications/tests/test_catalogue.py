"""The catalogue as everyone reads it: its address, its counts, its few queries; no script."""

from typing import Any

import pytest
from django.test import Client

from balise.awareness.publications import queries
from balise.awareness.publications.models import Published
from balise.awareness.publications.rules.catalogue import indexed
from balise.awareness.publications.tests.makers import make_draft, make_public
from balise.foundation import clock

pytestmark = pytest.mark.django_db

FR = "/fr/resources/"


def fill(count: int, **more: Any) -> None:
    """Write rows as the worker would have drawn them."""
    codes = {"language": ["fr"], "kind": ["sheet"], "audience": ["parents"]}
    Published.objects.bulk_create(
        Published(
            page_id=1000 + at,
            key=f"00000000-0000-0000-0000-{at:012d}",
            language="fr",
            slug=f"fiche-{at}",
            title=f"Fiche {at}",
            summary="En une phrase.",
            kind="sheet",
            words=indexed(f"Fiche {at}"),
            drawn_at=clock.now(),
            **{"codes": codes, **more},
        )
        for at in range(count)
    )


class TestCatalogue:
    def test_shows_what_is_public_in_the_language(self, client: Client) -> None:
        make_public(slug="ecrans", title="Écrans et sommeil")
        make_public(slug="screens", title="Screens", language="en")
        make_draft(slug="brouillon", title="Brouillon")

        shown = client.get(FR).text
        assert 'href="/fr/resources/ecrans/"' in shown
        assert "1 ressource\n" in shown
        assert "Screens" not in shown
        assert "Brouillon" not in shown

    def test_combines_what_was_ticked_and_counts_the_rest(self, client: Client) -> None:
        make_public(slug="un", audience=["teachers"], topic=["screens"], minutes=10)
        make_public(slug="deux", audience=["teachers"], topic=["money"], minutes=45)
        make_public(slug="trois", audience=["parents"], topic=["screens"], minutes=10)

        shown = client.get(f"{FR}?audience=teachers&minutes=10")
        assert 'href="/fr/resources/un/"' in shown.text
        assert 'href="/fr/resources/deux/"' not in shown.text
        counts = shown.context["found"].counts
        assert (counts["topic"]["screens"], counts["topic"]["money"]) == (1, 0)
        assert (counts["minutes"]["10"], counts["minutes"]["60"]) == (1, 2)
        assert counts["audience"]["parents"] == 1

    def test_offers_each_choice_to_be_taken_back_by_a_link(self, client: Client) -> None:
        make_public(audience=["teachers"], topic=["screens"])
        shown = client.get(f"{FR}?q=ecran&audience=teachers&topic=screens").text
        assert 'href="?q=ecran&amp;audience=teachers"' in shown
        assert 'href="?q=ecran&amp;topic=screens"' in shown
        assert 'href="?audience=teachers&amp;topic=screens"' in shown

    @pytest.mark.parametrize("typed", ["ecran", "ÉCRANS", "écrna", "ecr"])
    def test_forgives_accents_plurals_and_slips(self, client: Client, typed: str) -> None:
        make_public(slug="ecrans", title="Écran et sommeil")
        make_public(slug="argent", title="Pièces et coffres")

        shown = client.get(FR, {"q": typed}).text
        assert 'href="/fr/resources/ecrans/"' in shown
        assert 'href="/fr/resources/argent/"' not in shown

    def test_has_another_language_on_request_and_says_so(self, client: Client) -> None:
        make_public(slug="screens", title="Screens", language="en")
        shown = client.get(f"{FR}?language=en").text
        assert 'href="/en/resources/screens/"' in shown
        assert 'lang="en" hreflang="en"' in shown

    @pytest.mark.parametrize(
        "asked", ["?audience=martians", "?page=0", "?page=-3", "?page=9999999999", "?q=%00%FF"]
    )
    def test_reads_an_odd_address_as_it_can(self, client: Client, asked: str) -> None:
        make_public(slug="ecrans")
        assert client.get(FR + asked).status_code == 200

    def test_a_selection_is_told_out_of_all(self, client: Client) -> None:
        make_public(slug="un", topic=["bullying"], kind="game")
        make_public(slug="deux", topic=["money"])
        shown = client.get(f"{FR}?topic=bullying").text
        assert "1 ressource" in shown
        assert "sur 2 au catalogue" in shown
        assert "au catalogue" not in client.get(FR).text

    def test_dossiers_are_counted_where_nothing_else_is_asked(self, client: Client) -> None:
        make_public(slug="dossier", kind="dossier", topic=["bullying"], title="Dans le groupe")
        for slug in ("un", "deux"):
            make_public(slug=slug, topic=["bullying"])
        make_public(slug="trois", topic=["money"])

        found = client.get(FR).context["collections"]
        assert [(row.title, size) for _address, row, size in found] == [("Dans le groupe", 2)]
        assert not client.get(f"{FR}?topic=money").context["collections"]
        assert "Sur 3 au catalogue." in client.get("/fr/resources/dossier/").text

    def test_says_where_nothing_answers(self, client: Client) -> None:
        make_public(slug="ecrans")
        assert "Rien trouvé" in client.get(f"{FR}?q=girafe").text

    def test_teachers_with_ten_minutes_see_what_takes_them(self, client: Client) -> None:
        make_public(slug="court", audience=["teachers"], minutes=8)
        make_public(slug="long", audience=["teachers"], minutes=50)

        shown = client.get(f"{FR}?audience=teachers")
        assert [card.page.slug for card in shown.context["ten_cards"]] == ["court"]
        assert "?audience=teachers&amp;minutes=10" in shown.text

    def test_goes_on_leaf_by_leaf(self, client: Client) -> None:
        fill(queries.PAGE + 3)
        first, last = client.get(FR), client.get(f"{FR}?page=2")
        assert len(first.context["cards"]) == queries.PAGE
        assert "Voir les 3 suivantes" in first.text
        assert len(last.context["cards"]) == 3

    @pytest.mark.parametrize("count", [1, 200])
    def test_asks_two_queries_whatever_its_length(
        self, client: Client, django_assert_num_queries: Any, count: int
    ) -> None:
        fill(count, minutes=5)
        client.get(FR)  # makes the sets
        with django_assert_num_queries(2):
            client.get(f"{FR}?audience=parents&minutes=10&q=fiche")

    def test_sees_what_the_worker_drew_meanwhile(self, client: Client) -> None:
        make_public(slug="un")
        client.get(FR)
        make_public(slug="deux")
        assert 'href="/fr/resources/deux/"' in client.get(FR).text


def test_the_home_leads_to_it(client: Client) -> None:
    assert f'href="{FR}"' in client.get("/fr/").text
