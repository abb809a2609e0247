"""The desk: queues, a match's page, the four dispositions in two clicks and a sentence, the settings."""

from collections.abc import Callable

import pytest
from django.test import Client

from integrity.audit.models import Event
from integrity.casework.models import Referral
from integrity.people.models import User
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.models import CheckSetting, Match
from registers.crosschecks.rules import RULES
from tests import matches as making
from tests import procurement
from tests.builders import TODAY, World

QUEUE = "/psd/matches/"


@pytest.fixture
def at_desk(world: World) -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="integrity.people.backends.ServingMemberBackend")
        return client

    return signed_in


def page(match: Match, verb: str = "change") -> str:
    return f"/psd/crosschecks/match/{match.pk}/{verb}/"


def test_psds_queue_shows_what_matters_most_first(world: World, at_desk) -> None:
    match = making.lunch_then_contract(world)
    psd = at_desk(world.other_reviewer)
    for address in (QUEUE, "/psd/crosschecks/match/"):
        said = psd.get(address).content.decode()
        assert match.sentence in said
        assert "To decide: PSD" in said
    assert "Hospitality, then a contract" in psd.get(f"{QUEUE}?q=Halcyon").content.decode()
    assert match.sentence not in psd.get(f"{QUEUE}?queue=gone").content.decode()
    assert match.sentence in psd.get(f"{QUEUE}?check_name={match.check_name}").content.decode()


def test_procurement_sees_its_own_alone(world: World, at_desk) -> None:
    psds, own = making.lunch_then_contract(world), making.split(world)
    buyer = at_desk(world.procurement_officer)
    said = buyer.get(f"{QUEUE}?queue=all").content.decode()
    assert own.sentence in said
    assert psds.sentence not in said
    assert buyer.get(page(psds)).status_code == buyer.get(page(psds, "known")).status_code == 404
    assert "To decide: PSD" not in said


@pytest.mark.parametrize("who", ["constable", "sergeant", "inspector", "administrator"])
def test_others_find_nothing(who: str, world: World, at_desk) -> None:
    match = making.lunch_then_contract(world)
    client = at_desk(getattr(world, who))
    for address in (QUEUE, page(match), page(match, "refer")):
        assert client.get(address).status_code in (403, 404)
        assert match.sentence not in client.get(address).content.decode()


def test_a_match_lays_both_records_side_by_side(world: World, at_desk) -> None:
    match = making.lunch_then_contract(world)
    said = at_desk(world.other_reviewer).get(page(match)).content.decode()
    for words in ("Vehicle maintenance", match.case.reference, "An offer, then a contract: 40 points",
                  "Refer for investigation", f"/psd/organisations/{match.organisation_id}/",
                  f"/psd/procurement/contracts/{match.contract_id}/", "/psd/gifts/offer/"):  # fmt: skip
        assert words in said
    assert Event.objects.filter(name="match viewed", about_id=match.pk).exists()


@pytest.mark.parametrize("verb", ["coincidence", "known"])
def test_two_clicks_and_a_sentence(verb: str, world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    assert match.sentence in psd.get(page(match, verb)).content.decode()
    sent = psd.post(page(match, verb), {"reason": "They are neighbours.", "version": match.version})
    assert sent.status_code == 302
    assert Match.objects.get(pk=match.pk).disposition == Disposition(verb)
    assert psd.get(page(match, verb)).status_code == 403
    assert "They are neighbours." in psd.get(page(match)).content.decode()


def test_a_referral_opens_the_investigation_in_one_click(world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    psd.post(page(match, "refer"), {"reason": "She signed.", "version": match.version})
    way = f"/psd/investigations/open/?referral={Referral.objects.get().pk}"
    assert way in psd.get(page(match)).content.decode()
    assert psd.get(way).status_code == 200


def test_each_match_is_in_one_queue_and_they_add_up(world: World, at_desk) -> None:
    psd = at_desk(world.other_reviewer)
    making.lunch_then_contract(world)
    making.split(world)
    making.lunch(world.colleague)
    making.lunch(world.sergeant)
    making.lunch(world.inspector_of_police)
    making.run(world.northmoor)
    found = making.matches(for_psd=True)
    assert len(found) >= 3
    for verb, match in zip(("refer", "known", "coincidence"), found, strict=False):
        psd.post(page(match, verb), {"reason": "So.", "version": match.version})
    Match.objects.filter(pk=found[1].pk).update(signature="1" * 64)
    for who in (world.other_reviewer, world.procurement_officer):
        tabs = counts(at_desk(who).get(QUEUE))
        assert sum(tabs.values()) == 2 * tabs["All"]
    assert tabs["All"] == 1
    tabs = counts(psd.get(QUEUE))
    assert tabs["Referred or challenged"] == tabs["Coincidence, or known"] == 1
    assert tabs["Changed since decided"] == 1


def counts(response) -> dict[str, int]:
    (spec,) = (
        each for each in response.context["cl"].filter_specs if each.parameter_name == "queue"
    )
    return {each["display"]: each["count"] for each in spec.choices(response.context["cl"])}


def test_an_empty_queue_says_so_and_offers_nothing_to_do(world: World, at_desk) -> None:
    said = at_desk(world.procurement_officer).get(QUEUE).content.decode()
    assert "Nothing waits in this queue." in said
    assert "0 matches" not in said
    assert "Why (one sentence for all)" not in said
    found = at_desk(world.procurement_officer).get(f"{QUEUE}?q=Nobody").content.decode()
    assert "Nothing is found for “Nobody”." in found


def test_a_stale_form_keeps_what_was_typed(world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    sent = psd.post(page(match, "known"), {"reason": "They are neighbours.", "version": 99})
    assert sent.status_code == 422
    said = sent.content.decode()
    assert "since you opened this match" in said
    assert "They are neighbours." in said
    assert f'name="version" value="{match.version}"' in said


def test_several_coincidences_take_one_sentence(world: World, at_desk) -> None:
    making.lunch(world.constable)
    making.lunch(world.colleague)
    procurement.contract(world.northmoor, awarded_on=TODAY)
    making.run(world.northmoor)
    found, psd = making.matches(Check.OFFER_BEFORE_AWARD), at_desk(world.other_reviewer)
    chosen = {"action": "coincidences", "_selected_action": [each.pk for each in found]}
    psd.post(QUEUE, chosen)
    assert Match.objects.waiting().count() == 2
    psd.post(QUEUE, {**chosen, "reason": "The yearly fair."})
    assert Match.objects.waiting().count() == 0


def test_every_check_is_listed_with_why_and_what_is_in_force(world: World, at_desk) -> None:
    making.setting(world.northmoor, Check.CARD_SPLIT, window_days=5)
    said = at_desk(world.psd_head).get("/psd/checks/").content.decode()
    assert all(str(rule.title) in said for rule in RULES.values())
    assert "5 days (set by the force from 1 January 2020)" in said
    assert "add/?check_name=card_split" in said
    assert "add/?check_name=" not in at_desk(world.reviewer).get("/psd/checks/").content.decode()


def test_the_head_of_psd_begins_a_setting_from_what_is_in_force(world: World, at_desk) -> None:
    head, address = at_desk(world.psd_head), "/psd/crosschecks/checksetting/add/"
    given = {"check_name": Check.CARD_SPLIT, "force": world.northmoor.pk}
    form = head.get(address, given).context["adminform"].form
    assert form.initial["window_days"] == RULES[Check.CARD_SPLIT].window_days
    sent = head.post(
        address,
        {
            **given, "effective_from": "1/1/2040", "switched_on": "on", "owner": "psd",
            "minimum_score": 50, "minimum_likeness": 80, "window_days": 3, "times": 3, "amount": 0,
        },
    )  # fmt: skip
    assert sent.status_code == 302
    assert CheckSetting.objects.get().window_days == 3
    assert at_desk(world.administrator).get(address, given).status_code == 403


def test_a_setting_is_fixed_once_its_day_has_come(world: World, at_desk) -> None:
    row = making.setting(world.northmoor, Check.CARD_SPLIT)
    said = at_desk(world.psd_head).get(f"/psd/crosschecks/checksetting/{row.pk}/change/")
    assert "This row is in force" in said.content.decode()


def test_it_stands_beside_the_entry_and_on_the_organisations_page(world: World, at_desk) -> None:
    match, psd = making.lunch_then_contract(world), at_desk(world.other_reviewer)
    offer = making.the_match(Check.OFFER_BEFORE_AWARD).case.offer
    assert page(match) in psd.get(f"/psd/gifts/offer/{offer.pk}/change/").content.decode()
    organisation = f"/psd/organisations/{match.organisation_id}/"
    assert page(match) in psd.get(organisation).content.decode()
    buyer = at_desk(world.procurement_officer).get(organisation)
    assert page(match) not in buyer.content.decode()


def test_the_queue_asks_no_more_questions_for_more_matches(
    world: World, at_desk, django_assert_max_num_queries
) -> None:
    psd = at_desk(world.other_reviewer)
    making.lunch_then_contract(world)
    psd.get(QUEUE)
    with django_assert_max_num_queries(60) as first:
        psd.get(QUEUE)
    for person in (world.colleague, world.sergeant, world.inspector_of_police):
        making.lunch(person)
    making.run(world.northmoor)
    with django_assert_max_num_queries(len(first)):
        psd.get(QUEUE)
