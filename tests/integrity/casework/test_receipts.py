"""Receipts: who may have which, what they say, and when they are sealed."""

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django.models import ProcrastinateJob

from integrity.audit.ledger import receipt_of
from integrity.audit.models import Audience, Checkpoint, Event
from integrity.audit.sealing import Sealer, seal_all
from integrity.audit.verify_receipt import VerifierKey, check_receipt
from integrity.casework import background
from integrity.casework.models import Attachment
from integrity.people import actions as people
from integrity.people.checkpoints import mail_checkpoints
from integrity.people.models import User
from registers.gifts.enums import Status, Verb
from registers.gifts.models import Offer
from tests import builders
from tests.builders import NOW, World, accepted, declare, offer_in, perform
from tests.integrity.casework.test_notices import work

WORDS = "Dinner with a <b>bidder</b>"


@pytest.fixture
def world(transactional_db: None) -> World:
    return builders.world()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
    return client


def event_of(offer: Offer, name: str = "offer declared") -> Event:
    return Event.objects.get(name=name, about="case", about_id=offer.case_id)


def path_of(offer: Offer, name: str = "offer declared") -> str:
    return f"/receipts/{offer.case.reference}/{event_of(offer, name).pk}"


def seal() -> None:
    seal_all(Sealer.open(), now=NOW)


def events(name: str) -> list[Event]:
    return list(Event.objects.filter(name=name))


# --- what a receipt holds -------------------------------------------------------------------------


def test_the_event_of_a_declaration_keeps_what_was_stated(world: World) -> None:
    offer = declare(world.constable, accepted(50, description=WORDS), by=world.staff_officer)
    facts = event_of(offer).facts
    assert facts["subject"] == world.constable.display
    (item,) = facts["stated"]["items"]
    assert (item["description"], item["value_from"], item["decision"]) == (
        WORDS,
        "50.00",
        "accepted",
    )
    assert facts["stated"]["provider"] == "Halcyon Fleet Ltd"


def test_a_request_its_outcome_and_a_correction_keep_it_too(world: World) -> None:
    offer = offer_in(Status.AUTHORISED, world)
    (asked,) = event_of(offer, "authorisation sought").facts["stated"]["items"]
    assert asked["decision"] == "undecided"
    given = event_of(offer, "authorisation given").facts
    assert (given["outcome"], given["stage"]) == ("authorised", "authorisation")
    assert given["conditions"]
    offer = perform(Verb.RECORD_OUTCOME, offer, by=world.constable, in_world=world)
    offer = perform(Verb.CORRECT, offer, by=world.constable, in_world=world)
    for name in ("outcome recorded", "entry corrected"):
        assert event_of(offer, name).facts["stated"]["items"]


def test_the_event_of_a_decision_keeps_its_outcome_and_stage(world: World) -> None:
    facts = event_of(offer_in(Status.NON_COMPLIANT, world), "found not compliant").facts
    said = {name: facts[name] for name in ("outcome", "stage", "action_taken")}
    assert said == {"outcome": "non_compliant", "stage": "psd", "action_taken": "advice"}


def test_the_page_says_what_was_recorded_out_of_the_receipt(world: World) -> None:
    offer = declare(world.constable, accepted(50, description=WORDS), by=world.staff_officer)
    page = client_of(world.constable).get(f"{path_of(offer)}/").content.decode()
    for words in (
        offer.case.reference,
        "Offer declared",
        world.staff_officer.display,
        "Halcyon Fleet Ltd<br>Local business",
        "Dinner with a &lt;b&gt;bidder&lt;/b&gt; (gift)",
        "Accepted<br>Value: £50.00",
        "It would have given offence.",
        "genuine: yes, independent: yes, free: yes, transparent: yes",
    ):
        assert words in page
    assert "<b>bidder" not in page


def test_every_submission_and_decision_has_one_and_nothing_else(world: World) -> None:
    statuses = (Status.AUTHORISED, Status.AUTHORISATION_REFUSED, Status.COMPLIANT, Status.QUERIED)
    offers = [offer_in(status, world) for status in (*statuses, Status.NON_COMPLIANT)]
    supervised = offer_in(Status.WITH_SUPERVISOR, world)
    offers.append(perform(Verb.APPROVE, supervised, by=world.sergeant, in_world=world))
    offers.append(offer_in(Status.WITHDRAWN, world))
    reader, given = client_of(world.psd_head), dict[str, int]()
    for event in Event.objects.filter(about="case", about_id__in=[o.case_id for o in offers]):
        answer = reader.get(f"/receipts/{event.reference}/{event.pk}/")
        given[event.name] = answer.status_code
    assert {name for name, status in given.items() if status == 200} == {
        "offer declared",
        "authorisation sought",
        "authorisation given",
        "authorisation refused",
        "found compliant",
        "found compliant by supervisor",
        "found not compliant",
    }
    assert {name for name, status in given.items() if status == 404} == {
        "question asked",
        "entry withdrawn",
    }


# --- provisional and sealed -----------------------------------------------------------------------


def test_it_is_provisional_until_the_ledger_is_sealed(
    world: World, ledger_key: VerifierKey
) -> None:
    offer, client = declare(world.constable), client_of(world.constable)
    page = client.get(f"{path_of(offer)}/").content.decode()
    assert "This receipt is provisional until the register is next sealed" in page
    seal()
    page = client.get(f"{path_of(offer)}/").content.decode()
    size = Checkpoint.objects.get(log=offer.case.force_id).size
    assert "provisional" not in page
    assert f"on 15 June 2026, 12:00 it signed a checkpoint of the first {size} entries" in page
    assert "register.example/NMR" in page


def test_the_file_is_what_the_stand_alone_verifier_reads(
    world: World, ledger_key: VerifierKey
) -> None:
    offer = declare(world.constable)
    seal()
    answer = client_of(world.constable).get(f"{path_of(offer)}.json")
    name = f"{offer.case.reference}-{event_of(offer).pk}.json"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    found = check_receipt(answer.content.decode(), ledger_key)
    assert (found.reference, found.event) == (offer.case.reference, "offer declared")


def test_a_submission_has_the_ledger_sealed_by_the_worker(
    world: World, ledger_key: VerifierKey
) -> None:
    offer = declare(world.constable)
    declare(world.constable)
    assert ProcrastinateJob.objects.filter(task_name="seal_ledger").count() == 1, "one is enough"
    work()
    assert receipt_of(event_of(offer))["sealed"]
    assert list(
        ProcrastinateJob.objects.filter(task_name="seal_ledger").values_list("status", flat=True)
    ) == ["succeeded"]


@pytest.mark.parametrize("decide", [True, False])
def test_a_decision_and_a_correction_ask_for_it_too(world: World, decide: bool) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    work()
    jobs = ProcrastinateJob.objects.filter(task_name="seal_ledger", status="todo")
    assert not jobs.exists()
    verb, by = (Verb.ACCEPT, world.reviewer) if decide else (Verb.CORRECT, world.constable)
    perform(verb, offer, by=by, in_world=world)
    assert jobs.count() == 1


def test_a_submission_that_is_taken_back_asks_for_nothing(world: World) -> None:
    with transaction.atomic():
        declare(world.constable)
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name="seal_ledger").exists()


def test_a_job_that_waits_already_does_not_spoil_the_submission(world: World) -> None:
    """Nor does it make the submission wait: it is asked for after the commit."""
    background._enqueue_sealing()
    with transaction.atomic():
        offer = declare(world.constable)
        background.seal_soon()
        assert len([f for _, f, _ in connection.run_on_commit]) == 1
    assert Offer.objects.filter(pk=offer.pk).exists()


def test_a_worker_without_a_key_says_so_once_and_does_not_fail(
    world: World, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LEDGER_KEY_FOLDER = ""
    declare(world.constable)
    with caplog.at_level(logging.ERROR, logger="integrity.casework.background"):
        work()
    said = [r.getMessage() for r in caplog.records if r.name == background.logger.name]
    assert len(said) == 1
    assert said[0].startswith("The ledger was not sealed. There is no key to sign checkpoints with")
    statuses = ProcrastinateJob.objects.filter(task_name="seal_ledger").values_list("status")
    assert set(statuses) == {("succeeded",)}


# --- who may have one -----------------------------------------------------------------------------


def test_only_events_of_the_case_that_everybody_may_read_have_one(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    other = offer_in(Status.WITH_PSD, world, subject=world.colleague)
    client = client_of(world.psd_head)
    perform(Verb.ASSIGN, offer, by=world.psd_head, in_world=world)
    for name, about in (("assigned", offer), ("offer declared", other)):
        pk = event_of(about, name).pk
        for end in ("/", ".json"):
            path = f"/receipts/{offer.case.reference}/{pk}{end}"
            assert client.get(path).status_code == 404


@pytest.mark.parametrize("end", ["/", ".json"])
def test_whoever_may_read_the_case_may_and_nobody_else(world: World, end: str) -> None:
    path = path_of(offer_in(Status.WITH_PSD, world)) + end
    may = {
        name
        for name, user in world.people().items()
        if client_of(user).get(path).status_code == 200
    }
    assert may == {
        "constable",
        "sergeant",
        "psd_head",
        "reviewer",
        "other_reviewer",
        "register_owner",
        "inspector",
    }
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize("end", ["/", ".json"])
def test_looking_at_another_person_s_is_recorded_for_psd(world: World, end: str) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    path = path_of(offer) + end
    client_of(world.constable).get(path)
    assert not events("receipt viewed")
    client_of(world.reviewer).get(path)
    (viewed,) = events("receipt viewed")
    assert (viewed.actor_id, viewed.audience) == (world.reviewer.pk, Audience.PSD)
    assert viewed.facts == {"event": "offer declared", "receipt": event_of(offer).pk}


# --- where it is linked ---------------------------------------------------------------------------


def test_it_is_linked_where_people_are(world: World) -> None:
    offer = offer_in(Status.COMPLIANT, world)
    declared, decided = path_of(offer), path_of(offer, "found compliant")
    mine, desk = client_of(world.constable), client_of(world.psd_head)
    done = mine.get(f"/gifts/{offer.case.reference}/done/").content.decode()
    assert f'href="{declared}/"' in done
    for page in (
        mine.get(f"/gifts/{offer.case.reference}/").content.decode(),
        desk.get(f"/psd/gifts/offer/{offer.pk}/change/").content.decode(),
    ):
        assert re.findall(r'href="(/receipts/[^"]+)"', page) == [f"{declared}/", f"{decided}/"]


def test_a_decision_s_banner_leads_to_it(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    client = client_of(world.reviewer)
    path = f"/psd/gifts/offer/{offer.pk}/accept-as-compliant/"
    said = {"reason": "Fine.", "version": offer.case.version}
    page = client.post(path, said, follow=True).content.decode()
    link = f'<a class="govuk-notification-banner__link" href="{path_of(offer, "found compliant")}/"'
    assert link in page


def test_the_timelines_show_no_more_than_before(world: World) -> None:
    offer = declare(world.constable, accepted(50, description=WORDS))
    offer_page = client_of(world.constable).get(f"/gifts/{offer.case.reference}/").content.decode()
    timeline = offer_page[offer_page.index("What has happened") :]
    assert "bidder" not in timeline


def test_the_page_of_an_entry_asks_no_more_for_more_receipts(world: World) -> None:
    def queries(client: Client, path: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    offer = offer_in(Status.COMPLIANT, world)
    pages = (
        (client_of(world.constable), f"/gifts/{offer.case.reference}/"),
        (client_of(world.inspector), f"/psd/gifts/offer/{offer.pk}/change/"),
    )
    before = [queries(*page) for page in pages]
    for by in (world.reviewer, world.psd_head, world.other_reviewer):
        offer = perform(Verb.REOPEN, offer, by=by, in_world=world)
        offer = perform(Verb.ACCEPT, offer, by=by, in_world=world)
    assert [queries(*page) for page in pages] == before


# --- files, which are recorded as receipts are ----------------------------------------------------


@pytest.mark.usefixtures("media")
def test_taking_a_file_of_another_person_s_case_is_recorded(world: World) -> None:
    offer = offer_in(Status.WITH_PSD, world)
    attachment = Attachment.objects.create(
        case=offer.case,
        file=ContentFile(b"x", "menu.txt"),
        name="menu.txt",
        size=1,
        sha256="0" * 64,
        attached_at=NOW,
        attached_by=world.constable,
    )
    client_of(world.constable).get(f"/attachments/{attachment.pk}/")
    assert not events("file downloaded")
    reviewer = client_of(world.reviewer)
    reviewer.get(f"/attachments/{attachment.pk}/")
    (taken,) = events("file downloaded")
    assert (taken.facts, taken.audience) == ({"file": "menu.txt"}, Audience.PSD)
    page = reviewer.get(f"/psd/gifts/offer/{offer.pk}/change/").content.decode()
    assert "file downloaded" in page[page.index("Who looked at it") :]


# --- checkpoints by mail --------------------------------------------------------------------------


@pytest.fixture
def addressed(world: World) -> World:
    people.set_checkpoint_addresses(
        world.northmoor, addresses=["keeper@body.example"], by=world.psd_head, now=NOW
    )
    return world


def test_the_newest_checkpoint_is_mailed_once(addressed: World, ledger_key: VerifierKey) -> None:
    declare(addressed.constable)
    seal()
    sent, failed = mail_checkpoints(now=NOW)
    size = Checkpoint.objects.get(log=addressed.northmoor.pk).size
    assert (len(sent), failed) == (1, [])
    (message,) = mail.outbox
    assert message.to == ["keeper@body.example"]
    (attached,) = message.attachments
    assert attached[0] == f"NMR-{size}.checkpoint"
    assert attached[1] in message.body
    seal()
    assert mail_checkpoints(now=NOW) == ([], []), "the log has not grown since"
    declare(addressed.constable)
    seal()
    assert len(mail_checkpoints(now=NOW)[0]) == 1


def test_the_mailed_file_is_what_the_verifier_of_the_ledger_takes(
    addressed: World, ledger_key: VerifierKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    declare(addressed.constable)
    call_command("seal_ledger", "--mail", "--json")
    told = json.loads(capsys.readouterr().out)
    assert len(told["mailed"]) == 1
    name, content, _ = mail.outbox[0].attachments[0]
    kept = tmp_path / name
    kept.write_text(str(content), "utf-8")
    call_command("verify_ledger", "--checkpoint", str(kept))


def test_a_mail_that_fails_is_tried_again(
    addressed: World, ledger_key: VerifierKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(self: Any) -> int:
        raise ConnectionRefusedError("The mail server is down")

    declare(addressed.constable)
    seal()
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", down)
        sent, (failed,) = mail_checkpoints(now=NOW)
        assert sent == []
        assert "could not be mailed: The mail server is down" in failed
        with pytest.raises(SystemExit):
            call_command("seal_ledger", "--mail")
    assert len(mail_checkpoints(now=NOW)[0]) == 1


@pytest.mark.parametrize(("hour", "mails"), [(5, 1), (6, 0)])
def test_the_daily_job_mails_at_six_in_london(
    addressed: World, ledger_key: VerifierKey, hour: int, mails: int
) -> None:
    declare(addressed.constable)
    seal()
    in_summer = NOW.replace(hour=hour, minute=0)
    background._mail_checkpoints(int(in_summer.timestamp()))
    assert len(mail.outbox) == mails


def test_without_a_key_the_command_says_so(world: World, settings: LazySettings) -> None:
    settings.LEDGER_KEY_FOLDER = ""
    with pytest.raises(CommandError, match="There is no key"):
        call_command("seal_ledger", "--mail")


@pytest.mark.parametrize(
    ("who", "status"), [("psd_head", 302), ("administrator", 302), ("reviewer", 403)]
)
def test_the_desk_keeps_the_addresses(
    world: World, who: str, status: int, record_property: Callable[[str, object], None]
) -> None:
    path = f"/psd/people/force/{world.northmoor.pk}/change/"
    form = {"outside_department": "", "outside_body": "", "checkpoint_addresses": "a@b.example\r\n"}
    assert client_of(getattr(world, who)).post(path, form).status_code == status
    world.northmoor.refresh_from_db()
    kept = status == 302
    assert world.northmoor.checkpoint_addresses == (["a@b.example"] if kept else [])
    made = Event.objects.filter(about="force").values_list("name", flat=True)
    assert list(made) == (["checkpoint addresses set"] if kept else [])


def test_what_is_no_address_is_refused_with_a_sentence(world: World) -> None:
    path = f"/psd/people/force/{world.northmoor.pk}/change/"
    form = {"outside_department": "", "outside_body": "", "checkpoint_addresses": "a@b.example\nme"}
    page = client_of(world.psd_head).post(path, form).content.decode()
    assert "“me” is not an e-mail address." in page
