"""Somebody with a part in a tender declares whether they have an interest in a bidder."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.people.requests import SignedInRequest
from registers.procurement import actions
from registers.procurement.enums import Declared
from registers.procurement.forms.tenders import DeclareForm
from registers.procurement.models import Involvement, Tender
from registers.procurement.reads import standing


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who bids, the reader's own part, and what they declare; for those involved alone."""
    parts = Involvement.objects.filter(standing(timezone.localdate()), person=request.user)
    found = get_object_or_404(Tender.objects.filter(pk__in=parts.values("tender")), pk=pk)
    mine = list(parts.filter(tender=found))
    form = DeclareForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        actions.declare_interests(
            found, declared=Declared(said["declared"]), declaration=said["declaration"] or "",
            by=request.user, now=timezone.now(),
        )  # fmt: skip
        messages.success(request, "Thank you. Your declaration is on record.")
        return redirect("procurement:declare", found.pk)
    bidders = found.bidders.select_related("organisation")
    context = {"tender": found, "bidders": bidders, "mine": mine, "form": form}
    return TemplateResponse(
        request, "procurement/declare.html", context, status=422 if form.is_bound else 200
    )
