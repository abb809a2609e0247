"""The short ways: the quick log, 'Can I accept this?', the monthly count."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from integrity.people.requests import SignedInRequest
from registers.gifts import actions
from registers.gifts.forms.short import GuideForm, QuickForm, RefreshmentsForm
from registers.gifts.policies import advise, problems
from registers.gifts.views.drafts import policy_or_refuse


@require_http_methods(["GET", "HEAD", "POST"])
def quick(request: SignedInRequest) -> HttpResponse:
    """One item, declined or light refreshments, on one screen."""
    policy, today = policy_or_refuse(request), timezone.localdate()
    form = QuickForm(request.POST if request.method == "POST" else None, today=today)
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
        form.add_error(None, f"{found[0].sentence} Use “Declare an offer” for this one.")
    return render(request, "gifts/quick.html", {"form": form, "policy": policy})


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
    return render(request, "gifts/guide.html", {"form": form, "advice": advice, "policy": policy})


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
