"""Every look is on record: at lists and figures too, which name whom investigations are about."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from integrity.casework.queue_tabs import signed_in
from registers.investigations.actions.work import record_look

type View = Callable[..., HttpResponse]


def on_record(page: str) -> Callable[[View], View]:
    """A page of the desk whose readers the ledger names."""

    def recording(view: View) -> View:
        @wraps(view)
        def recorded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "GET":
                record_look(page=page, by=signed_in(request).user, now=timezone.now())
            return view(request, *args, **kwargs)

        return recorded

    return recording
