"""Matches, and what the pages of organisations and procurement name, one of each for each relation."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from integrity.people.models import Force, User
from registers.crosschecks.models import CheckSetting, Match
from registers.organisations.models import Merge
from registers.procurement.enums import Part
from registers.procurement.models import Card, Contract, ContractorPerson, Involvement, Tender
from tests import builders, procurement
from tests.access.media_things import Row, of_force, shared
from tests.access.named import Named, mark
from tests.access.oracle import Thing

if TYPE_CHECKING:
    from tests.access.things import Things

type Maker = Callable[["Things", str, str, bool], Named | None]


def match(things: "Things", about: str, by: str, peers: bool) -> Named | None:
    """PSD's: something that a check found about somebody, of which they never learn."""
    person = things.people[about]
    if about != by or person.force is None:
        return None
    words = mark("entry of crosschecks", about, by)
    made = Match.objects.create(
        force=person.force,
        check_name="repeat_provider",
        key=words,
        person=person,
        score=70,
        sentence=words,
        signature="0" * 64,
        happened_on=timezone.localdate(),
        found_at=timezone.now(),
        changed_at=timezone.now(),
    )
    thing = Thing(person.force.code, about, register="crosschecks")
    return Named(thing, {"pk": made.pk, "version": made.version})


def of_holder(make: Callable[[User], int]) -> Maker:
    """A thing that is somebody's own, of a force."""

    def made(things: "Things", about: str, by: str, peers: bool) -> Named | None:
        person = things.people[about]
        if about != by or person.force is None:
            return None
        return Named(Thing(person.force.code, about, by), {"pk": make(person)})

    return made


def _purchase(person: User) -> int:
    return procurement.purchase(procurement.card(person), 40).pk


def _tender(person: User) -> int:
    assert person.force
    tender = procurement.tender(person.force, title="Cameras")
    Involvement.objects.create(
        force=person.force,
        person=person,
        tender=tender,
        part=Part.EVALUATES,
        starts_on=builders.START,
    )
    return tender.pk


def _contract(force: Force, **details: Any) -> Contract:
    return procurement.contract(force, title="Fleet", **details)


def contract(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    return {"pk": _contract(force, outsourced=True).pk}


def tender(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    return {"pk": Tender.objects.create(force=force, identifier="access", title="Boots").pk}


def purchase(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    """One whose holder is none of the cast."""
    card = Card.objects.create(force=force, identifier="access", holder_name="A N Other")
    return {"pk": procurement.purchase(card, 40).pk}


def payment(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    return {"pk": procurement.payment(force, "Fleet Payee").pk}


def involvement(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    made = Involvement.objects.create(
        force=force,
        person=User.objects.filter(force=force).first(),
        contract=_contract(force),
        part=Part.MANAGES,
        starts_on=builders.START,
    )
    return {"pk": made.pk}


def contractor(things: "Things", force: Force, psd: User) -> dict[str, Any]:
    made = ContractorPerson.objects.create(
        force=force,
        person=User.objects.filter(force=force).first(),
        contract=_contract(force, outsourced=True),
        starts_on=builders.START,
    )
    return {"pk": made.pk}


def _organisation(department: Any, code: str) -> int:
    name = {"HTP": "Harbour Ropes", "NMR": "Moor Ropes"}[code]
    return procurement.organisation(name, department=department).pk


def _merge(department: Any, code: str) -> int:
    one, into = (
        procurement.organisation(f"{code} {name}", department=department)
        for name in ("Chains", "Chain Makers")
    )
    made, _ = Merge.objects.get_or_create(
        organisation=one,
        into=into,
        department=department,
        defaults={
            "reason": "One firm.",
            "merged_at": timezone.now(),
            "merged_by": User.objects.earliest("pk"),
        },
    )
    return made.pk


def setting(things: "Things", code: str) -> Named | None:
    """Next century's, so that its day has not come."""
    place = things.place(code)
    if not isinstance(place, Force):
        return None
    later = timezone.localdate().replace(year=2099)
    made = CheckSetting.objects.create(force=place, check_name="card_split", effective_from=later)
    return Named(Thing(code), {"object_id": made.pk})


MAKERS: dict[str, Maker] = {
    "entry of crosschecks": match,
    "own purchase": of_holder(_purchase),
    "own tender": of_holder(_tender),
}
ROWS: dict[str, Row] = {
    "contract": of_force(contract),
    "tender": of_force(tender),
    "payment": of_force(payment),
    "purchase": of_force(purchase),
    "involvement": of_force(involvement),
    "contractor": of_force(contractor),
    "organisation’s page": shared(_organisation),
    "merge": shared(_merge),
    "check setting": setting,
}
