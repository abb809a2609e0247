"""The page for a form that came too late: what changed meanwhile, and what was typed, to send again."""

import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.urls import resolve
from django.utils import timezone

from integrity.audit.models import Audience, Event
from integrity.casework.case_page import lines
from integrity.casework.models import Case
from integrity.casework.registry import named
from integrity.casework.workflow import Conflict, Denied
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day
from integrity.ui.wording import with_capital

NOT_TYPED = {"csrfmiddlewaretoken", "version", "reference", "verb"}
NOTHING = "Nothing"


@dataclass(frozen=True, slots=True)
class Change:
    """A line of what an entry states, before a correction and after it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that was done since the form was drawn; a correction says what it changed."""

    event: Event
    changes: Sequence[Change] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in one box of a form."""

    label: str
    text: str

    @property
    def rows(self) -> int:
        """The lines that a text area needs to show all of it, within reason."""
        return min(12, sum(1 + len(line) // 60 for line in self.text.splitlines()) or 1)


@dataclass(frozen=True, slots=True)
class Again:
    """The same form as it would be drawn now; without one, the sentence that says why not."""

    form: Any = None
    refusal: str = ""
    restates: str = ""  # where the answers of a draft are changed, which state the whole entry


def conflict_page(request: SignedInRequest, conflict: Conflict) -> dict[str, Any]:
    """What the page says to somebody whose form was refused as stale. Nothing typed is lost."""
    case = Case.objects.get(reference=conflict.reference)
    back = way_back(request, case)
    events = events_since(case, conflict) if back["url"] else []
    again = draw_again(request, conflict.current)
    typed = [*left_over(request.POST, again.form)]
    me = request.user.pk
    last = events[-1] if events else None
    mine = last is not None and last.actor_id == me and last.name == attempted(request, case)
    return {
        "case": case,
        "sentence": str(conflict),
        "done_at": at_words(last.at) if last and mine else "",
        "all_mine": bool(events) and all(event.actor_id == me for event in events),
        "happened": [*happened(case, events)],
        "again": again,
        "form": again.form,
        "typed": typed,
        "files": [file.name for name in request.FILES for file in request.FILES.getlist(name)],
        **back,
    }


def events_since(case: Case, conflict: Conflict) -> list[Event]:
    """Each change counted one version and left one event on the case's timeline."""
    events = Event.objects.filter(about="case", about_id=case.pk, audience=Audience.CASE)
    return list(events.order_by("-pk")[: max(0, conflict.current - conflict.seen)])[::-1]


def attempted(request: SignedInRequest, case: Case) -> str:
    """The event that the refused form would have left."""
    verb = resolve(request.path_info).kwargs.get("verb") or request.POST.get("verb")
    return next((row.event for row in named(case.register).workflow if row.verb == verb), "")


def happened(case: Case, events: Sequence[Event]) -> Iterator[Happened]:
    """The events, oldest first; a correction with what it changed, from the versions put aside."""
    register, corrected = named(case.register), {}
    now = register.stated(case)
    for version in case.versions.order_by("-number"):
        corrected[version.replaced_at] = tuple(changes(version.facts, now, register.words))
        now = version.facts
    for event in events:
        yield Happened(event, corrected.get(event.at, ()))


def changes(
    before: Mapping[str, Any], after: Mapping[str, Any], words: Mapping[str, str]
) -> Iterator[Change]:
    """The lines that two statements of an entry do not share."""
    was, is_now = ({fact.label: fact.value for fact in lines(facts)} for facts in (before, after))
    for label in {**is_now, **was}:
        if was.get(label) != is_now.get(label):
            said = (in_words(each.get(label, NOTHING), words) for each in (was, is_now))
            yield Change(label, *said)


def in_words(value: str, words: Mapping[str, str]) -> str:
    """A stored value as people say it."""
    try:
        return words.get(value) or day(date.fromisoformat(value))
    except ValueError:
        return value


def draw_again(request: SignedInRequest, version: int) -> Again:
    """The page's own form, drawn anew by its view and filled with what was typed."""
    anew = copy.copy(request)
    anew.method, anew.POST = "GET", QueryDict()
    view, args, kwargs = resolve(request.path_info)
    try:
        context = getattr(view(anew, *args, **kwargs), "context_data", None) or {}
    except Denied as denied:
        return Again(refusal=str(denied))
    except Http404:
        return Again()
    form = context.get("form")
    if form is not None:
        fill(form, request.POST, version)
        form.form_action = request.get_full_path()
    return Again(form, context.get("refusal", ""), context.get("restates", ""))


def fill(form: forms.BaseForm, typed: QueryDict, version: int) -> None:
    """Put what was typed into a form that was drawn for the version of now."""
    for name, box in form.fields.items():
        if not (isinstance(box, forms.FileField) or box.widget.is_hidden):
            posted = form.add_prefix(name)
            if not box.widget.value_omitted_from_data(typed, {}, posted):
                form.initial[name] = box.widget.value_from_datadict(typed, {}, posted)
    form.initial["version"] = version


def left_over(posted: QueryDict, form: forms.BaseForm | None) -> Iterator[Typed]:
    """What was typed into boxes that the form, if there is one, does not have any more."""
    for name, values in posted.lists():
        text = "\n".join(value for value in values if value)
        if text and name not in NOT_TYPED and not (form and has_box(form, name)):
            yield Typed(with_capital(name.replace("_", " ").replace("-", " ")), text)


def has_box(form: forms.BaseForm, posted: str) -> bool:
    """Whether a posted name is one of the form's boxes; a date has three."""
    for name, box in form.fields.items():
        own = form.add_prefix(name)
        in_parts = isinstance(box.widget, forms.MultiWidget)
        if posted == own or (in_parts and posted.startswith(f"{own}_")):
            return True
    return False


def way_back(request: SignedInRequest, case: Case) -> dict[str, str]:
    """To the entry as it is now, on the desk where the form was the desk's; nowhere if it is lost."""
    match = resolve(request.path_info)
    if match.app_name == "admin":
        return {"url": request.path.removesuffix(f"{match.kwargs['verb']}/") + "change/"}
    summaries = named(case.register).summaries(request.user, [case])
    return {"url": summaries[0].path if summaries else ""}


def at_words(moment: datetime) -> str:
    """'at 11:02' today, with the day otherwise."""
    there = timezone.localtime(moment)
    on = "" if there.date() == timezone.localdate() else f"on {day(there)} "
    return f"{on}at {there:%H:%M}"
