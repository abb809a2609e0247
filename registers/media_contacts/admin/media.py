"""Journalists and outlets: who spoke to whom, how often, and on what footing."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncMonth
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_words
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, forces_of, number, page, paged, posted
from integrity.people.models import StandardsDepartment, User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day, moment
from registers.media_contacts.actions import names
from registers.media_contacts.admin.pages import (
    FIGURES,
    PRESS,
    READERS,
    contact_cell,
    counted,
    refuse_readers,
)
from registers.media_contacts.enums import Basis, OffRecord, Reach
from registers.media_contacts.forms.coverage import SearchForm
from registers.media_contacts.forms.media import JournalistForm, ReachForm
from registers.media_contacts.models import (
    Contact,
    ContactQuerySet,
    ContactSpeaker,
    Coverage,
    Journalist,
    OtherOfficer,
    Outlet,
)
from registers.media_contacts.queues import chief_officers
from registers.organisations.whole import is_one_of, root_of

CONTACTS_SHOWN = 25
COVERAGE_SHOWN = 20


def departments_of(user: User, *roles: Any) -> QuerySet[StandardsDepartment]:
    """Those whose outlets and journalists somebody works with: the departments of their forces."""
    return StandardsDepartment.objects.filter(forces__in=forces_of(user, *roles).values("pk"))


def with_counts(rows: QuerySet[Any], which: Any, of: Any, reader: User) -> QuerySet[Any]:
    """How many contacts of each this reader may read, and the day of the last.

    A contact counts where ``which`` of its speaker is ``of`` a row.
    """
    spoke = (
        ContactSpeaker.objects.annotate(whom=which)
        .filter(whom=of, contact__in=counted(reader).order_by().values("pk"))
        .order_by()
        .values("whom")
    )
    return rows.annotate(
        contacts=Coalesce(
            Subquery(spoke.annotate(n=Count("contact", distinct=True)).values("n")), 0
        ),
        last=Subquery(spoke.annotate(on=Max("contact__contacted_on")).values("on")),
    )


@require_safe
def journalists(request: SignedInRequest) -> HttpResponse:
    """Every journalist that the department's forces know, with how often they spoke."""
    search = SearchForm(request.GET)
    near = departments_of(request.user, *READERS)
    found = Journalist.objects.filter(
        department__in=near.values("pk"), name__icontains=search.words
    )
    shown = paged(request, with_counts(found, F("journalist_id"), OuterRef("pk"), request.user))
    rows = [
        [link(each.name, "media-journalist", each.pk), each.contacts, day(each.last)]
        for each in shown
    ]
    return page(
        request, "media_contacts/desk/journalists.html", "Journalists", search=search,
        page_obj=shown, rows=rows, columns=("Journalist", number("Contacts"), "Last contact"),
    )  # fmt: skip


@require_safe
def outlets(request: SignedInRequest) -> HttpResponse:
    """Every outlet that the department's forces know, with how often it was spoken to."""
    search = SearchForm(request.GET)
    near = departments_of(request.user, *READERS)
    named = Q(organisation__name__icontains=search.words)
    spelt = Q(Exists(Outlet.objects.filter(
        pk=OuterRef("pk"), organisation__names__name__icontains=search.words
    )))  # fmt: skip
    found = Outlet.objects.filter(named | spelt, department__in=near.values("pk"))
    record = Coalesce(OuterRef("organisation__merged_into"), OuterRef("organisation"))
    every = with_counts(found, root_of("outlet"), record, request.user)
    shown = paged(request, every.select_related("organisation"))
    rows = [
        [link(str(each), "media-outlet", each.pk), each.get_reach_display() or "Not said",
         each.contacts, day(each.last)]
        for each in shown
    ]  # fmt: skip
    return page(
        request, "media_contacts/desk/outlets.html", "Outlets", search=search, page_obj=shown,
        rows=rows, columns=("Outlet", "Reach", number("Contacts"), "Last contact"),
    )  # fmt: skip


def link(label: str, name: str, pk: int) -> dict[str, str]:
    return {"label": label, "url": reverse(f"admin:{name}", args=[pk])}


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def journalist(request: SignedInRequest, pk: int) -> HttpResponse:
    """One journalist: for whom they spoke, with whom, when, and on what footing."""
    near = departments_of(request.user, *READERS)
    found = get_object_or_404(Journalist, department__in=near.values("pk"), pk=pk)
    form = JournalistForm(posted(request), initial={"name": found.name})
    keeps = departments_of(request.user, *PRESS).filter(pk=found.department_id).exists()
    refuse_readers(request, may=keeps)
    if keeps and attempt(form, lambda: rename(found, form, request.user)) is not None:
        return redirect("admin:media-journalist", found.pk)
    spoke = ContactSpeaker.objects.filter(journalist=found)
    contacts = counted(request.user).filter(pk__in=spoke.values("contact"))
    return page(
        request, "media_contacts/desk/journalist.html", found.name, journalist=found,
        outlet_columns=("Outlet", number("Contacts")),
        spoke_for=table(speakers(spoke, contacts, "outlet__name", "outlet__outlet"), "media-outlet"),
        **told(request, contacts, Q()), **({"form": form} if keeps else {}),
    )  # fmt: skip


def rename(journalist: Journalist, form: JournalistForm, by: User) -> Journalist:
    name = form.cleaned_data["name"]
    return names.rename_journalist(journalist, name=name, by=by, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def outlet(request: SignedInRequest, pk: int) -> HttpResponse:
    """One outlet: who spoke for it, with whom, when, and on what footing."""
    near = departments_of(request.user, *READERS)
    every = Outlet.objects.select_related("organisation")
    found = get_object_or_404(every, department__in=near.values("pk"), pk=pk)
    form = ReachForm(posted(request), initial={"reach": found.reach})
    keeps = departments_of(request.user, *PRESS).filter(pk=found.department_id).exists()
    refuse_readers(request, may=keeps)
    if keeps and attempt(form, lambda: say_reach(found, form, request.user)) is not None:
        return redirect("admin:media-outlet", found.pk)
    spoke = ContactSpeaker.objects.filter(is_one_of("outlet", found.organisation))
    contacts = counted(request.user).filter(pk__in=spoke.values("contact"))
    by_journalist = speakers(spoke, contacts, "journalist__name", "journalist")
    return page(
        request, "media_contacts/desk/outlet.html", str(found), outlet=found,
        journalist_columns=("Journalist", number("Contacts")),
        spoke_for_it=table(by_journalist, "media-journalist"),
        **told(request, contacts, is_one_of("outlet", found.organisation)),
        **({"form": form} if keeps else {}),
    )  # fmt: skip


def say_reach(outlet: Outlet, form: ReachForm, by: User) -> Outlet:
    reach = Reach(form.cleaned_data["reach"])
    return names.set_reach(outlet, reach=reach, by=by, now=timezone.now())


# What a page tells, counted from the contacts that its reader may read


def told(request: SignedInRequest, contacts: ContactQuerySet, own: Q) -> dict[str, Any]:
    """The figures, months, officers, contacts and coverage; ``own`` is coverage of the outlet itself."""
    reader = request.user
    of_contacts = Q(contact_links__contact__in=contacts.order_by().values("pk"))
    either = of_contacts | own if own else of_contacts
    in_reach = Coverage.objects.filter(force__in=reader.scope(*READERS).forces)
    coverage = in_reach.filter(either).distinct().select_related("outlet")
    shown = paged(request, contacts.with_all(), size=CONTACTS_SHOWN)
    return {
        "figures": [*figures(contacts, reader), ("Coverage", coverage.count())],
        "months": months(contacts),
        "officers": officers(contacts),
        "page_obj": shown,
        "contacts": [contact_row(contact, reader) for contact in shown],
        "figure_columns": FIGURES,
        "month_columns": ("Month", number("Contacts")),
        "officer_columns": ("Officer", number("Contacts")),
        "contact_columns": ("Contact", "Day", "Who", "With whom", "About", "Look twice"),
        "coverage": coverage[:COVERAGE_SHOWN],
    }


def figures(contacts: ContactQuerySet, reader: User) -> list[tuple[str, int]]:
    now = timezone.now()
    found = contacts.aggregate(
        every=Count("pk"),
        asked=Count("pk", filter=Q(off_record=OffRecord.ASKED)),
        happened=Count("pk", filter=Q(off_record=OffRecord.HAPPENED)),
        embargoed=Count("pk", filter=Q(basis=Basis.EMBARGOED)),
        stands=Count("pk", filter=Q(embargo_until__gt=now)),
        chiefs=Count("pk", filter=chief_officers(reader, timezone.localdate(now))),
    )
    return [
        ("Contacts", found["every"]),
        ("Off the record was asked for", found["asked"]),
        ("Something was said off the record", found["happened"]),
        ("Embargoed", found["embargoed"]),
        ("Embargo still stands", found["stands"]),
        ("With a chief officer", found["chiefs"]),
    ]


def months(contacts: ContactQuerySet) -> list[tuple[str, int]]:
    """Contacts by month, the newest first; a month without any is not there."""
    by_month = contacts.order_by().annotate(month=TruncMonth("contacted_on")).values("month")
    counts = by_month.annotate(n=Count("pk")).order_by("-month")
    return [(date_words(each["month"], "F Y"), each["n"]) for each in counts]


def officers(contacts: ContactQuerySet) -> list[tuple[str, int]]:
    """With whom of the force, whoever logged it, the most often first."""
    subjects = contacts.order_by().values_list("case__subject", "case__subject_name")
    there = OtherOfficer.objects.filter(contact__in=contacts.order_by().values("pk")).order_by()
    taken: Counter[Any] = Counter()
    for pk, name, n in subjects.annotate(n=Count("pk")):
        taken[pk or name] += n
    for pk, n in there.values_list("officer").annotate(n=Count("pk")):
        taken[pk] += n
    people = User.objects.select_related("grade").in_bulk([k for k in taken if isinstance(k, int)])
    named = ((people[k].display if k in people else str(k), n) for k, n in taken.items())
    return sorted(named, key=lambda each: (-each[1], each[0]))


def speakers(
    spoke: QuerySet[ContactSpeaker], contacts: ContactQuerySet, name: str, key: str
) -> Iterable[tuple[str, int, int]]:
    """Whom the same contacts name besides, how often."""
    here = spoke.filter(contact__in=contacts.order_by().values("pk"), **{f"{name}__isnull": False})
    counts = here.order_by().values_list(name, key).annotate(n=Count("contact", distinct=True))
    return counts.order_by("-n", name)


def table(found: Iterable[tuple[str, int | None, int]], name: str) -> list[list[Any]]:
    return [[link(label, name, pk) if pk else label, n] for label, pk, n in found]


def contact_row(contact: Contact, reader: User) -> list[Any]:
    others = [other.officer.display for other in contact.other_officers.all()]
    return [
        contact_cell(contact, reader),
        day(contact.contacted_on),
        "; ".join([contact.case.subject_name, *others]),
        contact.with_whom,
        Truncator(contact.about).chars(80),
        "; ".join(look_twice(contact)),
    ]


def look_twice(contact: Contact) -> Iterable[str]:
    if contact.off_record:
        yield contact.get_off_record_display()
    if contact.embargo_until:
        yield f"Embargoed until {moment(contact.embargo_until)}"
    if contact.case.subject_is_chief_officer:
        yield "Chief officer"


add_page = partial(desk.register_page, roles=READERS)
add_page("media/journalists/", journalists, name="media-journalists", label="Journalists")
add_page("media/journalists/<int:pk>/", journalist, name="media-journalist", label="")
add_page("media/outlets/", outlets, name="media-outlets", label="News outlets")
add_page("media/outlets/<int:pk>/", outlet, name="media-outlet", label="")
