"""What pages of checks, assessments and statements share."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def page(request: HttpRequest, template: str, **context: Any) -> HttpResponse:
    """A page of the site; 422 where its form was refused."""
    form = context.get("form")
    refused = form is not None and form.is_bound and not form.is_valid()
    return TemplateResponse(request, template, context, status=422 if refused else 200)
