"""What was published, and what the press office makes of it: the desk's pages of coverage."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, forces_of, page, paged, posted
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.forms import GovukForm
from registers.media_contacts import actions
from registers.media_contacts.admin.pages import (
    PRESS,
    READERS,
    SHARED,
    contact_path,
    is_of,
    route_path,
    several,
    taken_part_in,
)
from registers.media_contacts.forms.coverage import CoverageForm, FlagForm, ListForm, SearchForm
from registers.media_contacts.models import Contact, Coverage, LeakFlag

VERBS: dict[str, tuple[str, tuple[Role, ...], type[GovukForm]]] = {
    "flag": ("Flag as a possible leak", PRESS, FlagForm),
    "list": ("Put on the list for PSD", SHARED, ListForm),
}


def coverage_of(user: User, *roles: Role) -> QuerySet[Coverage]:
    """The coverage of the forces where somebody holds one of the roles."""
    return Coverage.objects.filter(force__in=user.scope(*roles).forces).select_related(
        "force", "outlet", "added_by__grade"
    )


@require_safe
def coverage_list(request: SignedInRequest) -> HttpResponse:
    """What was published, newest first."""
    search = SearchForm(request.GET)
    found = coverage_of(request.user, *READERS).annotate(
        contacts=Count("contact_links", distinct=True),
        unlogged=Count("quotations", filter=Q(quotations__contact=None), distinct=True),
    ).order_by("-published_on", "-pk")  # fmt: skip
    if words := search.words:
        found = found.filter(
            Q(headline__icontains=words)
            | Q(outlet__name__icontains=words)
            | Q(text__icontains=words)
        )
    forces = forces_of(request.user, *READERS)
    return page(
        request, "media_contacts/desk/coverage.html", "Coverage", search=search, words=words,
        page_obj=paged(request, found), several=several(forces),
        is_press=request.user.holds(*PRESS),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def add(request: SignedInRequest) -> HttpResponse:
    """Keep something published."""
    form = CoverageForm(posted(request), forces=forces_of(request.user, *PRESS))
    now = timezone.now()
    if kept := attempt(
        form,
        lambda: actions.add_coverage(
            facts=form.facts(), force=form.cleaned_data["force"], by=request.user, now=now
        ),
    ):
        return redirect("admin:media-coverage-one", kept.pk)
    return page(request, "media_contacts/desk/coverage_form.html", "Add coverage", form=form)


@require_safe
def coverage_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it is, which contacts led to it, whom it quotes, and what was flagged."""
    found = get_object_or_404(coverage_of(request.user, *READERS), pk=pk)
    return page(
        request, "media_contacts/desk/coverage_one.html", found.headline, coverage=found,
        contacts=linked_contacts(found, request.user), quotations=quotations(found, request.user),
        verbs=[(verb, label) for verb, (label, roles, _) in VERBS.items()
               if is_of(request.user, found.force_id, *roles)],
        is_press=is_of(request.user, found.force_id, *PRESS),
        shared=is_of(request.user, found.force_id, *SHARED),
        flags=flags(found, request.user),
    )  # fmt: skip


def linked_contacts(coverage: Coverage, reader: User) -> list[tuple[Contact, str]]:
    """The contacts that led to coverage, each with where this reader reads it."""
    contacts = Contact.objects.visible_to(reader).filter(coverage_links__coverage=coverage)
    return [(contact, contact_path(contact, reader)) for contact in contacts.with_all()]


def quotations(coverage: Coverage, reader: User) -> list[dict[str, Any]]:
    """Whom it quotes, and the contact that explains it where one was logged."""
    contacts = Prefetch("contact", queryset=Contact.objects.all().with_all())
    kept = coverage.quotations.select_related("officer__grade", "checked_by__grade")
    return [
        {
            "quotation": each,
            "path": contact_path(each.contact, reader) if each.contact else "",
            "route": route_path(each.officer, coverage.headline),
        }
        for each in kept.prefetch_related(contacts)
    ]


def flags(coverage: Coverage, reader: User) -> QuerySet[LeakFlag]:
    """What was flagged, for the press office and PSD; of their own contacts nobody reads it."""
    if not is_of(reader, coverage.force_id, *SHARED):
        return LeakFlag.objects.none()
    others = coverage.leak_flags.exclude(contact__in=taken_part_in(reader).values("pk"))
    return others.select_related("flagged_by__grade", "contact__case")


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def verb_page(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Flag coverage whose source nobody knows, or put it on the list for PSD."""
    if verb not in VERBS:
        raise Http404
    label, roles, form_class = VERBS[verb]
    found = get_object_or_404(coverage_of(request.user, *roles), pk=pk)
    form = form_class(posted(request))
    form.cancel_url = reverse("admin:media-coverage-one", args=[found.pk])
    act = flag if verb == "flag" else put_on_the_list
    if attempt(form, lambda: act(found, form.cleaned_data["text"], request.user)):
        messages.success(request, "PSD is told." if verb == "flag" else "It is on the list.")
        return redirect("admin:media-coverage-one", found.pk)
    return page(request, "media_contacts/desk/coverage_form.html", label, form=form, coverage=found)


def flag(coverage: Coverage, text: str, by: User) -> Any:
    return actions.flag_coverage(coverage, why=text, by=by, now=timezone.now())


def put_on_the_list(coverage: Coverage, text: str, by: User) -> Any:
    return actions.add_meeting_item(
        force=coverage.force, text=text, coverage=coverage, by=by, now=timezone.now()
    )


add_page = desk.register_page
at = "media/coverage/"
add_page(at, coverage_list, name="media-coverage", label="Media coverage", roles=READERS)
add_page(f"{at}add/", add, name="media-coverage-add", label="", roles=PRESS)
add_page(f"{at}<int:pk>/", coverage_page, name="media-coverage-one", label="", roles=READERS)
add_page(
    f"{at}<int:pk>/<slug:verb>/", verb_page, name="media-coverage-verb", label="", roles=SHARED
)
