"""What a contract for outsourced services says of its people, and who they are.

They do the force's work, so every register is theirs to declare in.
"""

from collections.abc import Mapping
from datetime import date, datetime

from integrity.audit.actions import action, record
from integrity.casework.workflow import Denied
from integrity.people.models import User
from registers.procurement.enums import Stated
from registers.procurement.models import Contract, ContractorPerson
from registers.procurement.permissions import check_contractor, check_procurement


@action
def set_outsourcing(
    contract: Contract,
    *,
    outsourced: bool,
    staff_vetted: Stated,
    standards_clause: Stated,
    who_investigates: str,
    by: User,
    now: datetime,
) -> Contract:
    """Say whether a contract is for outsourced services and, if so, what holds of its people."""
    contract = _locked(contract)
    check_procurement(by, contract.force)
    if not outsourced and contract.people.filter(ends_on=None).exists():
        raise Denied("End the work of the contractor’s people first.")
    answers = {
        "staff_vetted": str(staff_vetted) if outsourced else "",
        "standards_clause": str(standards_clause) if outsourced else "",
        "who_investigates": who_investigates.strip() if outsourced else "",
    }
    contract.outsourced = outsourced
    for name, said in answers.items():
        setattr(contract, name, said)
    contract.save(update_fields=["outsourced", *answers])
    _tell("outsourced services stated", contract, {"outsourced": outsourced, **answers}, by, now)
    return contract


@action
def add_contractor(
    contract: Contract, *, person: User, starts_on: date, by: User, now: datetime
) -> ContractorPerson:
    """Name somebody of the contractor who has an account; named before, they begin again."""
    contract = _locked(contract)
    check_procurement(by, contract.force)
    check_contractor(person, contract)
    known = contract.people.filter(person=person).first()
    if known is not None and known.ends_on is None:
        raise Denied(f"{person.display} is named already.")
    named = known or ContractorPerson(contract=contract, force=contract.force, person=person)
    named.starts_on, named.ends_on = starts_on, None
    named.save()
    _tell("contractor’s person added", contract, {"person": person.display}, by, now)
    return named


@action
def end_contractor(
    person: ContractorPerson, *, ends_on: date, by: User, now: datetime
) -> ContractorPerson:
    """Say on which day somebody of the contractor stopped doing the force's work."""
    person = ContractorPerson.objects.select_for_update().get(pk=person.pk)
    contract = person.contract
    check_procurement(by, contract.force)
    if person.ends_on is not None:
        raise Denied("Their work has been ended already.")
    if ends_on < person.starts_on:
        raise Denied("The last day must be on or after the first day.")
    person.ends_on = ends_on
    person.save(update_fields=["ends_on"])
    facts = {"person": person.person.display, "ends_on": str(ends_on)}
    _tell("contractor’s person ended", contract, facts, by, now)
    return person


def _tell(
    name: str, contract: Contract, facts: Mapping[str, object], by: User, now: datetime
) -> None:
    record(
        name,
        by=by,
        now=now,
        force_id=contract.force_id,
        about="contract",
        about_id=contract.pk,
        facts=facts,
    )


def _locked(contract: Contract) -> Contract:
    rows = Contract.objects.select_for_update(of=("self",))
    return rows.select_related("force").get(pk=contract.pk)
