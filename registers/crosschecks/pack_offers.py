"""What the meeting pack says of who offered: top providers, suppliers, news outlets. Pounds are Decimal."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from integrity.casework.quarters import Quarter
from integrity.people.models import Force
from integrity.ui.tables import Table, table_of
from registers.gifts.enums import ItemKind
from registers.gifts.enums import Status as OfferStatus
from registers.gifts.models import Offer
from registers.media_contacts.compliance import NOT_COUNTED
from registers.media_contacts.models import Contact, Outlet
from registers.organisations.models import Organisation
from registers.procurement.enums import AwardStatus
from registers.procurement.models import ContractSupplier, Payment

TOP = 10
NIL = Decimal(0)
OFFERED_KINDS = [kind for kind in ItemKind if kind != ItemKind.HOSPITALITY_GIVEN]
STANDING = (AwardStatus.ACTIVE, AwardStatus.PENDING)
ROOT = Coalesce("provider_organisation__merged_into", "provider_organisation")


def offers_in(force: Force, quarter: Quarter) -> QuerySet[Offer]:
    """What organisations offered; not what was withdrawn, nor what the force gave."""
    return Offer.objects.filter(
        case__force=force,
        offered_on__range=quarter.days,
        provider_organisation__isnull=False,
        items__struck=False,
        items__kind__in=OFFERED_KINDS,
    ).exclude(status=OfferStatus.WITHDRAWN)


def by_provider(offers: QuerySet[Offer]) -> list[dict[str, Any]]:
    """Each provider, merged ones with it: offers, and the upper end of what their items were worth."""
    worth = Coalesce("items__value_to", "items__value_from")
    counted = offers.order_by().annotate(root=ROOT).values("root")
    rows = counted.annotate(offers=Count("pk", distinct=True), value=Sum(worth))
    names = Organisation.objects.in_bulk([row["root"] for row in rows])
    found = [{**row, "name": names[row["root"]].name, "value": row["value"] or NIL} for row in rows]
    return sorted(found, key=lambda row: (-row["offers"], -row["value"], row["name"]))


def providers(offers: QuerySet[Offer]) -> Table:
    rows = by_provider(offers)[:TOP]
    return table_of(
        "providers",
        "Top providers",
        ("Provider", "Offers", "Value"),
        [(row["name"], row["offers"], row["value"]) for row in rows],
        "No organisation made an offer.",
        "Accepted and declined; where a value was a range, its upper end. What has no value adds none.",
    )


def suppliers_who_offered(force: Force, quarter: Quarter) -> Table:
    """Providers that have a contract with the force, or were ever paid by it up to then."""
    contracts, paid = contracts_by_supplier(force), payments_by_payee(force, quarter)
    ever = set(
        roots(Payment.objects.filter(force=force, paid_on__lte=quarter.last)).values_list(
            "root", flat=True
        )
    )
    rows = [
        row
        for row in by_provider(offers_in(force, quarter))
        if row["root"] in contracts or row["root"] in ever
    ]
    return table_of(
        "suppliers",
        "Suppliers who offered",
        ("Supplier", "Offers", "Value", "Contracts", "Paid in the quarter"),
        [
            (
                row["name"],
                row["offers"],
                row["value"],
                contracts.get(row["root"], 0),
                paid.get(row["root"], NIL),
            )
            for row in rows[:TOP]
        ],
        "No supplier made an offer.",
        "Suppliers with a contract, or paid at any time before the quarter’s end.",
    )


def roots(rows: QuerySet[Any]) -> QuerySet[Any]:
    root = Coalesce("organisation__merged_into", "organisation")
    return rows.filter(organisation__isnull=False).order_by().annotate(root=root)


def contracts_by_supplier(force: Force) -> dict[int, int]:
    """Awarded or pending contracts by who is named in them."""
    named = ContractSupplier.objects.filter(
        force=force, left_on=None, contract__status__in=STANDING
    )
    counts = roots(named).values("root").annotate(n=Count("contract", distinct=True))
    return dict(counts.values_list("root", "n"))


def payments_by_payee(force: Force, quarter: Quarter) -> dict[int, Any]:
    paid = roots(Payment.objects.filter(force=force, paid_on__range=quarter.days)).values("root")
    return dict(paid.annotate(total=Sum("amount")).values_list("root", "total"))


# --- the media -----------------------------------------------------------------------------------


def media_hospitality(force: Force, quarter: Quarter) -> Table:
    """Contacts with the media at which something was offered."""
    contacts = Contact.objects.filter(
        case__force=force, contacted_on__range=quarter.days, hospitality=True
    ).exclude(status__in=NOT_COUNTED)
    return table_of(
        "media-hospitality",
        "Hospitality at contacts with the media",
        ("Contact", "Day", "With whom"),
        [
            (each.case.reference, each.contacted_on, each.with_whom)
            for each in contacts.with_all().order_by("contacted_on", "pk")
        ],
        "No contact says that anything was offered.",
    )


def outlets_that_offered(force: Force, quarter: Quarter) -> Table:
    outlets = Outlet.objects.filter(department=force.department_id)
    known = set(roots(outlets).values_list("root", flat=True))
    rows = [row for row in by_provider(offers_in(force, quarter)) if row["root"] in known]
    return table_of(
        "outlets",
        "News outlets that offered",
        ("Outlet", "Offers", "Value"),
        [(row["name"], row["offers"], row["value"]) for row in rows],
        "No outlet made an offer.",
    )
