"""The list of one's own tenders, and that nothing declared about a bidder is ever lost from sight."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from integrity.casework.workflow import Denied
from registers.procurement import actions
from registers.procurement.declarations import before, declarations, last_declared
from registers.procurement.enums import AwardStatus, Declared, Part, TenderStatus
from registers.procurement.models import Tender
from registers.procurement.policies import is_open
from registers.procurement.reads import taking_bids
from tests import procurement
from tests.builders import NOW, World
from tests.registers.procurement.desk_of import path, signed_in, words

pytestmark = pytest.mark.django_db
LIST = "/tenders/"
BROTHER = "My brother-in-law is its director."
LEFT = "He left it in May."
PAST, FUTURE = date(2020, 6, 14), date(2099, 1, 1)
CLOSED = {"opens_on": PAST, "closes_on": PAST}


def declare(
    world: World, tender: Tender, declared: Declared, text: str = "", *, now: datetime = NOW
) -> None:
    actions.declare_interests(
        tender, declared=declared, declaration=text, by=world.sergeant, now=now
    )


def withdrawn(world: World) -> Tender:
    """An interest declared, and withdrawn a minute later."""
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    procurement.involvement(world.sergeant, made)
    declare(world, made, Declared.INTEREST, BROTHER)
    declare(world, made, Declared.NONE, LEFT, now=NOW + timedelta(minutes=1))
    return made


# --- nothing is overwritten without trace ---------------------------------------------------------


def test_an_interest_is_withdrawn_with_a_reason_even_when_asked_anew(world: World) -> None:
    made = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    procurement.involvement(world.sergeant, made)
    declare(world, made, Declared.INTEREST, BROTHER)
    actions.add_bidder(made, name="Brook Catering", by=world.procurement_officer, now=NOW)
    for text in ("", " "):
        with pytest.raises(Denied, match="Say why you no longer have the interest"):
            declare(world, made, Declared.NONE, text)
    declare(world, made, Declared.NONE, LEFT)
    assert last_declared(made, world.sergeant) == Declared.NONE
    declare(world, made, Declared.NONE)  # there is none to withdraw any more


@pytest.mark.parametrize("reader", ["procurement_officer", "reviewer", "inspector"])
def test_the_desk_reads_what_was_declared_before_with_its_date(world: World, reader: str) -> None:
    page = words(signed_in(getattr(world, reader)).get(path("tender", withdrawn(world).pk)))
    for text in ("No interest in any bidder", LEFT, "Declared before", BROTHER, "Halcyon Fleet"):
        assert text in page
    assert page.index(LEFT) < page.index(BROTHER)
    (first, second) = declarations(Tender.objects.values_list("pk", flat=True))
    assert (first.at, second.at) == (NOW, NOW + timedelta(minutes=1))


def test_so_does_who_declared_it_on_the_form_and_on_the_list(world: World) -> None:
    made, client = withdrawn(world), signed_in(world.sergeant)
    for page in (f"{LIST}{made.pk}/declare/", LIST):
        shown = words(client.get(page))
        assert BROTHER in shown
        assert LEFT in shown
    assert BROTHER not in words(signed_in(world.constable).get(LIST))


def test_a_part_is_preceded_by_what_its_own_person_said_of_its_own_tender(world: World) -> None:
    made = withdrawn(world)
    other = procurement.tender(world.northmoor, "Halcyon Fleet Ltd")
    procurement.involvement(world.sergeant, other)
    declare(world, other, Declared.INTEREST, "Shares.")
    somebody = procurement.involvement(world.constable, made)
    said = declarations([made.pk, other.pk])
    assert [each.words for each in before(made.involved.earliest("pk"), said)] == [BROTHER]
    assert before(somebody, said) == []
    new = procurement.involvement(world.sergeant, made, Part.ADVISES)
    assert [each.words for each in before(new, said)] == [BROTHER, LEFT]


# --- the list -------------------------------------------------------------------------------------


def test_home_leads_to_the_list_where_somebody_has_a_part(world: World) -> None:
    made = withdrawn(world)
    client = signed_in(world.sergeant)
    assert f'href="{LIST}"' in words(client.get("/"))
    assert f"{LIST}{made.pk}/declare/" in words(client.get(LIST))
    stranger = signed_in(world.constable)
    assert f'href="{LIST}"' not in words(stranger.get("/"))
    assert "You have no part in a tender." in words(stranger.get(LIST))


def test_the_open_come_first_and_an_ended_part_declares_no_more(world: World) -> None:
    past = procurement.tender(world.northmoor, "Brook", title="Boots", **CLOSED)
    old = procurement.tender(world.northmoor, "Brook", title="Desks", status=TenderStatus.COMPLETE)
    now_open = procurement.tender(world.northmoor, "Brook", title="Cameras", closes_on=FUTURE)
    for each in (past, now_open):
        procurement.involvement(world.sergeant, each)
    procurement.involvement(world.sergeant, old, starts_on=PAST, ends_on=PAST)
    page = words(signed_in(world.sergeant).get(LIST))
    assert page.index("Cameras") < page.index("Boots")
    assert page.index("Cameras") < page.index("Desks")
    assert f"{LIST}{past.pk}/declare/" in page
    assert f"{LIST}{old.pk}/declare/" not in page
    assert "You have not declared yet." in page
    assert "You declared nothing." in page


def test_without_bidders_it_says_when_they_are_asked(world: World) -> None:
    made = procurement.tender(world.northmoor)
    procurement.involvement(world.sergeant, made)
    page = words(signed_in(world.sergeant).get(LIST))
    assert "Nobody has bid yet; you are asked once somebody does." in page
    assert f"{LIST}{made.pk}/declare/" not in page


# --- where a tender stands, by its dates ----------------------------------------------------------


def test_the_desk_calls_no_tender_open_whose_last_day_is_past(world: World) -> None:
    made = procurement.tender(world.northmoor, title="Boots", **CLOSED)
    client = signed_in(world.procurement_officer)
    for page in (path("tenders"), path("tender", made.pk)):
        assert "Closed on 14 June 2020; not awarded" in words(client.get(page))
    procurement.contract(world.northmoor, tender=made, status=AwardStatus.CANCELLED)
    assert "not awarded" in words(client.get(path("tenders")))
    procurement.contract(world.northmoor, tender=made)
    for page in (path("tenders"), path("tender", made.pk)):
        assert "Closed on 14 June 2020; awarded" in words(client.get(page))


def test_the_filter_and_the_policy_agree_on_what_is_open(world: World) -> None:
    today = timezone.localdate()
    for status in TenderStatus:
        for closes in (None, PAST, today, FUTURE):
            procurement.tender(world.northmoor, status=status, closes_on=closes, opens_on=None)
    every = list(Tender.objects.all())
    found = set(Tender.objects.filter(taking_bids(today)))
    assert found == {each for each in every if is_open(each, today)}
    client = signed_in(world.inspector)
    for asked, expected in (
        ("active", found),
        ("closed", {each for each in every if each.status == "active"} - found),
    ):
        page = words(client.get(f"{path('tenders')}?status={asked}"))
        assert {each for each in every if f'"{path("tender", each.pk)}"' in page} == expected
