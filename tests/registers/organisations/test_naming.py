"""Which names are offered while somebody types: what is public, and what is theirs already."""

import pytest
from django.test import Client

from integrity.people.models import User
from registers.organisations.actions import find_or_create, merge
from registers.procurement.actions import add_bidder
from tests import contacts, interests, procurement
from tests.builders import NOW, TODAY, World, declare, read_anew
from tests.constraints import change


def offered(user: User, typed: str, at: str = "/organisations/suggest/") -> list[str]:
    client = Client()
    client.force_login(read_anew(user), backend="integrity.people.backends.ServingMemberBackend")
    return [each["name"] for each in client.get(at, {"q": typed}).json()["results"]]


def test_what_others_typed_and_whom_the_force_paid_is_offered_to_nobody(world: World) -> None:
    declare(world.colleague, organisation="Marrow Halcyion Fleet")
    interests.apply(world.colleague, organisation="Marrow Night Club")
    procurement.payment(world.northmoor, "MR JASON MARROW", redacted=False)
    procurement.purchase(procurement.card(world.colleague), merchant="Marrow Cards")
    tender = procurement.tender(world.northmoor)
    add_bidder(tender, name="Marrow Typed", by=world.procurement_officer, now=NOW)
    for who in (world.constable, world.sergeant, world.reviewer, world.procurement_officer):
        assert offered(who, "marrow") == []
        assert offered(who, "marrow", "/media/outlets/suggest/") == []
    assert offered(world.colleague, "marrow") == ["Marrow Halcyion Fleet", "Marrow Night Club"]


@pytest.mark.parametrize("number", ["company_number", "charity_number"])
def test_what_has_a_public_number_is_offered(number: str, world: World) -> None:
    quill = find_or_create(name="Quillfeather", department=world.alliance_psd)
    assert offered(world.constable, "quill") == []
    change(quill, **{number: "01234567" if number == "company_number" else "1234567"})
    assert offered(world.constable, "quill") == ["Quillfeather"]
    assert offered(world.harbour_constable, "quill") == []


def test_whom_the_force_published_is_offered(world: World) -> None:
    """A contract that ended long ago was published all the same; what a correction struck was not."""
    procurement.contract(world.northmoor, "Marrow Fleet", awarded_on=TODAY.replace(year=2015))
    procurement.tender(world.northmoor, "Marrow Bidders")
    struck = procurement.contract(world.northmoor, "Marrow Mistake")
    struck.suppliers.update(left_on=TODAY)
    assert offered(world.constable, "marrow") == ["Marrow Bidders", "Marrow Fleet"]
    assert offered(world.eastvale_constable, "marrow") == [], "another force's"


def test_what_three_people_named_is_offered(world: World) -> None:
    """People, not entries, and of whichever registers."""
    for _ in range(3):
        declare(world.colleague, organisation="Marrow Catering")
    interests.apply(world.sergeant, organisation="Marrow Catering")
    assert offered(world.constable, "marrow") == []
    contacts.log(
        world.assistant_chief, contacts.CALL, speakers=(contacts.Speaker("Jo", "Marrow Catering"),)
    )
    assert offered(world.constable, "marrow") == ["Marrow Catering"]


def test_a_merged_spelling_counts_for_what_it_was_merged_into(world: World) -> None:
    declare(world.colleague, organisation="Marrow Flete")
    spelt = find_or_create(name="Marrow Flete", department=world.alliance_psd)
    other = find_or_create(name="Marrow Fleet", department=world.alliance_psd)
    procurement.contract(world.northmoor, spelt)
    assert offered(world.constable, "marrow") == ["Marrow Flete"]
    merge(spelt, into=other, reason="A slip.", by=world.reviewer, now=NOW)
    assert offered(world.constable, "marrow") == ["Marrow Fleet"]
    assert offered(world.colleague, "marrow") == ["Marrow Fleet"]
