"""Who of the force has a part in a tender or a contract: added and ended by procurement."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import posted
from integrity.people.requests import SignedInRequest
from registers.procurement import actions
from registers.procurement.admin.pages import form_page
from registers.procurement.forms.parts import EndForm
from registers.procurement.forms.tenders import InvolveForm
from registers.procurement.models import Contract, Involvement, Tender
from registers.procurement.permissions import PROCUREMENT
from registers.procurement.reads import contracts_of, tenders_of


@require_http_methods(["GET", "HEAD", "POST"])
def in_tender(request: SignedInRequest, pk: int) -> HttpResponse:
    return involve(request, get_object_or_404(tenders_of(request.user, *PROCUREMENT), pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
def in_contract(request: SignedInRequest, pk: int) -> HttpResponse:
    return involve(request, get_object_or_404(contracts_of(request.user, *PROCUREMENT), pk=pk))


def involve(request: SignedInRequest, of: Tender | Contract) -> HttpResponse:
    """Say who has which part; of a tender with bidders, they are asked at once."""
    form = InvolveForm(posted(request), force=of.force, today=timezone.localdate())
    return form_page(
        request, form, lambda: actions.involve(
            **form.cleaned_data, of=of, by=request.user, now=timezone.now()
        ),
        title="Add somebody involved", under=under(of), about=of.title,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say when somebody's part ended."""
    mine = Involvement.objects.filter(force__in=request.user.scope(*PROCUREMENT).forces)
    found = get_object_or_404(mine.select_related("tender", "contract", "person__grade"), pk=pk)
    form = EndForm(posted(request), today=timezone.localdate())
    of = found.tender or found.contract
    assert of is not None  # noqa: S101 - involvement_is_in_a_tender_or_a_contract
    return form_page(
        request, form, lambda: actions.end_involvement(
            found, **form.cleaned_data, by=request.user, now=timezone.now()
        ),
        title="End a part", under=under(of), about=str(found),
    )  # fmt: skip


def under(of: Tender | Contract) -> tuple[str, str]:
    kind = "tender" if isinstance(of, Tender) else "contract"
    return of.title, reverse(f"admin:procurement-{kind}", args=[of.pk])


pages: tuple[tuple[str, Callable[..., HttpResponse], str], ...] = (
    ("tenders/<int:pk>/people/add/", in_tender, "procurement-tender-involve"),
    ("contracts/<int:pk>/people/add/", in_contract, "procurement-contract-involve"),
    ("people/<int:pk>/end/", end, "procurement-involvement-end"),
)
for route, view, name in pages:
    desk.register_page(f"procurement/{route}", view, name=name, label="", roles=PROCUREMENT)
