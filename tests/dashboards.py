"""A world with something of everything in it, reached by the real actions, for tests of figures."""

from datetime import date
from decimal import Decimal

from integrity.casework.actions.nil_returns import return_nil
from integrity.casework.enums import ChallengeDisposal
from integrity.casework.quarters import Quarter
from integrity.people.models import Force, Unit, User
from integrity.ui.tables import Cell, Table
from registers.business_interests.enums import Status as InterestStatus
from registers.business_interests.enums import Verb as InterestVerb
from registers.crosschecks.actions import dispose
from registers.crosschecks.enums import Check, Disposition
from registers.gifts.enums import ProviderKind, Verb
from registers.gifts.enums import Status as OfferStatus
from registers.gifts.models import Offer
from registers.investigations.enums import Category, SubCategory
from registers.investigations.enums import Status as InvestigationStatus
from registers.investigations.enums import Verb as InvestigationVerb
from registers.media_contacts.actions import check_week, draw_sample
from registers.media_contacts.enums import Evidence
from registers.media_contacts.enums import Status as ContactStatus
from registers.media_contacts.enums import Verb as ContactVerb
from registers.oversight.asking import Asked
from registers.oversight.dashboards import psd_dashboard
from registers.oversight.sections.section import Section
from registers.oversight.spans import Period
from tests import builders, contacts, interests, investigations, matches, procurement
from tests.builders import NOW, TODAY, World, accepted, declare, item, read_anew
from tests.oversight import settle

QUARTER = Period(date(2026, 4, 1), date(2026, 6, 30))
SPRING = Quarter(date(2026, 4, 1))
WINTER = Quarter(date(2026, 1, 1))


def busy(world: World) -> World:
    """Offers, applications, contacts, investigations and matches at many stages, and a nil return."""
    offers(world)
    applications(world)
    logged(world)
    investigated(world)
    matches.lunch(world.constable, on=date(2026, 5, 20))
    procurement.contract(world.northmoor, awarded_on=TODAY, amount=Decimal("1250000.00"))
    matches.run(world.northmoor)
    found = matches.matches(Check.OFFER_BEFORE_AWARD, person=world.constable)[0]
    why = "They met at a conference."
    dispose(
        found, disposition=Disposition.KNOWN, reason=why, by=world.other_reviewer, now=NOW,
        version=found.version,
    )  # fmt: skip
    matches.split(world)
    Unit.objects.filter(pk=world.patrol.pk).update(head=world.sergeant)
    world.patrol.refresh_from_db()
    return_nil(
        world.patrol,
        registers=["gifts", "media_contacts"],
        quarter=WINTER,
        by=world.sergeant,
        now=NOW,
    )
    settle()
    return world


def offers(world: World) -> None:
    declare(world.constable, item(5))
    declare(world.colleague, item(30, kind="hospitality"), accepted(12, kind="hospitality"))
    declare(world.eastvale_constable, item(600), organisation="Meridian Estates Ltd")
    kind = {"provider_kind": ProviderKind.CHARITY, "organisation": "Harbour Lifeboats"}
    declare(world.staff_officer, accepted(8), **kind)
    late = {"offered_on": date(2026, 4, 20), "late_reason": "I was away."}
    declare(world.constable, accepted(15), **late)
    for status in (OfferStatus.COMPLIANT, OfferStatus.NON_COMPLIANT, OfferStatus.QUERIED):
        builders.offer_in(status, world, subject=world.colleague)
    builders.offer_in(OfferStatus.WITHDRAWN, world)
    challenged = builders.offer_in(OfferStatus.WITH_PSD, world)
    builders.perform(Verb.CHALLENGE, challenged, by=world.other_reviewer, in_world=world)
    answered = builders.offer_in(OfferStatus.WITH_PSD, world, subject=world.colleague)
    answered = builders.perform(Verb.CHALLENGE, answered, by=world.other_reviewer, in_world=world)
    answered = builders.perform(Verb.ANSWER_CHALLENGE, answered, by=world.colleague, in_world=world)
    builders.perform(
        Verb.DISPOSE_CHALLENGE, answered, by=world.psd_head, in_world=world,
        disposal=ChallengeDisposal.ADVICE,
    )  # fmt: skip
    plate = declare(world.assistant_chief, accepted(50, description="A silver plate"))
    builders.perform(Verb.PEER_REVIEW, plate, by=world.deputy_chief, in_world=world)


def applications(world: World) -> None:
    few = {"hours_a_week": Decimal("0.5")}  # so that nobody's week grows too long
    for status in (InterestStatus.APPROVED, InterestStatus.REFUSED, InterestStatus.WITH_PSD):
        interests.interest_in(status, world, **few)
    kept = interests.interest_in(InterestStatus.APPROVED_WITH_CONDITIONS, world, **few)
    interests.perform(InterestVerb.CHECK_CONDITION, kept, by=world.other_reviewer, in_world=world)
    of_colleague = {"subject": world.colleague, **few}
    against = interests.interest_in(InterestStatus.SECOND_APPROVAL, world, **of_colleague)
    interests.perform(InterestVerb.SECOND_APPROVE, against, by=world.other_reviewer, in_world=world)
    refused = interests.interest_in(InterestStatus.REFUSED, world, **of_colleague)
    interests.perform(InterestVerb.FOLLOW_UP, refused, by=world.other_reviewer, in_world=world)
    interests.interest_in(InterestStatus.APPEALED, world, **of_colleague)
    interests.interest_in(InterestStatus.CEASED, world, **few)


def logged(world: World) -> None:
    for status in (ContactStatus.ACKNOWLEDGED, ContactStatus.LOGGED, ContactStatus.WITHDRAWN):
        contacts.contact_in(status, world)
    flagged = contacts.contact_in(ContactStatus.LOGGED, world)
    contacts.perform(ContactVerb.ACKNOWLEDGE, flagged, by=world.press_officer)
    sample = draw_sample(
        force=world.northmoor, starts_on=date(2026, 5, 4), ends_on=date(2026, 5, 24), size=3,
        by=world.press_officer, now=NOW, seed=1,
    )  # fmt: skip
    week = next(
        each
        for each in sample.weeks.select_related("officer")
        if each.officer != world.press_officer
    )
    check_week(week, evidence=Evidence.DIARY, shown=2, note="", by=world.press_officer, now=NOW)


def investigated(world: World) -> None:
    given = {"category": Category.DISCLOSURE, "sub_category": SubCategory.CRIMINALS}
    investigations.open_one(world)
    opened = investigations.open_one(world, **given)
    investigations.perform(
        InvestigationVerb.SUSPEND, opened, by=world.other_reviewer, in_world=world
    )
    investigations.investigation_in(InvestigationStatus.REFERRED, world, **given)
    closed = {"category": Category.SOCIAL_MEDIA}
    investigations.investigation_in(InvestigationStatus.CLOSED, world, **closed)


def tables_of(sections: list[Section]) -> dict[str, Table]:
    """The tables of a page, by their slugs, which are unique."""
    tables = [table for section in sections for table in section.tables]
    found = {table.slug: table for table in tables}
    assert len(found) == len(tables)
    return found


def row(table: Table, name: str) -> dict[str, Cell]:
    """A row's cells by the labels of their columns."""
    (found,) = [each for each in table.rows if each[0].shown == name]
    return {column.label: cell for column, cell in zip(table.columns, found, strict=True)}


def number(table: Table, name: str, column: str) -> int:
    """A figure of a table: marks that are no number are not zero."""
    value = row(table, name)[column].value
    assert isinstance(value, int), f"{name}, {column}: {value}"
    return value


def dashboard(
    world: World,
    *forces: Force,
    today: date = TODAY,
    reader: User | None = None,
    **narrowed: object,
) -> dict[str, Table]:
    asked = Asked(forces or (world.northmoor, world.eastvale), QUARTER, **narrowed)
    reader = read_anew(reader or world.reviewer)
    return tables_of(list(psd_dashboard(asked, reader=reader, today=today)))


def offers_of(world: World) -> list[Offer]:
    """Offers of the alliance in the quarter that were not withdrawn."""
    found = Offer.objects.filter(
        case__force__in=[world.northmoor, world.eastvale],
        case__claimed_on__range=(QUARTER.starts_on, QUARTER.ends_on),
    ).exclude(status="withdrawn")
    return list(found.prefetch_related("items").select_related("case"))
