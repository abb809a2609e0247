"""What each register's desk is made of: queues, a read-only page for each case, and a page for each verb."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Case as SqlCase
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.forms import HiddenInput
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.models import Audience
from integrity.casework.actions import record_on_case
from integrity.casework.case_page import case_page
from integrity.casework.desk import CASE_ROLES, cases_on_desk
from integrity.casework.forms import VerbForm
from integrity.casework.models import Case, Deadline
from integrity.casework.queue_tabs import Queue, QueueFilter, signed_in
from integrity.casework.registry import QueueCount
from integrity.casework.views.files import download, record_download
from integrity.casework.views.verbs import refuse_stale, seen_version, verb_page
from integrity.casework.workflow import Conflict, Denied, Transition
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.ui.templatetags.ui import day

EVERY = Q(pk__isnull=False)


@dataclass(frozen=True, slots=True)
class VerbLink:
    """A verb on the case page: a link to its form, or the sentence that refuses it."""

    label: str
    url: str = ""
    refusal: str = ""


class QueueAdmin(admin.ModelAdmin):
    """A register's queues and case pages. It reads; every change is a verb, by the register's actions.

    A register names its queues and handlers, and says how its records are read.
    """

    queues: ClassVar[Sequence[Queue]] = ()
    roles: ClassVar[Sequence[str]] = CASE_ROLES
    desk_verbs: ClassVar[frozenset[str]] = frozenset()
    handlers: ClassVar[Mapping[Any, tuple[type[VerbForm], Callable[..., Any]]]] = {}
    words: ClassVar[Mapping[str, str]] = {}
    case_template = "casework/desk/case.html"
    change_list_template = "casework/desk/queue.html"
    list_filter = (QueueFilter,)
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    show_full_result_count = False
    actions = ("assign_to_me",)
    actions_selection_counter = True

    def read(self, records: QuerySet) -> QuerySet:
        """What the register needs to draw its records in a fixed number of queries."""
        return records.select_related("case")

    def in_reach(self, records: QuerySet, user: User) -> QuerySet:
        """The records that somebody may read on the desk."""
        return records.filter(case__in=cases_on_desk(user))

    def check_verb(self, verb: str, user: User, record: Any) -> Transition:
        """Whether somebody may use a verb. Raises Denied."""
        raise NotImplementedError

    def options(self, user: User, record: Any) -> Sequence[Any]:
        """The verbs of somebody's part, free or refused."""
        raise NotImplementedError

    def assign(self, record: Any, **particulars: Any) -> Any:
        """The register's action that gives a case to a reviewer."""
        raise NotImplementedError

    def record_page(self, user: User, record: Any) -> dict[str, Any]:
        """What the register adds to the case page."""
        return {}

    # Permissions

    def has_module_permission(self, request: HttpRequest) -> bool:
        return signed_in(request).user.holds(*self.roles)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return signed_in(request).user.holds(*self.roles)

    def has_assign_permission(self, request: HttpRequest) -> bool:
        return signed_in(request).user.holds(*PSD_ROLES)

    def _never(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_add_permission = has_change_permission = has_delete_permission = _never

    # Queues

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        tasks = Deadline.objects.open().filter(case=OuterRef("case"))
        of_psd = tasks.filter(Q(owner=None) | Q(owner=OuterRef("case__owner")))
        records = self.in_reach(super().get_queryset(request), signed_in(request).user)
        return self.read(records).annotate(
            due=Subquery(of_psd.order_by("due_on").values("due_on")[:1])
        )

    def get_ordering(self, request: HttpRequest) -> Any:
        return ("-case__risk", F("due").asc(nulls_last=True), "case__received_at")

    def queues_for(self, request: HttpRequest) -> list[Queue]:
        """The queues that exist for whoever asks."""
        holds = signed_in(request).user.holds
        return [queue for queue in self.queues if not queue.roles or holds(*queue.roles)]

    def queue_counts(self, request: HttpRequest) -> list[QueueCount]:
        """Every queue's count, in one query."""
        user, today = signed_in(request).user, timezone.localdate()
        # A filter that can hold nothing for this reader would empty every count; a When does not.
        counts = self.get_queryset(request).aggregate(
            **{
                q.slug: Count(SqlCase(When(EVERY & q.holds(user, today), then="pk")))
                for q in self.queues_for(request)
            }
        )
        base = self._url("changelist")
        return [
            QueueCount(queue.label, f"{base}?queue={queue.slug}", counts[queue.slug])
            for queue in self.queues_for(request)
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.action(description="Assign to me", permissions=["assign"])
    def assign_to_me(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Each case by itself, as its row was drawn, so that one refusal leaves the others assigned."""
        done = 0
        for record in queryset:
            try:
                self.assign(
                    record,
                    owner=signed_in(request).user,
                    by=signed_in(request).user,
                    now=timezone.now(),
                    version=self._version_seen(request, record),
                )
                done += 1
            except (Denied, Conflict) as refusal:
                messages.warning(request, f"{record.case.reference}: {refusal}")
        if done:
            messages.success(
                request, f"{done} {'case is' if done == 1 else 'cases are'} now yours."
            )

    def action_checkbox(self, obj: Any) -> SafeString:
        """A row's box, with the version of the case that the row shows."""
        version = HiddenInput().render(f"version_{obj.pk}", obj.case.version)
        return format_html("{}{}", super().action_checkbox(obj), version)

    def _version_seen(self, request: HttpRequest, record: Any) -> int:
        """The version its row showed; rows of further pages were not seen."""
        seen = seen_version(request, f"version_{record.pk}")
        return record.case.version if seen is None else seen

    # Pages

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        verb_view = require_http_methods(["GET", "HEAD", "POST"])(self.verb_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("", wrap(self.changelist_view), name=f"{name}_changelist"),
            path("<int:pk>/change/", wrap(require_safe(self.case_view)), name=f"{name}_change"),
            path("<int:pk>/original/", wrap(require_safe(self.original)), name=f"{name}_original"),
            path("<int:pk>/<slug:verb>/", wrap(verb_view), name=f"{name}_verb"),
        ]

    def case_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Everything PSD knows of one case; looking at it is recorded."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        record_on_case(
            record.case,
            "entry viewed",
            by=signed_in(request).user,
            now=timezone.now(),
            audience=Audience.PSD,
        )
        page = {
            **self.admin_site.each_context(request),
            **case_page(
                signed_in(request).user, record.case, today=timezone.localdate(), words=self.words
            ),
            **self._verbs(signed_in(request).user, record),
            **self.record_page(signed_in(request).user, record),
            "title": record.case.reference,
            "record": record,
            "opts": self.opts,
            "original_url": self._url("original", record),
        }
        return TemplateResponse(request, self.case_template, page)

    def _verbs(self, user: User, record: Any) -> dict[str, list[VerbLink]]:
        """One button for each verb, and the refused ones with their sentences."""
        found = [o for o in self.options(user, record) if o.transition.verb in self.desk_verbs]
        return {
            "verbs": [
                VerbLink(o.transition.label, self._url("verb", record, o.transition.verb))
                for o in found
                if not o.refusal
            ],
            "refused": [
                VerbLink(o.transition.label, refusal=o.refusal) for o in found if o.refusal
            ],
        }

    @method_decorator(transaction.atomic)
    def verb_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """The form of one verb, and its action; Denied becomes its page elsewhere."""
        if verb not in self.desk_verbs:
            raise Http404
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        refuse_stale(signed_in(request), record.case)
        transition = self.check_verb(verb, signed_in(request).user, record)
        form_class, action = self.handlers[verb]
        return verb_page(
            signed_in(request),
            record=record,
            case=record.case,
            transition=transition,
            form_class=form_class,
            action=action,
            back=self._url("change", record),
            template="casework/desk/verb.html",
            title=transition.label,
            opts=self.opts,
            **self.admin_site.each_context(request),
        )

    def original(self, request: HttpRequest, pk: int) -> FileResponse:
        """The file of the legacy register that a case was imported from, as it came."""
        record = get_object_or_404(self.get_queryset(request), pk=pk)
        row = getattr(record.case, "imported_row", None)
        if row is None:
            raise Http404
        record_download(signed_in(request), record.case, row.batch.name)
        return download(row.batch.file.open("rb"), row.batch.name)

    def _url(self, page: str, record: Any = None, *more: str) -> str:
        args = [record.pk, *more] if record is not None else []
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    # Columns every register has

    @admin.display(description="Reference", ordering="case__reference")
    def reference(self, record: Any) -> str:
        return record.case.reference

    @admin.display(description="Received", ordering="case__received_at")
    def received(self, record: Any) -> str:
        return day(record.case.received_at)

    @admin.display(description="Who", ordering="case__subject_name")
    def who(self, record: Any) -> str:
        return who(record.case)

    @admin.display(description="Due", ordering="due")
    def due_by(self, record: Any) -> str:
        return due_words(record.due, timezone.localdate())

    @admin.display(description="Owner", ordering="case__owner__last_name")
    def owner(self, record: Any) -> str:
        return record.case.owner.display if record.case.owner else "Nobody"

    @admin.display(description="Risk", ordering="case__risk")
    def risk(self, record: Any) -> int:
        return record.case.risk


def who(case: Case) -> str:
    """The subject as they were at the time: name, and grade and unit where they are known."""
    parts = (case.subject_name, case.subject_grade, str(case.subject_unit or ""))
    return ", ".join(part for part in parts if part)


def due_words(due: date | None, today: date) -> str:
    if due is None:
        return "–"
    return f"Overdue since {day(due)}" if due < today else day(due)
