"""Outsourced services: where something is missing, and whether a contractor's people declare at all."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.models import Case
from integrity.casework.registry import registers
from integrity.casework.views.desk_pages import number, page, paged, posted
from integrity.people.requests import SignedInRequest
from registers.procurement import actions
from registers.procurement.admin.contracts import current_suppliers, under
from registers.procurement.admin.pages import form_page, link, names, of_force
from registers.procurement.forms.contracts import ContractorForm
from registers.procurement.forms.parts import EndForm
from registers.procurement.models import Contract, ContractorPerson
from registers.procurement.permissions import PROCUREMENT, READERS
from registers.procurement.policies import gaps
from registers.procurement.reads import contracts_of, standing


@require_safe
def outsourced(request: SignedInRequest) -> HttpResponse:
    """The contracts with most missing first; a number of people, never who declared what."""
    found = contracts_of(request.user).filter(outsourced=True)
    shown = paged(request, sorted(found, key=lambda each: -len(list(gaps(each)))))
    people, declared = declaring(shown)
    several = len(request.user.scope(*READERS).forces) > 1
    heads = ["Contract", "Suppliers", "What is missing", number("People"), number("Declared")]
    return page(
        request, "procurement/desk/outsourced.html", "Outsourced services", page_obj=shown,
        columns=[*heads, *of_force(several, "Force")],
        rows=[[*row(each, people, declared), *of_force(several, each.force)] for each in shown],
    )  # fmt: skip


def row(contract: Contract, people: Counter[int], declared: Counter[int]) -> list[Any]:
    missing = list(gaps(contract))
    return [
        link(contract.title, "procurement-contract", contract.pk),
        names(current_suppliers(contract)),
        "; ".join(missing) if missing else {"label": "Nothing", "colour": "green"},
        people[contract.pk],
        declared[contract.pk],
    ]


def declaring(contracts: Iterable[Contract]) -> tuple[Counter[int], Counter[int]]:
    """How many of each contractor's people serve today, and how many ever declared anything.

    In the registers in which people declare for themselves; of others nothing shows here.
    """
    parts = ContractorPerson.objects.filter(
        standing(timezone.localdate()), contract__in=[each.pk for each in contracts]
    )
    serving = list(parts.values_list("contract", "person"))
    own = [register.slug for register in registers() if register.for_sign_off]
    said = set(
        Case.objects.filter(register__in=own, subject__in=[person for _, person in serving])
        .order_by()
        .values_list("subject", flat=True)
        .distinct()
    )
    every = Counter(contract for contract, _ in serving)
    return every, Counter(contract for contract, person in serving if person in said)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name somebody of the contractor who has an account."""
    found = get_object_or_404(contracts_of(request.user, *PROCUREMENT), pk=pk)
    form = ContractorForm(posted(request), force=found.force, today=timezone.localdate())
    return form_page(
        request, form, lambda: actions.add_contractor(
            found, **form.cleaned_data, by=request.user, now=timezone.now()
        ),
        title="Add one of the contractor’s people", under=under(found), about=found.title,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say when somebody of the contractor stopped."""
    mine = ContractorPerson.objects.filter(force__in=request.user.scope(*PROCUREMENT).forces)
    found = get_object_or_404(mine.select_related("contract", "person__grade"), pk=pk)
    form = EndForm(posted(request), today=timezone.localdate())
    return form_page(
        request, form, lambda: actions.end_contractor(
            found, **form.cleaned_data, by=request.user, now=timezone.now()
        ),
        title="End a contractor’s person’s work", under=under(found.contract),
        about=found.person.display,
    )  # fmt: skip


desk.register_page(
    "procurement/outsourced/", outsourced, name="procurement-outsourced",
    label="Outsourced services", roles=READERS,
)  # fmt: skip
desk.register_page(
    "procurement/contracts/<int:pk>/contractors/add/", add, name="procurement-contractor-add",
    label="", roles=PROCUREMENT,
)  # fmt: skip
desk.register_page(
    "procurement/contractors/<int:pk>/end/", end, name="procurement-contractor-end", label="",
    roles=PROCUREMENT,
)  # fmt: skip
