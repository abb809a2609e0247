"""Contracts on the desk, outsourced services and what is missing of them, and the contractor's people."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from integrity.audit.models import Event
from integrity.casework.workflow import Denied
from integrity.people.enums import MemberType
from integrity.people.models import User
from registers.organisations.models import Organisation
from registers.procurement import actions
from registers.procurement.enums import AwardStatus, Part, Stated
from registers.procurement.models import Contract, ContractorPerson
from tests import contacts, interests, procurement
from tests.builders import NOW, TODAY, World, declare, person
from tests.registers.procurement.desk_of import opens_for, path, signed_in, words

pytestmark = pytest.mark.django_db
LIST, OUTSOURCED = path("contracts"), path("outsourced")
ANSWERS = {
    "outsourced": True,
    "staff_vetted": Stated.YES,
    "standards_clause": Stated.YES,
    "who_investigates": "Northmoor PSD",
}


def answer(world: World, contract: Contract, **answers: Any) -> Contract:
    given = {**ANSWERS, **answers}
    return actions.set_outsourcing(contract, **given, by=world.procurement_officer, now=NOW)


def guard(world: World, name: str = "guard") -> User:
    return person(
        name, force=world.northmoor, unit=world.patrol, line_manager=world.sergeant,
        member_type=MemberType.CONTRACTOR,
    )  # fmt: skip


# --- the list and the page ------------------------------------------------------------------------


def test_who_finds_the_list(world: World) -> None:
    everybody = {"procurement", "psd", "inspector", "harbour procurement", "eastvale procurement"}
    assert opens_for(world, LIST) == everybody


def test_who_finds_a_contract(world: World) -> None:
    made = procurement.contract(world.northmoor)
    assert opens_for(world, path("contract", made.pk)) == {"procurement", "psd", "inspector"}


def test_who_finds_its_forms(world: World) -> None:
    made = procurement.contract(world.northmoor)
    assert opens_for(world, path("outsourcing", made.pk)) == {"procurement"}


def test_the_list_narrows_and_begins_with_the_latest(world: World) -> None:
    force = world.northmoor
    cars = procurement.contract(force, title="Cars", awarded_on=date(2026, 3, 1))
    food = procurement.contract(
        force, "Brook Catering", title="Food", amount=Decimal(900), awarded_on=date(2026, 5, 1)
    )
    void = procurement.contract(
        force, title="Radios", status=AwardStatus.CANCELLED, awarded_on=None, amount=None
    )
    elsewhere = procurement.contract(world.harbour, title="Boats")
    every = (cars, food, void, elsewhere)
    client = signed_in(world.procurement_officer)
    shown = {
        "": [food, cars, void],
        "?q=car": [cars],
        "?supplier=brook": [food],
        "?status=cancelled": [void],
        "?at_least=1,000": [cars],
        "?at_least=much": [food, cars, void],
    }
    for asked, expected in shown.items():
        page = words(client.get(f"{LIST}{asked}"))
        found = [each for each in every if path("contract", each.pk) in page]
        found.sort(key=lambda each: page.index(path("contract", each.pk)))
        assert found == expected, asked


def test_a_contract_shows_suppliers_tender_people_and_spend_since(world: World) -> None:
    (halcyon, fleet) = procurement.suppliers_of(world, "Halcyon Fleet Ltd", "Fleet of Halcyon")
    Organisation.objects.filter(pk=fleet.pk).update(merged_into=halcyon)
    tender = procurement.tender(world.northmoor)
    award = date(2026, 5, 1)
    made = procurement.contract(world.northmoor, halcyon, tender=tender, awarded_on=award)
    procurement.payment(world.northmoor, halcyon, "1000.10", paid_on=award)
    procurement.payment(world.northmoor, fleet, "200.20", paid_on=date(2026, 6, 1))
    procurement.payment(world.northmoor, halcyon, 5000, paid_on=date(2026, 4, 30))
    procurement.payment(world.northmoor, "Somebody Else", 7000)
    procurement.payment(world.eastvale, halcyon, 9000)
    procurement.purchase(procurement.card(world.constable), "30.30", merchant=halcyon)
    procurement.involvement(world.sergeant, made, Part.MANAGES)
    page = words(signed_in(world.reviewer).get(path("contract", made.pk)))
    assert "£1,200.30 in 2 payments, the last on 1 June 2026" in page
    assert "£30.30 in 1 purchase" in page
    assert reverse("psd:organisations-page", args=[halcyon.pk]) in page
    assert path("tender", tender.pk) in page
    assert f"{world.sergeant.display}: Manages the contract" in page
    assert path("outsourcing", made.pk) not in page  # which is procurement's


def test_somebody_involved_is_added_and_ended(world: World) -> None:
    made, client = procurement.contract(world.northmoor), signed_in(world.procurement_officer)
    url = path("contract-involve", made.pk)
    first = {"starts_on_day": "1", "starts_on_month": "6", "starts_on_year": "2026"}
    said = {"person": world.sergeant.number, "part": "manages", **first}
    assert client.post(url, {**said, "person": "Nobody Atall"}).status_code == 422
    assert client.post(url, {**said, "person": world.eastvale_constable.number}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert client.post(url, said).status_code == 422  # they have this part already
    part = made.involved.get()
    assert (part.person, part.part) == (world.sergeant, Part.MANAGES)
    last = {"ends_on_day": "14", "ends_on_month": "6", "ends_on_year": "2026"}
    assert client.post(path("involvement-end", part.pk), last).status_code == 302
    part.refresh_from_db()
    assert part.ends_on == date(2026, 6, 14)


# --- outsourced services --------------------------------------------------------------------------


def test_answers_are_kept_with_their_event_and_go_when_it_is_none(world: World) -> None:
    made = answer(world, procurement.contract(world.northmoor), staff_vetted=Stated.NO)
    assert (made.staff_vetted, made.who_investigates) == ("no", "Northmoor PSD")
    assert Event.objects.get(name="outsourced services stated").about_id == made.pk
    made = answer(world, made, outsourced=False)
    assert (made.outsourced, made.staff_vetted, made.who_investigates) == (False, "", "")


def test_the_answers_are_given_on_the_desk(world: World) -> None:
    made, client = procurement.contract(world.northmoor), signed_in(world.procurement_officer)
    url = path("outsourcing", made.pk)
    assert client.post(url, {}).status_code == 422
    said = {"outsourced": "yes", "staff_vetted": "not_said", "standards_clause": "no"}
    assert client.post(url, said).status_code == 302
    made.refresh_from_db()
    assert (made.outsourced, made.staff_vetted, made.standards_clause) == (True, "", "no")
    assert client.post(url, {"outsourced": "no"}).status_code == 302
    made.refresh_from_db()
    assert (made.outsourced, made.standards_clause) == (False, "")


def test_the_list_shows_gaps_first_and_who_declared(world: World) -> None:
    whole = answer(world, procurement.contract(world.northmoor, title="Whole"))
    partly = answer(
        world, procurement.contract(world.northmoor, title="Partly"), staff_vetted=Stated.NO
    )
    bare = answer(
        world,
        procurement.contract(world.northmoor, title="Bare"),
        staff_vetted=Stated.NOT_STATED,
        standards_clause=Stated.NOT_STATED,
        who_investigates="",
    )
    for name in ("guard", "second_guard"):
        actions.add_contractor(
            whole, person=guard(world, name), starts_on=TODAY, by=world.procurement_officer, now=NOW
        )
    declare(ContractorPerson.objects.order_by("pk")[0].person)
    page = words(signed_in(world.inspector).get(OUTSOURCED))
    places = [page.index(path("contract", each.pk)) for each in (bare, partly, whole)]
    assert places == sorted(places)
    assert "Not stated who investigates its people" in page
    assert "Its people are not vetted" in page
    row = page[page.index(path("contract", whole.pk)) :].split("</tr>")[0]
    assert [cell.split("<")[0].strip() for cell in row.split('--numeric">')[1:]] == ["2", "1"]


def test_a_contractors_person_begins_ends_and_begins_again(world: World) -> None:
    made, by = answer(world, procurement.contract(world.northmoor)), world.procurement_officer
    someone = guard(world)
    named = actions.add_contractor(made, person=someone, starts_on=TODAY, by=by, now=NOW)
    with pytest.raises(Denied, match="named already"):
        actions.add_contractor(made, person=someone, starts_on=TODAY, by=by, now=NOW)
    with pytest.raises(Denied, match="End the work"):
        answer(world, made, outsourced=False)
    with pytest.raises(Denied, match="on or after the first"):
        actions.end_contractor(named, ends_on=TODAY - timedelta(days=1), by=by, now=NOW)
    actions.end_contractor(named, ends_on=TODAY, by=by, now=NOW)
    with pytest.raises(Denied, match="ended already"):
        actions.end_contractor(named, ends_on=TODAY, by=by, now=NOW)
    again = actions.add_contractor(made, person=someone, starts_on=TODAY, by=by, now=NOW)
    assert (again.pk, again.ends_on) == (named.pk, None)
    with pytest.raises(Denied, match="Only the procurement of"):
        actions.end_contractor(again, ends_on=TODAY, by=world.reviewer, now=NOW)


def test_a_contractors_person_is_named_on_the_desk(world: World) -> None:
    made = answer(world, procurement.contract(world.northmoor))
    someone, client = guard(world), signed_in(world.procurement_officer)
    url = path("contractor-add", made.pk)
    first = {"starts_on_day": "1", "starts_on_month": "6", "starts_on_year": "2026"}
    refused = client.post(url, {"person": world.constable.number, **first})
    assert "not a contractor’s employee’s" in words(refused)
    assert client.post(url, {"person": someone.name, **first}).status_code == 302
    named = made.people.get()
    assert path("contractor-end", named.pk) in words(client.get(path("contract", made.pk)))


def test_a_contractors_employee_declares_in_every_register(world: World) -> None:
    made, someone = answer(world, procurement.contract(world.northmoor)), guard(world)
    actions.add_contractor(
        made, person=someone, starts_on=TODAY, by=world.procurement_officer, now=NOW
    )
    offer = declare(someone)
    interest = interests.apply(someone)
    contact = contacts.log(someone)
    home = words(signed_in(someone).get("/"))
    for entry in (offer, interest, contact):
        assert entry.case.subject_member_type == MemberType.CONTRACTOR
        assert entry.case.reference in home
    for register in ("gifts", "business_interests", "media_contacts"):
        begin = {"media_contacts": "media_contacts:log"}.get(register, f"{register}:start")
        assert signed_in(someone).get(reverse(begin)).status_code == 200
