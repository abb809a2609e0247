"""The quarterly meeting pack of PSD, procurement and the press office, as a page and as files."""

from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.clocks import add_months
from integrity.casework.desk import desk
from integrity.casework.quarters import Quarter, quarter_named, quarter_of
from integrity.casework.views.desk_pages import forces_of, page
from integrity.people.models import Force, User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from registers.crosschecks.pack import MEETING_ROLES, Pack, pack_of
from registers.crosschecks.pack_files import pdf, workbook

QUARTERS = 12
FILES = {
    "pdf": ("application/pdf", pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
}


class PackForm(GovukForm):
    """Which quarter of which force; the force is asked only where somebody has several."""

    force = forms.ChoiceField(label="Force", required=False)
    quarter = forms.ChoiceField(label="Quarter", required=False)
    form_method = "get"
    submit_label = "Show"
    submit_style = "secondary"
    mark_optional = False

    def __init__(
        self, *args: Any, forces: QuerySet[Force], current: Quarter, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        ago = [Quarter(add_months(current.first, -3 * back)) for back in range(QUARTERS)]
        choices = [(each.key, each.words) for each in ago]
        cast(forms.ChoiceField, self.fields["quarter"]).choices = choices
        if len(forces) == 1:
            del self.fields["force"]
        else:
            named = [(each.code, str(each)) for each in forces]
            cast(forms.ChoiceField, self.fields["force"]).choices = named


def meets(user: User) -> bool:
    """Whether somebody has a force's pack to read."""
    return forces_of(user, *MEETING_ROLES).exists()


def asked(request: SignedInRequest) -> Pack:
    """The pack of the address: this quarter's of the reader's first force, where it names none."""
    forces = forces_of(request.user, *MEETING_ROLES)
    code = request.GET.get("force", "")
    force = forces.filter(code=code).first() if code else forces.first()
    key = request.GET.get("quarter", "")
    quarter = quarter_named(key) if key else quarter_of(timezone.localdate())
    if force is None or quarter is None:
        raise Http404
    return pack_of(force, quarter, reader=request.user)


@require_safe
def pack(request: SignedInRequest) -> HttpResponse:
    """Each section as a table, and the way to the files."""
    found = asked(request)
    form = PackForm(
        {"force": found.force.code, "quarter": found.quarter.key},
        forces=forces_of(request.user, *MEETING_ROLES), current=quarter_of(timezone.localdate()),
    )  # fmt: skip
    query = {"force": found.force.code, "quarter": found.quarter.key}
    form.is_valid()
    return page(
        request, "crosschecks/pack.html", "Quarterly meeting pack", chooser=form, pack=found,
        files=[(kind.upper(), reverse("admin:meeting-pack-file", args=[kind], query=query))
               for kind in FILES],
    )  # fmt: skip


@require_safe
def file(request: SignedInRequest, kind: str) -> HttpResponse:
    """The same as a file; that it was taken is on record."""
    if kind not in FILES:
        raise Http404
    found, now = asked(request), timezone.now()
    content_type, make = FILES[kind]
    name = f"meeting-pack-{found.force.code.lower()}-{found.quarter.key}.{kind}"
    record(
        "file downloaded", by=request.user, now=now, force_id=found.force.pk,
        about="meeting pack", facts={"file": name}, audience=Audience.PSD,
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make(found, made_at=now), content_type=content_type, headers=headers)


add_page = partial(desk.register_page, roles=MEETING_ROLES, may=meets)
add_page("meeting-pack/", pack, name="meeting-pack", label="Quarterly meeting pack")
add_page("meeting-pack/<slug:kind>/", file, name="meeting-pack-file", label="")
