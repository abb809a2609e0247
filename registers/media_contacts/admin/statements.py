"""Chief officers' quarterly statements of their contacts with the media (RULES, Media contacts 6).

A dated nil statement is not silence: stated, nil and not stated are three things.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.audit.actions import record
from integrity.audit.models import Audience
from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import forces_of, page
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day
from registers.media_contacts import actions
from registers.media_contacts.admin.pages import (
    PRESS,
    SHARED,
    contact_path,
    is_of,
    refuse_readers,
    several,
)
from registers.media_contacts.compliance import NOT_COUNTED
from registers.media_contacts.forms.media import QuarterForm, quarters_over
from registers.media_contacts.models import ChiefStatement, Contact, OtherOfficer
from registers.media_contacts.policies import end_of_quarter

COLUMNS = (
    "Force",
    "Quarter from",
    "Quarter to",
    "Chief officer",
    "What this row is",
    "Statement",
    "Stated on",
    "Stated by",
    "Reference",
    "Day of the contact",
    "How",
    "With whom",
    "About",
    "Basis",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(slots=True)
class Stated:
    """One chief officer's quarter: what they stated, if they did, and what is logged now."""

    officer: User
    statement: ChiefStatement | None
    may_state: bool
    contacts: list[Contact] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Stated, nil or not stated: three different things."""
        if self.statement is None:
            return "Not stated yet"
        on = day(self.statement.stated_at)
        if self.statement.nil:
            return f"Nil, stated on {on}"
        return f"{_contacts(self.statement.contacts)}, stated on {on}"

    @property
    def differs(self) -> bool:
        """Whether more, or fewer, are logged now than were stated."""
        return self.statement is not None and self.statement.contacts != len(self.contacts)

    @property
    def button(self) -> str:
        return f"State {_contacts(len(self.contacts)) if self.contacts else 'nil'}"

    def listed(self) -> list[tuple[Contact, str]]:
        return list(zip(self.contacts, self.paths, strict=True))


def _contacts(number: int) -> str:
    return "1 contact" if number == 1 else f"{number} contacts"


def stated_in(quarter: date, reader: User) -> list[Stated]:
    """Every chief officer of the reader's forces who served in a quarter or stated it."""
    last = end_of_quarter(quarter)
    statements = ChiefStatement.objects.filter(quarter=quarter).select_related("stated_by__grade")
    by_officer = {each.officer_id: each for each in statements}
    chiefs = (
        User.objects.filter(force__in=reader.scope(*SHARED).forces)
        .filter(Q(grade__is_chief_officer=True) | Q(pk__in=by_officer))
        .filter(starts_on__lte=last)
        .exclude(leaves_on__lt=quarter)
        .select_related("grade", "force")
        .order_by("force__name", "last_name", "first_name", "pk")
    )
    rows = {
        each.pk: Stated(each, by_officer.get(each.pk), is_of(reader, each.force_id or 0, *PRESS))
        for each in chiefs
    }
    for contact in _contacts_in(quarter, last, list(rows), reader):
        there = (contact.case.subject_id, *(o.officer_id for o in contact.other_officers.all()))
        for pk in {pk for pk in there if pk in rows}:
            rows[pk].contacts.append(contact)
            rows[pk].paths.append(contact_path(contact, reader))
    return list(rows.values())


def _contacts_in(quarter: date, last: date, officers: list[int], reader: User) -> Iterator[Contact]:
    """What compliance.contacts_of finds for each of them, for all of them at once."""
    there = OtherOfficer.objects.filter(contact=OuterRef("pk"), officer__in=officers)
    contacts = Contact.objects.visible_to(reader).exclude(status__in=NOT_COUNTED)
    taken = contacts.filter(Q(case__subject__in=officers) | Q(Exists(there)))
    yield from (
        taken.filter(contacted_on__range=(quarter, last)).order_by("contacted_on", "pk").with_all()
    )


def quarter_asked(request: SignedInRequest) -> tuple[QuarterForm, date]:
    """The quarter that was chosen; the last that is over, where none was."""
    today = timezone.localdate()
    newest = quarters_over(today)[0]
    data = request.GET if "quarter" in request.GET else {"quarter": str(newest)}
    form = QuarterForm(data, today=today)
    return form, form.cleaned_data["quarter"] if form.is_valid() else newest


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def statements(request: SignedInRequest) -> HttpResponse:
    """A quarter, with what each chief officer stated; the press office states for one."""
    form, quarter = quarter_asked(request)
    if request.method == "POST":
        state(request, quarter)
        return redirect(f"{reverse('admin:media-statements')}?quarter={quarter}")
    return page(
        request, "media_contacts/desk/statements.html", "Chief officers’ contacts with the media",
        chooser=form, quarter=quarter, last=end_of_quarter(quarter),
        rows=stated_in(quarter, request.user), several=several(forces_of(request.user, *SHARED)),
    )  # fmt: skip


def state(request: SignedInRequest, quarter: date) -> None:
    """State a quarter for an officer of the press office's own force."""
    refuse_readers(request, may=request.user.holds(*PRESS))
    asked = request.POST.get("officer", "")
    if not asked:
        messages.error(request, "Choose the chief officer who states.")
        return
    mine = User.objects.filter(force__in=request.user.scope(*SHARED).forces)
    pk = int(asked) if asked.isdecimal() and len(asked) < 10 else 0
    officer = get_object_or_404(mine.select_related("grade", "force"), pk=pk)
    refuse_readers(request, may=is_of(request.user, officer.force_id or 0, *PRESS))
    try:
        told = actions.state_quarter(
            officer=officer, quarter=quarter, by=request.user, now=timezone.now()
        )
    except Denied as denied:
        messages.error(request, f"{officer.display}: {denied}")
        return
    what = "nil" if told.nil else _contacts(told.contacts)
    messages.success(request, f"Stated for {officer.display}: {what}.")


@require_safe
def download(request: SignedInRequest) -> HttpResponse:
    """The quarter as CSV: a row for each contact, and one for each nil statement."""
    _, quarter = quarter_asked(request)
    name = f"chief-officers-media-{quarter}.csv"
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in stated_in(quarter, request.user):
        writer.writerows([neutral(cell) for cell in cells] for cells in csv_rows(row, quarter))
    for force in forces_of(request.user, *SHARED):
        record(
            "file downloaded",
            by=request.user,
            now=timezone.now(),
            force_id=force.pk,
            about="media statement",
            facts={"file": name},
            audience=Audience.PSD,
        )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers
    )


def csv_rows(row: Stated, quarter: date) -> Iterator[tuple[str, ...]]:
    said = row.statement
    begins = (
        str(row.officer.force),
        str(quarter),
        str(end_of_quarter(quarter)),
        row.officer.display,
    )
    on = str(timezone.localdate(said.stated_at)) if said else ""
    statement = (row.words, on, said.stated_by.display if said else "")
    if said and said.nil:
        yield (*begins, "Nil statement", *statement, *[""] * 6)
    for contact in row.contacts:
        yield (
            *begins,
            "Contact",
            *statement,
            contact.case.reference,
            str(contact.contacted_on),
            contact.get_channel_display() if contact.channel else "",
            contact.with_whom,
            contact.about,
            contact.get_basis_display() if contact.basis else "",
        )


def neutral(cell: str) -> str:
    """A cell that a spreadsheet would run as a formula, as plain text."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


desk.register_page(
    "media/statements/", statements, name="media-statements",
    label="Chief officers’ contacts with the media", roles=SHARED,
)  # fmt: skip
desk.register_page(
    "media/statements/csv/", download, name="media-statements-csv", label="", roles=SHARED
)
