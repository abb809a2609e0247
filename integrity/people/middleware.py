"""Each request is one transaction, which reaches no further than whoever asks (ASSURANCE, decision 5)."""

from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone

from integrity.health import PROBES
from integrity.people.requests import ScopedRequest
from integrity.people.scope import of_person


class ScopeMiddleware:
    """Stands between the session, which says who asks, and everything that reads or writes.

    What a failed or refused request wrote is taken back. ``request.after_rollback`` then runs in a
    transaction of its own: a refusal is on record although nothing else of the request is.
    """

    def __init__(self, get_response: Callable[[ScopedRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponseBase:
        request.failed, request.after_rollback = False, None
        if request.path in PROBES:  # these answer without a database
            return self.get_response(request)
        person_id = request.session.get(SESSION_KEY)
        today = timezone.localdate()
        with of_person(person_id and int(person_id), today=today):
            response = self.get_response(request)
            if request.failed or response.status_code >= 500:
                transaction.set_rollback(True)
        if request.after_rollback is not None:
            with of_person(person_id and int(person_id), today=today):
                request.after_rollback()
        return response

    def process_exception(self, request: ScopedRequest, error: Exception) -> None:
        request.failed = True
