"""Every address of the site; each register brings its own."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.urls import include, path
from django.views.generic import TemplateView

from integrity import health
from integrity.casework.desk import desk
from integrity.casework.views import pages


def page(template: str) -> Callable[..., HttpResponseBase]:
    """A page of words that anybody may read."""
    return login_not_required(TemplateView.as_view(template_name=template))


urlpatterns = [
    path("", pages.home, name="home"),
    path("policies/", pages.policies, name="policies"),
    path("accessibility/", page("accessibility.html"), name="accessibility"),
    path("privacy/", page("privacy.html"), name="privacy"),
    path("", include("integrity.audit.urls")),
    path("", include("integrity.people.urls")),
    path("", include("integrity.casework.urls")),
    path("", include("registers.organisations.urls")),
    path("", include("registers.gifts.urls")),
    path("", include("registers.business_interests.urls")),
    path("", include("registers.media_contacts.urls")),
    path("", include("registers.investigations.urls")),
    path("", include("registers.procurement.urls")),
    path("", include("registers.governance.urls")),
    path("", include("registers.oversight.urls")),
    path("psd/", desk.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
