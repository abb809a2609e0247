"""The long form of an application: a draft that saves itself, step by step, until it is sent."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from integrity.casework.actions import discard_draft, start_draft
from integrity.casework.models import Case, Draft
from integrity.casework.views.drafts import autosave as keep_typed
from integrity.casework.views.drafts import draw_step
from integrity.casework.workflow import Denied
from integrity.people.models import User
from integrity.people.requests import SignedInRequest
from registers.business_interests import actions
from registers.business_interests.actions.apply import REGISTER
from registers.business_interests.actions.stating import policy_for
from registers.business_interests.drafts import TITLES, InterestDraft
from registers.business_interests.enums import Purpose, Status
from registers.business_interests.facts import InterestFacts
from registers.business_interests.forms.apply import ConflictForm
from registers.business_interests.forms.submit import SendForm
from registers.business_interests.models import InterestPolicy, MemberRule
from registers.business_interests.policies import decide_by, listed_in, next_status, rule_for
from registers.business_interests.similar import similar
from registers.business_interests.summaries import PLAIN, current_policy
from registers.organisations.telling import publicly_known, told

SUPPLIES = ConflictForm.base_fields["supplies_force"].label
MOST_TYPED = 2500  # as much as both boxes of the step take, and a little


def rule_or_refuse(user: User, policy: InterestPolicy) -> MemberRule:
    rule = rule_for(policy.member_rules.all(), user.member_type)
    if rule is None:
        kind = user.get_member_type_display().lower()
        raise Denied(f"Your force’s policy says nothing of {kind}: ask PSD to add a row for it.")
    return rule


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """What it is to apply, under what law and by which clocks; then a draft."""
    now = timezone.now()
    policy = policy_for(request.user, now)
    rule = rule_or_refuse(request.user, policy)
    if request.method != "POST":
        return render(request, "interests/start.html", {"policy": policy, "rule": rule})
    draft = start_draft(
        by=request.user,
        register=REGISTER,
        purpose=Purpose.APPLY,
        keep_days=policy.draft_days,
        now=now,
    )
    return redirect("business_interests:draft", draft.pk, "holder")


def read(request: SignedInRequest, pk: UUID) -> InterestDraft:
    """This person's own draft, while it lasts."""
    today = timezone.localdate()
    mine = Draft.objects.filter(user=request.user, register=REGISTER, expires_on__gte=today)
    draft = get_object_or_404(mine, pk=pk)
    policy = policy_for(request.user, timezone.now())
    return InterestDraft(draft, policy, by=request.user, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: UUID, step: str) -> HttpResponse:
    """One step of an application; one that its category does not have leads to the answers."""
    draft = read(request, pk)
    if step not in draft.steps:
        return redirect("business_interests:check", pk)
    return draw_step(
        request,
        draft,
        step,
        template="interests/step.html",
        autosave_url=reverse("business_interests:autosave", args=[pk, step]),
        next_address=next_address,
        back=back_from,
        context=around,
    )


@require_POST
def autosave(request: SignedInRequest, pk: UUID, step: str) -> JsonResponse:
    return keep_typed(request, read(request, pk), step)


def address(pk: UUID, step: str) -> str:
    """Where a step is, or the last page."""
    if not step:
        return reverse("business_interests:check", args=[pk])
    return reverse("business_interests:draft", args=[pk, step])


def next_address(draft: InterestDraft, step: str) -> str:
    return address(draft.draft.pk, draft.next_step(step))


def back_from(draft: InterestDraft, step: str) -> str:
    if step == "holder" or step not in draft.steps:
        return reverse("home")
    return address(draft.draft.pk, draft.steps[draft.steps.index(step) - 1])


def around(draft: InterestDraft, step: str) -> dict[str, Any]:
    """What a step shows besides its questions."""
    page: dict[str, Any] = {"title": TITLES[step]}
    if step == "work" or draft.after("work")[:1] == (step,):
        page["listed"] = draft.listed()
    if step == "work":
        page["similar"] = similar(draft.by, draft.category, today=draft.today)
    if step == "working-time":
        page |= {"week": draft.week(), "average": draft.average()}
    return page


@require_safe
def listed(request: SignedInRequest) -> JsonResponse:
    """What the force's list says of what is typed so far (RULES, Business interests 5)."""
    policy = current_policy(request.user)
    rows = policy.occupations.all() if policy else []
    found = listed_in(rows, request.GET.get("q", "")[:MOST_TYPED])
    results = [
        {"name": row.name, "stance": row.get_stance_display(), "says": row.says} for row in found
    ]
    return JsonResponse({"results": results})


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The answers on one page, and what follows; then the application is sent, once."""
    try:
        draft = read(request, pk)
    except Http404:
        return sent(request, pk)
    form = SendForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    facts, problems = draft.facts(), draft.problems()
    if form.is_bound and form.is_valid() and facts is not None and not problems:
        interest = actions.apply(
            facts=facts,
            by=request.user,
            now=timezone.now(),
            papers=form.cleaned_data["papers"],
            idempotency_key=pk,
        )
        discard_draft(draft.draft)
        return redirect("business_interests:done", interest.case.reference)
    context = {"form": form, "draft": draft, "facts": facts, "problems": problems}
    return TemplateResponse(request, "interests/check.html", context | shown(draft))


def shown(draft: InterestDraft) -> dict[str, Any]:
    """What the last page shows besides the answers: the list, the hours, and what comes next."""
    manager = draft.by.line_manager
    turn = next_status(
        draft.policy, after=None, supervisor=manager is not None and manager.is_active
    )
    rule = rule_or_refuse(draft.by, draft.policy)
    words, _ = PLAIN[Status(turn)]
    facts = draft.facts()
    return {
        "told": told_of(draft.by, facts.organisation if facts else ""),
        "denied": denied(draft.by, facts) if facts else "",
        "answers": draft.answers(),
        "listed": draft.listed(),
        "week": draft.week(),
        "average": draft.average(),
        "next": words,
        "decide_by": decide_by(rule, timezone.now()),
        "back": address(draft.draft.pk, draft.steps[-1]),
    }


def told_of(user: User, organisation: str) -> list[str]:
    """What is public of the organisation in which somebody has an interest; nothing where it is none."""
    if not organisation:
        return []
    return told(user, organisation, register=REGISTER, today=timezone.localdate())


def denied(user: User, facts: InterestFacts) -> str:
    """What the force's records say of an organisation of which somebody answered that it supplies nothing."""
    if user.force is None or facts.supplies_force is not False or not facts.organisation:
        return ""
    found = publicly_known(user.force, facts.organisation, days={timezone.localdate()})
    return found.because and f"You answered no to “{SUPPLIES}” {found.because}"


def sent(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A draft that is gone was sent: its receipt."""
    case = get_object_or_404(Case, author=request.user, idempotency_key=pk, register=REGISTER)
    return redirect("business_interests:done", case.reference)
