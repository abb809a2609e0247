"""Matches on the desk: the queues, each match's page, and the four things that are decided of one."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.forms import HiddenInput
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.queues import QueueAdmin, VerbLink
from integrity.casework.views.verbs import seen_version
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import tag
from registers.crosschecks import actions, stories
from registers.crosschecks.admin.verbs import VERBS, decide, refusal_of
from registers.crosschecks.enums import Check, Disposition
from registers.crosschecks.match_page import last_event, match_page, status_of
from registers.crosschecks.models import Match, MatchQuerySet
from registers.crosschecks.permissions import READERS
from registers.crosschecks.queues import QUEUES
from registers.crosschecks.reading import as_read_by

RISKIEST = "The riskiest match of each person and organisation"
EVERY = "every"


class BulkForm(ActionForm):
    """One reason for all that are chosen."""

    reason = forms.CharField(label="Why (one sentence for all):", required=False, max_length=4000)


class CheckFilter(admin.SimpleListFilter):
    """The matches of one check."""

    title = "check"
    parameter_name = "check_name"
    template = "crosschecks/desk/check_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(check), str(check.label)) for check in Check]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(check_name=self.value()) if self.value() else queryset


class StoryFilter(admin.SimpleListFilter):
    """The riskiest match of each person and organisation; every match; or those of one person or firm."""

    title = "story"
    parameter_name = "story"
    template = "crosschecks/desk/story_filter.html"
    said = ""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("", RISKIEST), (EVERY, "Every match")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() in (None, "", EVERY):
            return queryset
        self.said, found = stories.named(
            str(self.value()), cast(MatchQuerySet, queryset), signed_in(request).user
        )
        return found

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """What is shown, and the way to what else could be."""
        chosen = self.value() or ""
        for value, label in self.lookup_choices:
            way = {"story": value} if value else {}
            yield {
                "selected": chosen == value,
                "query_string": changelist.get_query_string(way, ["story", "p"]),
                "display": label,
            }


class MatchList(ChangeList):
    """A page of the queue, each match as its reader may read it."""

    def get_queryset(self, request: HttpRequest, *args: Any, **kwargs: Any) -> QuerySet:
        """One match of each story, but for what was ticked on an earlier page: that stays as chosen."""
        found: QuerySet = super().get_queryset(request, *args, **kwargs)
        self.every = cast(MatchQuerySet, found)
        ticked = request.method == "POST" and request.POST.get("select_across") != "1"
        if ticked or self.params.get("story"):
            return found
        return stories.riskiest(self.every, signed_in(request).user)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        user, shown = signed_in(request).user, list(self.result_list)
        alone = bool(self.params.get("story"))
        counts = Counter() if alone else stories.how_many(self.every, user, shown)
        self.result_list = [as_read_by(user, match) for match in shown]
        for match in self.result_list:
            match.like_it = stories.others_like(counts, match)
            match.story = self.get_query_string({"story": match.pk}, ["p"])


@admin.register(Match, site=desk)
class MatchAdmin(QueueAdmin):
    """What the checks found, what matters most first. A match has no owner but PSD or procurement."""

    queues = QUEUES
    roles = READERS
    actions = ("coincidences",)
    action_form = BulkForm
    list_filter: ClassVar[Any] = (*QueueAdmin.list_filter, CheckFilter, StoryFilter)
    list_display = (
        "score", "what", "more", "compared", "who_", "of_organisation", "last_event", "status",
    )  # fmt: skip
    list_display_links = ("what",)
    search_fields = (
        "sentence",
        "person__last_name",
        "person__number",
        "case__reference",
        "other_case__reference",
        "organisation__name",
        "other_organisation__name",
    )
    search_help_text = "Person, organisation, reference, or words of the explanation"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.in_reach(Match.objects.with_all(), signed_in(request).user)

    def in_reach(self, records: QuerySet, user: User) -> QuerySet:
        return records.filter(pk__in=Match.objects.visible_to(user).values("pk"))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return MatchList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Whoever reads no entries finds a match of one by its organisation alone: a hit would tell."""
        found, twice = super().get_search_results(request, queryset, search_term)
        if search_term and not signed_in(request).user.holds(*PSD_ROLES):
            named = Q(organisation__name__icontains=search_term)
            named |= Q(other_organisation__name__icontains=search_term)
            found = found.filter(Q(case=None) | named)
        return found, twice

    def get_ordering(self, request: HttpRequest) -> Any:
        return stories.FOREMOST

    # What is decided of several

    def has_dispose_permission(self, request: HttpRequest) -> bool:
        return signed_in(request).user.holds(*READERS)

    @admin.action(description="Coincidence", permissions=["dispose"])
    def coincidences(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Each by itself, as its row was drawn, so that one refusal leaves the others decided."""
        done = 0
        for match in queryset:
            try:
                actions.dispose(
                    match, disposition=Disposition.COINCIDENCE,
                    reason=request.POST.get("reason", ""), by=signed_in(request).user,
                    now=timezone.now(), version=self._version_seen(request, match),
                )  # fmt: skip
                done += 1
            except (Denied, Conflict) as refusal:
                messages.warning(request, f"{match.get_check_name_display()}: {refusal}")
        if done:
            are = "match is a coincidence" if done == 1 else "matches are coincidences"
            messages.success(request, f"{done} {are}. You are asked again if something changes.")

    def action_checkbox(self, obj: Match) -> SafeString:
        """A row's box, with the version of the match that the row shows."""
        version = HiddenInput().render(f"version_{obj.pk}", obj.version)
        return format_html("{}{}", admin.ModelAdmin.action_checkbox(self, obj), version)

    def _version_seen(self, request: HttpRequest, record: Match) -> int:
        seen = seen_version(request, f"version_{record.pk}")
        return record.version if seen is None else seen

    # Pages

    def get_urls(self) -> list[URLPattern]:
        wrap, name = self.admin_site.admin_view, "crosschecks_match"
        verb = require_http_methods(["GET", "HEAD", "POST"])(self.verb_view)
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("<int:pk>/change/", wrap(require_safe(self.match_view)), name=f"{name}_change"),
            path("<int:pk>/<slug:verb>/", wrap(verb), name=f"{name}_verb"),
        ]

    def match_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both records, why it scores so, and what may be decided; looking at it is recorded."""
        user, match = signed_in(request).user, self._find(request, pk)
        actions.record_look(match, by=user, now=timezone.now())
        page = {
            **self.admin_site.each_context(request),
            **match_page(user, match),
            **self._links(user, match),
            "title": match.get_check_name_display(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "crosschecks/desk/match.html", page)

    def verb_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """The form of one disposition, and its action."""
        match = self._find(request, pk)
        if verb not in VERBS:
            raise Http404
        return decide(request, match, verb, back=self._url("change", match))

    def _find(self, request: HttpRequest, pk: int) -> Match:
        if not signed_in(request).user.holds(*READERS):
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _links(self, user: User, match: Match) -> dict[str, list[VerbLink]]:
        """A button for each thing that may be decided, and the refused ones with their sentences."""
        found: dict[str, list[VerbLink]] = {"verbs": [], "refused": []}
        for verb, label in VERBS.items():
            refusal = refusal_of(user, match, verb)
            if refusal is None:
                found["verbs"].append(VerbLink(label, self._url("verb", match, verb)))
            elif refusal.for_them:
                found["refused"].append(VerbLink(label, refusal=str(refusal)))
        return found

    # Columns

    @admin.display(description="What was found", ordering="sentence")
    def what(self, match: Match) -> str:
        return match.sentence

    @admin.display(description="Check", ordering="check_name")
    def compared(self, match: Match) -> str:
        return match.get_check_name_display()

    @admin.display(description="Who", ordering="person__last_name")
    def who_(self, match: Match) -> str:
        return str(match.person or match.unit or "–")

    @admin.display(description="Organisation", ordering="organisation__name")
    def of_organisation(self, match: Match) -> str:
        return str(match.organisation or "–")

    @admin.display(description="Last event", ordering="happened_on")
    def last_event(self, match: Match) -> str:
        return last_event(match)

    @admin.display(description="More like it", empty_value="")
    def more(self, match: Any) -> SafeString | str:
        """The way to the others of the same person and organisation."""
        if not match.like_it:
            return ""
        link = '<a href="{}">and {} more<span class="visually-hidden"> like it</span></a>'
        return format_html(link, match.story, match.like_it)

    @admin.display(description="Status")
    def status(self, match: Match) -> str:
        words, colour = status_of(match)
        return tag(match.disposition, label=words, colour=colour)


desk.register_page(
    "matches/",
    lambda request: desk.get_model_admin(Match).changelist_view(request),
    name="crosschecks-matches",
    label="",
    roles=READERS,
)
