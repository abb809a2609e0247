"""What a load balancer asks: is the process alive, and may it be sent people?"""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from integrity.database_roles import refusal

PROBES = ("/healthz", "/readyz")
PLAIN = "text/plain; charset=utf-8"


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive; says nothing of what it depends on, or a lost database restarts it."""
    return HttpResponse("alive\n", content_type=PLAIN)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, has this release's migrations, and loses and lets through nothing."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            sentence = refusal(cursor.connection)
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type=PLAIN, status=503)
    if missing:
        return HttpResponse("migrations are missing\n", content_type=PLAIN, status=503)
    if sentence:
        return HttpResponse("the database is not safe to work on\n", content_type=PLAIN, status=503)
    return HttpResponse("ready\n", content_type=PLAIN)
