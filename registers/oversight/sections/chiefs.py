"""Chief officers’ entries one by one: what became of each, and who asked about it.

HMIC 2012 (pp. 24-25) found little evidence that chief officers were challenged. They are named where
the force's own rule says so; the public reads no free text and no private person's name.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from integrity.ui.tables import Cell, Column, Table, pounds, text
from integrity.ui.wording import listed
from registers.business_interests.models import Interest
from registers.gifts.case_page import offer_value
from registers.gifts.models import Offer, PeerReview
from registers.gifts.summaries import outcome
from registers.media_contacts.models import Contact
from registers.oversight.sections import challenged
from registers.oversight.sections.listed import (
    Reading,
    about,
    is_listed,
    reading,
    records_of,
)
from registers.oversight.sections.section import Section
from registers.oversight.seen import Seen

NOTE = (
    "Entries about the period, by the day that each is about. Challenges are those on these entries, and "
    "those made in the period on earlier ones."
)
PUBLIC_NOTE = (
    "Each entry stands here by itself, and is counted in no figure of this page. What is written in "
    "it, and who a private person is, are not published here."
)


def section(seen: Seen) -> Section:
    """Seven queries: the rules, the three registers with what hangs on offers, and the challenges."""
    cases = about(seen.asked, public=seen.public)
    offers = records_of(cases, Offer.objects.select_related("case", "provider_organisation"))
    interests = records_of(cases, Interest.objects.select_related("case", "organisation"))
    contacts = records_of(cases, Contact.objects.select_related("case"))
    peers = PeerReview.objects.select_related("reviewed_by__grade")
    records: list[list[Any]] = [
        list(offers.prefetch_related("items", Prefetch("peer_reviews", peers))),
        list(interests),
        list(contacts),
    ]
    found = reading(seen, [record.case for each in records for record in each])
    in_period = [[each for each in of if is_listed(found, seen, each.case)] for of in records]
    tables = [table(found, of) for table, of in zip(TABLES, in_period, strict=True)]
    if found.public:
        return Section("chiefs", "Chief officers by name", tables, PUBLIC_NOTE)
    tables.insert(1, challenged.table(found, seen))
    return Section("chiefs", "Chief officers", tables, NOTE)


def _offers(found: Reading, offers: Sequence[Offer]) -> Table:
    named = ("Chief officer", "Day")
    columns: Sequence[str] = (
        "Entry", "What was offered", "Provider", "Accepted or declined", "Value", "Decision",
        "Peer reviews", "Agenda",
    )  # fmt: skip
    if found.public:
        columns = ("What", "Provider", "Accepted or declined", "Worth at most")
    row = _public_offer if found.public else _offer
    return Table(
        "chiefs-offers",
        "Every offer to a chief officer",
        [Column(label) for label in (*named, *columns)],
        [[*found.first(each.case), *row(found, each)] for each in offers],
        nothing="No offer to a chief officer is recorded for this period.",
    )


def _offer(found: Reading, offer: Offer) -> list[Cell]:
    return [
        found.entry(offer.case, "gifts"),
        text("; ".join(item.description for item in offer.items.all())),
        text(offer.provider),
        text(outcome(offer)),
        text(offer_value(offer)),
        text(offer.get_status_display()),
        text(_peers(offer)),
        found.note(offer.case),
    ]


def _public_offer(found: Reading, offer: Offer) -> list[Cell]:
    """Organisations are named; a person is only what the register says they are to the force."""
    kinds = sorted({item.get_kind_display() for item in offer.items.all()})
    who = offer.provider_organisation
    provider = who.name if who else offer.get_provider_kind_display()
    return [text(listed(kinds)), text(provider), text(outcome(offer)), _known(offer)]


def _known(offer: Offer) -> Cell:
    """What the items are worth at most, in pounds; where one is not known, that."""
    worth = [
        item.value_to if item.value_to is not None else item.value_from
        for item in offer.items.all()
    ]
    sums = [each for each in worth if each is not None]
    return pounds(sum(sums, Decimal(0))) if len(sums) == len(worth) else text("Not known")


def _peers(offer: Offer) -> str:
    """Each peer's view, with their name; that one is asked for and waits."""
    told = [
        f"{each.get_view_display()}, {each.reviewed_by.display}"
        for each in offer.peer_reviews.all()
    ]
    if told:
        return "; ".join(told)
    return "Waiting" if offer.needs_peer_review else "Not asked for"


def _interests(found: Reading, interests: Sequence[Interest]) -> Table:
    rows = []
    for interest in interests:
        case = interest.case
        kind, status = text(interest.get_category_display()), text(interest.get_status_display())
        if found.public:
            rows.append([*found.first(case), kind, status])
        else:
            entry = found.entry(case, "business_interests")
            what = text(interest.title)
            rows.append([*found.first(case), entry, kind, what, status, found.note(case)])
    named = ("Chief officer", "Day")
    columns = ("Kind", "Status") if found.public else ("Entry", "Kind", "What", "Status", "Agenda")
    return Table(
        "chiefs-interests",
        "Every second job and interest of a chief officer",
        [Column(label) for label in (*named, *columns)],
        rows,
        nothing="No application by a chief officer is recorded for this period.",
    )


def _contacts(found: Reading, contacts: Sequence[Contact]) -> Table:
    told = {True: "Told", False: "Not told", None: "Not said"}
    rows = []
    for contact in contacts:
        case = contact.case
        basis = text(contact.get_basis_display() or "Not said")
        office = text(told[contact.press_office_told])
        if found.public:
            rows.append([*found.first(case), basis, office])
        else:
            entry, status = found.entry(case, "media_contacts"), text(contact.get_status_display())
            about = text(contact.about)
            rows.append([*found.first(case), entry, about, basis, office, status, found.note(case)])
    columns = ("Basis", "Press office") if found.public else (
        "Entry", "About", "Basis", "Press office", "Status", "Agenda",
    )  # fmt: skip
    return Table(
        "chiefs-media",
        "Every contact of a chief officer with the media",
        [Column(label) for label in ("Chief officer", "Day", *columns)],
        rows,
        nothing="No contact of a chief officer with the media is recorded for this period.",
    )


TABLES: Sequence[Callable[[Reading, Any], Table]] = (_offers, _interests, _contacts)
