"""A holder's cards and purchases: what waits to be justified, and what became of the rest."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.people.requests import SignedInRequest
from registers.procurement import actions
from registers.procurement.enums import State
from registers.procurement.forms.purchases import JustifyForm
from registers.procurement.models import Purchase
from registers.procurement.policies import state_besides
from registers.procurement.reads import own_purchases, to_justify

PAGE = 25
WAITING_SHOWN = 50
TONES = {
    State.TO_JUSTIFY: "yellow",
    State.TO_REVIEW: "blue",
    State.RIGHT: "green",
    State.WRONG: "red",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A purchase as its holder reads it: a referral changes nothing here."""

    purchase: Purchase
    words: str
    tone: str
    remarks: str
    wrong: bool


def line(purchase: Purchase) -> Line:
    state = state_besides(purchase)
    reviewed = state in (State.RIGHT, State.WRONG)
    remarks = purchase.remarks if reviewed else ""
    return Line(purchase, str(state.label), TONES[state], remarks, state == State.WRONG)


@require_safe
def cards(request: SignedInRequest) -> HttpResponse:
    """The reader's cards, what waits for a word of theirs, and everything else; nobody else's."""
    user = request.user
    held = user.cards.all()
    if not held:
        raise Http404
    waiting = to_justify(user)
    others = own_purchases(user).exclude(pk__in=waiting.order_by().values("pk"))
    shown = Paginator(others, PAGE).get_page(request.GET.get("page"))
    context = {
        "cards": held,
        "waiting": waiting[:WAITING_SHOWN],
        "how_many": waiting.count(),
        "page": shown,
        "lines": [line(each) for each in shown],
    }
    return TemplateResponse(request, "procurement/cards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def justify(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what one purchase was for; one that is said already shows what was said."""
    found = get_object_or_404(own_purchases(request.user), pk=pk)
    form = JustifyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["text"]
        actions.justify(found, text=said, by=request.user, now=timezone.now())
        messages.success(request, "Thank you. It waits for review.")
        return redirect("procurement:cards")
    waits = state_besides(found) == State.TO_JUSTIFY
    context = {"line": line(found), "purchase": found, **({"form": form} if waits else {})}
    return TemplateResponse(
        request, "procurement/justify.html", context, status=422 if form.is_bound else 200
    )
