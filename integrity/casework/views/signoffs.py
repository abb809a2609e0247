"""Signing registers off: the list, and the page on which one period is signed."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework import actions
from integrity.casework.forms import PeriodForm, SignOffForm, quarter_before
from integrity.casework.models import ChecklistItem, SignOff
from integrity.casework.permissions import check_may_sign_off
from integrity.casework.registry import registers
from integrity.casework.workflow import Denied
from integrity.people.enums import Role
from integrity.people.models import Force, OversightBody, User
from integrity.people.requests import SignedInRequest

SIGNING_ROLES = (Role.REGISTER_OWNER, Role.GOVERNANCE_MEMBER)


def forces_for(user: User) -> Any:
    """The forces whose registers somebody signs or inspects, through a force, alliance or body."""
    scope = user.scope(*SIGNING_ROLES, Role.INSPECTOR)
    return Force.objects.filter(
        Q(pk__in=scope.forces) | Q(oversight_bodies__in=scope.bodies)
    ).distinct()


@require_safe
def sign_offs(request: SignedInRequest) -> HttpResponse:
    forces = forces_for(request.user)
    if not forces.exists():
        raise Http404
    signed = SignOff.objects.filter(force__in=forces).select_related(
        "force", "oversight_body", "signed_by__grade"
    )
    context = {
        "signed": signed,
        "forces": forces,
        "registers": [each for each in registers() if each.for_sign_off],
    }
    return render(request, "casework/sign_offs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    force = get_object_or_404(forces_for(request.user), code=code)
    register = next((r for r in registers() if r.slug == slug), None)
    if register is None or register.for_sign_off is None:
        raise Http404
    starts_on, ends_on = quarter_before(timezone.localdate())
    asked = PeriodForm(
        request.GET if "starts_on_day" in request.GET or "starts_on" in request.GET else None,
        initial={"starts_on": starts_on, "ends_on": ends_on},
    )
    if asked.is_bound and asked.is_valid():
        starts_on, ends_on = asked.cleaned_data["starts_on"], asked.cleaned_data["ends_on"]
    form = _form(request, force, slug)
    period = {"starts_on": starts_on, "ends_on": ends_on}
    if form is not None and form.is_valid() and not asked.errors:
        said = {**period, **form.arguments()}
        actions.sign_off(register=slug, force=force, by=request.user, now=timezone.now(), **said)
        return redirect("casework:sign-offs")
    shown = register.for_sign_off(request.user, force.pk, starts_on, ends_on)
    context = {"form": form, "asked": asked, "force": force, "register": register}
    return render(request, "casework/sign_off.html", {**context, **period, **shown})


def _form(request: SignedInRequest, force: Force, slug: str) -> SignOffForm | None:
    """The form, for whoever may sign; an inspector reads alone."""
    bodies = _bodies(request.user, force)
    try:
        check_may_sign_off(
            request.user, force_id=force.pk, body_id=bodies[0].pk if bodies else None
        )
    except Denied:
        return None
    today = timezone.localdate()
    items = ChecklistItem.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=today),
        force=force,
        register=slug,
        effective_from__lte=today,
    )
    return SignOffForm(
        request.POST if request.method == "POST" else None, items=items, bodies=bodies
    )


def _bodies(user: User, force: Force) -> list[OversightBody]:
    """The bodies for which somebody may sign this force's registers; none: as its owner."""
    scope = user.scope(Role.GOVERNANCE_MEMBER)
    return list(force.oversight_bodies.filter(pk__in=scope.bodies))
