"""Each check finds what RULES, Cross-checks names, and leaves innocent coincidence alone."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from integrity.casework.models import NilReturn
from integrity.people.enums import Role
from registers.crosschecks.enums import Check
from registers.organisations.enums import Ruling
from registers.organisations.suggestions import waiting
from registers.procurement.enums import Declared
from tests import builders, contacts, procurement
from tests import matches as making
from tests.builders import NOW, TODAY, World
from tests.contacts import GAZETTE

HALCYON = making.HALCYON
WEDNESDAY = date(2026, 6, 10)


def days_ago(many: int) -> date:
    return TODAY - timedelta(days=many)


# Each story of the rules, and beside it one that looks like it and is innocent.


def lunch_then_award(world: World) -> None:
    making.lunch(world.constable, on=days_ago(41))
    procurement.contract(world.northmoor, awarded_on=TODAY, amount=Decimal(1_250_000))


def tea_then_award(world: World) -> None:
    making.lunch(world.constable, worth=3, light_refreshments=True, description="Tea")
    procurement.contract(world.northmoor, awarded_on=TODAY)


def award_long_after(world: World) -> None:
    making.lunch(world.constable, on=days_ago(400))
    procurement.contract(world.northmoor, awarded_on=TODAY)


def declined_then_award(world: World) -> None:
    making.lunch(world.constable, accepted=False)
    procurement.contract(world.northmoor, awarded_on=TODAY)


def award_that_was_cancelled(world: World) -> None:
    making.lunch(world.constable)
    procurement.contract(world.northmoor, awarded_on=TODAY, status="cancelled")


def wine_declined_then_award(world: World) -> None:
    """What was tried says something, although it failed."""
    making.lunch(world.constable, on=days_ago(41), accepted=False, worth=95, description="Wine")
    procurement.contract(world.northmoor, awarded_on=TODAY, amount=Decimal(300_000))


def lunch_in_tender(world: World) -> None:
    making.lunch(world.constable, on=days_ago(5))
    procurement.tender(world.northmoor, HALCYON)


def lunch_before_tender(world: World) -> None:
    making.lunch(world.constable, on=days_ago(60))
    procurement.tender(world.northmoor, HALCYON)


def lunch_near_payment(world: World) -> None:
    making.lunch(world.constable, on=days_ago(20), worth=60)
    procurement.payment(world.northmoor, amount=30_000, paid_on=days_ago(10))


def lunch_at_a_hotel(world: World) -> None:
    """The force stays there every month, as everybody does."""
    making.lunch(world.constable, on=days_ago(20), by="Grand Hotel")
    for month in range(12):
        for stay in range(3):
            paid_on = days_ago(15 + 30 * month + stay)
            procurement.payment(world.northmoor, "Grand Hotel", 2500, paid_on=paid_on)


def merchant_that_hosts(world: World) -> None:
    making.lunch(world.constable, by="Brook Stationers")
    procurement.purchase(procurement.card(world.constable), 80, bought_on=days_ago(10))


def merchant_of_everybody(world: World) -> None:
    making.lunch(world.constable, by="Grand Hotel")
    for person in (world.colleague, world.sergeant, world.inspector_of_police, world.psd_head):
        for month in range(3):
            card = procurement.card(person)
            procurement.purchase(card, 120, merchant="Grand Hotel", bought_on=days_ago(30 * month))


def interest_in_supplier(world: World) -> None:
    making.interest(world.constable)
    procurement.contract(world.northmoor, awarded_on=days_ago(100))


def relatives_interest_in_supplier(world: World) -> None:
    making.interest(world.constable, holder="relative", relative="Jo Example, wife")
    procurement.contract(world.northmoor, awarded_on=days_ago(100))


def interest_elsewhere(world: World) -> None:
    making.interest(world.constable, "Fallow Hill Garden Centre")
    procurement.contract(world.northmoor, awarded_on=days_ago(100))


def interest_in_payee(world: World) -> None:
    making.interest(world.constable)
    for month in range(3):
        procurement.payment(world.northmoor, amount=2000, paid_on=days_ago(30 * month))


def interest_in_merchant(world: World) -> None:
    making.interest(world.constable, "Brook Stationers")
    for month in range(3):
        procurement.purchase(procurement.card(world.sergeant), 400, bought_on=days_ago(30 * month))


def bought_of_oneself(world: World) -> None:
    """Little in all, but with the card of whoever owns the shop."""
    making.interest(world.constable, "Brook Stationers")
    card = procurement.card(world.constable)
    for month in range(3):
        procurement.purchase(card, 90, bought_on=days_ago(30 * month))


def shop_where_somebody_serves(world: World) -> None:
    """A job at the till of a shop that is paid every week."""
    making.interest(world.constable, "Market Stores", category="waged", occupation="Cashier")
    for week in range(52):
        procurement.payment(world.northmoor, "Market Stores", 40, paid_on=days_ago(7 * week))


def offer_from_own_company(world: World) -> None:
    making.interest(world.constable)
    making.lunch(world.constable, on=days_ago(10))


def offer_to_somebody_else(world: World) -> None:
    making.interest(world.constable)
    making.lunch(world.colleague, on=days_ago(10))


def four_lunches(world: World) -> None:
    for month in range(1, 5):
        making.lunch(world.constable, on=days_ago(30 * month))


def lunches_under_two_spellings(world: World) -> None:
    names = ("Halcyon Fleet", "Halcyn Fleet")
    one, other = (making.organisation(name, world.alliance_psd) for name in names)
    making.suggestion(one, other, 88)
    for month in range(1, 5):
        making.lunch(world.constable, on=days_ago(30 * month), by=names[month % 2])


def four_teas(world: World) -> None:
    for month in range(1, 5):
        tea = {"worth": 3, "light_refreshments": True, "description": "Tea"}
        making.lunch(world.constable, on=days_ago(30 * month), **tea)


def lunch_with_the_gazette(world: World) -> None:
    contacts.log(world.constable)
    making.lunch(world.constable, on=days_ago(10), by=GAZETTE)


def lunch_with_the_gazette_of_another(world: World) -> None:
    contacts.log(world.constable)
    making.lunch(world.colleague, on=days_ago(10), by=GAZETTE)


def condition_not_for(world: World) -> None:
    interest = making.interest(world.constable, "Brook Consulting")
    making.organisation(HALCYON, world.alliance_psd)
    making.condition(interest, "not_for", "No work for Halcyon Fleet Limited, or its directors.")
    making.lunch(world.constable, on=days_ago(10))


def condition_with_a_slip(world: World) -> None:
    interest = making.interest(world.constable, "Brook Consulting")
    making.condition(interest, "not_for", "No work for Halcoyn Fleet.")
    procurement.payment(world.northmoor, amount=9000)


def condition_not_for_another(world: World) -> None:
    interest = making.interest(world.constable, "Brook Consulting")
    making.organisation("Vale Motors", world.alliance_psd)
    making.condition(interest, "not_for", "No work for Vale Motors.")
    making.lunch(world.constable, on=days_ago(10))


def too_many_hours(world: World) -> None:
    interest = making.interest(world.constable, hours_a_week=Decimal(20), opted_out=True)
    making.condition(interest, "hours", "At most 10 hours a week.", hours=Decimal(10))


def hours_as_allowed(world: World) -> None:
    interest = making.interest(world.constable, hours_a_week=Decimal(10), opted_out=True)
    making.condition(interest, "hours", "At most 10 hours a week.", hours=Decimal(10))


def evaluator_at_lunch(world: World) -> None:
    tender = procurement.tender(world.northmoor, HALCYON)
    procurement.involvement(world.constable, tender)
    making.lunch(world.constable, on=days_ago(5))


def colleague_of_evaluator_at_lunch(world: World) -> None:
    tender = procurement.tender(world.northmoor, HALCYON)
    procurement.involvement(world.sergeant, tender)
    making.lunch(world.constable, on=days_ago(5))


def buyer_at_lunch(world: World) -> None:
    builders.grant(world.constable, Role.PROCUREMENT, force=world.northmoor)
    procurement.contract(world.northmoor, awarded_on=days_ago(200))
    making.lunch(world.constable, on=days_ago(5))


def evaluator_with_interest(world: World) -> None:
    making.interest(world.constable)
    procurement.involvement(world.constable, procurement.tender(world.northmoor, HALCYON))


def evaluator_with_another_interest(world: World) -> None:
    making.interest(world.constable, "Fallow Hill Garden Centre")
    procurement.involvement(world.constable, procurement.tender(world.northmoor, HALCYON))


def split_purchase(world: World) -> None:
    making.split(world)


def two_small_purchases(world: World) -> None:
    card = procurement.card(world.colleague)
    for amount in (60, 70):
        procurement.purchase(card, amount, bought_on=WEDNESDAY)


def split_over_a_week(world: World) -> None:
    card = procurement.card(world.colleague)
    for gap in (0, 7):
        procurement.purchase(card, 480, bought_on=WEDNESDAY - timedelta(days=gap))


def weekends(world: World) -> None:
    card = procurement.card(world.colleague)
    for week in range(5):
        saturday = date(2026, 5, 2) + timedelta(days=7 * week)
        procurement.purchase(card, 90, bought_on=saturday, category="Restaurants")


def weekends_of_all_sorts(world: World) -> None:
    """Each Saturday something else, with a card that is otherwise used on working days."""
    card = procurement.card(world.colleague)
    for number in range(24):
        bought_on = WEDNESDAY - timedelta(days=7 * number)
        procurement.purchase(card, 40, bought_on=bought_on, category="Fuel")
    for week, sort in enumerate(("Restaurants", "Toys", "Garden", "Clothes", "Music", "Shoes")):
        saturday = date(2026, 5, 2) + timedelta(days=7 * week)
        procurement.purchase(card, 90, bought_on=saturday, category=sort)


def weekends_as_ever(world: World) -> None:
    """A card that was always used at weekends, then a few times more."""
    card = procurement.card(world.colleague)
    for week in range(40):
        saturday = date(2026, 6, 6) - timedelta(days=7 * week)
        procurement.purchase(card, 40, bought_on=saturday)
        procurement.purchase(card, 40, bought_on=saturday - timedelta(days=3))


def weekends_of_a_unit_on_duty(world: World) -> None:
    """Everybody of the unit eats at weekends: it is their shift."""
    people = [
        builders.person(f"shift_{n}", force=world.northmoor, unit=world.patrol) for n in range(4)
    ]
    for person in people:
        card = procurement.card(person)
        for week in range(5):
            saturday = date(2026, 5, 2) + timedelta(days=7 * week)
            procurement.purchase(card, 30, bought_on=saturday, category="Restaurants")


def conference(world: World) -> None:
    """A stand where the whole delegation was given dinner, before the force paid its next bill."""
    for number in range(7):
        guest = builders.person(f"guest_{number}", force=world.northmoor, unit=world.patrol)
        making.lunch(guest, on=days_ago(20), worth=30)
    for month in range(6):
        procurement.payment(world.northmoor, amount=4000, paid_on=days_ago(10 + 30 * month))


def every_day(world: World) -> None:
    """Fuel is bought on every day of the week, and so at weekends."""
    card = procurement.card(world.colleague)
    for day in range(28):
        procurement.purchase(
            card, 40, bought_on=date(2026, 5, 9) + timedelta(days=day), category="Fuel"
        )


def outside_framework(world: World) -> None:
    procurement.contract(
        world.northmoor, "Vale Papers", framework=True, category="stationery", title="Paper"
    )
    procurement.purchase(procurement.card(world.colleague), 300, bought_on=TODAY)


def within_framework(world: World) -> None:
    procurement.contract(
        world.northmoor, "Brook Stationers", framework=True, category="Stationery", title="Paper"
    )
    procurement.purchase(procurement.card(world.colleague), 300, bought_on=TODAY)


def silent_unit(world: World) -> None:
    making.lunch(world.staff_officer, by="Somebody at headquarters")
    for number in range(12):
        builders.person(f"quiet_{number}", force=world.northmoor, unit=_unit(world))
    for number in range(12):
        talkative = builders.person(f"talks_{number}", force=world.northmoor, unit=world.patrol)
        making.lunch(talkative, on=days_ago(2), by=f"Cafe {number}")


def unit_that_returned_nil(world: World) -> None:
    silent_unit(world)
    NilReturn.objects.create(
        register="gifts", force=world.northmoor, unit=_unit(world), stated_for="2026",
        starts_on=days_ago(60), ends_on=days_ago(1), stated_at=NOW,
    )  # fmt: skip


def _unit(world: World):
    unit, _ = world.northmoor.units.get_or_create(name="Quiet")
    return unit


STORIES: list[tuple[Check, Callable[[World], None]]] = [
    (Check.OFFER_BEFORE_AWARD, lunch_then_award),
    (Check.OFFER_IN_TENDER, lunch_in_tender),
    (Check.OFFER_NEAR_PAYMENT, lunch_near_payment),
    (Check.OFFER_FROM_MERCHANT, merchant_that_hosts),
    (Check.INTEREST_IN_SUPPLIER, interest_in_supplier),
    (Check.INTEREST_IN_SUPPLIER, relatives_interest_in_supplier),
    (Check.INTEREST_IN_PAYEE, interest_in_payee),
    (Check.INTEREST_IN_PAYEE, interest_in_merchant),
    (Check.INTEREST_AND_OFFER, offer_from_own_company),
    (Check.REPEAT_PROVIDER, four_lunches),
    (Check.MEDIA_HOSPITALITY, lunch_with_the_gazette),
    (Check.CONDITION_BROKEN, condition_not_for),
    (Check.CONDITION_BROKEN, condition_with_a_slip),
    (Check.CONDITION_HOURS, too_many_hours),
    (Check.RECIPIENT_IN_PROCUREMENT, evaluator_at_lunch),
    (Check.RECIPIENT_IN_PROCUREMENT, buyer_at_lunch),
    (Check.INVOLVED_WITH_INTEREST, evaluator_with_interest),
    (Check.CARD_SPLIT, split_purchase),
    (Check.CARD_WEEKEND, weekends),
    (Check.CARD_WEEKEND, weekends_of_all_sorts),
    (Check.OFFER_BEFORE_AWARD, wine_declined_then_award),
    (Check.REPEAT_PROVIDER, lunches_under_two_spellings),
    (Check.INTEREST_IN_PAYEE, bought_of_oneself),
    (Check.CARD_OFF_FRAMEWORK, outside_framework),
    (Check.SILENT_UNIT, silent_unit),
]
INNOCENT: list[tuple[Check, Callable[[World], None]]] = [
    (Check.OFFER_BEFORE_AWARD, tea_then_award),
    (Check.OFFER_BEFORE_AWARD, award_long_after),
    (Check.OFFER_BEFORE_AWARD, declined_then_award),
    (Check.OFFER_BEFORE_AWARD, award_that_was_cancelled),
    (Check.OFFER_IN_TENDER, lunch_before_tender),
    (Check.OFFER_NEAR_PAYMENT, lunch_at_a_hotel),
    (Check.OFFER_FROM_MERCHANT, merchant_of_everybody),
    (Check.INTEREST_IN_SUPPLIER, interest_elsewhere),
    (Check.INTEREST_IN_PAYEE, shop_where_somebody_serves),
    (Check.INTEREST_AND_OFFER, offer_to_somebody_else),
    (Check.REPEAT_PROVIDER, four_teas),
    (Check.MEDIA_HOSPITALITY, lunch_with_the_gazette_of_another),
    (Check.CONDITION_BROKEN, condition_not_for_another),
    (Check.CONDITION_HOURS, hours_as_allowed),
    (Check.RECIPIENT_IN_PROCUREMENT, colleague_of_evaluator_at_lunch),
    (Check.INVOLVED_WITH_INTEREST, evaluator_with_another_interest),
    (Check.CARD_SPLIT, two_small_purchases),
    (Check.CARD_SPLIT, split_over_a_week),
    (Check.CARD_WEEKEND, every_day),
    (Check.CARD_WEEKEND, weekends_as_ever),
    (Check.CARD_WEEKEND, weekends_of_a_unit_on_duty),
    (Check.OFFER_NEAR_PAYMENT, conference),
    (Check.CARD_OFF_FRAMEWORK, within_framework),
    (Check.SILENT_UNIT, unit_that_returned_nil),
]


def test_every_check_has_a_story_and_an_innocent_one() -> None:
    assert {check for check, _ in STORIES} == {check for check, _ in INNOCENT} == set(Check)


@pytest.mark.parametrize(
    ("check", "story"), STORIES, ids=lambda each: getattr(each, "__name__", each)
)
def test_it_is_found_and_says_why(
    check: Check, story: Callable[[World], None], world: World
) -> None:
    story(world)
    making.run(world.northmoor)
    match = making.the_match(check)
    assert match.sentence.endswith(".")
    assert "None" not in match.sentence
    assert match.facts["one"]
    assert match.facts["two"]
    assert match.facts["points"]


@pytest.mark.parametrize(
    ("check", "story"), INNOCENT, ids=lambda each: getattr(each, "__name__", each)
)
def test_the_innocent_is_left_alone(
    check: Check, story: Callable[[World], None], world: World
) -> None:
    story(world)
    making.run(world.northmoor)
    assert not making.matches(check)


def test_the_sentence_says_what_the_two_have_to_do_with_each_other(world: World) -> None:
    lunch_then_award(world)
    making.run(world.northmoor)
    assert making.the_match(Check.OFFER_BEFORE_AWARD).sentence == (
        f"{world.constable.display} accepted lunch (£45.00) from Halcyon Fleet Ltd on 5 May 2026, "
        "41 days before Halcyon Fleet Ltd was awarded “Vehicle maintenance” (£1,250,000.00)."
    )


def test_names_that_are_alike_are_read_as_one_and_say_so(world: World) -> None:
    fleet = making.organisation("Halcyon Fleet", world.alliance_psd)
    services = making.organisation("Halcyon Fleet Services", world.alliance_psd)
    making.lunch(world.constable, by="Halcyon Fleet")
    procurement.contract(world.northmoor, services, awarded_on=TODAY)
    making.run(world.northmoor)
    assert not making.matches(Check.OFFER_BEFORE_AWARD)

    said = making.suggestion(fleet, services, 86)
    making.run(world.northmoor)
    match = making.the_match(Check.OFFER_BEFORE_AWARD)
    assert match.likeness == 86
    assert match.other_organisation == services
    assert "are read as one organisation (86 of 100): the same words" in match.sentence

    said.ruling, said.ruled_at, said.ruled_by = Ruling.DIFFERENT, NOW, world.reviewer
    said.save()
    assert making.run(world.northmoor).total()["gone"] >= 1


def test_offers_under_two_spellings_are_one_match_that_says_so(world: World) -> None:
    lunches_under_two_spellings(world)
    making.run(world.northmoor)
    match = making.the_match(Check.REPEAT_PROVIDER)
    assert "4 offers" in match.sentence
    assert match.sentence.endswith(", under 2 names that are read as one.")


def test_names_that_meet_in_one_persons_records_are_read_as_one_for_them_alone(
    world: World,
) -> None:
    """A run after a change of somebody else’s says the same as the whole one."""
    making.interest(world.constable, "Orion Security")
    making.lunch(world.constable, on=days_ago(10), by="Orion")
    making.lunch(world.colleague, on=days_ago(10), by="Orion")
    procurement.contract(world.northmoor, "Orion Security", awarded_on=TODAY)
    making.run(world.northmoor)
    assert "in this person’s records" in making.the_match(Check.INTEREST_AND_OFFER).sentence
    assert {m.person for m in making.matches(Check.OFFER_BEFORE_AWARD)} == {world.constable}
    before = _found()
    assert making.run(world.northmoor, people=[world.colleague.pk]).total()["new"] == 0
    assert _found() == before


def test_names_that_are_hardly_alike_may_be_one_and_say_so(world: World) -> None:
    """No question for whoever rules on merges, but a lunch before a contract is worth a look."""
    fleet = making.organisation("Halcyon Fleet", world.alliance_psd)
    other = making.organisation("HF", world.alliance_psd)
    making.suggestion(fleet, other, 25)
    making.lunch(world.constable, by="HF")
    procurement.contract(world.northmoor, fleet, awarded_on=TODAY, amount=Decimal(1_250_000))
    making.run(world.northmoor)
    match = making.the_match(Check.OFFER_BEFORE_AWARD)
    assert "may be one organisation (25 of 100)" in match.sentence
    assert not waiting([world.alliance_psd.pk])


def test_a_part_of_a_company_is_that_company(world: World) -> None:
    group = making.organisation("Halcyon Group", world.alliance_psd)
    fleet = making.organisation(HALCYON, world.alliance_psd)
    fleet.parent = group
    fleet.save()
    making.lunch(world.constable)
    procurement.contract(world.northmoor, group, awarded_on=TODAY)
    making.run(world.northmoor)
    assert "belongs to Halcyon Group" in making.the_match(Check.OFFER_BEFORE_AWARD).sentence


def test_what_was_declared_of_a_bidder_weighs_less_than_what_was_denied(world: World) -> None:
    making.interest(world.constable)
    part = procurement.involvement(
        world.constable, procurement.tender(world.northmoor, HALCYON),
        declared=Declared.NONE, declared_at=NOW,
    )  # fmt: skip
    making.run(world.northmoor)
    denied = making.the_match(Check.INVOLVED_WITH_INTEREST)
    part.declared, part.declaration = Declared.INTEREST, "I have shares."
    part.save()
    making.run(world.northmoor)
    assert making.the_match(Check.INVOLVED_WITH_INTEREST).score < denied.score


@pytest.mark.parametrize(
    ("check", "story"), STORIES, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_change_finds_what_a_whole_run_finds(
    check: Check, story: Callable[[World], None], world: World
) -> None:
    """Of the people who are concerned; that a unit is silent no change can tell."""
    if check == Check.SILENT_UNIT:
        pytest.skip(
            "Time makes a unit silent, not a change: it is found by the whole run at night."
        )
    story(world)
    making.run(world.northmoor, people=[world.constable.pk, world.colleague.pk])
    after_change = _found()
    assert check in {name for name, _, _ in after_change}
    making.run(world.northmoor)
    assert _found() == after_change


def _found() -> set[tuple[str, str, str]]:
    said = {(m.check_name, m.key, m.signature) for m in making.matches()}
    return {each for each in said if each[0] != Check.SILENT_UNIT}


def test_another_force_is_another_matter(world: World) -> None:
    making.lunch(world.constable)
    procurement.contract(world.eastvale, awarded_on=TODAY)
    making.run(world.northmoor)
    making.run(world.eastvale)
    assert not making.matches()
