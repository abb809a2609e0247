from typing import Any

from django.http import HttpResponse


def page(request: Any, **ids: Any) -> HttpResponse:
    return HttpResponse("being written")


start = step = autosave = check = listed = views = refusals = refusals_of = pdr = pdr_pdf = page
case = done = notice = notice_pdf = verb = page
