"""An entry's own page on the site, and the verbs on it, whatever its register."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework.actions import record_on_case
from integrity.casework.case_page import attachments_of, links_of
from integrity.casework.challenges import challenges_of
from integrity.casework.forms import VerbForm
from integrity.casework.models import Case
from integrity.casework.permissions import Rules, boards_over, is_declarant, is_psd
from integrity.casework.receipts import receipt_path
from integrity.casework.registry import Opening, Summary, opener
from integrity.casework.views.verbs import refuse_lost, refuse_stale, verb_page
from integrity.people.models import OversightBody, User
from integrity.people.requests import SignedInRequest

Handlers = Mapping[Any, tuple[type[VerbForm], Callable[..., Any]]]


def entry_page(
    request: SignedInRequest,
    record: Any,
    rules: Rules[Any],
    *,
    summary: Summary,
    urgent: Collection[str],
    words: Mapping[str, str],
    verb_url_name: str,
    desk_url_name: str,
    not_final: Collection[str] = (),
) -> dict[str, Any]:
    """What ``casework/entry.html`` shows of any entry; that somebody else looked is recorded.

    ``urgent`` are the verbs that somebody waits for; ``words`` are what the register calls its
    outcomes and the actions that follow them; outcomes ``not_final`` show to PSD alone.
    """
    user, case = request.user, record.case
    mine = is_declarant(user, case)
    if not mine:
        record_on_case(case, "entry viewed", by=user, now=timezone.now(), audience=Audience.PSD)
    options = rules.options(user, record)
    psd = is_psd(user, case) and not mine
    decisions = case.decisions.select_related("decided_by__grade")
    boards = list(boards_over(user, case))
    return {
        "record": record,
        "case": case,
        "title": summary.title,
        "plain_status": summary.status,
        "tone": summary.tone,
        "mine": mine,
        "free": [option for option in options if not option.refusal],
        "refusals": [option for option in options if option.refusal],
        "urgent": urgent,
        "verb_url_name": verb_url_name,
        "desk_url": reverse(desk_url_name, args=[record.pk]) if psd else "",
        "questions": case.questions.select_related("asked_by__grade"),
        "challenges": [each for each in challenges_of([case], reader=user) if not each.held],
        "agenda_note": agenda_note(user, case) if boards else None,
        "decisions": [
            (decision, said(decision.outcome, words), said(decision.action_taken, words))
            for decision in (decisions if psd else decisions.exclude(outcome__in=not_final))
        ],
        "attachments": attachments_of(user, case),
        "links": links_of(user, case),
        "versions": case.versions.all(),
        "timeline": timeline(case, boards),
    }


def said(word: str, words: Mapping[str, str]) -> str:
    return words.get(word, word)


def agenda_note(user: User, case: Case) -> Opening | None:
    """Where a member of a board puts the entry on the agenda of its meeting."""
    opens = opener("agenda note")
    return opens(user, case) if opens else None


def timeline(case: Case, boards: Collection[OversightBody] = ()) -> list[tuple[Event, str]]:
    """What happened that a declarant may read, each with the address of its receipt.

    A board reads of its own challenge also where it was not sent, so that it reads the same.
    """
    readable = Q(audience=Audience.CASE)
    if boards:
        own = [board.code for board in boards]
        readable |= Q(name="challenge made", facts__silent=True, facts__board__in=own)
    events = Event.objects.filter(readable, about="case", about_id=case.pk)
    return [(event, receipt_path(case, event)) for event in events]


def verb_view(
    request: SignedInRequest,
    reference: str,
    verb: str,
    *,
    find: Callable[[User, str], Any],
    rules: Rules[Any],
    handlers: Handlers,
    entry_url_name: str,
    template: str = "casework/verb.html",
    in_a_draft: Callable[[SignedInRequest, Any, str], HttpResponse] | None = None,
) -> HttpResponse:
    """One page for each verb of a register; call it within a transaction.

    ``find`` raises Http404 for an entry that this person may not see. ``in_a_draft`` answers the
    verbs that have no handler, since they restate the entry.
    """
    if verb not in rules.checks or (verb not in handlers and in_a_draft is None):
        raise Http404
    try:
        record = find(request.user, reference)
    except Http404:
        refuse_lost(request, reference)
        raise
    refuse_stale(request, record.case)
    transition = rules.check(verb, request.user, record)
    if verb not in handlers and in_a_draft is not None:
        return in_a_draft(request, record, verb)
    form_class, action = handlers[verb]
    return verb_page(
        request,
        record=record,
        case=record.case,
        transition=transition,
        form_class=form_class,
        action=action,
        back=reverse(entry_url_name, args=[reference]),
        template=template,
    )
