"""Signing registers off: the list, and the page on which one period is signed."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework import actions
from integrity.casework.forms import SignOffForm
from integrity.casework.models import ChecklistItem, SignOff
from integrity.casework.registry import registers
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
    context = {"signed": signed, "forces": forces, "registers": registers()}
    return render(request, "casework/sign_offs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: SignedInRequest, code: str, slug: str) -> HttpResponse:
    force = get_object_or_404(forces_for(request.user), code=code)
    register = next((r for r in registers() if r.slug == slug), None)
    if register is None:
        raise Http404
    today = timezone.localdate()
    items = ChecklistItem.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=today),
        force=force,
        register=slug,
        effective_from__lte=today,
    )
    form = SignOffForm(
        request.POST or None, items=items, bodies=_bodies(request.user, force), today=today
    )
    if form.is_valid():
        actions.sign_off(
            register=slug, force=force, by=request.user, now=timezone.now(), **form.arguments()
        )
        return redirect("casework:sign-offs")
    starts_on, ends_on = form.period()
    context = {
        "form": form,
        "force": force,
        "register": register,
        "starts_on": starts_on,
        "ends_on": ends_on,
        **register.for_sign_off(request.user, force.pk, starts_on, ends_on),
    }
    return render(request, "casework/sign_off.html", context)


def _bodies(user: User, force: Force) -> list[OversightBody]:
    """The bodies for which somebody may sign this force's registers; none: as its owner."""
    scope = user.scope(Role.GOVERNANCE_MEMBER)
    return list(force.oversight_bodies.filter(pk__in=scope.bodies))
