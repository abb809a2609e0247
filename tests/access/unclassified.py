"""The site with one more page, which nobody has classified: a fault for the matrix to find."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from integrity.urls import urlpatterns as site


def new_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Whose?")


urlpatterns = [*site, path("new-page/", new_page, name="new-page")]
