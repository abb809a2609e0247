"""What the generator of worlds writes is what the actions lead to: the same shapes, the same facts."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from integrity.casework.models import Case, Decision
from integrity.people.models import Force
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.enums import Verb as InterestVerb
from registers.business_interests.models import Interest, InterestPolicy, WrittenNotice
from registers.gifts.enums import Status as OfferStatus
from registers.gifts.enums import Verb
from registers.gifts.models import Offer
from registers.investigations.enums import Status as InvestigationStatus
from registers.investigations.models import Investigation
from registers.media_contacts.enums import Status as ContactStatus
from registers.media_contacts.models import Contact
from registers.oversight.enums import Measure
from registers.oversight.models import Fact
from tests import builders, contacts, interests, investigations
from tests.builders import NOW, World
from tests.oversight import settle
from tests.oversight_world.make import small
from tests.oversight_world.rows import insert
from tests.registers.oversight.recount import recount

SEEDS = range(1, 17)
FIRST = 10**9
YEAR = timedelta(days=365)
ENTRIES: Mapping[str, type[models.Model]] = {
    "gifts": Offer,
    "business_interests": Interest,
    "media_contacts": Contact,
    "investigations": Investigation,
}
# what an entry may have or not, whatever its status: somebody's view, a challenge, a firm's name
BESIDES = {
    Measure.PEER_REVIEWS, Measure.PROVIDERS, Measure.CHALLENGES, Measure.CHECKS, Measure.REVIEWS,
    Measure.FOLLOW_UPS, Measure.APPEALS, Measure.AGAINST_GUIDANCE, Measure.RESTRICTIONS,
    Measure.EXTERNAL,
}  # fmt: skip


@dataclass(frozen=True, order=True)
class Shape:
    """Where a case stands, what was decided in it, and what it counts as."""

    register: str
    status: str
    phase: str
    decisions: tuple[str, ...]
    notices: tuple[str, ...]
    measures: frozenset[str]

    @property
    def where(self) -> tuple[str, str, str]:
        return self.register, self.status, self.phase


def shapes(cases: models.QuerySet[Case]) -> Iterator[Shape]:
    """The shapes of these cases, as they are kept and counted."""
    measures, decided, noticed = (defaultdict[int, list[str]](list) for _ in range(3))
    # tasks are the clocks' to make: of what waits, a world has enough to count
    facts = Fact.objects.filter(case__in=cases, measure__in=Measure.values)
    for case, measure in facts.values_list("case_id", "measure"):
        measures[case].append(measure)
    for case, stage in Decision.objects.filter(case__in=cases).values_list("case_id", "stage"):
        decided[case].append(stage)
    notices = WrittenNotice.objects.filter(interest__case__in=cases)
    for case, outcome in notices.values_list("interest__case_id", "outcome"):
        noticed[case].append(outcome)
    for register, model in ENTRIES.items():
        found = model._default_manager.filter(case__in=cases)
        for case, status, phase in found.values_list("case_id", "status", "case__phase"):
            yield Shape(
                register,
                status,
                phase,
                tuple(sorted(decided[case])),
                tuple(noticed[case]),
                frozenset(measures[case]) - BESIDES,
            )


# Beyond what leads to a status first: what follows, verb by verb, and by whom.
Path = tuple[OfferStatus, tuple[tuple[Verb, str], ...]]
PSD = "other_reviewer"
OFFERS: tuple[Path, ...] = (
    *((status, ()) for status in OfferStatus),
    (OfferStatus.WITH_SUPERVISOR, ((Verb.APPROVE, "sergeant"),)),
    (OfferStatus.AUTHORISED, ((Verb.RECORD_OUTCOME, "constable"),)),
    (OfferStatus.NON_COMPLIANT, ((Verb.REOPEN, "psd_head"), (Verb.WITHDRAW, "constable"))),
    (OfferStatus.NON_COMPLIANT, ((Verb.REOPEN, "psd_head"), (Verb.ACCEPT, "psd_head"))),
)
Told = tuple[InterestStatus, tuple[tuple[InterestVerb, str], ...]]
INTERESTS: tuple[Told, ...] = (
    *((status, ()) for status in InterestStatus),
    (InterestStatus.REFUSED, ((InterestVerb.REOPEN, "reviewer"),)),
    (InterestStatus.REFUSED, ((InterestVerb.REOPEN, "reviewer"), (InterestVerb.APPROVE, PSD))),
    (
        InterestStatus.REFUSED,
        ((InterestVerb.REOPEN, "reviewer"), (InterestVerb.WITHDRAW, "constable")),
    ),
    (InterestStatus.APPROVED_WITH_CONDITIONS, ((InterestVerb.REVOKE, PSD),)),
    (InterestStatus.APPROVED_WITH_CONDITIONS, ((InterestVerb.CEASE, "constable"),)),
)


def offer(path: Path, world: World) -> Any:
    found = builders.offer_in(path[0], world)
    for verb, who in path[1]:
        found = builders.perform(verb, found, by=getattr(world, who), in_world=world)
    return found


def interest(path: Told, world: World) -> Any:
    found = interests.interest_in(path[0], world, hours_a_week=Decimal("0.1"))
    for verb, who in path[1]:
        found = interests.perform(verb, found, by=getattr(world, who), in_world=world)
    return found


def reached(world: World) -> Iterator[Callable[[], Any]]:
    """What leads by the actions to entries of every status, and on."""
    yield from (lambda path=path: offer(path, world) for path in OFFERS)
    yield from (lambda path=path: interest(path, world) for path in INTERESTS)
    yield from (
        lambda status=status: contacts.contact_in(status, world) for status in ContactStatus
    )
    yield from (
        lambda status=status: investigations.investigation_in(status, world)
        for status in InvestigationStatus
    )


def counted(force: Force) -> dict[tuple[str, tuple[str, ...]], tuple[int, Decimal]]:
    """What is kept of a force, by measure and key, but for what waits, which is of today alone."""
    found: dict[tuple[str, tuple[str, ...]], tuple[int, Decimal]] = {}
    for fact in Fact.objects.filter(force=force, measure__in=Measure.values):
        what = (fact.measure, tuple(fact.key.split("|")))
        n, pounds = found.get(what, (0, Decimal(0)))
        found[what] = (n + fact.n, pounds + fact.pounds)
    return found


def test_what_is_generated_is_what_the_actions_lead_to(world: World) -> None:
    """Each shape that the actions lead to is generated, and nothing stands where none leads."""
    InterestPolicy.objects.update(asks_hr=True, asks_vetting=True)
    for make in reached(world):
        make()
    settle()
    by_actions = set(shapes(Case.objects.all()))
    around = {"first": NOW.date() - YEAR, "last": NOW.date() + YEAR}
    said = recount(list(Measure), forces=[world.northmoor.pk], **around)
    assert counted(world.northmoor) == said

    for number, seed in enumerate(SEEDS):
        insert(small(seed, at=FIRST + number * 10**6, mark=f"Q{number}").rows)
    settle()
    # a legacy register keeps what it says, which no action led to
    generated = set(shapes(Case.objects.filter(pk__gte=FIRST, source="declared")))
    assert "\n".join(map(str, by_actions - generated)) == ""
    assert {each.where for each in generated} == {each.where for each in by_actions}
