"""A meeting: its agenda and papers, what it decided, what it asked for, and what was carried to it."""

from dataclasses import dataclass

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.registry import Summary
from integrity.casework.views.files import download
from integrity.casework.views.pages import summarise
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.forms.meetings import (
    AgendaForm,
    ChangeAgendaForm,
    ChangeMeetingForm,
    DecisionForm,
    HoldForm,
    MeetingForm,
    PaperForm,
)
from registers.governance.forms.parts import choose_person
from registers.governance.forms.tasks import ActionForm
from registers.governance.models import AgendaItem, Meeting
from registers.governance.people import people_at
from registers.governance.permissions import (
    check_may_hold,
    check_may_keep,
    check_may_prepare,
    check_may_record,
    may_keep_board,
)
from registers.governance.policies import why_not_held
from registers.governance.reading import carried_to
from registers.governance.views.asking import ask, find_board, find_meeting, posted

ASKS = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the agenda; with the entry that it is about, where its reader reads that."""

    item: AgendaItem
    entry: Summary | None


def path_of(meeting: Meeting) -> str:
    return reverse("governance:meeting", args=[meeting.pk])


@require_safe
def meeting(request: SignedInRequest, pk: int) -> HttpResponse:
    found, today = find_meeting(request, pk), timezone.localdate()
    keeps = may_keep_board(request.user, found.board)
    context = {
        "meeting": found,
        "lines": lines(request, found),
        "papers": found.papers.select_related("item"),
        "decisions": found.decisions.select_related("item"),
        "actions": found.actions.select_related("item", "owner__grade"),
        "carried": carried_to(found),
        "prepares": keeps and found.is_planned,
        "keeps": keeps,
        "records": keeps and not why_not_held(found.held_on, today),
        "today": today,
    }
    return render(request, "governance/meeting.html", context)


def lines(request: SignedInRequest, found: Meeting) -> list[Line]:
    """The agenda, each entry as this reader's own page of it would name it."""
    items = list(found.agenda.select_related("case", "asked_by__grade"))
    cases = [item.case for item in items if item.case is not None]
    entries = {summary.case.pk: summary for summary in summarise(request, cases)}
    return [Line(item, entries.get(item.case_id or 0)) for item in items]


@ASKS
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plan a meeting of a board."""
    board = find_board(request, pk)
    check_may_keep(request.user, board.home)
    return ask(
        request,
        MeetingForm(*posted(request)),
        lambda said: actions.plan_meeting(board, **said, by=request.user, now=timezone.now()),
        title="Plan a meeting",
        caption=str(board),
        back=reverse("governance:board", args=[pk]),
        done="The meeting is planned.",
    )


@ASKS
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_prepare(request.user, found)
    stands = {"held_on": found.held_on, "place": found.place, "version": found.version}
    return ask(
        request,
        ChangeMeetingForm(*posted(request), initial=stands),
        lambda said: actions.change_meeting(found, **said, by=request.user, now=timezone.now()),
        title="Change the meeting",
        caption=str(found),
        back=path_of(found),
        done="The meeting was changed.",
    )


@ASKS
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_hold(request.user, found, timezone.localdate())
    return ask(
        request,
        HoldForm(*posted(request), initial={"version": found.version}),
        lambda said: actions.hold(found, **said, by=request.user, now=timezone.now()),
        title="Record that the meeting was held",
        caption=str(found),
        back=path_of(found),
        done="It is on record that the meeting was held.",
        explained="Its day and its agenda stand from then on; decisions, actions and papers can "
        "still be added.",
    )


@ASKS
def add_item(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_prepare(request.user, found)
    return ask(
        request,
        AgendaForm(*posted(request)),
        lambda said: actions.add_agenda_item(found, **said, by=request.user, now=timezone.now()),
        title="Add to the agenda",
        caption=str(found),
        back=path_of(found),
        done="It is on the agenda.",
    )


@ASKS
def change_item(request: SignedInRequest, pk: int, item: int) -> HttpResponse:
    found = find_meeting(request, pk)
    row = get_object_or_404(found.agenda.all(), pk=item)
    check_may_prepare(request.user, found)
    stands = {"title": row.title, "note": row.note, "position": row.position}
    return ask(
        request,
        ChangeAgendaForm(*posted(request), initial=stands),
        lambda said: actions.change_agenda_item(row, **said, by=request.user, now=timezone.now()),
        title="Change the agenda",
        caption=str(found),
        back=path_of(found),
        done="The agenda was changed.",
    )


@ASKS
def add_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_keep(request.user, found.board.home)
    return ask(
        request,
        PaperForm(*posted(request), meeting=found),
        lambda said: actions.add_paper(found, **said, by=request.user, now=timezone.now()),
        title="Add a paper",
        caption=str(found),
        back=path_of(found),
        done="The paper was added.",
    )


@require_safe
def paper(request: SignedInRequest, pk: int, paper: int) -> FileResponse:
    """A paper's file, as a download; that somebody took it is on record."""
    found = find_meeting(request, pk)
    kept = get_object_or_404(found.papers.exclude(file=""), pk=paper)
    actions.record_download(kept, board=found.board, by=request.user, now=timezone.now())
    return download(kept.file, kept.name)


@ASKS
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_record(request.user, found, timezone.localdate())
    return ask(
        request,
        DecisionForm(*posted(request), meeting=found),
        lambda said: actions.record_decision(found, **said, by=request.user, now=timezone.now()),
        title="Record a decision",
        caption=str(found),
        back=path_of(found),
        done="The decision is on record.",
    )


@ASKS
def give_action(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_meeting(request, pk)
    check_may_record(request.user, found, timezone.localdate())
    form = ActionForm(*posted(request), meeting=found)
    people = people_at(found.board.home, timezone.localdate())
    names = reverse("governance:board-people", args=[found.board_id])
    choose_person(form, "owner", people, names)
    return ask(
        request,
        form,
        lambda said: actions.give_action(found, **said, by=request.user, now=timezone.now()),
        title="Give an action",
        caption=str(found),
        back=path_of(found),
        done="The action was given.",
    )
