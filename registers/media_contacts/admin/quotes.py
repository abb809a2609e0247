"""'Was this contact logged?': coverage that quotes somebody, held against the register.

Few forces had any mechanism to check compliance (HMIC 2012, p. 21).
"""

from collections.abc import Iterable
from datetime import date
from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from integrity.casework.desk import desk
from integrity.casework.views.desk_pages import forces_of, page, posted
from integrity.casework.workflow import Denied
from integrity.people.models import Force, User
from integrity.people.requests import SignedInRequest
from registers.media_contacts import actions
from registers.media_contacts.admin.coverage import coverage_of
from registers.media_contacts.admin.pages import PRESS, contact_path, route_path
from registers.media_contacts.compliance import Quoted, named_in, names_in, quoted_in
from registers.media_contacts.enums import Verb
from registers.media_contacts.forms.compliance import PastedForm, ResultForm
from registers.media_contacts.models import Contact, Coverage, CoverageLink, MediaPolicy, Outlet
from registers.media_contacts.permissions import check
from registers.organisations.models import Organisation
from registers.organisations.names import name_key

TITLE = "Was this contact logged?"
MOST_OTHERS = 20


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def quoted(request: SignedInRequest) -> HttpResponse:
    """Paste coverage; look at whom it names and what they logged; keep the result."""
    forces = forces_of(request.user, *PRESS)
    first = PastedForm(posted(request), forces=forces, initial=_kept(request))
    days = _search_days(first) if first.is_bound and first.is_valid() else None
    if days is None:
        return page(request, "media_contacts/desk/quotes.html", TITLE, form=first)
    return _found(request, first, days)


def _found(request: SignedInRequest, first: PastedForm, days: int) -> HttpResponse:
    """Whom it names; kept once everybody was shown and somebody said so."""
    force, typed = first.cleaned_data["force"], request.POST.get("others", "")
    others, unknown = people_called(typed.splitlines()[:MOST_OTHERS], force)
    found = _look(first, others, days)
    keeps = "step" in request.POST and "look" not in request.POST
    keeps = keeps and {str(each.officer.pk) for each in found} <= shown_before(first)
    form = ResultForm(
        request.POST if keeps else None,
        initial=_ticked(first, found),
        forces=first.choices_of_force,
        quoted=found,
        unknown=unknown,
    )
    if keeps and form.is_valid():
        return redirect("admin:media-coverage-one", _keep(form, request).pk)
    headline = first.cleaned_data["headline"]
    return page(
        request, "media_contacts/desk/quotes_found.html", TITLE, form=form, unknown=unknown,
        found=_shown(found, headline, request.user), days=days, headline=headline,
    )  # fmt: skip


def shown_before(form: PastedForm) -> set[str]:
    """Whom the page before showed, ticked or not."""
    return set(form.data.get("shown", "").split(","))


def _kept(request: SignedInRequest) -> dict[str, object]:
    """The form filled in from coverage that is kept already."""
    asked = request.GET.get("coverage", "")
    known = coverage_of(request.user, *PRESS)
    coverage = known.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None
    if coverage is None:
        return {}
    names = ("headline", "address", "published_on", "text", "force")
    return {
        **{name: getattr(coverage, name) for name in names},
        "outlet": str(coverage.outlet or ""),
        "coverage": coverage,
    }


def _search_days(form: PastedForm) -> int | None:
    """How many days before its publication the policy searches; without a policy, a sentence."""
    on: date = form.cleaned_data["published_on"]
    rows = MediaPolicy.objects.for_force(form.cleaned_data["force"].pk)
    try:
        return rows.in_force(on).search_days
    except MediaPolicy.DoesNotExist:
        form.add_error("published_on", "Your force had no policy on media contacts on that day.")
        return None


def people_called(lines: Iterable[str], force: Force) -> tuple[list[User], list[str]]:
    """The people of these names or numbers, and a sentence for each line that is not one person's."""
    people = list(User.objects.filter(force=force).select_related("grade"))
    found, unknown = [], []
    for line in filter(None, map(str.strip, lines)):
        fit = [person for person in people if _is_called(person, line)]
        if len(fit) == 1:
            found += fit
        elif fit:
            unknown.append(f"{len(fit)} people fit ‘{line}’: give the number of the one you mean.")
        else:
            unknown.append(f"Nobody in {force} has the name or number ‘{line}’.")
    return found, unknown


def _is_called(person: User, line: str) -> bool:
    """Their number alone, or words that are all of their name, rank or number and hold the last name."""
    words = set(names_in(line))
    number, last = set(names_in(person.number)), set(names_in(person.last_name))
    known = {*number, *last, *names_in(person.first_name)}
    if person.grade:
        known |= set(names_in(f"{person.grade.name} {person.grade.short}"))
    named = bool(number and words == number) or bool(last and last <= words)
    return named and words <= known


def _look(form: PastedForm, others: list[User], days: int) -> list[Quoted]:
    data = form.cleaned_data
    named = named_in(data["text"], data["force"])
    people = list({person.pk: person for person in (*named, *others)}.values())
    outlet = _outlet(data["outlet"], data["force"])
    return quoted_in(people, published_on=data["published_on"], outlet=outlet, days=days)


def _outlet(name: str, force: Force) -> Organisation | None:
    """The outlet of this name, where it is known; looking makes none."""
    key = name_key(name)[:200]
    mine = Outlet.objects.filter(department=force.department_id).select_related("organisation")
    known = mine.filter(organisation__key=key) | mine.filter(organisation__names__key=key)
    found = known.first() if name else None
    return found.organisation if found else None


def _ticked(form: PastedForm, found: list[Quoted]) -> dict[str, object]:
    """What was pasted, with everybody ticked, or those who were, and whoever is new."""
    data = cast(QueryDict, form.data)
    ticked = set(data.getlist("officers")) if "step" in data else set()
    pks = [each.officer.pk for each in found]
    chosen = [pk for pk in pks if str(pk) in ticked or str(pk) not in shown_before(form)]
    contacts = {name: data[name] for name in data if name.startswith("contact_")}
    return {
        **form.cleaned_data,
        **contacts,
        "officers": chosen,
        "others": data.get("others", ""),
        "step": "found",
        "shown": ",".join(map(str, pks)),
    }


def _shown(found: list[Quoted], headline: str, reader: User) -> list[dict[str, object]]:
    """Each officer with the contacts found and where to read them."""
    return [
        {
            "officer": each.officer,
            "same_outlet": each.same_outlet,
            "route": route_path(each.officer, headline),
            "contacts": [(contact, contact_path(contact, reader)) for contact in each.contacts],
        }
        for each in found
    ]


def _keep(form: ResultForm, request: SignedInRequest) -> Coverage:
    """The coverage, whom it quotes, and a link to each contact that explains a quote."""
    data, by, now = form.cleaned_data, request.user, timezone.now()
    coverage = data["coverage"] or actions.add_coverage(
        facts=form.facts(), force=data["force"], by=by, now=now
    )
    found = form.found()
    actions.keep_quotations(coverage, found=found, by=by, now=now)
    for contact in {contact.pk: contact for contact in found.values() if contact}.values():
        _link(contact, coverage, request)
    messages.success(request, "The result is kept.")
    return coverage


def _link(contact: Contact, coverage: Coverage, request: SignedInRequest) -> None:
    """Link it, unless it is linked; a refusal leaves the result kept, and says so."""
    if CoverageLink.objects.filter(contact=contact, coverage=coverage).exists():
        return
    try:
        check(Verb.LINK_COVERAGE, request.user, contact)
    except Denied as denied:
        messages.warning(request, f"{contact.case.reference} is not linked. {denied}")
        return
    now = timezone.now()
    actions.link_coverage(contact, coverage=coverage, by=request.user, now=now, version=None)


desk.register_page("media/quoted/", quoted, name="media-quoted", label="", roles=PRESS)
