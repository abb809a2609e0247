"""The PSD desk: one admin site, whose first page is what waits, and which never writes a case's fields."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from integrity.casework.models import Case, Notice, outside_of
from integrity.casework.registry import QueueCount
from integrity.people.enums import DESK_ROLES, PSD_ROLES, Role
from integrity.people.models import User

CASE_ROLES = (*PSD_ROLES, Role.INSPECTOR)
LEFT_OUT = frozenset({"password_change", "password_change_done", "view_on_site"})
NOTICE_PATIENCE = timedelta(hours=1)
NOTICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class DeskPage:
    """A page of the desk that is no model's: an import, say. It opens for the roles it names.

    ``waiting`` says how many things wait there for somebody, where anything can. ``may`` is what its
    view wants besides a role: that it is held in a force, say.
    """

    route: str
    view: Callable[..., HttpResponse]
    name: str
    label: str
    roles: Sequence[str]
    waiting: Callable[[User], int] | None = None
    may: Callable[[User], bool] | None = None

    def opens_for(self, user: User) -> bool:
        return user.holds(*self.roles) and (self.may is None or self.may(user))


@dataclass(frozen=True, slots=True)
class RegisterQueues:
    """One register's queues as the first page shows them."""

    name: str
    path: str
    queues: Sequence[QueueCount]


@dataclass(frozen=True, slots=True)
class Front:
    """What an app shows above the queues of the desk's first page, drawn by a template of its own."""

    template: str
    given: Mapping[str, Any]


def cases_on_desk(user: User, *more_roles: str) -> QuerySet[Case]:
    """What this person may read on the desk: cases in their scope or sent to them, but for their own.

    ``more_roles`` read the cases of one register besides those who read every register's.

    Their own they read on the site, as any declarant does; administrators read none.
    """
    mine = Q(subject=user) | Q(author=user)
    own = Case.objects.filter(mine).values("pk")
    reads = Case.objects.in_scope(user, *CASE_ROLES, *more_roles) | Case.objects.filter(
        outside_of(user)
    )
    return reads.exclude(pk__in=own)


def unsent_notices(user: User, now: datetime) -> QuerySet[Notice]:
    """E-mails about cases of the desk that failed, or that wait for longer than they should."""
    return (
        Notice.objects.filter(case__in=cases_on_desk(user), sent_at=None)
        .exclude(recipient__email="")
        .filter(~Q(failure="") | Q(made_at__lt=now - NOTICE_PATIENCE))
        .select_related("recipient__grade", "case")
    )


class DeskSite(AdminSite):
    """Queues, cases and reference data for PSD, inspectors and administrators, each within their scope."""

    site_header = "PSD desk"
    site_title = "PSD desk"
    index_title = "What waits"
    index_template = "casework/desk/index.html"
    enable_nav_sidebar = False
    final_catch_all_view = False

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.pages: list[DeskPage] = []
        self.fronts: list[Callable[[User], Front | None]] = []

    def register_page(
        self,
        route: str,
        view: Callable[..., HttpResponse],
        *,
        name: str,
        label: str,
        roles: Sequence[str],
        waiting: Callable[[User], int] | None = None,
        may: Callable[[User], bool] | None = None,
    ) -> None:
        """Add a page at /psd/<route>; called from an app's admin.py. Others than its roles get 404.

        The desk's first page lists it by its label, for whom it opens; one without is reached from
        another page.
        """
        self.pages.append(DeskPage(route, view, name, label, tuple(roles), waiting, may))

    def begins_with(self, front: Callable[[User], Front | None]) -> None:
        """Have the first page begin with something of an app's; none for whoever may not see it."""
        self.fronts.append(front)

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_authenticated and request.user.holds(*DESK_ROLES)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Whoever is signed in without a role of the desk finds nothing here."""

        def for_the_desk(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        inner = super().admin_view(view, cacheable)
        return for_the_desk

    @login_not_required
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The site's own sign-in, with its lock-out and its record."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        autodiscover_modules("admin", register_to=self)
        pages = [path(page.route, self._page_view(page), name=page.name) for page in self.pages]
        own = [url for url in super().get_urls() if getattr(url, "name", None) not in LEFT_OUT]
        return [*pages, *own]

    def _page_view(self, page: DeskPage) -> Callable[..., Any]:
        def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not page.opens_for(request.user):
                raise Http404
            return page.view(request, *args, **kwargs)

        return self.admin_view(view)

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        notices = list(unsent_notices(request.user, timezone.now())[: NOTICES_SHOWN + 1])
        found = {
            "fronts": [shown for front in self.fronts if (shown := front(request.user))],
            "registers": list(self._registers(request)),
            "pages": [
                (page, page.waiting(request.user) if page.waiting else None)
                for page in self.pages
                if page.label and page.opens_for(request.user)
            ],
            "notices": notices[:NOTICES_SHOWN],
            "more_notices": len(notices) > NOTICES_SHOWN,
        }
        return super().index(request, {**found, **(extra_context or {})})

    def _registers(self, request: HttpRequest) -> Iterator[RegisterQueues]:
        """The queues of each register whose cases this person may read."""
        for model_admin in self._registry.values():
            counts = getattr(model_admin, "queue_counts", None)
            if counts is not None and model_admin.has_module_permission(request):
                opts = model_admin.opts
                yield RegisterQueues(
                    name=str(opts.app_config.verbose_name),
                    path=reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
                    queues=counts(request),
                )


desk = DeskSite(name="psd")
