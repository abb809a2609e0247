"""The way to the figures that somebody reads."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from integrity.people.requests import SignedInRequest
from registers.oversight.pages import pages_of
from registers.oversight.permissions import reads_figures


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """The dashboards of whoever asks; straight to the only one."""
    if not reads_figures(request.user):
        raise Http404
    pages = pages_of(request.user)
    if len(pages) == 1:
        return redirect(pages[0].path)
    return render(request, "oversight/index.html", {"pages": pages})
