"""A match is one record, is asked once, and asked again only when something changed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from integrity.audit.models import Event
from integrity.casework.actions import link
from integrity.casework.enums import ReferralSource
from integrity.casework.registry import opener
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import Role
from registers.crosschecks import actions
from registers.crosschecks.enums import Check, Disposition, Owner
from registers.crosschecks.models import Match, MatchReferral
from registers.organisations import actions as organisations
from registers.procurement.models import Contract
from tests import builders, procurement
from tests import matches as making
from tests.builders import NOW, TODAY, World, read_anew
from tests.registers.crosschecks.conftest import settle

LATER = NOW + timedelta(days=1)
SILENT = {"to": None, "text": "Why?", "silent": True, "silent_reason": "It would tip them off."}


def dispose(match: Match, world: World, **details: Any) -> Match:
    given = {
        "disposition": Disposition.COINCIDENCE, "reason": "A leaving lunch, long planned.",
        "by": world.other_reviewer, "now": NOW, "version": match.version,
    }  # fmt: skip
    return actions.dispose(match, **{**given, **details})


def again(match: Match) -> Match:
    return Match.objects.with_all().get(pk=match.pk)


def test_found_again_it_stays_one_record_and_nothing_is_written(world: World) -> None:
    match = making.lunch_then_contract(world)
    settle()
    entries = Event.objects.count()
    counts = making.run(world.northmoor, now=LATER)
    assert counts.total()["new"] == counts.total()["changed"] == 0
    assert counts.by_check[Check.OFFER_BEFORE_AWARD].found == 1
    assert again(match).version == match.version
    assert again(match).found_at == NOW
    assert Event.objects.count() == entries


def test_disposed_of_it_is_not_asked_again_until_something_changes(world: World) -> None:
    match = dispose(making.lunch_then_contract(world), world)
    assert not match.is_open
    making.run(world.northmoor, now=LATER)
    assert not again(match).is_open

    Contract.objects.update(amount=Decimal(2_000_000))
    assert making.run(world.northmoor, now=LATER).by_check[Check.OFFER_BEFORE_AWARD].changed == 1
    match = again(match)
    assert match.is_open
    assert match.changed_at == LATER
    assert "£2,000,000.00" in match.sentence
    assert match.disposition == Disposition.COINCIDENCE  # what was decided before stands beside it


def test_what_is_no_longer_found_is_gone_and_may_come_back(world: World) -> None:
    match = making.lunch_then_contract(world)
    Contract.objects.update(status="cancelled")
    assert making.run(world.northmoor, now=LATER).by_check[Check.OFFER_BEFORE_AWARD].gone == 1
    assert again(match).gone_at == LATER
    assert not again(match).is_open
    with pytest.raises(Denied, match="no longer finds"):
        dispose(again(match), world)
    Contract.objects.update(status="active")
    making.run(world.northmoor, now=LATER)
    assert again(match).gone_at is None
    assert again(match).is_open


def test_a_merge_of_the_two_asks_nobody_again(world: World) -> None:
    fleet = making.organisation("Halcyon Fleet", world.alliance_psd)
    services = making.organisation("Halcyon Fleet Services", world.alliance_psd)
    making.suggestion(fleet, services, 86)
    making.lunch(world.constable, by="Halcyon Fleet")
    procurement.contract(world.northmoor, services, awarded_on=TODAY)
    making.run(world.northmoor)
    match = dispose(making.the_match(Check.OFFER_BEFORE_AWARD), world)
    organisations.merge(services, into=fleet, reason="One company", by=world.reviewer, now=NOW)
    making.run(world.northmoor, now=LATER)
    assert not making.the_match(Check.OFFER_BEFORE_AWARD).is_open
    assert again(match).pk == match.pk


def test_a_referral_says_it_all_and_psd_opens_the_investigation(world: World) -> None:
    match = making.lunch_then_contract(world)
    referral = actions.refer(
        match, reason="She signed the order.", by=world.other_reviewer, now=NOW, version=1
    )
    assert referral.source == ReferralSource.CROSS_CHECK
    assert referral.case == match.case
    assert match.sentence in referral.reason
    assert "She signed the order." in referral.reason
    assert again(match).disposition == Disposition.REFERRED
    assert MatchReferral.objects.get(match=match).referral == referral
    opening = opener("investigation")
    assert opening is not None
    way = opening(read_anew(world.other_reviewer), referral)
    assert way is not None
    assert str(referral.pk) in way.path


def test_what_procurement_refers_is_psds_alone_from_then_on(world: World) -> None:
    match = making.split(world)
    buyer = read_anew(world.procurement_officer)
    assert not match.for_psd
    assert Match.objects.visible_to(buyer).filter(pk=match.pk).exists()
    actions.refer(match, reason="Twice before.", by=buyer, now=NOW, version=match.version)
    assert again(match).for_psd
    assert not Match.objects.visible_to(buyer).exists()
    making.run(world.northmoor, now=LATER)
    assert again(match).for_psd


@pytest.mark.parametrize("decided", [False, True])
def test_what_it_says_is_kept_up_to_date_and_asks_nobody_again(decided: bool, world: World) -> None:
    match = making.lunch_then_contract(world)
    if decided:
        dispose(match, world)
    before = again(match)
    assert ["Contracts awarded after the offer", "1"] in before.facts["two"]
    procurement.contract(world.northmoor, title="Tyres", awarded_on=TODAY, amount=Decimal("1.00"))
    making.run(world.northmoor, now=LATER)
    match = again(match)
    assert ["Contracts awarded after the offer", "2"] in match.facts["two"]
    kept = ("signature", "version", "changed_at", "found_at", "disposition")
    assert [getattr(match, name) for name in kept] == [getattr(before, name) for name in kept]
    assert match.is_open is not decided


def test_a_refreshed_match_is_one_row_of_the_ledger_and_an_unchanged_one_none(world: World) -> None:
    match = making.lunch_then_contract(world)
    Match.objects.filter(pk=match.pk).update(sentence="As it was said once.")
    settle()
    entries = rows_of_matches()
    making.run(world.northmoor, now=LATER)
    assert again(match).sentence == match.sentence
    settle()
    assert rows_of_matches() == entries + 1
    making.run(world.northmoor, now=LATER)
    settle()
    assert rows_of_matches() == entries + 1


def rows_of_matches() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM audit_payload WHERE kind = 'row' AND about = 'crosschecks_match'"
        )
        return int(cursor.fetchone()[0])


def test_a_unit_that_never_declared_says_the_same_the_day_after(world: World) -> None:
    making.setting(world.northmoor, Check.SILENT_UNIT, times=1, minimum_score=0)
    making.run(world.northmoor)
    before = {match.pk: match.happened_on for match in making.matches(Check.SILENT_UNIT)}
    assert before
    making.run(world.northmoor, now=LATER)
    assert {m.pk: m.happened_on for m in making.matches(Check.SILENT_UNIT)} == before


def test_what_nobody_of_procurement_may_decide_is_psds(world: World) -> None:
    card = procurement.card(world.procurement_officer)
    for amount in (480, 490):
        procurement.purchase(card, amount, bought_on=date(2026, 6, 10))
    making.run(world.northmoor)
    match = making.the_match(Check.CARD_SPLIT)
    assert match.for_psd
    settle()
    entries = rows_of_matches()
    making.run(world.northmoor, now=LATER)
    settle()
    assert rows_of_matches() == entries
    colleague = builders.person("second_buyer", force=world.northmoor)
    builders.grant(colleague, Role.PROCUREMENT, force=world.northmoor)
    making.run(world.northmoor, now=LATER)
    assert not again(match).for_psd
    assert Match.objects.visible_to(read_anew(colleague)).filter(pk=match.pk).exists()


def test_a_stale_page_is_refused(world: World) -> None:
    match = making.lunch_then_contract(world)
    with pytest.raises(Conflict):
        dispose(match, world, version=match.version + 1)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_decision_says_why(reason: str, world: World) -> None:
    with pytest.raises(Denied, match="sentence"):
        dispose(making.lunch_then_contract(world), world, reason=reason)


def test_referring_and_challenging_have_their_own_ways(world: World) -> None:
    with pytest.raises(Denied, match="own button"):
        dispose(making.lunch_then_contract(world), world, disposition=Disposition.REFERRED)


def test_a_decision_is_in_the_ledger_for_psd_alone(world: World) -> None:
    match = dispose(making.lunch_then_contract(world), world)
    event = Event.objects.get(name="match disposed of", about="match", about_id=match.pk)
    assert event.audience == "psd"
    assert event.facts["disposition"] == Disposition.COINCIDENCE


def test_a_check_that_is_off_finds_nothing_and_an_owner_is_the_forces(world: World) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, switched_on=False)
    making.setting(world.northmoor, Check.OFFER_IN_TENDER, owner=Owner.PROCUREMENT)
    making.lunch(world.constable, on=TODAY - timedelta(days=5))
    procurement.contract(world.northmoor, awarded_on=TODAY)
    procurement.tender(world.northmoor, making.HALCYON)
    making.run(world.northmoor)
    assert not making.matches(Check.OFFER_BEFORE_AWARD)
    assert not making.the_match(Check.OFFER_IN_TENDER).for_psd


def test_a_setting_holds_from_its_day_on(world: World) -> None:
    making.setting(world.northmoor, Check.OFFER_BEFORE_AWARD, window_days=10)
    making.setting(
        world.northmoor, Check.OFFER_BEFORE_AWARD, since=TODAY + timedelta(days=1), window_days=60
    )
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    making.run(world.northmoor)
    assert not making.matches(Check.OFFER_BEFORE_AWARD)
    making.run(world.northmoor, now=LATER)
    assert making.matches(Check.OFFER_BEFORE_AWARD)


def test_an_offer_declared_with_its_contact_weighs_less(world: World) -> None:
    from tests.contacts import GAZETTE, log

    contact = log(world.constable)
    offer = making.lunch(world.constable, on=date(2026, 6, 10), by=GAZETTE)
    making.run(world.northmoor)
    before = making.the_match(Check.MEDIA_HOSPITALITY).score
    link(contact.case, offer.case, note="Offered there", by=world.constable, now=NOW)
    making.run(world.northmoor)
    left = making.matches(Check.MEDIA_HOSPITALITY)
    assert all(match.score < before or match.gone_at for match in left)
