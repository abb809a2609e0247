"""A match with an entry behind it: challenged with nothing typed twice, and told to nobody who may not read it."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from integrity.casework.models import Challenge
from integrity.people.models import Force, User
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.models import Match
from tests import builders, procurement
from tests import matches as making
from tests.builders import TODAY, World, read_anew

QUEUE = "/psd/matches/?queue=all"
PACK = "/psd/meeting-pack/?force=NMR&quarter=2026-2"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return client


def text(client: Client, path: str) -> str:
    """What a page says; nothing, where there is none for whoever asks."""
    response = client.get(path)
    assert response.status_code in (200, 403, 404), f"{path} answered {response.status_code}"
    return unescape(response.content.decode()) if response.status_code == 200 else ""


def at(match: Match, verb: str = "change") -> str:
    return f"/psd/crosschecks/match/{match.pk}/{verb}/"


def everywhere_on_the_desk(match: Match, *, term: str = "") -> list[str]:
    """Every page of the desk that tells of a match, or of the organisation in it."""
    verbs = ("coincidence", "known", "refer", "challenge")
    assert match.case is not None
    return [
        QUEUE, "/psd/", PACK, at(match), *(at(match, verb) for verb in verbs),
        f"{QUEUE}&q={term}", f"{QUEUE}&q=Halcyon",
        f"/psd/organisations/{match.organisation_id}/",
        f"/psd/gifts/offer/{match.case.offer.pk}/change/",
    ]  # fmt: skip


def facts_of(match: Match) -> list[str]:
    """What only the entry says: its sentence, number, whose it is, and what the match scored it for."""
    assert match.case is not None
    assert match.person is not None
    points = [factor for factor, _ in match.facts["points"]]
    return [match.sentence, match.case.reference, match.person.display, *points]


def told(client: Client, match: Match) -> list[str]:
    """Which facts of the entry some page of the desk tells, and where."""
    pages = {
        path: text(client, path)
        for path in everywhere_on_the_desk(match, term=match.person.last_name)
    }
    return [
        f"{path}: {fact}"
        for path, said in pages.items()
        for fact in facts_of(match)
        if fact in said
    ]


# --- the challenge --------------------------------------------------------------------------------


def test_a_challenge_made_from_a_match_stands_in_the_entry_with_nothing_typed(world: World) -> None:
    match, psd = making.lunch_then_contract(world), browser(world.other_reviewer)
    form = psd.get(at(match, "challenge")).context["form"]
    written = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent = psd.post(at(match, "challenge"), {**written, "to": world.constable.pk, "how": "ask"})
    assert sent.status_code == 302

    made = Challenge.objects.get()
    assert (made.case, made.to) == (match.case, world.constable)
    assert match.case is not None
    assert made.text.startswith(f"Please justify the entry {match.case.reference}: Lunch")
    match.refresh_from_db()
    assert match.reason == match.sentence
    assert (match.challenge, match.disposition) == (made, Disposition.CHALLENGED)
    entry = f"/psd/gifts/offer/{made.case.offer.pk}/change/"
    assert made.text in text(psd, entry)
    assert made.case.reference in text(psd, at(match))
    asked = text(browser(world.constable), reverse("gifts:case", args=[made.case.reference]))
    assert made.text in asked
    assert "Vehicle maintenance" in match.sentence
    assert "Vehicle maintenance" not in asked
    assert "match" not in asked.lower(), "whom it is about learns of no match"


def test_a_challenge_that_the_entry_refuses_leaves_both_as_they_were(world: World) -> None:
    match, psd = making.lunch_then_contract(world), browser(world.other_reviewer)
    assert match.case is not None
    typed = {
        "to": world.colleague.pk, "text": "Why did you go?", "how": "ask",
        "version": match.case.version, "match_version": match.version,
    }  # fmt: skip
    assert psd.post(at(match, "challenge"), typed).status_code == 422
    assert not Challenge.objects.exists()
    match.refresh_from_db()
    assert match.is_open


# --- who reads the match and not the entry --------------------------------------------------------


def procurements(world: World) -> Match:
    """The force lets procurement decide about hospitality during tenders."""
    making.setting(world.northmoor, Check.OFFER_IN_TENDER, owner=Owner.PROCUREMENT)
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, switched_on=False)
    making.lunch(world.constable, on=TODAY - timedelta(days=5))
    procurement.tender(world.northmoor, making.HALCYON)
    making.run(world.northmoor)
    return making.the_match(Check.OFFER_IN_TENDER)


def test_who_reads_a_match_and_not_its_entry_reads_neither_link_nor_facts_of_it(
    world: World,
) -> None:
    match = procurements(world)
    buyer = browser(world.procurement_officer)
    said = text(buyer, at(match))
    assert f"/psd/organisations/{match.organisation_id}/" in said
    assert f"/psd/procurement/tenders/{match.tender_id}/" in said
    assert "/psd/gifts/" not in said
    assert told(buyer, match) == []
    assert at(match) in text(buyer, f"{QUEUE}&q=Halcyon")
    assert at(match) not in text(buyer, f"{QUEUE}&q={world.constable.last_name}")
    assert "not yours to read" in text(buyer, at(match, "known"))


def test_they_decide_all_the_same_and_psd_reads_all_of_it(world: World) -> None:
    match = procurements(world)
    said = {"reason": "PSD knows.", "version": match.version}
    assert browser(world.procurement_officer).post(at(match, "known"), said).status_code == 302
    match.refresh_from_db()
    assert (match.disposition, match.disposed_by) == ("known", world.procurement_officer)
    assert match.person == world.constable, "what is veiled for a reader is not what is kept"
    assert len(told(browser(world.other_reviewer), match)) > 5


def test_what_the_outside_decider_may_not_read_of_a_match_is_not_told(world: World) -> None:
    """One of its two entries left the force, the other did not."""
    Force.objects.filter(pk=world.northmoor.pk).update(outside_department=world.harbour_psd)
    match = making.lunch_then_contract(world)
    other = making.lunch(world.colleague).case
    assert match.case is not None
    match.case.with_outside_decider = True
    match.case.save()
    outside = browser(world.harbour_reviewer)
    assert match.sentence in text(outside, at(match))
    Match.objects.filter(pk=match.pk).update(other_case=other)
    said = text(outside, at(match))
    assert "not yours to read" in said
    assert match.sentence not in said


# --- an entry that became invisible ---------------------------------------------------------------


def becomes_their_own(world: World, match: Match) -> None:
    assert match.case is not None
    match.case.subject = world.other_reviewer
    match.case.save()


def was_typed_by_them(world: World, match: Match) -> None:
    assert match.case is not None
    match.case.author = world.other_reviewer
    match.case.save()


def person_becomes_their_manager(world: World, match: Match) -> None:
    User.objects.filter(pk=world.other_reviewer.pk).update(line_manager=world.constable)


def person_becomes_one_of_their_team(world: World, match: Match) -> None:
    User.objects.filter(pk=world.constable.pk).update(line_manager=world.other_reviewer)


def they_leave_for_another_force(world: World, match: Match) -> None:
    world.other_reviewer.role_grants.update(department=world.harbour_psd)


def their_role_ends(world: World, match: Match) -> None:
    world.other_reviewer.role_grants.update(ends_on=builders.START)


@pytest.mark.parametrize(
    "changes",
    [
        becomes_their_own,
        was_typed_by_them,
        person_becomes_their_manager,
        person_becomes_one_of_their_team,
        they_leave_for_another_force,
        their_role_ends,
    ],
    ids=lambda change: change.__name__,
)
def test_a_match_whose_entry_became_invisible_shows_nothing(
    changes: Callable[[World, Match], Any], world: World
) -> None:
    match = making.lunch_then_contract(world)
    assert match.sentence in text(browser(world.other_reviewer), at(match))
    changes(world, match)
    analyst = browser(world.other_reviewer)
    kept = [each for each in told(analyst, match) if match.sentence in each or at(match) in each]
    assert kept == []
    paths = [QUEUE, "/psd/", PACK, f"/psd/organisations/{match.organisation_id}/"]
    assert not [path for path in paths if at(match) in text(analyst, path)]
    refused = analyst.post(at(match, "known"), {"reason": "So.", "version": match.version})
    assert refused.status_code in (403, 404)
    match.refresh_from_db()
    assert match.is_open


def test_what_procurement_referred_shows_procurement_nothing_from_then_on(world: World) -> None:
    match = procurements(world)
    buyer = browser(world.procurement_officer)
    buyer.post(at(match, "refer"), {"reason": "She evaluates.", "version": match.version})
    match.refresh_from_db()
    assert (match.disposition, match.for_psd) == (Disposition.REFERRED, True)
    for path in everywhere_on_the_desk(match):
        assert at(match) not in text(buyer, path)
        assert "not yours to read" not in text(buyer, path)
