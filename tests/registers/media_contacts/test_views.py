"""What the site's pages of the media contacts register answer, and to whom."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from integrity.casework.clocks import add_months
from integrity.casework.models import Deadline, Notice
from integrity.casework.subject_access import held_about
from integrity.people.models import User
from registers.media_contacts.enums import Basis, OffRecord, PressCard, Scope, Status, Verb
from registers.media_contacts.facts import Speaker
from registers.media_contacts.models import ChiefStatement, Contact, Journalist, MediaPolicy
from registers.media_contacts.names import journalist_of, outlet_of
from registers.media_contacts.policies import quarter_of
from registers.organisations.actions import find_or_create
from tests import contacts
from tests.builders import NOW, World, read_anew
from tests.contacts import GAZETTE

CALL = {
    "key": "5c8f2f0e-0f83-4a7a-93a0-4c3f6f6e5b5d",
    "journalist": "Priya Nair",
    "outlet": GAZETTE,
    "when": "today",
    "contacted_at": "0001",  # of today, and past whenever this runs
    "channel": "phone",
    "about": "Bike marking on Saturday",
    "basis": "reportable",
    "responsible": "yes",
    "policing_purpose": "yes",
    "press_card": "remote",
    "press_office_told": "yes",
}
LOG = "/media/log/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def page_of(user: User, path: str, **asked: Any) -> str:
    return client_of(user).get(path, asked or None).content.decode()


def sent(user: User, path: str = LOG, /, **said: Any) -> tuple[int, str]:
    answer = client_of(user).post(path, {**CALL, **said})
    return answer.status_code, answer.content.decode()


def path_of(contact: Contact, verb: str = "") -> str:
    return f"/media/{contact.case.reference}/" + (f"{verb}/" if verb else "")


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def now_logged(user: User, **said: Any) -> Contact:
    """A contact of today, as the real clock has it, sent through the page."""
    assert sent(user, **said)[0] == 302
    return Contact.objects.latest("pk")


# --- the quick log --------------------------------------------------------------------------------


def test_nothing_is_preselected(world: World) -> None:
    page = page_of(world.constable, LOG)
    assert " checked" not in page
    assert page.count('<option value="" selected>') == 3, "how, press card, on whose behalf"


def test_one_form_makes_one_contact_and_a_receipt(world: World) -> None:
    client = client_of(world.constable)
    first, second = (client.post(LOG, CALL) for _ in range(2))
    assert first["Location"] == second["Location"]
    contact = Contact.objects.get()
    assert (contact.status, contact.contacted_on) == (Status.LOGGED, timezone.localdate())
    assert str(contact.contacted_at) == "00:01:00"
    assert contact.with_whom == f"Priya Nair, {GAZETTE}"
    done = client.get(first["Location"]).content.decode()
    assert contact.case.reference in done
    assert "/receipts/" in done
    assert Notice.objects.filter(recipient=world.constable).count() == 1, "a confirmation"


def test_the_log_says_all_that_it_lacks_at_once_and_keeps_what_was_typed(world: World) -> None:
    status, page = sent(
        world.constable, journalist="", outlet="", channel="", basis=Basis.EMBARGOED
    )
    assert status == 422
    for sentence in (
        "Say with which journalist or outlet.",
        "Say how the contact came about",
        "Enter the day it lifts",
        "Attach the signed embargo agreement.",
    ):
        assert page.count(sentence) == 2, f"{sentence}: in the summary and at its field"
    assert "Bike marking on Saturday" in page
    assert not Contact.objects.exists()


def test_a_late_contact_is_asked_why_on_the_same_page(world: World) -> None:
    long_ago = (timezone.localdate() - timedelta(days=30)).isoformat()
    late = {"when": "earlier", "contacted_on": long_ago}
    assert "Why is it logged late?" not in page_of(world.constable, LOG)
    status, page = sent(world.constable, **late)
    assert status == 422
    assert "Your force asks you to log contacts within 2 days; say why it is late." in page
    assert "Why is it logged late?" in page
    contact = now_logged(world.constable, **late, late_reason="I was on leave.")
    assert (contact.days_late, contact.late_reason) == (28, "I was on leave.")


def test_a_day_before_any_policy_is_said_at_its_date(world: World) -> None:
    status, page = sent(world.constable, when="earlier", contacted_on="2019-01-01")
    assert status == 422
    assert "had no policy on media contacts on that day" in page


def test_an_answer_of_no_asks_why_and_both_reasons_are_kept(world: World) -> None:
    no = {"responsible": "no", "policing_purpose": "no"}
    assert "Say why you spoke to them all the same." in sent(world.constable, **no)[1]
    whys = {"not_responsible_why": "They rang me.", "no_purpose_why": "To be polite."}
    assert now_logged(world.constable, **no, **whys).explanation == "They rang me.\nTo be polite."


def test_another_reason_for_no_press_card_is_asked_for(world: World) -> None:
    assert "Why was no press card seen?" not in page_of(world.constable, LOG)
    page = sent(world.constable, press_card=PressCard.OTHER)[1]
    assert "Say why no press card was seen." in page
    reason = {"press_card": PressCard.OTHER, "press_card_reason": "It was dark."}
    assert now_logged(world.constable, **reason).press_card_reason == "It was dark."


@pytest.mark.usefixtures("media")
def test_an_embargo_keeps_its_end_and_its_agreement(world: World) -> None:
    lifts = timezone.localdate() + timedelta(days=3)
    agreement = SimpleUploadedFile("agreement.pdf", b"%PDF-1.7 signed")
    contact = now_logged(
        world.constable,
        basis=Basis.EMBARGOED,
        embargo_day=lifts.isoformat(),
        embargo_time="6.30pm",
        agreement=agreement,
    )
    assert contact.embargo_until is not None
    assert timezone.localtime(contact.embargo_until).isoformat()[:16] == f"{lifts}T18:30"
    page = page_of(world.constable, path_of(contact))
    assert "Embargoed until" in page
    for reader in (world.constable, world.press_officer):
        assert f"/attachments/{contact.agreement_id}/" in page_of(reader, path_of(contact))
        attached = client_of(reader).get(f"/attachments/{contact.agreement_id}/")
        assert attached.status_code == 200


def test_one_log_serves_several_officers_and_several_journalists(world: World) -> None:
    contact = now_logged(
        world.constable,
        officers=f"{world.colleague.display}, {world.sergeant.number.lower()}, Inspector Police",
        others="Tom Hale, Daily Courier\n\nAnn Example",
    )
    with_them = {other.officer for other in contact.other_officers.all()}
    assert with_them == {world.colleague, world.sergeant, world.inspector_of_police}
    assert contact.with_whom == f"Priya Nair, {GAZETTE}; Tom Hale, Daily Courier; Ann Example"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Nobody Here", "Nobody in your force is called or numbered “Nobody Here”"),
        ("Harbour Constable", "Nobody in your force"),
        ("Colleague Colleague", "More than one person is called"),
    ],
)
def test_somebody_whom_the_force_does_not_know_is_asked_about(
    world: World, typed: str, sentence: str
) -> None:
    twin = read_anew(world.colleague)
    twin.pk, twin.username, twin.number = None, "twin", "N9999"
    twin.save()
    status, page = sent(world.constable, officers=typed)
    assert status == 422
    assert sentence in page
    assert '<details class="govuk-details" open>' in page, "or the error is out of sight"


def test_off_the_record_is_no_basis_and_is_flagged(world: World) -> None:
    assert sent(world.constable, basis="off_record")[0] == 422
    contact = now_logged(world.constable, off_record=[OffRecord.ASKED, OffRecord.HAPPENED])
    assert contact.off_record == OffRecord.HAPPENED
    page = page_of(world.constable, path_of(contact))
    assert page.count("Something was said off the record") == 2, "as stated, and as a flag"


def test_what_was_offered_goes_on_in_a_declaration_that_is_filled_in(world: World) -> None:
    client = client_of(world.constable)
    done = client.post(LOG, {**CALL, "hospitality": "yes"})["Location"]
    contact = Contact.objects.get()
    draft = contact.case.drafts_opened.get()
    address = f"/gifts/drafts/{draft.pk}/offer/"
    for path in (done, path_of(contact)):
        assert address in client.get(path).content.decode()
    assert GAZETTE in client.get(address).content.decode()
    assert address not in page_of(world.press_officer, path_of(contact)), "it is not theirs"


def test_a_staff_officer_logs_for_a_chief_officer_who_confirms(world: World) -> None:
    assert "On whose behalf?" in page_of(world.staff_officer, LOG)
    for user in (world.chief, world.harbour_constable):
        assert "On whose behalf?" not in page_of(user, LOG)
    contact = now_logged(world.staff_officer, subject=world.assistant_chief.pk)
    assert contact.case.subject == world.assistant_chief
    assert contact.case.awaits_confirmation
    assert client_of(world.assistant_chief).get(path_of(contact, Verb.CONFIRM)).status_code == 200
    assert sent(world.staff_officer, subject=world.constable.pk)[0] == 422


def test_somebody_of_the_oversight_body_logs_in_its_own_register(world: World) -> None:
    page = page_of(world.body_member, LOG)
    assert "Others of the force" not in page
    contact = now_logged(world.body_member)
    assert (contact.case.force, contact.case.oversight_body) == (None, world.body)
    assert client_of(world.press_officer).get(path_of(contact)).status_code == 404


def test_a_force_without_a_policy_says_so(world: World) -> None:
    MediaPolicy.objects.update(effective_from=date(2100, 1, 1))
    for path in (LOG, "/media/guide/"):
        said = client_of(world.constable).get(path)
        assert said.status_code == 403
        assert "no policy on media contacts" in said.content.decode()


def test_what_is_typed_is_shown_as_text(world: World) -> None:
    nasty = "<script>alert(1)</script>"
    contact = now_logged(world.constable, about=nasty, journalist=nasty, outlet=nasty, place=nasty)
    for path in (path_of(contact), path_of(contact, "done"), "/"):
        assert nasty not in page_of(world.constable, path)


# --- the guide ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "coverage", "answer"),
    [
        (Scope.EVERYTHING, "yes", "Yes. Log it."),
        (Scope.EVERYTHING, "no", "Yes. Log it."),
        (Scope.WITHOUT_COVERAGE, "no", "Yes. Log it."),
        (Scope.WITHOUT_COVERAGE, "yes", "No. Tell the press office."),
    ],
)
def test_the_guide_answers_from_the_force_s_scope(
    world: World, scope: Scope, coverage: str, answer: str
) -> None:
    MediaPolicy.objects.update(scope=scope)
    page = page_of(world.constable, "/media/guide/", coverage=coverage)
    assert answer in page
    assert "01632 960 100" in page
    assert "Is there a policing purpose" in page


# --- the entry's page and its verbs ---------------------------------------------------------------


def test_whoever_took_part_reads_the_entry_and_a_stranger_finds_none(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.colleague.pk,))
    readers = (world.constable, world.colleague, world.press_officer, world.reviewer)
    for reader in (*readers, world.inspector):
        assert client_of(reader).get(path_of(contact)).status_code == 200
    strangers = (world.sergeant, world.eastvale_constable, world.harbour_reviewer)
    paths = (path_of(contact), path_of(contact, "done"), path_of(contact, Verb.WITHDRAW))
    for stranger in (*strangers, world.governance_member, world.staff_officer):
        for path in paths:
            assert client_of(stranger).get(path).status_code == 404
            assert client_of(stranger).head(path).status_code == 404


def test_another_officer_who_took_part_has_no_verbs(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.colleague.pk,))
    page = page_of(world.colleague, path_of(contact))
    assert "ir-verb" not in page
    assert "What I cannot do" not in page
    said = client_of(world.colleague).get(path_of(contact, Verb.WITHDRAW))
    assert said.status_code == 403


@pytest.mark.parametrize("status", list(Status))
def test_each_status_has_its_page(world: World, status: Status) -> None:
    contact = contacts.contact_in(status, world)
    for reader in (world.constable, world.press_officer, world.reviewer):
        assert client_of(reader).head(path_of(contact)).status_code == 200
        assert contact.title in page_of(reader, "/") or reader != world.constable


def test_a_request_has_no_flags_before_its_officer_says_what_happened(world: World) -> None:
    contact = contacts.contact_in(Status.ROUTED, world)
    assert "The press office looks at" not in page_of(world.constable, path_of(contact))


def test_a_leak_flag_shows_to_nobody_who_took_part(world: World) -> None:
    contact = contacts.log(world.constable, officers=(world.colleague.pk,))
    before = without_tokens(page_of(world.constable, path_of(contact)))
    contacts.perform(Verb.FLAG_LEAK, contact, by=world.press_officer)
    assert without_tokens(page_of(world.constable, path_of(contact))) == before
    for reader in (world.constable, world.colleague):
        assert "leak" not in page_of(reader, path_of(contact)).lower()


def test_an_officer_says_what_came_of_a_request_with_most_of_it_filled_in(world: World) -> None:
    contact = contacts.contact_in(Status.ROUTED, world)
    path = path_of(contact, Verb.COMPLETE)
    page = page_of(world.constable, path)
    for typed in ("Priya Nair", GAZETTE, "The burglary in Mill Lane"):
        assert typed in page
    assert " checked" not in page
    assert sent(world.constable, path, version=contact.case.version)[0] == 302
    contact.refresh_from_db()
    assert (contact.status, contact.about) == (Status.LOGGED, CALL["about"])
    assert not Deadline.objects.open().filter(owner=world.constable).exists()


def test_a_correction_begins_with_what_is_stated(world: World) -> None:
    said = {"officers": (world.colleague.pk,), "off_record": OffRecord.ASKED}
    contact = contacts.log(world.constable, **said)
    path, client = path_of(contact, Verb.CORRECT), client_of(world.constable)
    form = client.get(path).context["form"]
    drawn = {name: form[name].value() for name in form.fields}
    day = drawn.pop("contacted_on")
    unchanged = {
        **{name: value for name, value in drawn.items() if value not in (None, "")},
        "contacted_on": day.isoformat(),
        "reason": "It is on Sunday.",
    }
    nothing = client.post(path, unchanged)
    assert nothing.status_code == 403
    assert "Nothing was changed" in nothing.content.decode()
    assert client.post(path, {**unchanged, "about": "On Sunday"}).status_code == 302
    contact.refresh_from_db()
    assert contact.about == "On Sunday"
    assert [other.officer for other in contact.other_officers.all()] == [world.colleague]
    version = contact.case.versions.get()
    assert (version.reason, version.facts["about"]) == ("It is on Sunday.", contacts.CALL.about)


@pytest.mark.usefixtures("media")
def test_a_correction_keeps_the_agreement_unless_another_is_sent(world: World) -> None:
    contact = contacts.log(world.constable, contacts.embargoed())
    path, client = path_of(contact, Verb.CORRECT), client_of(world.constable)
    assert "agreement.pdf is kept" in client.get(path).content.decode()
    until = timezone.localtime(contact.embargo_until)
    said = {
        **CALL,
        "when": "earlier",
        "contacted_on": contact.contacted_on.isoformat(),
        "basis": Basis.EMBARGOED,
        "embargo_day": until.date().isoformat(),
        "embargo_time": f"{until:%H:%M}",
        "reason": "The wrong subject.",
        "about": "Something else",
    }
    version = contact.case.version
    assert client.post(path, {**said, "version": version}).status_code == 302
    kept = Contact.objects.get()
    assert kept.agreement_id == contact.agreement_id
    other = SimpleUploadedFile("other.pdf", b"%PDF-1.7 other")
    again = {**said, "version": version + 1, "agreement": other}
    assert client.post(path, again).status_code == 302
    replaced = Contact.objects.get().agreement
    assert replaced is not None
    assert replaced.name == "other.pdf"


def test_a_stale_correction_comes_back_with_what_was_typed(world: World) -> None:
    contact = contacts.log(world.constable)
    seen = contact.case.version
    contacts.perform(Verb.ACKNOWLEDGE, contact, by=world.press_officer)
    path = path_of(contact, Verb.CORRECT)
    status, page = sent(world.constable, path, version=seen, reason="I typed this.")
    assert status == 409
    assert "I typed this." in page
    assert CALL["about"] in page
    assert "Acknowledged by the press office" in page


def test_the_press_office_works_a_contact_on_the_site_too(world: World) -> None:
    contact = contacts.log(world.constable)
    assert "/psd/media_contacts/contact/" in page_of(world.press_officer, path_of(contact))
    said = client_of(world.press_officer).post(
        path_of(contact, Verb.ACKNOWLEDGE), {"version": contact.case.version}
    )
    assert said.status_code == 302
    assert Contact.objects.get().status == Status.ACKNOWLEDGED
    own = contacts.log(world.press_officer)
    assert "/psd/media_contacts/contact/" not in page_of(world.press_officer, path_of(own))


def test_coverage_shows_on_the_entry(world: World) -> None:
    contact = contacts.log(world.constable)
    contacts.perform(Verb.LINK_COVERAGE, contact, by=world.press_officer)
    page = page_of(world.constable, path_of(contact))
    assert f'href="{contacts.COVERAGE.address}"' in page
    assert contacts.COVERAGE.headline in page


def test_pages_ask_as_often_whatever_they_show(world: World) -> None:
    def log(speakers: int, officers: tuple[int, ...]) -> Contact:
        named = tuple(Speaker(f"J {n}", f"Outlet {n}") for n in range(speakers))
        contact = contacts.log(world.assistant_chief, speakers=named, officers=officers)
        for number in range(speakers):
            facts = replace(contacts.COVERAGE, address=f"https://gazette.example/{number}")
            contacts.perform(Verb.LINK_COVERAGE, contact, by=world.press_officer, facts=facts)
        return contact

    def asked(contact: Contact) -> list[int]:
        client, counts = client_of(world.assistant_chief), []
        for path in (path_of(contact), LOG, "/media/statement/", "/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked(log(1, (world.colleague.pk,)))
    for _ in range(4):
        log(1, ())
    many = asked(log(6, (world.colleague.pk, world.sergeant.pk, world.constable.pk)))
    assert many == few


# --- suggestions ----------------------------------------------------------------------------------


def names(user: User, of: str, typed: str) -> list[dict[str, str]]:
    return client_of(user).get(f"/media/{of}/suggest/", {"q": typed}).json()["results"]


def test_journalists_are_suggested_with_the_outlet_they_last_spoke_for(world: World) -> None:
    contacts.log(world.constable, speakers=(Speaker("Priya Nair", "Old Weekly"),))
    contacts.log(world.colleague)
    journalist_of("Priya Stranger", world.harbour_psd)
    found = names(world.sergeant, "journalists", "pri")
    assert found == [{"name": "Priya Nair", "outlet": GAZETTE}]
    assert names(world.sergeant, "journalists", "p") == []
    assert [each["name"] for each in names(world.harbour_constable, "journalists", "pri")] == [
        "Priya Stranger"
    ]
    assert Journalist.objects.filter(name="Priya Nair").count() == 1


def test_known_outlets_are_suggested_before_other_organisations(world: World) -> None:
    bakery = find_or_create(name="Northmoor Bakery", department=world.alliance_psd)
    bakery.company_number = "01234567"
    bakery.save()
    find_or_create(name="Northmoor Night Club", department=world.alliance_psd)
    outlet_of("The Northmoor Post", world.alliance_psd)
    outlet_of(GAZETTE, world.alliance_psd)
    outlet_of("Northmoor Times", world.harbour_psd)
    found = [each["name"] for each in names(world.constable, "outlets", "north")]
    assert found == [GAZETTE, "The Northmoor Post", "Northmoor Bakery"]


def test_colleagues_are_suggested_from_one_s_own_force_alone(world: World) -> None:
    found = [each["name"] for each in names(world.constable, "colleagues", "constable")]
    assert found == [], "oneself is not a colleague"
    assert names(world.constable, "colleagues", "harbour") == []
    assert names(world.constable, "colleagues", "ps serg") == [{"name": world.sergeant.display}]
    assert names(world.body_member, "colleagues", "sergeant") == []


# --- chief officers' statements -------------------------------------------------------------------


def last_quarter() -> date:
    return add_months(quarter_of(timezone.localdate()), -3)


def test_a_chief_officer_states_a_quarter_and_none_is_stated_too(world: World) -> None:
    quarter = last_quarter()
    contacts.log(
        world.assistant_chief,
        contacted_on=quarter,
        now=NOW.replace(year=quarter.year, month=quarter.month, day=quarter.day),
    )
    page = page_of(world.assistant_chief, "/media/statement/")
    assert "State this contact" in page
    assert "Bike marking" in page
    for chief, logged in ((world.assistant_chief, 1), (world.deputy_chief, 0)):
        said = {"quarter": quarter.isoformat(), "contacts": logged}
        answer = client_of(chief).post("/media/statement/", said)
        assert answer.status_code == 302
        assert ChiefStatement.objects.get(officer=chief).contacts == logged
        page = page_of(chief, "/media/statement/")
        assert "Every quarter that is over has been stated." in page
        assert "What you stated" in page
        assert "State your media contacts" not in page_of(chief, "/")


def test_nobody_states_contacts_that_the_page_did_not_list(world: World) -> None:
    said = {"quarter": last_quarter().isoformat(), "contacts": 3}
    answer = client_of(world.chief).post("/media/statement/", said)
    assert answer.status_code == 422
    assert "Read the list as it is now." in answer.content.decode()
    assert not ChiefStatement.objects.exists()


@pytest.mark.parametrize("said", [{}, {"quarter": "x", "contacts": "y"}])
def test_a_statement_of_nothing_states_nothing(world: World, said: dict[str, str]) -> None:
    assert client_of(world.chief).post("/media/statement/", said).status_code == 422


def test_a_quarter_that_is_not_over_is_refused(world: World) -> None:
    said = {"quarter": quarter_of(timezone.localdate()).isoformat(), "contacts": 0}
    assert client_of(world.chief).post("/media/statement/", said).status_code == 403


def test_only_chief_officers_have_the_page(world: World) -> None:
    for user in (world.constable, world.press_officer, world.body_member, world.staff_officer):
        for answer in (
            client_of(user).get("/media/statement/"),
            client_of(user).post("/media/statement/", {}),
        ):
            assert answer.status_code == 404
    assert client_of(world.chief).head("/media/statement/").status_code == 200


def test_everybody_who_took_part_finds_the_contact_among_their_own(world: World) -> None:
    made = contacts.log(world.constable, officers=(world.colleague.pk,))
    for who in (world.constable, world.colleague):
        assert made.case.reference in page_of(who, "/")
        assert made.case.reference in json.dumps(held_about(who, now=NOW), default=str)
    assert made.case.reference not in page_of(world.sergeant, "/")


def test_the_press_office_finds_its_queue_on_its_own_page(world: World) -> None:
    contacts.log(world.constable)
    assert "1 contact waits for the press office" in page_of(world.press_officer, "/")
    assert "Acknowledge media contacts" not in page_of(world.constable, "/")


def test_a_board_reads_a_chief_officer_s_contact_and_asks_about_it(world: World) -> None:
    contact = contacts.log(world.assistant_chief)
    leak = {"why": "It names the victim."}
    contacts.perform(Verb.FLAG_LEAK, contact, by=world.press_officer, **leak)
    board, path = world.governance_member, path_of(contact)
    before = page_of(board, path)
    for unseen in ("names the victim", "leak", "PSD desk", "asked to justify"):
        assert unseen not in before
    assert "Hold it silently" not in page_of(board, path_of(contact, "challenge"))
    asked = {"to": world.assistant_chief.pk, "text": "Why?", "version": contact.case.version}
    assert client_of(board).post(path_of(contact, "challenge"), asked).status_code == 302
    for reader in (board, world.assistant_chief, world.reviewer):
        said = page_of(reader, path)
        assert "for Northmoor Commissioner" in said
        assert "Not answered yet" in said
