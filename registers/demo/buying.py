"""What the invented forces buy: their files imported, tenders staffed, and what the checks then find."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from integrity.casework.actions.feeds import FeedFile, take_feed
from integrity.casework.importing.mapping import Mapping
from integrity.casework.registry import feeds
from integrity.people.enums import MemberType
from integrity.people.models import StandardsDepartment, User
from registers.crosschecks import actions as crosschecks
from registers.crosschecks.enums import Disposition
from registers.crosschecks.models import Match
from registers.demo import buying_files as files
from registers.demo.data.buying import HALCYON_AWARD, TENDERS
from registers.demo.data.places import FLEET
from registers.demo.data.providers import NORTHMOOR
from registers.demo.timeline import Story
from registers.demo.world import World
from registers.organisations.actions.suggesting import suggest_merges
from registers.procurement import actions as procurement
from registers.procurement.enums import Declared, Part, Stated, Verdict
from registers.procurement.models import Contract, Purchase, Tender

HOLDERS = 6
MONTH = 30


def bought(world: World) -> list[Story]:
    """Each force's files, the month's contracts first, and who has a part in what."""
    return [_files(world, code) for code in world.forces] + [_staffed(world)]


def _files(world: World, code: str) -> Story:
    buyer = world[f"procurement.{code.lower()}"]
    holders = _holders(world, code)
    for days, slug, name, content in (
        (8, "contracts", "contracts.json", files.contracts(world, code)),
        (7, "spend", "spend.csv", files.spend(world, code)),
        (6, "cards", "cards.csv", files.cards(world, code, holders)),
    ):
        yield (at := world.ago(days, 9))
        _take(slug, name, content, world, code, by=buyer, now=at)


def _take(
    slug: str, name: str, content: bytes, world: World, code: str, *, by: User, now: datetime
) -> None:
    (feed,) = (each for each in feeds() if each.slug == slug)
    source = FeedFile(feed, world.forces[code], name, content, Mapping())
    take_feed(source, source.read(), by=by, now=now)


def _holders(world: World, code: str) -> Sequence[User]:
    """Those who hold a card: some of fleet and procurement, first of all its officers."""
    kinds = (MemberType.STAFF, MemberType.OFFICER)
    team = [
        user
        for user in world.of_force(code)
        if user.unit.name == FLEET and user.is_active and user.member_type in kinds
    ]
    return sorted(team, key=lambda user: user.pk)[-HOLDERS:]


def _staffed(world: World) -> Story:
    """Northmoor's open tender has an evaluator who has declared and an approver who has not."""
    buyer, head = world["procurement.nmr"], world["fleet.nmr"]
    force = world.forces[NORTHMOOR]
    yield (at := world.ago(5, 10))
    tender = Tender.objects.get(force=force, title=TENDERS[0][0])
    since = world.today - timedelta(days=5)
    for person, part in ((world["detective.nmr"], Part.EVALUATES), (head, Part.APPROVES)):
        procurement.involve(person, of=tender, part=part, starts_on=since, by=buyer, now=at)
    title, _, _, awarded = HALCYON_AWARD
    halcyon = Contract.objects.get(force=force, title=title)
    before = world.today - timedelta(days=awarded + MONTH)
    procurement.involve(head, of=halcyon, part=Part.APPROVES, starts_on=before, by=buyer, now=at)
    healthcare = Contract.objects.get(force=force, title="Custody healthcare")
    healthcare = procurement.set_outsourcing(
        healthcare,
        outsourced=True,
        staff_vetted=Stated.YES,
        standards_clause=Stated.NO,
        who_investigates="",
        by=buyer,
        now=at,
    )
    nurses = [u for u in world.of_force(NORTHMOOR) if u.member_type == MemberType.CONTRACTOR]
    for nurse in nurses[:3]:
        procurement.add_contractor(healthcare, person=nurse, starts_on=since, by=buyer, now=at)
    yield (at := world.ago(4, 15))
    procurement.declare_interests(
        tender, declared=Declared.NONE, declaration="", by=world["detective.nmr"], now=at
    )
    yield (at := world.ago(3, 11))
    others = Purchase.objects.filter(force=force, merchant="GREENWAY RAIL").exclude(
        card__holder__line_manager=buyer
    )
    for purchase in others.exclude(justified_at=None)[:3]:
        procurement.review(purchase, verdict=Verdict.RIGHT, remarks="", by=buyer, now=at)


def compare(world: World) -> None:
    """Suggest what is one organisation, run every check, and dispose of two matches."""
    for department in StandardsDepartment.objects.all():
        suggest_merges(department, now=world.now)
    for code in world.forces:
        crosschecks.run_checks(world.forces[code], now=world.now)
    reviewer = world["reviewer.alliance"]
    for words, disposition, reason in (
        (
            "Council",
            Disposition.COINCIDENCE,
            "Rates are paid to the council every month; the offer has nothing to do with them.",
        ),
        (
            "Ravensholt Hall Hotel",
            Disposition.KNOWN,
            "The hotel of the annual conference; procurement knows, and it was declared.",
        ),
    ):
        mine = Match.objects.visible_to(reviewer).waiting()
        match = mine.filter(sentence__icontains=words, for_psd=True).first()
        if match is not None:
            crosschecks.dispose(
                match,
                disposition=disposition,
                reason=reason,
                by=reviewer,
                now=world.now,
                version=None,
            )
