"""Contracts on the desk: the list, and everything of one."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import number, page, paged, posted
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day, money
from registers.organisations.models import Organisation
from registers.procurement import actions
from registers.procurement.admin.pages import (
    form_page,
    link,
    list_page,
    names,
    of_force,
    organisation_link,
    works_for,
)
from registers.procurement.enums import AwardStatus
from registers.procurement.forms.contracts import ContractSearch, OutsourcingForm
from registers.procurement.models import Contract, Payment, Purchase
from registers.procurement.permissions import PROCUREMENT, READERS
from registers.procurement.policies import gaps
from registers.procurement.reads import contracts_of

LIST, ONE = "procurement-contracts", "procurement-contract"
STATUS_COLOURS = {
    AwardStatus.ACTIVE: "green",
    AwardStatus.PENDING: "yellow",
    AwardStatus.CANCELLED: "grey",
    AwardStatus.UNSUCCESSFUL: "grey",
}


@require_safe
def contracts(request: SignedInRequest) -> HttpResponse:
    """Every contract of the reader's forces, the latest award first."""
    search = ContractSearch(request.GET)
    shown = paged(request, narrowed(contracts_of(request.user), search.said))
    several = len(request.user.scope(*READERS).forces) > 1
    heads = ["Contract", "Awarded", "Suppliers", number("Amount"), "Status"]
    return list_page(
        request, search, title="Contracts", one="contract", page_obj=shown,
        columns=[*heads, *of_force(several, "Force")],
        rows=[[*row(each), *of_force(several, each.force)] for each in shown],
    )  # fmt: skip


def narrowed(found: QuerySet[Contract], said: dict[str, Any]) -> QuerySet[Contract]:
    if words := said.get("q"):
        found = found.filter(Q(title__icontains=words) | Q(identifier__icontains=words))
    if supplier := said.get("supplier"):
        named = Q(suppliers__as_written__icontains=supplier)
        found = found.filter(
            named | Q(suppliers__organisation__name__icontains=supplier)
        ).distinct()
    if status := said.get("status"):
        found = found.filter(status=status)
    if "at_least" in said:
        found = found.filter(amount__gte=said["at_least"])
    return found


def row(contract: Contract) -> list[Any]:
    return [
        link(contract.title, ONE, contract.pk),
        day(contract.awarded_on) or "Not stated",
        names(current_suppliers(contract)),
        pounds(contract),
        status(contract),
    ]


def pounds(contract: Contract) -> str:
    """Its amount as the notice gives it; other currencies are not turned into pounds."""
    if contract.amount is None:
        return "Not stated"
    foreign = contract.currency != "GBP"
    return f"{contract.amount:,.2f} {contract.currency}" if foreign else money(contract.amount)


def status(contract: Contract) -> dict[str, str]:
    return {
        "label": contract.get_status_display(),
        "colour": STATUS_COLOURS.get(AwardStatus(contract.status), "grey"),
    }


def current_suppliers(contract: Contract) -> list[Any]:
    """Those that the notice names today; read with the contract, so no query of its own."""
    return [each for each in contract.suppliers.all() if each.left_on is None]


@require_safe
def contract(request: SignedInRequest, pk: int) -> HttpResponse:
    """One contract: suppliers, tender, what they were paid since, and the people of both sides."""
    user, today = request.user, timezone.localdate()
    found = get_object_or_404(contracts_of(user), pk=pk)
    suppliers = [each.organisation for each in found.suppliers.all()]
    return page(
        request, "procurement/desk/contract.html", found.title, contract=found,
        status=status(found), amount=pounds(found), gaps=list(gaps(found)),
        works=works_for(user, found.force_id), today=today,
        suppliers=[(each, organisation_link(each.organisation, each.as_written))
                   for each in found.suppliers.all()],
        spend=spend_since(found, suppliers),
        involved=found.involved.select_related("person__grade"),
        people=found.people.select_related("person__grade"),
    )  # fmt: skip


def spend_since(contract: Contract, suppliers: Sequence[Organisation]) -> dict[str, Any]:
    """What the force paid the suppliers, whatever for, since the award (or the start, or ever)."""
    roots = {each.root_id for each in suppliers}
    whole = Organisation.objects.filter(Q(pk__in=roots) | Q(merged_into__in=roots))
    since = contract.awarded_on or contract.starts_on
    mine: dict[str, Any] = {"force": contract.force_id, "organisation__in": whole.values("pk")}
    paid, bought = Payment.objects.filter(**mine), Purchase.objects.filter(**mine)
    if since is not None:
        paid, bought = paid.filter(paid_on__gte=since), bought.filter(bought_on__gte=since)
    return {
        "since": since,
        "paid": paid.aggregate(times=Count("pk"), total=Sum("amount"), last=Max("paid_on")),
        "bought": bought.aggregate(times=Count("pk"), total=Sum("amount"), last=Max("bought_on")),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def outsourcing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether a contract is for outsourced services, and what holds of its people."""
    found = get_object_or_404(contracts_of(request.user, *PROCUREMENT), pk=pk)
    form = OutsourcingForm(posted(request), contract=found)
    return form_page(
        request, form, lambda: actions.set_outsourcing(
            found, **form.answers(), by=request.user, now=timezone.now()
        ),
        title="Outsourced services", under=under(found), about=found.title,
    )  # fmt: skip


def under(contract: Contract) -> tuple[str, str]:
    """The page of a contract, for what is done from it."""
    return contract.title, reverse(f"admin:{ONE}", args=[contract.pk])


add_page = partial(desk.register_page, roles=READERS)
at = "procurement/contracts/"
add_page(at, contracts, name=LIST, label="Contracts")
add_page(f"{at}<int:pk>/", contract, name=ONE, label="")
desk.register_page(
    f"{at}<int:pk>/outsourcing/", outsourcing, name="procurement-outsourcing", label="",
    roles=PROCUREMENT,
)  # fmt: skip
