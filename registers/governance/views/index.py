"""Where somebody finds their boards, the next meetings, what they have to do, and the plans."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.people.models import Force, OversightBody, User
from integrity.people.requests import SignedInRequest
from registers.governance.models import Board, BoardAction, Meeting, PlanItem
from registers.governance.models.plan import plans_read_by
from registers.governance.own_pages import pages_for
from registers.governance.permissions import keeps

AHEAD = 10


def homes_kept_by(user: User) -> list[Force | OversightBody]:
    """The forces and bodies in which somebody may open a board."""
    every = [*Force.objects.all(), *OversightBody.objects.all()]
    return [home for home in every if keeps(user, home)]


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Nothing of another body or force; 404 for whoever has no part in any board or plan."""
    user, today = request.user, timezone.localdate()
    boards = Board.objects.visible_to(user, today).select_related("force", "oversight_body")
    upcoming = Meeting.objects.visible_to(user, today).planned().filter(held_on__gte=today)
    actions = BoardAction.objects.visible_to(user, today).open().filter(owner=user)
    items = PlanItem.objects.visible_to(user, today).open().filter(owner=user)
    context = {
        "boards": boards,
        "meetings": upcoming.select_related("board")[:AHEAD],
        "actions": actions.select_related("meeting__board", "owner__grade"),
        "items": items.select_related("force", "owner__grade"),
        "forces": Force.objects.filter(plans_read_by(user, today, force="pk")),
        "may_open": bool(homes_kept_by(user)),
        "pages": list(pages_for(user, today)),
        "today": today,
    }
    if not any(
        context[name] for name in ("boards", "actions", "items", "forces", "may_open", "pages")
    ):
        raise Http404
    return render(request, "governance/index.html", context)
