"""What forces state of themselves for the inspection return."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.views.desk_pages import attempt, posted
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.forms.statements import StatementForm
from registers.governance.models import ForceStatement
from registers.governance.permissions import check_states, forces_overseen, states
from registers.governance.views.pages import page


@require_safe
def statements(request: SignedInRequest) -> HttpResponse:
    """What each force stated, the newest day first; a day stated again shows both."""
    forces = forces_overseen(request.user)
    if not forces.exists():
        raise Http404
    found = ForceStatement.objects.filter(force__in=forces).select_related("stated_by__grade")
    rows = [
        (each, states(request.user, each), [one for one in found if one.force_id == each.pk])
        for each in forces
    ]
    return page(request, "governance/statements.html", forces=rows)


@require_http_methods(["GET", "HEAD", "POST"])
def state(request: SignedInRequest, code: str) -> HttpResponse:
    """The head of PSD states the force’s figures as of a day."""
    force = get_object_or_404(forces_overseen(request.user), code=code)
    check_states(request.user, force)
    form = StatementForm(posted(request))
    form.cancel_url = "/governance/statements/"
    act, now = actions.state_figures, timezone.now()
    if attempt(form, lambda: act(force, **form.cleaned_data, by=request.user, now=now)):
        messages.success(request, "The figures are stated.")
        return redirect("governance:statements")
    return page(
        request,
        "governance/assessing.html",
        form=form,
        title="State the force’s figures",
        caption=force,
    )
