"""The queues of the desk, and the tabs by which one is chosen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from integrity.people.models import User
from integrity.people.requests import SignedInRequest


def signed_in(request: HttpRequest) -> SignedInRequest:
    """The request as the desk's pages see it: nobody else gets through."""
    return cast(SignedInRequest, request)


@dataclass(frozen=True, slots=True)
class Queue:
    """One of the desk's queues: which records stand in it for this person today.

    With ``roles``, it exists for whoever holds one of them, and for nobody else.
    """

    slug: str
    label: str
    holds: Callable[[User, date], Q]
    roles: Sequence[str] = ()


class QueueFilter(admin.SimpleListFilter):
    """The queues as tabs. Without one chosen, the first is shown; a search looks in all."""

    title = "queue"
    parameter_name = "queue"
    template = "casework/desk/queue_tabs.html"

    def __init__(
        self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: Any
    ) -> None:
        self.request, self.desk = request, model_admin
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(queue.slug, queue.label) for queue in model_admin.queues_for(request)]

    @property
    def chosen(self) -> Queue:
        queues = self.desk.queues_for(self.request)
        otherwise = queues[-1] if self.request.GET.get("q") else queues[0]
        return next((queue for queue in queues if queue.slug == self.value()), otherwise)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(self.chosen.holds(signed_in(request).user, timezone.localdate()))

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for count, queue in zip(
            self.desk.queue_counts(self.request), self.desk.queues_for(self.request), strict=True
        ):
            yield {
                "selected": queue == self.chosen,
                "query_string": changelist.get_query_string({"queue": queue.slug}, ["q", "p"]),
                "display": queue.label,
                "count": count.count,
            }
