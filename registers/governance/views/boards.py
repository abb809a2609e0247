"""A board: its members, its meetings, and what it asked for that is open."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.forms.boards import BoardForm, ChangeBoardForm, SeatForm, UnseatForm
from registers.governance.forms.parts import choose_person
from registers.governance.models import Board
from registers.governance.people import people_at, suggested
from registers.governance.permissions import check_may_keep, may_keep_board
from registers.governance.reading import open_actions
from registers.governance.views.asking import ask, find_board, posted
from registers.governance.views.index import homes_kept_by

ASKS = require_http_methods(["GET", "HEAD", "POST"])
LEAST, MOST = 2, 100


def path_of(board: Board) -> str:
    return reverse("governance:board", args=[board.pk])


@require_safe
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    found, today = find_board(request, pk), timezone.localdate()
    members = found.members.select_related("person__grade")
    context = {
        "board": found,
        "members": members.sitting(today),
        "before": members.filter(ends_on__lt=today),
        "coming": members.filter(starts_on__gt=today),
        "meetings": found.meetings.all(),
        "actions": open_actions(found, reader=request.user, today=today),
        "keeps": may_keep_board(request.user, found),
        "today": today,
    }
    return render(request, "governance/board.html", context)


@ASKS
def new(request: SignedInRequest) -> HttpResponse:
    """Open a board of a force or body whose boards this person keeps."""
    homes = homes_kept_by(request.user)
    if not homes:
        raise Http404
    form = BoardForm(*posted(request), homes=homes)
    return ask(
        request,
        form,
        lambda said: actions.open_board(**said, by=request.user, now=timezone.now()),
        title="Open a board",
        caption="Governance",
        back=reverse("governance:index"),
        done="The board is open. Seat its members, then plan a meeting.",
    )


@ASKS
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_board(request, pk)
    check_may_keep(request.user, found.home)
    stands = {"name": found.name, "purpose": found.purpose, "version": found.version}
    return ask(
        request,
        ChangeBoardForm(*posted(request), initial=stands),
        lambda said: actions.change_board(found, **said, by=request.user, now=timezone.now()),
        title="Change the board",
        caption=str(found),
        back=path_of(found),
        done="The board was changed.",
    )


@ASKS
def seat(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody joins the board."""
    found = find_board(request, pk)
    check_may_keep(request.user, found.home)
    form = SeatForm(*posted(request))
    people = people_at(found.home, timezone.localdate())
    choose_person(form, "person", people, reverse("governance:board-people", args=[pk]))
    return ask(
        request,
        form,
        lambda said: actions.seat(found, **said, by=request.user, now=timezone.now()),
        title="Seat somebody",
        caption=str(found),
        back=path_of(found),
        done="They sit on the board.",
    )


@ASKS
def unseat(request: SignedInRequest, pk: int, member: int) -> HttpResponse:
    """Somebody leaves the board."""
    found = find_board(request, pk)
    seated = get_object_or_404(found.members.select_related("person__grade"), pk=member)
    check_may_keep(request.user, found.home)
    return ask(
        request,
        UnseatForm(*posted(request), initial={"ends_on": seated.ends_on}),
        lambda said: actions.unseat(seated, **said, by=request.user, now=timezone.now()),
        title=f"When does {seated.person.display} leave the board?",
        caption=str(found),
        back=path_of(found),
        done="Their last day on the board is on record.",
    )


@require_safe
def people(request: SignedInRequest, pk: int) -> JsonResponse:
    """Names while somebody types whom to seat, or who is to do something."""
    found = find_board(request, pk)
    if not may_keep_board(request.user, found):
        raise Http404
    typed = " ".join(request.GET.get("q", "").split())[:MOST].replace("\0", "")
    at = people_at(found.home, timezone.localdate())
    return JsonResponse({"results": suggested(at, typed) if len(typed) >= LEAST else []})
