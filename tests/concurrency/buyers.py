"""What two people of procurement, or two browsers of one person, do at one moment."""

from collections.abc import Iterator
from typing import Any

from integrity.audit.models import Event
from integrity.casework.actions import import_uploads
from integrity.casework.importing.mapping import Mapping
from integrity.casework.models import ImportUpload
from integrity.casework.registry import importable
from registers.procurement import actions as buying
from registers.procurement.enums import Declared, Part, Stated, Verdict
from registers.procurement.models import Contract, Involvement, Payment, Purchase
from tests import procurement
from tests.builders import NOW, TODAY
from tests.concurrency.contests import (
    ONE,
    TWO,
    WHY,
    Contest,
    Stage,
    events,
    given,
    is_one,
)

# --- procurement ----------------------------------------------------------------------------------


def justify(stage: Stage) -> Contest:
    holder = stage.person()
    bought = procurement.purchase(procurement.card(holder))
    acts = [
        lambda text=text: buying.justify(bought, text=text, **given(holder))
        for text in ("Paper.", "Ink.")
    ]

    def after(answers: Any) -> Iterator[str]:
        said = ("Paper.", "Ink.")[answers.index("")]
        if Purchase.objects.get(pk=bought.pk).justification != said:
            yield f"“{said}” is not what stands"
        if events("purchase justified", bought.pk) != 1:
            yield "not one event"

    return Contest("justify", acts, ONE, after)


def review(stage: Stage) -> Contest:
    bought = procurement.purchase(procurement.card(stage.person()))
    ways = [(Verdict.WRONG, stage.buyer), (Verdict.REFERRED, stage.analysts[0])]
    acts = [
        lambda how=how, by=by: buying.review(bought, verdict=how, remarks=WHY, **given(by))
        for how, by in ways
    ]

    def after(answers: Any) -> Iterator[str]:
        held = Purchase.objects.get(pk=bought.pk)
        how, by = ways[answers.index("")]
        if (held.verdict, held.reviewed_by) != (how, by):
            yield f"{held.verdict} by {held.reviewed_by} stands"
        if events("purchase reviewed", bought.pk) != 1:
            yield "not one event"

    return Contest("review", acts, ONE, after)


def add_bidder(stage: Stage) -> Contest:
    """One bidder, spelt in two ways."""
    tender = procurement.tender(stage.world.northmoor)
    name = f"Birch {next(stage.numbers)} Works Ltd"
    names = (name, name.upper())
    acts = [
        lambda name=name, by=by: buying.add_bidder(tender, name=name, **given(by))
        for name, by in zip(names, (stage.buyer, stage.second_buyer), strict=True)
    ]

    def after(answers: Any) -> Iterator[str]:
        return is_one("bidders", tender.bidders.all())

    return Contest("add_bidder", acts, ONE, after)


def ask_again(stage: Stage) -> Contest:
    """Everybody is asked anew while one of them declares: they have declared of who bids now, or not."""
    tender = procurement.tender(stage.world.northmoor, "Halcyon Fleet Ltd")
    person = stage.person()
    part = procurement.involvement(person, tender)
    acts = [
        lambda: buying.ask_again(tender, by=stage.buyer, now=NOW),
        lambda: buying.declare_interests(
            tender, declared=Declared.NONE, declaration="", **given(person)
        ),
    ]

    def after(answers: Any) -> Iterator[str]:
        held = Involvement.objects.get(pk=part.pk)
        if bool(held.declared) != (held.declared_at is not None):
            yield "half a declaration"

    return Contest("ask_again", acts, TWO, after)


def declare_interests(stage: Stage) -> Contest:
    """A bidder is named while somebody declares: what they said was said of whoever bid then."""
    tender = procurement.tender(stage.world.northmoor, "Halcyon Fleet Ltd")
    person = stage.person()
    part = procurement.involvement(person, tender)
    name = f"Cedar {next(stage.numbers)}"
    acts = [
        lambda: buying.declare_interests(
            tender, declared=Declared.NONE, declaration="", **given(person)
        ),
        lambda: buying.add_bidder(tender, name=name, **given(stage.buyer)),
    ]

    def after(answers: Any) -> Iterator[str]:
        held = Involvement.objects.get(pk=part.pk)
        said = Event.objects.get(name="interests in bidders declared", about_id=tender.pk)
        if bool(held.declared) != (name in said.facts["bidders"]):
            yield f"declared: “{held.declared}”, of {said.facts['bidders']}"

    return Contest("declare_interests", acts, TWO, after)


def involve(stage: Stage) -> Contest:
    tender, person = procurement.tender(stage.world.northmoor), stage.person()
    acts = [
        lambda by=by: buying.involve(
            person, of=tender, part=Part.EVALUATES, starts_on=TODAY, **given(by)
        )
        for by in (stage.buyer, stage.second_buyer)
    ]

    def after(answers: Any) -> Iterator[str]:
        return is_one("parts", tender.involved.all())

    return Contest("involve", acts, ONE, after)


def end_involvement(stage: Stage) -> Contest:
    part = procurement.involvement(stage.person(), procurement.tender(stage.world.northmoor))
    acts = [
        lambda by=by: buying.end_involvement(part, ends_on=TODAY, **given(by))
        for by in (stage.buyer, stage.second_buyer)
    ]
    return Contest("end_involvement", acts, ONE)


def outsourced(stage: Stage) -> Contract:
    return procurement.contract(stage.world.northmoor, outsourced=True)


def add_contractor(stage: Stage) -> Contest:
    contract, person = outsourced(stage), stage.contractor()
    acts = [
        lambda by=by: buying.add_contractor(contract, person=person, starts_on=TODAY, **given(by))
        for by in (stage.buyer, stage.second_buyer)
    ]

    def after(answers: Any) -> Iterator[str]:
        return is_one("of the contractor’s people", contract.people.all())

    return Contest("add_contractor", acts, ONE, after)


def end_contractor(stage: Stage) -> Contest:
    named = buying.add_contractor(
        outsourced(stage), person=stage.contractor(), starts_on=TODAY, **given(stage.buyer)
    )
    acts = [
        lambda by=by: buying.end_contractor(named, ends_on=TODAY, **given(by))
        for by in (stage.buyer, stage.second_buyer)
    ]
    return Contest("end_contractor", acts, ONE)


def set_outsourcing(stage: Stage) -> Contest:
    """It is said to be no outsourced service while one of the contractor’s people is named."""
    contract, person = outsourced(stage), stage.contractor()
    acts = [
        lambda: buying.set_outsourcing(
            contract, outsourced=False, staff_vetted=Stated.NOT_STATED,
            standards_clause=Stated.NOT_STATED, who_investigates="", **given(stage.buyer),
        ),
        lambda: buying.add_contractor(
            contract, person=person, starts_on=TODAY, **given(stage.second_buyer)
        ),
    ]  # fmt: skip

    def after(answers: Any) -> Iterator[str]:
        held = Contract.objects.get(pk=contract.pk)
        if held.people.exists() == (not held.outsourced):
            yield f"outsourced: {held.outsourced}, people: {held.people.count()}"

    return Contest("set_outsourcing", acts, ONE, after)


# --- imports --------------------------------------------------------------------------------------


def spend(stage: Stage, rows: int) -> bytes:
    """A file of payments to suppliers whom nobody knows yet."""
    lines = ["Date,Supplier,Amount,Description,Transaction No"]
    number = next(stage.numbers)
    lines += [f"03/03/2026,Rowan {number} {n},{n}.10,Pens,PY-{number}-{n}" for n in range(rows)]
    return "\n".join(lines).encode()


def uploaded(stage: Stage, content: bytes, by: Any) -> ImportUpload:
    return import_uploads.add_upload(
        register=importable("spend"), force=stage.world.northmoor, name="spend.csv",
        content=content, mapping=Mapping(), **given(by),
    )  # fmt: skip


def kept_once(uploads: list[ImportUpload], rows: int) -> Iterator[str]:
    """One import brought every row; what else was asked found nothing new."""
    held = [ImportUpload.objects.get(pk=each.pk) for each in uploads]
    batches = {each.batch_id for each in held} - {None}
    if len(batches) != 1 or not all(each.imported_at for each in held):
        yield f"imports {batches} of {held}"
    many = Payment.objects.filter(batch__in=batches).count()
    if many != rows or sum(each.result["imported"] for each in held) != rows:
        yield f"{many} of {rows} payments; {[each.result['imported'] for each in held]}"


def take_upload(stage: Stage) -> Contest:
    """Two clicks on one file."""
    upload = uploaded(stage, spend(stage, 20), stage.buyer)
    acts = [lambda: import_uploads.take_upload(upload, **given(stage.buyer))] * 2
    return Contest("take_upload", acts, TWO, lambda answers: kept_once([upload], 20))


def take_the_same_file(stage: Stage) -> Contest:
    """One file, which two people have uploaded."""
    content, people = spend(stage, 20), (stage.buyer, stage.second_buyer)
    uploads = [uploaded(stage, content, by) for by in people]
    acts = [
        lambda upload=upload, by=by: import_uploads.take_upload(upload, **given(by))
        for upload, by in zip(uploads, people, strict=True)
    ]
    return Contest("take_the_same_file", acts, TWO, lambda answers: kept_once(uploads, 20))


def import_queued(stage: Stage) -> Contest:
    """A worker that was taken for dead goes on beside the next one."""
    rows = 200
    upload = uploaded(stage, spend(stage, rows), stage.buyer)
    ImportUpload.objects.filter(pk=upload.pk).update(queued_at=NOW, heard_at=NOW)
    acts = [lambda: import_uploads.import_queued(upload.pk, now=NOW)] * 2
    return Contest(
        "import_queued", acts, TWO, lambda answers: kept_once([upload], rows), of_worker=True
    )


MAKERS = (
    justify, review, add_bidder, ask_again, declare_interests, involve, end_involvement,
    add_contractor, end_contractor, set_outsourcing, take_upload, take_the_same_file,
    import_queued,
)  # fmt: skip
