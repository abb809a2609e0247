"""Purchases by card on the desk: what to review, and everything that bears on one."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import number, page, paged, posted
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day, money
from registers.procurement import actions
from registers.procurement.admin.pages import (
    form_page,
    link,
    list_page,
    of_force,
    organisation_link,
    place,
)
from registers.procurement.enums import State, Verb
from registers.procurement.forms.parts import RemarksForm
from registers.procurement.forms.purchases import PurchaseSearch
from registers.procurement.models import Purchase
from registers.procurement.permissions import READERS, REVIEWERS, options, transition_for
from registers.procurement.policies import (
    VERDICTS,
    is_near_limit,
    is_weekend,
    state_besides,
    state_of,
)
from registers.procurement.reads import (
    NEAR_LIMIT,
    WEEKEND,
    in_state,
    kept_from,
    knows_of_referrals,
    purchases_on_desk,
)

LIST, ONE = "procurement-purchases", "procurement-purchase"
OTHERS_SHOWN = 10
COLOURS = {
    State.TO_JUSTIFY: "yellow",
    State.TO_REVIEW: "blue",
    State.RIGHT: "green",
    State.WRONG: "red",
    State.REFERRED: "purple",
}
DONE = {
    Verb.FIND_RIGHT: "The purchase is found right.",
    Verb.FIND_WRONG: "The purchase is found not right; its holder reads why.",
    Verb.REFER: "It waits among PSD’s referrals. Its holder sees nothing of this.",
}


@require_safe
def purchases(request: SignedInRequest) -> HttpResponse:
    """The queue: what waits for review first to choose, the latest purchases on top."""
    user = request.user
    search = PurchaseSearch(request.GET or {"state": State.TO_REVIEW})
    if not knows_of_referrals(user):
        search.leave_out_referred()
    shown = paged(request, narrowed(purchases_on_desk(user), search.said, user))
    several = len(user.scope(*READERS).forces) > 1
    heads = ["Purchase", "Bought", "Holder", number("Amount"), "Look twice", "Stands at"]
    return list_page(
        request, search, title="Purchases by card", one="purchase", page_obj=shown,
        columns=[*heads, *of_force(several, "Force")], kept=kept_from(user),
        rows=[[*row(each, user), *of_force(several, each.force)] for each in shown],
    )  # fmt: skip


def narrowed(found: QuerySet[Purchase], said: dict[str, Any], user: User) -> QuerySet[Purchase]:
    if "state" in said:
        found = found.filter(in_state(State(said["state"]), user))
    if said.get("weekend"):
        found = found.filter(WEEKEND)
    if said.get("near_limit"):
        found = found.filter(NEAR_LIMIT)
    if words := said.get("q"):
        holder = Q(card__holder_name__icontains=words) | Q(card__holder__number=words)
        for part in words.split():
            holder |= Q(card__holder__last_name__iexact=part)
        found = found.filter(Q(merchant__icontains=words) | holder)
    return found


def row(purchase: Purchase, reader: User) -> list[Any]:
    return [
        link(purchase.merchant, ONE, purchase.pk),
        day(purchase.bought_on),
        holder(purchase),
        money(purchase.amount),
        "; ".join(look_twice(purchase)) or "–",
        stands_at(purchase, reader),
    ]


def holder(purchase: Purchase) -> str:
    held_by = purchase.card.holder
    return held_by.display if held_by else purchase.card.holder_name


def look_twice(purchase: Purchase) -> list[str]:
    found = ["Weekend"] if is_weekend(purchase.bought_on) else []
    near = is_near_limit(purchase.amount, purchase.card.single_limit)
    return [*found, *(["Just under the limit"] if near else [])]


def stands_at(purchase: Purchase, reader: User) -> dict[str, str]:
    state = seen_by(purchase, reader)
    return {"label": str(state.label), "colour": COLOURS[state]}


def seen_by(purchase: Purchase, reader: User) -> State:
    known = purchase.force_id in knows_of_referrals(reader)
    return state_of(purchase) if known else state_besides(purchase)


@require_safe
def purchase(request: SignedInRequest, pk: int) -> HttpResponse:
    """One purchase, what its holder says, and the other purchases of the card and the merchant."""
    user, every = request.user, purchases_on_desk(request.user)
    found = get_object_or_404(every, pk=pk)
    of_card = every.filter(card=found.card_id).exclude(pk=found.pk)
    of_merchant = every.filter(force=found.force_id).exclude(pk=found.pk)
    same = Q(organisation=found.organisation_id) if found.organisation else Q(pk=None)
    reviewed = seen_by(found, user) not in (State.TO_JUSTIFY, State.TO_REVIEW)
    return page(
        request, "procurement/desk/purchase.html", str(found), purchase=found,
        state=stands_at(found, user), look_twice=look_twice(found), reviewed=reviewed,
        place=place(found.where),
        options=[] if reviewed else list(options(user, found)),
        merchant=organisation_link(found.organisation, found.merchant) if found.organisation else None,
        columns=["Purchase", "Bought", "Holder", number("Amount"), "Look twice", "Stands at"],
        of_card=[row(each, user) for each in of_card[:OTHERS_SHOWN]],
        of_merchant=[row(each, user) for each in of_merchant.filter(same)[:OTHERS_SHOWN]],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Right, not right, or PSD's: one form each."""
    if verb not in set(VERDICTS):
        raise Http404
    user, chosen = request.user, Verb(verb)
    mine = purchases_on_desk(user).filter(force__in=user.scope(*REVIEWERS).forces)
    found = get_object_or_404(mine, pk=pk)
    transition = transition_for(user, found, chosen)
    form = RemarksForm(posted(request), required=transition.needs_reason)
    form.submit_label = transition.label

    def act() -> Purchase:
        said = form.cleaned_data["remarks"]
        done = actions.review(
            found, verdict=VERDICTS[chosen], remarks=said, by=user, now=timezone.now()
        )
        messages.success(request, DONE[chosen])
        return done

    under = (str(found), reverse(f"admin:{ONE}", args=[found.pk]))
    return form_page(request, form, act, title=transition.label, under=under, about=str(found))


def waiting(user: User) -> int:
    return purchases_on_desk(user).filter(in_state(State.TO_REVIEW, user)).count()


add_page = partial(desk.register_page, roles=READERS)
at = "procurement/purchases/"
add_page(at, purchases, name=LIST, label="Purchases by card", waiting=waiting)
add_page(f"{at}<int:pk>/", purchase, name=ONE, label="")
desk.register_page(
    f"{at}<int:pk>/<slug:verb>/", judge, name="procurement-purchase-verb", label="", roles=REVIEWERS
)
