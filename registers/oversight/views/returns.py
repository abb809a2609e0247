"""The inspection return as a page and as a workbook."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from registers.oversight.dashboards import without_unknown
from registers.oversight.forms.filter import FilterForm
from registers.oversight.inspection.returns import Return, as_workbook, inspection_return
from registers.oversight.permissions import (
    bodies_inspected,
    forces_for_psd,
    forces_with_investigations,
    is_psd_of,
)
from registers.oversight.taking import RETURN
from registers.oversight.views.dashboards import figures_page, may_ask
from registers.oversight.views.downloads import download


@require_safe
def inspection(request: SignedInRequest) -> HttpResponse:
    """Every figure of the return, each with its definition."""
    form, made = made_for(request)
    return figures_page(
        request,
        "oversight/return.html",
        form,
        asked=made.asked,
        made=made,
        tables=made.on_page(of_psd=is_psd_of(request.user, made.asked.force_ids)),
    )


@require_safe
def inspection_file(request: SignedInRequest) -> HttpResponse:
    """The same as a workbook; that it was taken is in the ledger."""
    _, made = made_for(request)
    now = timezone.now()
    name = f"inspection-return-{made.whole.code}-{made.asked.period.ends_on}.xlsx"
    content, forces = as_workbook(made, made_at=now), [force.code for force in made.asked.forces]
    return download(request, made.asked, content, name, about=RETURN, facts={"forces": forces})


def made_for(request: SignedInRequest) -> tuple[FilterForm, Return]:
    """The return that an address asks for. Raises Http404 where it is not this person’s to read."""
    forces, today = list(forces_for_psd(request.user)), timezone.localdate()
    if not forces or not may_ask(request, forces):
        raise Http404
    form = FilterForm(request.GET.dict(), forces=forces, today=today, narrow=False)
    asked = without_unknown(form.asked(), request.user)
    asked = asked.including(bodies_inspected(request.user, asked.forces))
    trusted = forces_with_investigations(request.user)
    return form, inspection_return(asked, trusted=trusted, today=today)
