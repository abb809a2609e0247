"""A person's own pages: their record, their team's, their notices, and the policies that bind them."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from integrity.casework import actions, nil_returns
from integrity.casework.models import Case, Deadline, Draft, NilReturn, Notice
from integrity.casework.registry import Summary, entries_of, named, registers, starts
from integrity.people.requests import SignedInRequest

PAGE = 20
AHEAD = timedelta(days=60)  # what is due later is on the desk, and not yet anybody’s worry


def summarise(request: SignedInRequest, cases: list[Case]) -> list[Summary]:
    """One line for each case, in the order given, from whichever register it is in."""
    by_case: dict[int, Summary] = {}
    for slug in {case.register for case in cases}:
        mine = [case for case in cases if case.register == slug]
        by_case |= {s.case.pk: s for s in named(slug).summaries(request.user, mine)}
    return [by_case[case.pk] for case in cases if case.pk in by_case]


@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    """My record: what waits for me, what I declared and where it stands."""
    user, today = request.user, timezone.localdate()
    tasks = list(Deadline.objects.waiting_for(user).filter(due_on__lte=today + AHEAD)[:50])
    drafts = Draft.objects.filter(user=user, expires_on__gte=today).select_related("case")
    page = Paginator(entries_of(user), PAGE).get_page(request.GET.get("page"))
    context = {
        "starts": starts(user),
        "tasks": list(zip(tasks, summarise(request, [t.case for t in tasks]), strict=False)),
        "today": today,
        "drafts": [named(draft.register).unfinished(draft) for draft in drafts],
        "page": page,
        "entries": summarise(request, list(page)),
        "nil_returns": NilReturn.objects.standing().filter(person=user)[:10],
        "lead": user.force.integrity_lead() if user.force else None,
    }
    return render(request, "casework/home.html", context)


@require_safe
def team(request: SignedInRequest) -> HttpResponse:
    """A supervisor's: the team's entries that each register's policy lets them see."""
    user = request.user
    entries = [s for register in registers() for s in register.team(user)]
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    tasks = list(Deadline.objects.waiting_for(user).exclude(case__subject=user)[:50])
    context = {
        "page": page,
        "entries": page.object_list,
        "tasks": list(zip(tasks, summarise(request, [t.case for t in tasks]), strict=False)),
        "today": timezone.localdate(),
        "pages": [
            *(link for register in registers() for link in register.team_pages(user)),
            *nil_returns.team_pages(user),
        ],
    }
    return render(request, "casework/team.html", context)


@require_safe
def policies(request: SignedInRequest) -> HttpResponse:
    user = request.user
    cards = [card for register in registers() if (card := register.policy(user)) is not None]
    lead = user.force.integrity_lead() if user.force else None
    return render(request, "casework/policies.html", {"cards": cards, "lead": lead})


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    page = Paginator(request.user.notices.select_related("case"), PAGE)
    return render(
        request, "casework/notices.html", {"page": page.get_page(request.GET.get("page"))}
    )


@require_POST
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    actions.read_notice(notice, now=timezone.now())
    return redirect(notice.path or "casework:notices")


@require_POST
def discard_draft(request: SignedInRequest, pk: str) -> HttpResponse:
    actions.discard_draft(get_object_or_404(Draft, pk=pk, user=request.user))
    return redirect("home")
