"""What pages of the desk share: how one is drawn, what its form is bound to, what a refusal becomes."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from integrity.casework.desk import desk
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, User
from integrity.ui.forms import GovukForm

PAGE = 50  # rows


def forces_of(user: User, *roles: Role) -> QuerySet[Force]:
    """The forces in which somebody holds one of the roles today."""
    return Force.objects.filter(pk__in=user.scope(*roles).forces)


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of the desk; 422 where its form was refused."""
    form = context.get("form")
    status = 422 if form is not None and form.is_bound and not form.is_valid() else 200
    shared = {**desk.each_context(request), "title": title}
    return TemplateResponse(request, template, {**shared, **context}, status=status)


def paged(request: HttpRequest, rows: Any, *, size: int = PAGE) -> Page:
    """The rows of the page that the address asks for."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def posted(request: HttpRequest) -> Any:
    """What a form is bound to: nothing until it is sent."""
    return request.POST if request.method == "POST" else None


def attempt[T](form: GovukForm, act: Callable[[], T]) -> T | None:
    """Do what a valid form asks: what was made of it, or None where nothing was.

    A refusal becomes the form's own sentence, so that nothing typed is lost; of a verb that is no
    part of theirs at all, it is the 403 page and in the record. Raises Denied.
    """
    if not (form.is_bound and form.is_valid()):
        return None
    try:
        return act()
    except Denied as denied:
        if not denied.for_them:
            raise
        form.add_error(None, str(denied))
        return None


def number(label: str) -> dict[str, Any]:
    """A column of numbers."""
    return {"label": label, "numeric": True}
