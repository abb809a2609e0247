"""Compliance outside the press office: samples of people's weeks (RULES, Media contacts 7)."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, F, IntegerField, Q, QuerySet, Sum
from django.db.models.functions import Greatest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import attempt, forces_of, number, page, paged, posted
from integrity.people.enums import Role
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from integrity.ui.templatetags.ui import day
from registers.media_contacts import actions
from registers.media_contacts.admin.pages import (
    FIGURES,
    PRESS,
    READERS,
    contact_path,
    is_of,
    refuse_readers,
    several,
)
from registers.media_contacts.compliance import contacts_of
from registers.media_contacts.enums import Evidence
from registers.media_contacts.forms.compliance import DrawForm, WeekForm
from registers.media_contacts.models import ComplianceSample, Contact, SampledWeek

SUNDAY = timedelta(days=6)


def figures(weeks: str = "") -> dict[str, Any]:
    """What samples, or their weeks, add up to; ``weeks`` is the way from one to the other."""
    checked = Q(**{f"{weeks}checked_at__isnull": False})
    shown, logged = F(f"{weeks}shown"), F(f"{weeks}logged")
    return {
        "drawn": Count(f"{weeks}pk"),
        "checked": Count(f"{weeks}pk", filter=checked),
        "agreed": Count(f"{weeks}pk", filter=checked & Q(**{f"{weeks}shown__lte": logged})),
        "short": Count(f"{weeks}pk", filter=checked & Q(**{f"{weeks}shown__gt": logged})),
        "contacts_missing": Sum(
            Greatest(shown - logged, 0, output_field=IntegerField()), filter=checked, default=0
        ),
    }


def samples_of(user: User, *roles: Role) -> QuerySet[ComplianceSample]:
    return ComplianceSample.objects.filter(force__in=user.scope(*roles).forces).select_related(
        "force", "drawn_by__grade"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def samples(request: SignedInRequest) -> HttpResponse:
    """The samples that were drawn, newest first; the press office draws another."""
    form = DrawForm(posted(request), forces=forces_of(request.user, *PRESS))
    is_press = request.user.holds(*PRESS)
    refuse_readers(request, may=is_press)
    if is_press and (sample := attempt(form, lambda: draw(form, request.user))):
        return redirect("admin:media-sample", sample.pk)
    drawn = samples_of(request.user, *READERS).annotate(**figures("weeks__"))
    return page(
        request, "media_contacts/desk/samples.html", "Compliance checks",
        page_obj=paged(request, drawn.order_by("-drawn_at", "-pk")),
        several=several(forces_of(request.user, *READERS)), is_press=is_press,
        **({"form": form} if is_press else {}),
    )  # fmt: skip


def draw(form: DrawForm, by: User) -> ComplianceSample:
    return actions.draw_sample(**form.cleaned_data, by=by, now=timezone.now())


@require_safe
def sample(request: SignedInRequest, pk: int) -> HttpResponse:
    """One sample: what was drawn, and what each check found."""
    found = get_object_or_404(samples_of(request.user, *READERS), pk=pk)
    weeks = found.weeks.select_related("officer__grade", "checked_by__grade")
    is_press = is_of(request.user, found.force_id, *PRESS)
    return page(
        request, "media_contacts/desk/sample.html",
        f"Sample of {day(found.starts_on)} to {day(found.ends_on)}", sample=found,
        figures=figure_rows(found.weeks.aggregate(**figures())),
        figure_columns=FIGURES,
        columns=("Week", "Person", "Looked at", number("Shown"), number("Logged"),
                 number("Missing"), "Note"),
        rows=[week_row(week, is_press, request.user) for week in weeks],
    )  # fmt: skip


def figure_rows(told: dict[str, int]) -> list[tuple[str, int]]:
    return [
        ("Weeks drawn", told["drawn"]),
        ("Weeks checked", told["checked"]),
        ("Weeks with every contact logged", told["agreed"]),
        ("Weeks with something missing", told["short"]),
        ("Contacts missing", told["contacts_missing"]),
    ]


def week_row(week: SampledWeek, is_press: bool, reader: User) -> list[Any]:
    """A week of the table; until it is checked, its figures are nobody's to see."""
    path = reverse("admin:media-week", args=[week.sample_id, week.pk])
    first = {"label": day(week.starts_on), "url": path}
    if week.checked_at is None:
        to_do = is_press and week.officer_id != reader.pk
        checked = {"label": "To check", "colour": "yellow"} if to_do else "Not checked"
        return [first, week.officer.display, checked, "–", "–", "–", ""]
    figures = (week.shown, week.logged, week.missing)
    return [first, week.officer.display, week.get_evidence_display(), *figures, week.note]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def week(request: SignedInRequest, pk: int, week: int) -> HttpResponse:
    """One person's week: what the evidence showed; then, and only then, what was logged."""
    found = get_object_or_404(samples_of(request.user, *READERS), pk=pk)
    weeks = found.weeks.select_related("officer__grade", "checked_by__grade", "sample")
    chosen = get_object_or_404(weeks, pk=week)
    form = WeekForm(posted(request))
    is_press = is_of(request.user, found.force_id, *PRESS)
    refuse_readers(request, may=is_press)
    asks = chosen.checked_at is None and is_press
    if asks and attempt(form, lambda: check(chosen, form, request.user)) is not None:
        messages.success(request, "The check is recorded.")
        return redirect("admin:media-week", found.pk, chosen.pk)
    return page(
        request, "media_contacts/desk/week.html",
        f"{chosen.officer.display}, week of {day(chosen.starts_on)}", sample=found, week=chosen,
        last=chosen.starts_on + SUNDAY, contacts=logged_in(chosen, request.user),
        **({"form": form} if asks else {}),
    )  # fmt: skip


def check(week: SampledWeek, form: WeekForm, by: User) -> SampledWeek:
    data = form.cleaned_data
    return actions.check_week(
        week,
        evidence=Evidence(data["evidence"]),
        shown=data["shown"],
        note=data["note"],
        by=by,
        now=timezone.now(),
    )


def logged_in(week: SampledWeek, reader: User) -> list[tuple[Contact, str]]:
    """What is logged for a week now; nothing before it is checked, so that the checker is not led."""
    if week.checked_at is None:
        return []
    found = contacts_of(week.officer, week.starts_on, week.starts_on + SUNDAY)
    visible = found.filter(pk__in=Contact.objects.visible_to(reader).values("pk"))
    return [(contact, contact_path(contact, reader)) for contact in visible.with_all()]


add_page = partial(desk.register_page, roles=READERS)
at = "media/samples/"
add_page(at, samples, name="media-samples", label="Media compliance checks")
add_page(f"{at}<int:pk>/", sample, name="media-sample", label="")
add_page(f"{at}<int:pk>/<int:week>/", week, name="media-week", label="")
