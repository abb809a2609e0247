"""Merging two records and taking it back, with the two beside each other; and the queue of what is suggested."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from integrity.casework.desk import desk
from integrity.casework.registry import Fact
from integrity.casework.views.desk_pages import attempt, page, paged, posted
from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.organisations import actions
from registers.organisations.admin.pages import page_of
from registers.organisations.enums import Ruling
from registers.organisations.forms.desk import MergeForm, SearchForm, UnmergeForm
from registers.organisations.models import Merge, MergeSuggestion, Organisation, OrganisationName
from registers.organisations.reading import departments_of, find
from registers.organisations.suggestions import alike_in_database, waiting
from registers.organisations.whole import how_often

PAGE = 25
FOUND = 20


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def merge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Find the other record, look at both, and say that they are one."""
    found = find(request.user, pk, *PSD_ROLES)
    if not (other := chosen(request, found)):
        search = SearchForm(request.GET)
        return page(
            request, "organisations/desk/merge_find.html", f"Merge {found} with another record",
            organisation=found, search=search, found=others(found, search.words),
        )  # fmt: skip
    form = MergeForm(posted(request), pair=(found, other), initial={"stays": found.pk})
    form.cancel_url = page_of(found)
    if made := attempt(form, lambda: merge_pair(found, other, form, request.user)):
        messages.success(request, read_as_one(made))
        return redirect(page_of(Organisation.objects.get(pk=found.pk)))
    return page(
        request, "organisations/desk/merge.html", "Merge two records", form=form,
        organisation=found, pair=beside([found, other]),
    )  # fmt: skip


def chosen(request: SignedInRequest, found: Organisation) -> Organisation | None:
    """The other record, once it is named in the address; another department's is none."""
    pk = request.GET.get("with", "")
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    return find(request.user, int(pk), *PSD_ROLES)


def others(found: Organisation, words: str) -> list[Organisation]:
    """Records that could be the other one: by the words of a search, else those whose name is alike."""
    rows = Organisation.objects.filter(department=found.department_id).exclude(pk=found.pk)
    if not words:
        near = alike_in_database(found.key, found.department_id, [found.pk])
        by_pk = rows.exclude(pk=found.root_id).in_bulk(near)
        return [by_pk[pk] for pk in near if pk in by_pk][:FOUND]
    spelt = OrganisationName.objects.filter(name__icontains=words).values("organisation")
    named = Q(name__icontains=words) | Q(pk__in=spelt)
    numbers = Q(company_number=words.upper()) | Q(charity_number=words)
    return list(rows.filter(named | numbers).order_by("name")[:FOUND])


def read_as_one(made: Merge) -> SafeString:
    """What a merge did, with the way to the record that goes on and the way back."""
    return format_html(
        "“{}” and “{}” are read as one organisation now: "
        '<a href="{}">“{}”</a>. <a href="{}">Undo the merge</a>',
        made.organisation, made.into, page_of(made.into), made.into,
        reverse("admin:organisations-unmerge", args=[made.pk]),
    )  # fmt: skip


def merge_pair(found: Organisation, other: Organisation, form: MergeForm, by: User) -> Merge:
    gone, stays = (other, found) if form.cleaned_data["stays"] == found.pk else (found, other)
    reason = form.cleaned_data["reason"]
    return actions.merge(gone, into=stays, reason=reason, by=by, now=timezone.now())


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def unmerge(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a merge back: both records stand as before."""
    near = departments_of(request.user, *PSD_ROLES).values("pk")
    merges = Merge.objects.filter(department__in=near).select_related("organisation", "into")
    found, form = get_object_or_404(merges, pk=pk), UnmergeForm(posted(request))
    form.cancel_url = page_of(found.into)
    by, now = request.user, timezone.now()
    if attempt(form, lambda: actions.unmerge(found, **form.cleaned_data, by=by, now=now)):
        messages.success(request, f"“{found.organisation}” stands by itself again.")
        return redirect(page_of(Organisation.objects.get(pk=found.organisation_id)))
    return page(
        request, "organisations/desk/merge.html", "Un-merge two records", form=form,
        organisation=found.into, pair=beside([found.organisation, found.into]), merge=found,
    )  # fmt: skip


def beside(pair: Iterable[Organisation]) -> list[dict[str, Any]]:
    """Records as they are drawn next to each other: names, numbers, and how often they appear."""
    shown = list(pair)
    often = how_often({each.pk for each in shown}, whole=False)
    named: dict[int, list[str]] = {each.pk: [] for each in shown}
    spelt = OrganisationName.objects.filter(organisation__in=named).order_by("name")
    for pk, name in spelt.values_list("organisation_id", "name"):
        named[pk].append(name)
    return [
        {"organisation": each, "path": page_of(each), "facts": facts(each, named[each.pk], often)}
        for each in shown
    ]


def facts(each: Organisation, names: list[str], often: Mapping[int, int]) -> list[Fact]:
    return [
        Fact("Other names", "\n".join(names) or "None"),
        Fact("Companies House number", each.company_number or "Not known"),
        Fact("Charity number", each.charity_number or "Not known"),
        Fact("Place", each.place or "Not known"),
        Fact("Named", times(often[each.pk])),
    ]


def times(many: int) -> str:
    return "nowhere" if not many else "once" if many == 1 else f"{many} times"


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def suggestions(request: SignedInRequest) -> HttpResponse:
    """What names suggest, the surest first: the same, or different, with one click and a note."""
    near = request.user.departments(*PSD_ROLES)
    if request.method == "POST":
        return answer(request)
    found = waiting(near).select_related("one", "other").order_by("-score", "pk")
    shown = paged(request, found, size=PAGE)
    sides = beside(side for each in shown for side in (each.one, each.other))
    return page(
        request, "organisations/desk/suggestions.html", "Organisations that may be one",
        page_obj=shown, rows=list(zip(shown, sides[::2], sides[1::2], strict=True)),
        rulings=Ruling,
    )  # fmt: skip


def answer(request: SignedInRequest) -> HttpResponse:
    """Rule on one pair."""
    near = departments_of(request.user, *PSD_ROLES).values("pk")
    pk, ruling = request.POST.get("suggestion", ""), request.POST.get("ruling", "")
    mine = MergeSuggestion.objects.filter(department__in=near).select_related("one", "other")
    number = int(pk) if pk.isdecimal() and len(pk) < 19 else 0
    if ruling not in Ruling.values or not mine.filter(pk=number).exists():
        messages.error(request, "Choose a pair, and whether it is one organisation or two.")
        return redirect("admin:organisations-suggestions")
    found, now = mine.get(pk=number), timezone.now()
    try:
        actions.rule(
            found, ruling=ruling, note=request.POST.get("note", "")[:2000], by=request.user, now=now
        )
    except Denied as denied:
        messages.error(request, str(denied))
    else:
        made = Merge.objects.filter(merged_at=now, merged_by=request.user).last()
        apart = f"“{found.one}” and “{found.other}” are different."
        messages.success(request, read_as_one(made) if made else apart)
    return redirect(request.get_full_path())


def how_many_wait(user: User) -> int:
    return waiting(user.departments(*PSD_ROLES)).count()


one = "organisations/<int:pk>/"
add_page = partial(desk.register_page, label="", roles=PSD_ROLES)
add_page(f"{one}merge/", merge, name="organisations-merge")
add_page("merges/<int:pk>/undo/", unmerge, name="organisations-unmerge")
desk.register_page(
    "merge-suggestions/",
    suggestions,
    name="organisations-suggestions",
    label="Organisations that may be one",
    roles=PSD_ROLES,
    waiting=how_many_wait,
    may=lambda user: bool(user.departments(*PSD_ROLES)),
)
