"""Who has a part in a tender or a contract, who bids, and what those involved declare about bidders."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from django.urls import reverse
from django.utils import timezone

from integrity.audit.actions import action, record
from integrity.casework.actions.work import mail
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.organisations.actions import find_or_create
from registers.organisations.models import Organisation
from registers.procurement.declarations import DECLARED, last_declared
from registers.procurement.enums import Declared, Part
from registers.procurement.models import Bidder, Contract, Involvement, Tender
from registers.procurement.permissions import check_declares, check_of_force, check_procurement
from registers.procurement.policies import withdraws
from registers.procurement.reads import standing


@action
def add_bidder(tender: Tender, *, name: str, by: User, now: datetime) -> Bidder:
    """Name somebody who bids. Everybody involved is asked anew, whatever they declared before."""
    tender = _locked(tender)
    check_procurement(by, tender.force)
    written = " ".join(name.split())[:300]
    if not written:
        raise Denied("Give the bidder’s name.")
    organisation = find_or_create(name=written, department=tender.force.department)
    known = tender.bidders.filter(organisation__in=Organisation.objects.whole_of(organisation))
    if known.exists():
        raise Denied(f"“{written}” is among the bidders already.")
    bidder = Bidder.objects.create(
        tender=tender, force=tender.force, organisation=organisation, as_written=written
    )
    _tell("bidder added", tender, {"bidder": written}, by, now)
    _ask_again(tender, by=by, now=now)
    return bidder


@action
def ask_again(tender: Tender, *, by: User | None, now: datetime) -> int:
    """Ask everybody involved anew, after bidders came otherwise than by ``add_bidder``; says how many."""
    return _ask_again(_locked(tender), by=by, now=now)


@action
def involve(
    person: User,
    *,
    of: Tender | Contract,
    part: Part,
    starts_on: date,
    by: User,
    now: datetime,
) -> Involvement:
    """Record somebody's part; of a tender with bidders, they are asked about them."""
    of = _locked(of)
    check_procurement(by, of.force)
    check_of_force(person, of.force)
    known = of.involved.filter(person=person, part=part).first()
    if known is not None and known.ends_on is None:
        raise Denied(f"{person.display} has this part already.")
    involvement = known or Involvement(force=of.force, person=person, part=part, **_named(of))
    involvement.starts_on, involvement.ends_on = starts_on, None
    involvement.declared, involvement.declaration, involvement.declared_at = "", "", None
    involvement.save()
    _tell("person involved", of, {"person": person.display, "part": str(part)}, by, now)
    if isinstance(of, Tender):
        _tell_of_part(of, person, part)
    return involvement


@action
def end_involvement(
    involvement: Involvement, *, ends_on: date, by: User, now: datetime
) -> Involvement:
    """Say on which day somebody's part ended; it stays on record."""
    involvement = Involvement.objects.select_for_update(of=("self",)).get(pk=involvement.pk)
    of = involvement.tender or involvement.contract
    if of is None:
        raise Denied("This part is in no tender and no contract.")
    check_procurement(by, of.force)
    if involvement.ends_on is not None:
        raise Denied("This part has been ended already.")
    if ends_on < involvement.starts_on:
        raise Denied("The last day must be on or after the first day.")
    involvement.ends_on = ends_on
    involvement.save(update_fields=["ends_on"])
    facts = {
        "person": involvement.person.display,
        "part": involvement.part,
        "ends_on": str(ends_on),
    }
    _tell("involvement ended", of, facts, by, now)
    return involvement


@action
def declare_interests(
    tender: Tender, *, declared: Declared, declaration: str, by: User, now: datetime
) -> int:
    """Somebody involved says whether they have an interest in a bidder, for each of their parts.

    ``declaration`` describes the interest or, where they withdraw one, says why they have it no
    longer. What they said before stays in the ledger. Says of how many parts it holds.
    """
    tender = _locked(tender)
    today = timezone.localdate(now)
    check_declares(by, tender, today)
    if declared == Declared.NOT_YET:
        raise Denied("Say whether you have an interest in a bidder.")
    withdrawn = withdraws(declared, last_declared(tender, by))
    described = declaration.strip() if declared == Declared.INTEREST or withdrawn else ""
    if declared == Declared.INTEREST and not described:
        raise Denied("Describe the interest.")
    if withdrawn and not described:
        raise Denied("Say why you no longer have the interest that you declared.")
    mine = tender.involved.filter(standing(today), person=by)
    many = mine.update(declared=declared, declaration=described, declared_at=now)
    bidders = [str(each) for each in tender.bidders.all()]
    facts = {"declared": str(declared), "declaration": described, "bidders": bidders}
    _tell(DECLARED, tender, facts, by, now)
    return many


def _ask_again(tender: Tender, *, by: User | None, now: datetime) -> int:
    involved = tender.involved.filter(standing(timezone.localdate(now)))
    before = [
        {"person": each.person.display, "declared": each.declared, "said": each.declaration}
        for each in involved.exclude(declared="").select_related("person__grade")
    ]
    involved.update(declared="", declaration="", declared_at=None)
    people = list(
        {each.person_id: each.person for each in involved.select_related("person")}.values()
    )
    if people:
        _tell("declaration asked", tender, {"people": len(people), "before": before}, by, now)
        _ask(tender, people)
    return len(people)


def _tell_of_part(tender: Tender, person: User, part: Part) -> None:
    """Whoever gets a part learns of it at once, and what is asked of them."""
    if tender.bidders.exists():
        _ask(tender, [person])
        return
    mail(
        [person],
        subject="You have a part in a tender",
        body=f"In the tender “{tender}” your part is: {Part(part).label}. Nobody has bid yet. "
        "Once somebody does, you are asked to declare whether you have an interest in a bidder.",
        path=reverse("procurement:tenders"),
    )


def _ask(tender: Tender, people: list[User]) -> None:
    mail(
        people,
        subject="Say whether you have an interest in a bidder",
        body=f"You have a part in the tender “{tender}”. Look at who bids, and declare.",
        path=reverse("procurement:declare", args=[tender.pk]),
    )


def _tell(
    name: str, of: Tender | Contract, facts: Mapping[str, object], by: User | None, now: datetime
) -> None:
    record(
        name,
        by=by,
        now=now,
        force_id=of.force_id,
        about="tender" if isinstance(of, Tender) else "contract",
        about_id=of.pk,
        facts=facts,
    )


def _named(of: Tender | Contract) -> dict[str, Tender | Contract]:
    return {"tender" if isinstance(of, Tender) else "contract": of}


def _locked[T: Tender | Contract](of: T) -> T:
    rows = type(of)._default_manager.select_for_update(of=("self",))
    return cast(T, rows.select_related("force__department").get(pk=of.pk))
