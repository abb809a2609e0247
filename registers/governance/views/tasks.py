"""An action of a meeting or an item of the plan: how it stands, and what can be done with it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.governance import actions
from registers.governance.forms.parts import choose_person
from registers.governance.forms.tasks import (
    ChangeActionForm,
    ChangePlanItemForm,
    CloseForm,
    ProgressForm,
    ReopenForm,
)
from registers.governance.models import BoardAction, PlanItem
from registers.governance.people import people_at
from registers.governance.permissions import (
    check_may_change,
    check_may_close,
    check_may_progress,
    check_may_reopen,
)
from registers.governance.views.asking import ask, posted, reads_plan

type Task = BoardAction | PlanItem
ASKS = require_http_methods(["GET", "HEAD", "POST"])

# Each verb with its words, who may, what it asks, what it does, and what is said when it is done.
VERBS: dict[str, tuple[str, Callable[[User, Task], None], Any, Any, str]] = {
    "progress": (
        "Say how it stands", check_may_progress, ProgressForm, actions.note_progress,
        "The note was kept.",
    ),
    "close": ("Close it", check_may_close, CloseForm, actions.close, "It is closed."),
    "reopen": ("Reopen it", check_may_reopen, ReopenForm, actions.reopen, "It is open again."),
    "change": ("Change it", check_may_change, None, None, "It was changed."),
}  # fmt: skip


def find_action(request: SignedInRequest, pk: int) -> BoardAction:
    """An action of a board that this person reads, or their own; otherwise 404."""
    found = BoardAction.objects.visible_to(request.user, timezone.localdate())
    whole = found.select_related(
        "meeting__board__force", "meeting__board__oversight_body", "item", "owner__grade",
        "closed_by__grade",
    )  # fmt: skip
    return get_object_or_404(whole, pk=pk)


def find_item(request: SignedInRequest, code: str, pk: int) -> PlanItem:
    """An item of a plan that this person reads, or their own; otherwise 404."""
    found = PlanItem.objects.visible_to(request.user, timezone.localdate())
    whole = found.select_related("force", "recommendation", "owner__grade", "closed_by__grade")
    return get_object_or_404(whole, pk=pk, force__code=code)


def free_verbs(user: User, task: Task) -> list[tuple[str, str]]:
    """The verbs that somebody may use on it now, each with its words."""
    free = []
    for verb, (words, check, *_) in VERBS.items():
        try:
            check(user, task)
        except Denied:
            continue
        free.append((verb, words))
    return free


def path_of(task: Task) -> str:
    if isinstance(task, PlanItem):
        return reverse("governance:plan-item", args=[task.force.code, task.pk])
    return reverse("governance:action", args=[task.pk])


def page(request: SignedInRequest, task: Task, **context: Any) -> HttpResponse:
    own = {
        "task": task,
        "notes": task.notes.select_related("made_by__grade"),
        "verbs": [(f"{path_of(task)}{verb}/", words) for verb, words in free_verbs(request.user, task)],
        "overdue": task.is_overdue(timezone.localdate()),
    }  # fmt: skip
    return render(request, "governance/task.html", {**own, **context})


@require_safe
def action(request: SignedInRequest, pk: int) -> HttpResponse:
    found = find_action(request, pk)
    reads = type(found.board).objects.visible_to(request.user, timezone.localdate())
    reads_board = reads.filter(pk=found.board.pk).exists()
    return page(request, found, noun="Action", meeting=found.meeting, reads_board=reads_board)


@require_safe
def item(request: SignedInRequest, code: str, pk: int) -> HttpResponse:
    found = find_item(request, code, pk)
    reads = reads_plan(request.user, found.force)
    return page(request, found, noun="Item of the action plan", force=found.force, reads_plan=reads)


@ASKS
def on_action(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    return do(request, find_action(request, pk), verb)


@ASKS
def on_item(request: SignedInRequest, code: str, pk: int, verb: str) -> HttpResponse:
    return do(request, find_item(request, code, pk), verb)


def do(request: SignedInRequest, task: Task, verb: str) -> HttpResponse:
    """One page for each verb."""
    if verb not in VERBS:
        raise Http404
    words, check, form_class, act, done = VERBS[verb]
    check(request.user, task)
    if form_class is None:
        form, act = change_form(request, task)
    else:
        stands = {"version": task.version, "evidence": task.evidence}
        form = form_class(*posted(request), initial=stands)
    return ask(
        request,
        form,
        lambda said: act(task, **said, by=request.user, now=timezone.now()),
        title=words,
        caption=str(task),
        back=path_of(task),
        done=done,
    )


def change_form(request: SignedInRequest, task: Task) -> tuple[Any, Callable[..., object]]:
    """The form that states it anew, as it stands."""
    stands = {"owner": task.owner, "due_on": task.due_on, "version": task.version}
    if isinstance(task, PlanItem):
        stands |= {"action": task.action, "recommendation": task.recommendation_id}
        form: Any = ChangePlanItemForm(*posted(request), initial=stands)
        home: Any = task.force
        names = reverse("governance:plan-people", args=[task.force.code])
    else:
        form = ChangeActionForm(*posted(request), initial={**stands, "what": task.what})
        home, names = task.board.home, reverse("governance:board-people", args=[task.board.pk])
    people = people_at(home, timezone.localdate()) | User.objects.filter(pk=task.owner_id)
    choose_person(form, "owner", people.select_related("grade"), names)
    change = actions.change_plan_item if isinstance(task, PlanItem) else actions.change_action
    return form, change
