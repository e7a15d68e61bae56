"""The record at the side: saved as typed, wrapped up as it says, nothing typed lost."""

import re
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.journal.models import Entry
from balise.helpline.console.tests.makers import SEAT, WORK, make_asking, one_taken, seated
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.actions import keeping
from balise.helpline.contacts.models import Contact, Fact
from balise.helpline.contacts.rules import ContactState
from balise.helpline.conversations.actions import saying
from balise.helpline.queue.models import Item
from balise.helpline.queue.rules import ItemState
from balise.helpline.removals.actions import asking as asking_removal
from balise.helpline.removals.rules.requests import ConsentBy
from balise.helpline.removals.tests.makers import make_given, make_platform
from balise.takedown.notices.rules.clocks import Urgency

pytestmark = pytest.mark.django_db

SAID = {
    "record-caller_relation": "child",
    "record-child_age": "14",
    "record-place": "messaging",
    "record-topics": ["cyberbullying", "peers-friends"],
    "record-summary": "Moqueries.",
    "record-outcome": "advised",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def item(client: Client, listener: Account) -> Item:
    """Someone who chats with whoever is signed in."""
    return one_taken(client)


def save_of() -> str:
    return f"{SEAT}records/{Contact.objects.get().id}/save/"


def ask_removal(by: Actor, contact: UUID) -> None:
    """Ask, in a contact, for the removal of one thing."""
    asking_removal.prepare(
        key=uuid4(),
        platform_id=make_platform(),
        consent=ConsentBy.VICTIM,
        agreed=True,
        urgency=Urgency.URGENT,
        given=make_given(),
        words="Elle a 13 ans.",
        contact_id=contact,
        by=by,
    )


def kept(listener: Account) -> dict[str, object]:
    contact = Contact.objects.get().id
    return dict(keeping.open_record(contact_id=contact, by=actor_of(listener)).body)


def test_what_the_record_says_is_not_asked_again(
    client: Client, item: Item, listener: Account
) -> None:
    saved = client.post(save_of(), {"version": "0", **SAID}, headers=HTMX)
    assert "6 sur 11" in saved.text
    assert kept(listener)["topics"] == ["cyberbullying", "peers-friends"]
    page = client.get(f"{WORK}{item.id}/").text
    assert page.count('value="cyberbullying"') == 1
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "1", **SAID})
    assert answer.headers["Location"] == WORK
    fact = Fact.objects.get()
    assert (fact.kind, fact.caller, fact.age, fact.age_band) == ("child-self", "child", 14, "12-14")
    assert (fact.topics, fact.place) == (["cyberbullying", "peers-friends"], "messaging")
    assert (fact.outcome, fact.risk) == ("advised", "F")


def test_short_lists_and_frequent_topics_are_one_press_away(client: Client, item: Item) -> None:
    page = client.get(f"{WORK}{item.id}/").text
    for name, value in (("place", "school"), ("risk", "C"), ("outcome", "advised")):
        assert f'type="radio" name="record-{name}" value="{value}"' in page
    assert 'type="checkbox" name="record-actions_taken" value="police"' in page
    in_view = page.partition('class="disclosure" data-all')[0] + page.rpartition("data-all")[2]
    assert 'name="record-child_gender" value="girl"' in in_view
    # A long list has what is met most in view, and folds the others behind it.
    for name, often, rare in (
        ("caller_relation", "parent", "neighbour"),
        ("contact_type", "silent", "flooding"),
    ):
        shown, _fold, rest = page.partition(f'name="record-{name}" value="{often}"')[2].partition(
            'class="choice-more"'
        )
        assert f'name="record-{name}" value="{rare}"' not in shown
        assert f'name="record-{name}" value="{rare}"' in rest.partition("</fieldset>")[0]
    assert re.search(r'data-often="cyberbullying [a-z -]+"', page)


def test_the_key_of_a_risk_is_not_the_one_that_walks(client: Client, item: Item) -> None:
    Item.objects.update(risk="B", risk_from="words")
    page = client.get(f"{WORK}{item.id}/").text
    assert 'data-key="l"' in page
    assert 'data-key="j"' not in page


def test_what_was_never_saved_is_saved_by_the_wrap_up(
    client: Client, item: Item, listener: Account
) -> None:
    client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "0", **SAID})
    assert kept(listener)["summary"] == "Moqueries."
    assert Contact.objects.get().state == ContactState.CLOSED


def test_one_press_wraps_up_and_takes_the_next(client: Client, item: Item) -> None:
    make_asking()
    answer = client.post(f"{SEAT}{item.id}/wrap-up/", {"version": "0", **SAID, "next": "1"})
    after = Item.objects.get(state=ItemState.HELD)
    assert after != item
    assert answer.headers["Location"] == f"{WORK}{after.id}/"
    nobody = client.post(
        f"{SEAT}{after.id}/wrap-up/", {"version": "0", **SAID, "next": "1"}, follow=True
    )
    assert "Personne n’attend" in nobody.text


def test_what_is_missing_is_asked_in_place(client: Client, item: Item) -> None:
    page = f"{SEAT}{item.id}/"
    nothing = client.post(f"{page}wrap-up/", {"version": "0", "record-summary": "Mes mots."})
    assert nothing.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert 'href="#id_record-contact_type_0"' in nothing.text
    assert "Mes mots." in nothing.text
    topic = client.post(f"{page}wrap-up/", {"version": "1", "record-caller_relation": "child"})
    assert 'href="#id_record-topics_0"' in topic.text
    assert Item.objects.get().state == ItemState.HELD


@pytest.mark.parametrize(
    ("code", "typed", "says"),
    [
        ("summary", "a" * 20_000, "10000"),
        ("child_age", "131", "120"),
        ("child_school", "é" * 201, "200"),
    ],
)
def test_what_cannot_be_is_said_and_what_is_right_is_saved(
    client: Client, item: Item, listener: Account, code: str, typed: str, says: str
) -> None:
    given = {"version": "0", "record-child_grade": "4e", f"record-{code}": typed}
    saved = client.post(save_of(), given, headers=HTMX)
    assert "à corriger" in saved.text
    assert kept(listener)["child_grade"] == "4e"
    plain = client.post(save_of(), given)
    assert typed in plain.text
    assert says in plain.text
    assert code not in kept(listener)
    wrapped = client.post(f"{SEAT}{item.id}/wrap-up/", {**SAID, **given, "version": "1"})
    assert wrapped.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert typed in wrapped.text


def test_words_from_right_to_left_are_kept(client: Client, item: Item, listener: Account) -> None:
    words = "\u202eقالت لي إنها خائفة"
    client.post(save_of(), {"version": "0", "record-summary": words}, headers=HTMX)
    assert kept(listener)["summary"] == words
    assert words in client.get(f"{WORK}{item.id}/").text


def test_a_baby_of_under_one_year_has_an_age(client: Client, item: Item, listener: Account) -> None:
    client.post(save_of(), {"version": "0", "record-child_age": "0"}, headers=HTMX)
    assert kept(listener)["child_age"] == 0


def test_anothers_record_is_not_saved(client: Client, item: Item) -> None:
    other = Client()
    assert "/staff/account/" in other.post(save_of(), SAID).headers["Location"]
    assert contacts.contact_of(item.subject, seen_by=actor_of(Account.objects.get())) is not None


class TestProposals:
    """What is proposed is saved, counted and sent after a yes alone; a no is for good."""

    @pytest.fixture
    def page(self, client: Client, listener: Account) -> str:
        """The page of someone of 14 who has said some things."""
        begun = saying.ask(nickname="Renard", language="fr", age=14)
        for text in ("ils se moquent de moi sur Snapchat", "mon frère a 9 ans"):
            saying.say(token=begun.token, text=text, client_id=uuid4())
        seated(client)
        client.post(f"{SEAT}next/")
        return f"{SEAT}{Item.objects.get(state=ItemState.HELD).id}/"

    def keys(self, html: str) -> set[str]:
        return set(re.findall(r'data-proposal="([^"]*)"', html))

    def test_what_was_said_is_proposed_with_its_words_and_not_saved(
        self, client: Client, page: str, listener: Account
    ) -> None:
        shown = client.get(page.replace(SEAT, WORK, 1)).text
        assert self.keys(shown) == {
            "child_age:14",
            "caller_relation:child",
            "place:social-media",
            "topics:cyberbullying",
        }
        assert 'title="se moquent de moi"' in shown
        assert kept(listener) == {}
        entries = str(list(Entry.objects.values_list("facts_text", flat=True)))
        assert "social-media" not in entries
        assert "moquent" not in entries
        client.post(f"{page}wrap-up/", {"version": "0", "record-contact_type": "information"})
        assert (Fact.objects.get().age, Fact.objects.get().caller) == (None, "")

    def test_one_yes_saves_one_and_one_for_all_saves_all(
        self, client: Client, page: str, listener: Account
    ) -> None:
        client.post(save_of(), {"version": "0", "yes": "child_age:14"})
        assert kept(listener)["child_age"] == 14
        assert "child_age:14" not in self.keys(client.get(page.replace(SEAT, WORK, 1)).text)
        shown = ["topics:cyberbullying", "place:social-media"]
        every = {"version": "1", "record-child_age": "14", "yes": "*", "proposed": shown}
        client.post(save_of(), every)
        assert kept(listener)["topics"] == ["cyberbullying"]
        assert kept(listener)["place"] == "social-media"
        assert self.keys(client.get(page.replace(SEAT, WORK, 1)).text) == {"caller_relation:child"}

    def test_a_no_does_not_come_back(self, client: Client, page: str, listener: Account) -> None:
        refused = {"version": "0", "no": "topics:cyberbullying"}
        saved = client.post(save_of(), refused, headers=HTMX).text
        assert 'name="record-refused" value="topics:cyberbullying"' in saved
        assert "topics:cyberbullying" not in self.keys(client.get(page.replace(SEAT, WORK, 1)).text)
        also = {"record-refused": "topics:cyberbullying", "no": "place:social-media"}
        client.post(save_of(), {"version": "1", **also})
        assert self.keys(client.get(page.replace(SEAT, WORK, 1)).text) == {
            "child_age:14",
            "caller_relation:child",
        }
        assert kept(listener).get("topics") is None

    def test_what_is_written_is_not_proposed_otherwise(self, client: Client, page: str) -> None:
        client.post(save_of(), {"version": "0", "record-child_age": "13"}, headers=HTMX)
        proposed = self.keys(client.get(page.replace(SEAT, WORK, 1)).text)
        assert "caller_relation:child" in proposed
        assert "child_age:14" not in proposed

    def test_it_is_asked_for_again_once_something_new_was_said(
        self, client: Client, page: str
    ) -> None:
        answer = client.get(f"{page}proposals/", headers=HTMX)
        assert "place:social-media" in self.keys(answer.text)
        other = Client()
        sign_in(other, make_account("listener"))
        assert other.get(f"{page}proposals/").status_code == HTTPStatus.NOT_FOUND
        sign_in(other, make_account("analyst"))
        assert other.get(f"{page}proposals/").status_code == HTTPStatus.FORBIDDEN

    def test_what_was_done_proposes_an_outcome_and_a_yes_alone_saves_it(
        self, client: Client, page: str, listener: Account
    ) -> None:
        given = {"version": "0", "record-actions_taken": ["resources"]}
        saved = client.post(save_of(), given, headers=HTMX).text
        assert self.keys(saved) == {"outcome:advised"}
        assert "d’après ce qui a été fait" in saved
        assert kept(listener)["outcome"] is None
        # The page has it: it is not drawn again under the hand of who reads it.
        has = {**given, "version": "1", "proposed": ["child_age:14", "outcome:advised"]}
        assert "proposed-deeds" not in client.post(save_of(), has, headers=HTMX).text
        client.post(save_of(), {**has, "yes": "*"})
        assert kept(listener)["outcome"] == "advised"

    def test_an_outcome_that_nobody_confirmed_is_in_no_figure(
        self, client: Client, page: str
    ) -> None:
        given = {"record-contact_type": "information", "record-actions_taken": ["resources"]}
        proposed = {"proposed": ["outcome:advised"]}
        client.post(f"{page}wrap-up/", {"version": "0", **given, **proposed})
        fact = Fact.objects.get()
        assert (fact.actions_taken, fact.outcome) == (["resources"], "")

    def test_other_deeds_propose_another_outcome_and_contrary_ones_none(
        self, client: Client, page: str
    ) -> None:
        given = {"version": "0", "record-actions_taken": ["resources", "police"]}
        had = {"proposed": ["outcome:advised"]}
        saved = client.post(save_of(), {**given, **had}, headers=HTMX).text
        assert self.keys(saved) == {"outcome:referred"}
        given = {"version": "1", "record-actions_taken": ["removal", "police"]}
        had = {"proposed": ["outcome:referred"]}
        saved = client.post(save_of(), {**given, **had}, headers=HTMX).text
        assert "proposed-deeds" in saved
        assert self.keys(saved) == set()

    def test_an_outcome_that_was_refused_or_chosen_by_hand_is_not_proposed(
        self, client: Client, page: str
    ) -> None:
        given = {"version": "0", "record-actions_taken": ["resources"]}
        refused = {**given, "record-refused": "outcome:advised"}
        assert self.keys(client.post(save_of(), refused, headers=HTMX).text) == set()
        shown = client.get(page.replace(SEAT, WORK, 1)).text
        assert "outcome:advised" not in self.keys(shown)
        by_hand = {"version": "1", **given, "record-outcome": "listened", "record-refused": ""}
        assert self.keys(client.post(save_of(), by_hand, headers=HTMX).text) == set()

    def test_in_the_place_of_what_was_confirmed_another_outcome_is_proposed(
        self, client: Client, page: str, listener: Account
    ) -> None:
        done = {"record-actions_taken": ["resources"]}
        client.post(save_of(), {"version": "0", **done, "yes": "outcome:advised"})
        assert kept(listener)["confirmed"] == ["outcome:advised"]
        shown = client.get(page.replace(SEAT, WORK, 1)).text
        assert 'name="record-confirmed" value="outcome:advised"' in shown
        assert "outcome:advised" not in self.keys(shown)
        # It is proposed beside it, and changes nothing by itself.
        stands = {"record-outcome": "advised", "record-confirmed": "outcome:advised"}
        more = {"record-actions_taken": ["resources", "police"], **stands}
        saved = client.post(save_of(), {"version": "1", **more}, headers=HTMX).text
        assert self.keys(saved) == {"outcome:referred"}
        assert "outcome:referred" in self.keys(client.get(page.replace(SEAT, WORK, 1)).text)
        assert kept(listener)["outcome"] == "advised"
        no = {"version": "2", **more, "no": "outcome:referred"}
        assert self.keys(client.post(save_of(), no, headers=HTMX).text) == set()
        yes = {"version": "3", **more, "yes": "outcome:referred"}
        client.post(save_of(), yes)
        assert kept(listener)["outcome"] == "referred"
        assert kept(listener)["confirmed"] == ["outcome:referred"]

    def test_in_the_place_of_one_that_was_set_by_hand_none_is(
        self, client: Client, page: str, listener: Account
    ) -> None:
        done = {"record-actions_taken": ["resources"]}
        client.post(save_of(), {"version": "0", **done, "yes": "outcome:advised"})
        hand = {"record-outcome": "listened", "record-confirmed": "outcome:advised"}
        more = {"record-actions_taken": ["police"], **hand}
        saved = client.post(save_of(), {"version": "1", **more}, headers=HTMX).text
        assert self.keys(saved) == set()
        assert "record-confirmed" not in saved
        assert kept(listener)["confirmed"] is None
        again = {**more, "record-outcome": "advised", "record-confirmed": []}
        assert (
            self.keys(client.post(save_of(), {"version": "2", **again}, headers=HTMX).text) == set()
        )

    def test_a_removal_asked_in_this_contact_is_proposed_as_done(
        self, client: Client, page: str, listener: Account
    ) -> None:
        contact = Contact.objects.get().id
        ask_removal(actor_of(listener), contact)
        shown = client.get(page.replace(SEAT, WORK, 1)).text
        assert {"actions_taken:removal", "outcome:removal-asked"} <= self.keys(shown)
        assert "fait dans Balise pendant cet échange" in shown
        every = ["actions_taken:removal", "outcome:removal-asked"]
        client.post(save_of(), {"version": "0", "yes": "*", "proposed": every})
        assert kept(listener)["actions_taken"] == ["removal"]
        assert kept(listener)["outcome"] == "removal-asked"

    def test_a_key_that_names_no_field_changes_nothing(
        self, client: Client, page: str, listener: Account
    ) -> None:
        client.post(save_of(), {"version": "0", "yes": "summary:x"})
        client.post(save_of(), {"version": "0", "yes": "nothing"})
        assert kept(listener) == {}
