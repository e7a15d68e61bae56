import io
import subprocess
import zipfile
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.config.centre import countries
from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.files.tests.makers import a_picture
from balise.foundation.journal.models import Entry as JournalEntry
from balise.foundation.packs import PackFaulty
from balise.helpline.cases.actions import complaining, handshakes, joining, writing
from balise.helpline.cases.documents.complaint import Complaint, paper
from balise.helpline.cases.models import Duty, Entry
from balise.helpline.cases.queries import duties as queries
from balise.helpline.cases.rules import duties as rules
from balise.helpline.cases.rules.duties import (
    AnswerUnknown,
    Decision,
    End,
    Must,
    NotForYou,
    Question,
    RationaleNeeded,
    Signature,
    tree,
)
from balise.helpline.cases.rules.files import GLASS_LASTS, NotOnCase
from balise.helpline.cases.rules.receivers import receivers
from balise.helpline.cases.rules.sections import Section
from balise.helpline.cases.tests.makers import make_case, make_entry, make_listener
from balise.takedown.law.rules import offence_on

FILES = "/staff/helpline/cases/"
ABUSE = [("danger", "no"), ("minor", "yes"), ("harm", "ill-treatment"), ("secrecy", "no")]


class TestTree:
    @pytest.mark.parametrize("country", countries())
    def test_every_way_ends_and_names_whom_to_tell(self, country: str) -> None:
        found = tree(country)
        known = {one.code for one in receivers(country)}

        def walk(answers: list[tuple[str, str]]) -> int:
            at = found.walk(answers)
            if isinstance(at, End):
                assert set(at.receivers) <= known
                assert at.receivers or at.must is Must.NO
                return 1
            return sum(walk([*answers, (at.code, choice.code)]) for choice in at.choices)

        assert walk([]) > 1
        assert found.to_verify is not None

    def test_whoever_is_not_bound_by_secrecy_must_report_abuse(self) -> None:
        end = tree("fr").walk(ABUSE)
        assert isinstance(end, End)
        assert (end.must, end.articles[0]) == (Must.YES, "C. pén., art. 434-3")

    def test_whoever_is_bound_may(self) -> None:
        end = tree("fr").walk([*ABUSE[:-1], ("secrecy", "yes")])
        assert isinstance(end, End)
        assert end.must is Must.MAY

    def test_imminent_danger_knows_no_secrecy(self) -> None:
        end = tree("fr").walk([("danger", "yes")])
        assert isinstance(end, End)
        assert (end.must, end.articles) == (Must.HELP, ("C. pén., art. 223-6",))

    @pytest.mark.parametrize(
        "answers", [[("minor", "yes")], [("danger", "perhaps")], [("danger", "yes"), ("x", "y")]]
    )
    def test_an_answer_to_nothing_is_refused(self, answers: list[tuple[str, str]]) -> None:
        with pytest.raises(AnswerUnknown):
            tree("fr").walk(answers)

    def test_a_circle_is_a_faulty_pack(self) -> None:
        found = tree("fr")
        first = found.questions["danger"]
        (choice, *_others) = first.choices
        looped = Question(
            "danger",
            first.asks,
            first.help,
            (rules.Choice(choice.code, choice.label, "danger", ""),),
        )
        with pytest.raises(PackFaulty):
            rules._follow(
                rules.Tree("danger", {"danger": looped}, dict(found.ends), None), "danger", ()
            )


@pytest.fixture
def listener() -> Actor:
    return make_listener()


@pytest.fixture
def lead() -> Actor:
    return make_listener("helpline_lead", name="Swann")


def decide(case_id: UUID, by: Actor, rationale: str = "Elle l'a dit deux fois.") -> UUID:
    return writing.decide(
        case_id=case_id, answers=ABUSE, decision=Decision.REPORT, rationale=rationale, by=by
    )


@pytest.mark.django_db
class TestDecide:
    def test_is_kept_with_the_words_that_were_asked(self, listener: Actor) -> None:
        duty_id = decide(make_case(by=listener), listener)
        opened = writing.read_duty(duty_id=duty_id, by=listener)
        assert opened.rationale == "Elle l'a dit deux fois."
        assert len(opened.answers) == len(ABUSE)
        assert opened.row.signature is Signature.WAITING
        (kept,) = Duty.objects.values()
        assert b"deux fois" not in bytes(kept["sealed"])
        assert JournalEntry.objects.get(event="helpline.duty.decided").facts["end"] == "must-report"

    def test_needs_reasons_an_end_and_to_be_on_the_file(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        with pytest.raises(RationaleNeeded):
            decide(case_id, listener, rationale="  ")
        with pytest.raises(AnswerUnknown):
            writing.decide(
                case_id=case_id,
                answers=ABUSE[:2],
                decision=Decision.ASK,
                rationale="x",
                by=listener,
            )
        with pytest.raises(NotOnCase):
            decide(case_id, make_listener())
        assert not Duty.objects.exists()

    def test_a_day_to_look_again_is_a_follow_up(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        writing.decide(
            case_id=case_id,
            answers=ABUSE,
            decision=Decision.ASK,
            rationale="Le juriste répond jeudi.",
            follow_up_on=today() + timedelta(days=2),
            by=listener,
        )
        (due,) = handshakes.read_case(case_id=case_id, by=listener).of(Section.FOLLOW_UPS)
        assert due.due_on == today() + timedelta(days=2)


@pytest.mark.django_db
class TestSign:
    def test_a_supervisor_co_signs_once_without_being_on_the_file(
        self, listener: Actor, lead: Actor
    ) -> None:
        duty_id = decide(make_case(by=listener), listener)
        assert [one.id for one in queries.to_sign(seen_by=lead)] == [duty_id]
        writing.sign(duty_id=duty_id, agrees=True, words="", by=lead)
        assert not queries.to_sign(seen_by=lead)
        with pytest.raises(NotForYou):
            writing.sign(duty_id=duty_id, agrees=True, words="", by=lead)

    def test_nobody_signs_for_themself(self, lead: Actor) -> None:
        duty_id = decide(make_case(by=lead), lead)
        assert not queries.to_sign(seen_by=lead)
        with pytest.raises(NotForYou):
            writing.sign(duty_id=duty_id, agrees=True, words="", by=lead)

    def test_who_disagrees_says_why(self, listener: Actor, lead: Actor) -> None:
        duty_id = decide(make_case(by=listener), listener)
        with pytest.raises(RationaleNeeded):
            writing.sign(duty_id=duty_id, agrees=False, words="", by=lead)
        writing.sign(duty_id=duty_id, agrees=False, words="Appelons d'abord le 119.", by=lead)
        assert writing.read_duty(duty_id=duty_id, by=listener).said == "Appelons d'abord le 119."

    def test_who_broke_the_glass_reads_what_they_decided_while_it_is_open(
        self, listener: Actor
    ) -> None:
        case_id, other = make_case(by=listener), make_listener()
        joining.break_glass(case_id=case_id, reason="Danger ce soir, personne.", by=other)
        duty_id = decide(case_id, other)
        assert writing.read_duty(duty_id=duty_id, by=other).row.is_mine
        later = now() + GLASS_LASTS + timedelta(minutes=1)
        with clock.at(later), pytest.raises(PermissionDenied):
            writing.read_duty(duty_id=duty_id, by=other)

    def test_another_listener_neither_reads_nor_signs(self, listener: Actor) -> None:
        duty_id = decide(make_case(by=listener), listener)
        other = make_listener()
        with pytest.raises(PermissionDenied):
            writing.read_duty(duty_id=duty_id, by=other)
        with pytest.raises(PermissionDenied):
            writing.sign(duty_id=duty_id, agrees=True, words="", by=other)


@pytest.mark.django_db
class TestPages:
    def test_from_the_questions_to_the_co_signature(self, client: Client) -> None:
        account = sign_in(client, make_account("listener", name="Camille"))
        case_id = make_case(by=actor_of(account))
        address = f"{FILES}{case_id}/must-i-report/"
        assert "À confirmer avec un juriste" in client.get(address).text
        answers = ""
        page = ""
        for code, answer in ABUSE:
            page = client.post(address, {"answers": answers, "answer": f"{code}={answer}"}).text
            answers = f"{answers},{code}={answer}".strip(",")
        assert "Il faut informer les autorités" in page
        given = {"answers": answers, "decide": "1", "decision": "report"}
        empty = client.post(address, given)
        assert empty.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        kept = client.post(address, given | {"rationale": "Elle l'a dit deux fois."})
        duty = kept.headers["Location"]
        assert "Elle l&#x27;a dit deux fois." in client.get(duty).text
        assert client.post(f"{duty}sign/", {"agrees": "1"}).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("helpline_lead"))
        assert "Décisions à contresigner" in client.get(FILES).text
        wrong = client.post(f"{duty}sign/", {"agrees": "0", "words": ""})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        client.post(f"{duty}sign/", {"agrees": "1"})
        assert Duty.objects.get().signature == "agreed"

    def test_made_up_answers_begin_again(self, client: Client) -> None:
        account = sign_in(client, make_account("listener"))
        address = f"{FILES}{make_case(by=actor_of(account))}/must-i-report/"
        answer = client.post(address, {"answers": "minor=yes"})
        assert answer.headers["Location"] == address

    @pytest.mark.parametrize("role", ["analyst", "steering"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        someone = make_listener()
        case_id = make_case(by=someone)
        duty_id = decide(case_id, someone)
        sign_in(client, make_account(role))
        pages = (f"{case_id}/must-i-report/", f"{case_id}/complaint/", f"duties/{duty_id}/")
        for page in pages:
            assert client.get(f"{FILES}{page}").status_code == HTTPStatus.FORBIDDEN, page


@pytest.mark.django_db
class TestComplaint:
    @pytest.fixture
    def account(self, client: Client) -> Account:
        return sign_in(client, make_account("listener", name="Camille"))

    def test_comes_as_a_package_that_openssl_checks(
        self, client: Client, account: Account, tmp_path: Path
    ) -> None:
        me = actor_of(account)
        case_id = make_case(by=me)
        make_entry(case_id, Section.NOTES, by=me, text="Jamais dehors.")
        for day in ("2026-03-02", "2026-01-05"):
            make_entry(
                case_id, Section.INCIDENTS, by=me, happened=f"Le {day}, on rit.", from_on=day
            )
        make_entry(
            case_id, Section.COMPLAINT, by=me, words="Je veux que ça s'arrête.", offence="grooming"
        )
        file = SimpleUploadedFile("capture d'écran.png", a_picture())
        client.post(f"{FILES}{case_id}/add/documents/", {"file": file, "shows": "Le groupe"})
        chosen = [str(one) for one in Entry.objects.values_list("id", flat=True)]
        form = client.get(f"{FILES}{case_id}/complaint/").text
        assert "Je veux que ça s&#x27;arrête." in form
        offered = [one for one in chosen if f'value="{one}"' in form]
        assert len(offered) == 3

        answer = client.post(f"{FILES}{case_id}/complaint/", {"entries": offered})

        assert answer.headers["Content-Type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
            package.extractall(tmp_path)
        assert (tmp_path / "documents/01-capture-d-écran.png").read_bytes() == a_picture()
        paper = (tmp_path / "complaint.pdf").read_bytes()
        assert paper.startswith(b"%PDF-")
        assert b"pdfuaid" in paper
        check = ["sha256sum", "--check", "manifest.sha256"]
        subprocess.run(check, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603
        verify = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "signing-key.pem", "-rawin"]
        verify += ["-in", "manifest.sha256", "-sigfile", "manifest.sig"]
        subprocess.run(verify, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603
        facts = JournalEntry.objects.get(event="helpline.complaint.made").facts
        assert facts == {"documents": 1}

    def test_notes_are_never_taken_into_it(self, client: Client, account: Account) -> None:
        me = actor_of(account)
        case_id = make_case(by=me)
        make_entry(case_id, Section.COMPLAINT, by=me, words="Que ça s'arrête.")
        note = make_entry(case_id, Section.NOTES, by=me, text="Jamais dehors.")
        answer = client.post(f"{FILES}{case_id}/complaint/", {"entries": [str(note)]})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_needs_its_words_and_to_be_on_the_file(self, listener: Actor) -> None:
        case_id = make_case(by=listener)
        with pytest.raises(complaining.NoComplaint):
            complaining.make_complaint(case_id=case_id, entry_ids=[], language="fr", by=listener)
        with pytest.raises(NotOnCase):
            complaining.make_complaint(
                case_id=case_id, entry_ids=[], language="fr", by=make_listener()
            )
        assert not JournalEntry.objects.filter(event="helpline.complaint.made").exists()


class TestPaper:
    def said(self, **given: Any) -> str:
        whole: dict[str, Any] = {"made_at": now(), "language": "fr", "offence": None}
        whole |= {"said": [("Les faits", "Que ça s'arrête.")], "people": [], "facts": []}
        return str(paper(Complaint(**whole | {"pieces": []} | given))["sections"])

    def test_says_the_facts_by_their_days_the_undated_last(self) -> None:
        facts = [("", [("Fait", "Un jour")]), ("2026-03-02", [("Fait", "Puis")])]
        said = self.said(facts=[*facts, ("2026-01-05", [("Fait", "D’abord")])])
        assert said.index("D’abord") < said.index("Puis") < said.index("Un jour")

    def test_names_the_law_and_its_doubts(self) -> None:
        offence = offence_on("grooming", on=date(2026, 1, 5), country="fr")
        said = self.said(offence=offence)
        assert "code pénal" in said
        assert offence.to_verify is None or str(offence.to_verify) in said

    def test_proposes_nothing_of_its_own(self) -> None:
        assert "l’autorité décide" in self.said()
