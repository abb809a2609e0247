"""Investigations on the PSD desk: queues and case pages, which do not exist for anybody else."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from integrity.casework.desk import desk
from integrity.casework.permissions import Option
from integrity.casework.queue_tabs import signed_in
from integrity.casework.queues import QueueAdmin
from integrity.casework.workflow import Transition
from integrity.people.enums import CONFIDENTIAL_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day, tag
from registers.investigations import actions, permissions
from registers.investigations.actions.work import record_look
from registers.investigations.case_page import investigation_page
from registers.investigations.enums import NOT_CATEGORISED, WORDS, Verb
from registers.investigations.forms.parts import referrals_to_add
from registers.investigations.forms.verbs import NONE_WAITS
from registers.investigations.handlers import HANDLERS
from registers.investigations.models import Investigation, InvestigationQuerySet
from registers.investigations.queues import QUEUES
from registers.investigations.summaries import TONES, status_of

DESK_VERBS = frozenset(HANDLERS)


@admin.register(Investigation, site=desk)
class InvestigationAdmin(QueueAdmin):
    """Investigations as PSD works them, and as an inspector by grant reads them."""

    roles = CONFIDENTIAL_ROLES
    queues = QUEUES
    handlers = HANDLERS
    desk_verbs = DESK_VERBS
    words = WORDS
    case_template = "investigations/desk/case.html"
    list_display = (
        "reference",
        "opened",
        "what",
        "kind",
        "who",
        "standing",
        "owner",
        "due_by",
        "risk",
    )
    list_display_links = ("reference",)
    ordering = ("-case__risk",)  # what the head of the table says; get_ordering adds the day
    search_fields = ("case__reference", "title", "case__subject_name")
    search_help_text = "Reference, what it is about, or name of the person"

    def read(self, records: Any) -> InvestigationQuerySet:
        return records.with_all()

    def in_reach(self, records: QuerySet, user: User) -> QuerySet:
        return records.filter(pk__in=Investigation.objects.visible_to(user).values("pk"))

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """For others of the desk there is no such page, where a refusal would say that there is."""
        if not self.has_view_permission(request):
            raise Http404
        if request.method == "GET":
            by = signed_in(request).user
            record_look(page="investigations", by=by, now=timezone.now())
        return super().changelist_view(request, extra_context)

    def check_verb(self, verb: str, user: User, record: Investigation) -> Transition:
        return permissions.check(Verb(verb), user, record)

    def options(self, user: User, record: Investigation) -> Sequence[Option]:
        """A referral is added only while one waits."""
        found = permissions.options(user, record)
        if referrals_to_add(user, record.case).exists():
            return found
        return [
            Option(each.transition, each.refusal or NONE_WAITS)
            if each.transition.verb == Verb.ADD_REFERRAL
            else each
            for each in found
        ]

    def assign(self, record: Investigation, **particulars: Any) -> Investigation:
        return actions.assign(record, **particulars)

    def record_page(self, user: User, record: Investigation) -> dict[str, Any]:
        return investigation_page(user, record)

    @admin.display(description="Opened", ordering="opened_at")
    def opened(self, investigation: Investigation) -> str:
        return day(investigation.opened_at)

    @admin.display(description="What", ordering="title")
    def what(self, investigation: Investigation) -> str:
        return investigation.title

    @admin.display(description="Category and kind", ordering="category")
    def kind(self, investigation: Investigation) -> str:
        return investigation.kind_label or NOT_CATEGORISED

    @admin.display(description="Whom", ordering="case__subject_name")
    def who(self, record: Investigation) -> str:
        return record.case.subject_name

    @admin.display(description="Standing", ordering="status")
    def standing(self, investigation: Investigation) -> str:
        colour = TONES[investigation.standing]
        return tag(investigation.status, label=status_of(investigation), colour=colour)
