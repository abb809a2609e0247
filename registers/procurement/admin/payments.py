"""Payments on the desk: what the force paid, line by line as it is published, and one of them."""

from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import number, page, paged
from integrity.casework.views.import_batches import batches_of
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day, money
from registers.organisations.models import Organisation
from registers.procurement.admin.pages import link, list_page, of_force, organisation_link, place
from registers.procurement.forms.payments import PaymentSearch
from registers.procurement.models import Payment
from registers.procurement.permissions import READERS
from registers.procurement.reads import paid_to, payments_of

LIST, ONE = "procurement-payments", "procurement-payment"
OTHERS_SHOWN = 10
COLUMNS = ("Paid to, as written", "Organisation", "Paid", "For", number("Amount"))
WITHHELD = "Name withheld"


@require_safe
def payments(request: SignedInRequest) -> HttpResponse:
    """Every payment of the reader's forces, the latest first, and what those shown come to."""
    search = PaymentSearch(request.GET)
    found = narrowed(payments_of(request.user), search.said)
    shown = paged(request, found)
    several = len(request.user.scope(*READERS).forces) > 1
    return list_page(
        request, search, title="Payments", one="payment", page_obj=shown,
        columns=[*COLUMNS, *of_force(several, "Force")],
        rows=[[*row(each), *of_force(several, each.force)] for each in shown],
        together=together(found),
    )  # fmt: skip


def narrowed(found: QuerySet[Payment], said: dict[str, Any]) -> QuerySet[Payment]:
    if organisation := said.get("organisation"):
        found = found.filter(paid_to(organisation))
    if words := said.get("q"):
        what = Q(description__icontains=words) | Q(category__icontains=words)
        found = found.filter(what | Q(as_written__icontains=words) | Q(reference__icontains=words))
    if "since" in said:
        found = found.filter(paid_on__gte=said["since"])
    if "until" in said:
        found = found.filter(paid_on__lte=said["until"])
    return found


def together(found: QuerySet[Payment]) -> str:
    """How many payments there are, and what they come to; money that came back is taken off."""
    sums = found.order_by().aggregate(many=Count("pk"), total=Sum("amount"))
    many = "1 payment" if sums["many"] == 1 else f"{sums['many']:,} payments"
    return f"{many}, {money(sums['total'])} together." if sums["many"] else ""


def row(payment: Payment) -> list[Any]:
    return [
        link(payment.as_written, ONE, payment.pk),
        organisation_link(payment.organisation) if payment.organisation else WITHHELD,
        day(payment.paid_on),
        payment.description or payment.category or "Not stated",
        money(payment.amount),
    ]


@require_safe
def payment(request: SignedInRequest, pk: int) -> HttpResponse:
    """One payment, where it came from, and the others to whoever was paid."""
    every = payments_of(request.user)
    found = get_object_or_404(every, pk=pk)
    others = same_payee(every.filter(force=found.force_id), found)
    return page(
        request, "procurement/desk/payment.html", str(found), payment=found,
        payee=organisation_link(found.organisation) if found.organisation else WITHHELD,
        batch=batch_path(request.user, found), place=place(found.where), columns=COLUMNS, together=together(others),
        others=[row(each) for each in others.exclude(pk=found.pk)[:OTHERS_SHOWN]],
        more=reverse(f"admin:{LIST}", query={"organisation": found.organisation.name})
        if found.organisation else "",
    )  # fmt: skip


def same_payee(found: QuerySet[Payment], payment: Payment) -> QuerySet[Payment]:
    """Payments to the same organisation, whichever of its records they name; a withheld name is nobody."""
    if payment.organisation is None:
        return found.none()
    whole = Organisation.objects.whole_of(payment.organisation)
    return found.filter(organisation__in=whole.values("pk"))


def batch_path(user: User, payment: Payment) -> str:
    """The import that brought it, for whoever reads imports."""
    reads = batches_of(user).filter(pk=payment.batch_id).exists()
    return reverse("admin:import_batch", args=[payment.batch_id]) if reads else ""


add_page = partial(desk.register_page, roles=READERS)
at = "procurement/payments/"
add_page(at, payments, name=LIST, label="Payments")
add_page(f"{at}<int:pk>/", payment, name=ONE, label="")
