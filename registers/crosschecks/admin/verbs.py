"""What is decided of a match, each on a page of its own: two clicks and a sentence."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from integrity.casework.desk import desk
from integrity.casework.models import Case
from integrity.casework.queue_tabs import signed_in
from integrity.casework.queues import QueueAdmin
from integrity.casework.views.desk_pages import page, posted
from integrity.casework.workflow import Conflict, Denied
from integrity.people.models import User
from registers.crosschecks import actions
from registers.crosschecks.enums import Disposition, Verb
from registers.crosschecks.forms import ReasonForm, challenge_form
from registers.crosschecks.models import Match
from registers.crosschecks.permissions import check_may
from registers.crosschecks.reading import as_read_by
from registers.crosschecks.workflow import TRANSITIONS

TEMPLATE = "crosschecks/desk/verb.html"
VERBS: Final = {transition.verb: transition.label for transition in TRANSITIONS}
EXPLAINED: Final[Mapping[str, str]] = {
    Verb.COINCIDENCE: "The two have nothing to do with each other. You are asked again if something "
    "that was compared changes.",
    Verb.KNOWN: "It is as it looks, and somebody sees to it: say who, or how. You are asked again if "
    "something that was compared changes.",
    Verb.REFER: "PSD gets what was found with your sentence, as one referral, from which it opens the "
    "investigation. From then on the match is PSD’s alone to know of.",
    Verb.CHALLENGE: "Whom you ask reads what you ask, never your note. Name nothing that they should "
    "not learn from PSD: contracts, cards, what others declared.",
    Verb.REOPEN: "It was a mistake: the match is to decide again. What was decided stays in its trail.",
}
DONE: Final[Mapping[str, str]] = {
    Verb.COINCIDENCE: "The match is a coincidence.",
    Verb.KNOWN: "The match is known and managed.",
    Verb.REFER: "The match was referred for investigation.",
    Verb.CHALLENGE: "The entry was challenged.",
    Verb.REOPEN: "The match is to decide again.",
}
CHANGED = "{} since you opened this match. Read it again; what you typed is below."


def refusal_of(user: User, match: Match, verb: str) -> Denied | None:
    """Why somebody may not decide this; none where they may."""
    try:
        check_may(Verb(verb), user, match)
        if verb == Verb.CHALLENGE:
            _of_register(user, match)
    except Denied as denied:
        return denied
    return None


def decide(request: HttpRequest, match: Match, verb: str, *, back: str) -> HttpResponse:
    """Draw the form of one disposition, or carry it out."""
    user = signed_in(request).user
    if refusal := refusal_of(user, match, verb):
        raise refusal
    asks = verb == Verb.CHALLENGE
    form, act = _challenge(request, match) if asks else _reason(request, match, verb)
    form.cancel_url, form.submit_label = back, VERBS[verb]
    if form.is_bound and form.is_valid() and _done(form, act, match, user):
        messages.success(request, DONE[verb])
        return redirect(back)
    return page(
        request, TEMPLATE, VERBS[verb], form=form, match=as_read_by(user, match), back=back,
        explained=EXPLAINED[verb], opts=Match._meta,
    )  # fmt: skip


def _done(form: Any, act: Callable[[], object], match: Match, user: User) -> bool:
    """Whether it was carried out; a refusal is the form's own sentence, and nothing typed is lost."""
    try:
        act()
    except Denied as denied:
        form.add_error(None, str(denied))
    except Conflict as conflict:
        if not conflict.reference.startswith("Match"):
            raise
        form.data = {
            **form.data.dict(),
            "version": conflict.current,
            "match_version": conflict.current,
        }
        form.add_error(None, CHANGED.format(_who_was_faster(match, user)))
    else:
        return True
    return False


def _who_was_faster(match: Match, user: User) -> str:
    """Who decided about a match since it was read, as far as this person still reads it; or that a check did."""
    fresh = Match.objects.visible_to(user).with_all().filter(pk=match.pk).first()
    if fresh and fresh.disposed_by and fresh.disposed_at != match.disposed_at:
        return f"{fresh.disposed_by.display} decided ({fresh.get_disposition_display().lower()})"
    return "A check found something new"


def _reason(request: HttpRequest, match: Match, verb: str) -> tuple[Any, Callable[[], object]]:
    form = ReasonForm(posted(request), initial={"version": match.version})

    def act() -> object:
        said = {**form.cleaned_data, "by": signed_in(request).user, "now": timezone.now()}
        if verb == Verb.REFER:
            return actions.refer(match, **said)
        if verb == Verb.REOPEN:
            return actions.reopen(match, **said)
        return actions.dispose(match, disposition=Disposition(verb), **said)

    return form, act


def _challenge(request: HttpRequest, match: Match) -> tuple[Any, Callable[[], object]]:
    """The challenge of the entry's own register, which makes the challenge that the match keeps."""
    user, now = signed_in(request).user, timezone.now()
    queue, record = _of_register(user, match)
    form_class, challenge = queue.handlers[Verb.CHALLENGE]
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = challenge_form(form_class, match, data, record=record, case=record.case, by=user)

    def act() -> object:
        said = form.arguments()
        version, note = said.pop("match_version"), said.pop("note")
        return actions.challenge(
            match, make=lambda: challenge(record, by=user, now=now, **said), note=note,
            by=user, now=now, version=version,
        )  # fmt: skip

    return form, act


def _of_register(user: User, match: Match) -> tuple[QueueAdmin, Any]:
    """The queue of the register of a match's entry, and its record. Raises Denied."""
    case: Case | None = match.case
    for model, queue in desk._registry.items():
        if case is None or model._meta.app_label != case.register:
            continue
        if isinstance(queue, QueueAdmin) and Verb.CHALLENGE in queue.handlers:
            mine = queue.in_reach(model._default_manager.filter(case=case), user)
            record = queue.read(mine).first()
            if record is not None:
                queue.check_verb(Verb.CHALLENGE, user, record)
                return queue, record
    raise Denied("The entry is not one that you can challenge.")
