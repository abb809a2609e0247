"""A force's integrity action plan: recommendation, action, owner, due, evidence, closed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.enums import Addressee
from registers.governance.forms.parts import choose_person
from registers.governance.forms.tasks import PlanItemForm
from registers.governance.models import PlanItem, Recommendation
from registers.governance.people import people_at, suggested
from registers.governance.permissions import check_may_plan, keeps_plan
from registers.governance.reading import plan_items
from registers.governance.views.asking import ask, find_plan, posted
from registers.governance.views.boards import LEAST, MOST

PAGE = 25
TO_FORCES = (Addressee.FORCES, Addressee.FORCES_AND_BODIES)
SHOWS = {"open": "Open", "overdue": "Overdue", "closed": "Closed", "all": "All"}


@require_safe
def plan(request: SignedInRequest, code: str) -> HttpResponse:
    """``?show=open|overdue|closed|all``; and what reports ask of forces that no item answers yet."""
    force, today = find_plan(request, code), timezone.localdate()
    items = plan_items([force], reader=request.user, today=today)
    by_show = {
        "open": items.open(), "overdue": items.overdue(today), "closed": items.closed(), "all": items
    }  # fmt: skip
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    answered = PlanItem.objects.filter(force=force).exclude(recommendation=None)
    for_forces = Recommendation.objects.filter(addressee__in=TO_FORCES)
    unanswered = for_forces.exclude(pk__in=answered.values("recommendation"))
    context = {
        "force": force,
        "page": Paginator(by_show[show], PAGE).get_page(request.GET.get("page")),
        "shows": [(name, words, by_show[name].count()) for name, words in SHOWS.items()],
        "show": show,
        "unanswered": [
            ("Recommendations that no item answers", unanswered.filter(is_practice=False)),
            (
                "Practices of other forces that no item takes up",
                unanswered.filter(is_practice=True),
            ),
        ],
        "keeps": keeps_plan(request.user, force),
        "today": today,
    }
    return render(request, "governance/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, code: str) -> HttpResponse:
    """``?recommendation=PK`` has it chosen already."""
    force = find_plan(request, code)
    check_may_plan(request.user, force)
    chosen = request.GET.get("recommendation", "")
    initial = {"recommendation": int(chosen)} if chosen.isdecimal() and len(chosen) < 10 else {}
    form = PlanItemForm(*posted(request), initial=initial)
    names = reverse("governance:plan-people", args=[code])
    choose_person(form, "owner", people_at(force, timezone.localdate()), names)
    return ask(
        request,
        form,
        lambda said: actions.add_plan_item(force, **said, by=request.user, now=timezone.now()),
        title="Add to the action plan",
        caption=str(force),
        back=reverse("governance:plan", args=[code]),
        done="It is in the plan.",
    )


@require_safe
def people(request: SignedInRequest, code: str) -> JsonResponse:
    """Names while somebody types who is to do it."""
    force = find_plan(request, code)
    if not keeps_plan(request.user, force):
        raise Http404
    typed = " ".join(request.GET.get("q", "").split())[:MOST].replace("\0", "")
    at = people_at(force, timezone.localdate())
    return JsonResponse({"results": suggested(at, typed) if len(typed) >= LEAST else []})
