"""The short ways: the quick log, 'Can I accept this?', the monthly count."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.casework.actions import start_draft
from integrity.people.requests import SignedInRequest
from registers.gifts import actions
from registers.gifts.actions.declare import REGISTER
from registers.gifts.enums import Purpose
from registers.gifts.forms.short import GuideForm, QuickForm, RefreshmentsForm
from registers.gifts.policies import advise, problems
from registers.gifts.views.drafts import policy_or_refuse
from registers.gifts.views.told import told_of


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: SignedInRequest) -> HttpResponse:
    """One item, declined or light refreshments, on one screen."""
    policy, today = policy_or_refuse(request), timezone.localdate()
    form = QuickForm(
        request.POST if request.method == "POST" else None,
        today=today,
        worth=request.GET.get("worth", ""),
    )
    if form.is_bound and form.is_valid():
        facts = form.facts()
        found = problems(policy, facts, received_on=today)
        if not found:
            offer = actions.declare(
                facts=facts,
                subject=request.user,
                by=request.user,
                now=timezone.now(),
                idempotency_key=form.cleaned_data["key"],
            )
            return redirect("gifts:done", offer.case.reference)
        if found[0].field != "late_reason":
            form.add_error(None, found[0].sentence)
        else:
            return _go_on_as_draft(request, form, policy.draft_days)
    advise = form.data.get("decision") != "declined"
    said = told_of(request.user, form.organisation_typed(), advise=advise)
    context = {"form": form, "policy": policy, "told": said}
    return render(request, "gifts/quick.html", context)


def _go_on_as_draft(request: SignedInRequest, form: QuickForm, keep_days: int) -> HttpResponse:
    """A late offer asks why, which the quick log does not; nothing is typed twice."""
    draft = start_draft(
        by=request.user,
        register=REGISTER,
        purpose=Purpose.DECLARE,
        keep_days=keep_days,
        now=timezone.now(),
        data=form.for_draft(),
    )
    messages.info(request, "This offer is reported late. Say why; the rest is filled in.")
    return redirect("gifts:draft", draft.pk, "offer")


@require_safe
def guide(request: SignedInRequest) -> HttpResponse:
    """Three questions at most, answered from the force's own policy."""
    policy = policy_or_refuse(request)
    form = GuideForm(
        request.GET if "kind" in request.GET or "provider_kind" in request.GET else None
    )
    advice = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        advice = advise(
            policy,
            list(policy.bands.all()),
            kind=said["kind"],
            value=form.value(),
            provider_kind=said["provider_kind"],
        )
    return render(
        request,
        "gifts/guide.html",
        {
            "form": form,
            "advice": advice,
            "policy": policy,
            # declining, and light refreshments, take the short way
            "quick": advice is not None and advice.tone in ("red", "green"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def refreshments(request: SignedInRequest) -> HttpResponse:
    """How often light refreshments were taken in a month; ten seconds."""
    form = RefreshmentsForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate()
    )
    if form.is_bound and form.is_valid():
        count = actions.count_refreshments(by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, f"Counted: {count}.")
        return redirect("home")
    counts = request.user.refreshment_counts.all()[:12]
    return render(request, "gifts/refreshments.html", {"form": form, "counts": counts})
