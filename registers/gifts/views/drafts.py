"""Making a declaration: a draft that saves itself, step by step, until it is submitted."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from integrity.casework.actions import discard_draft, remove_step, start_draft
from integrity.casework.models import Case, Draft
from integrity.casework.views.drafts import autosave as keep_typed
from integrity.casework.views.drafts import draw_step
from integrity.casework.views.verbs import refuse_stale
from integrity.casework.workflow import Denied
from integrity.people.requests import SignedInRequest
from registers.gifts import actions, permissions
from registers.gifts.actions.declare import REGISTER
from registers.gifts.drafts import MOST_ITEMS, OfferDraft
from registers.gifts.enums import Disposal, ItemKind, ProviderKind, Purpose, Route, Verb
from registers.gifts.facts import ItemFacts
from registers.gifts.forms.declare import CorrectionForm, SubmitForm
from registers.gifts.forms.short import GuideForm
from registers.gifts.known import Known
from registers.gifts.models import GiftPolicy, Offer
from registers.gifts.policies import route_offer, value_words
from registers.gifts.summaries import current_policy
from registers.gifts.views.told import known_to_force, told_while_checking

GOES_TO = {
    Route.RECORD: "it is recorded, and nothing more is to do",
    Route.SUPERVISOR: "your supervisor decides whether it complies",
    Route.PSD: "PSD decides whether it complies",
    Route.REFUSE: "PSD decides what follows",
}
BEGUN = {Purpose.DECLARE, Purpose.SEEK_AUTHORISATION}
RESTATES = {Purpose.CORRECT: Verb.CORRECT, Purpose.RECORD_OUTCOME: Verb.RECORD_OUTCOME}


def policy_or_refuse(request: SignedInRequest) -> Any:
    policy = current_policy(request.user)
    if policy is None:
        raise Denied("Your force has no policy on gifts in force yet; ask PSD to enter it.")
    return policy


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    """Begin a declaration, with the guide's answers where it was asked first."""
    purpose = request.POST.get("purpose") or request.GET.get("purpose") or Purpose.DECLARE
    policy = policy_or_refuse(request)
    if purpose not in BEGUN:
        raise Http404
    if request.method != "POST":
        return render(request, "gifts/start.html", {"purpose": purpose, "policy": policy})
    guide = GuideForm(request.POST) if "kind" in request.POST else None
    draft = start_draft(
        by=request.user,
        register=REGISTER,
        purpose=purpose,
        keep_days=policy.draft_days,
        now=timezone.now(),
        data=guide.for_draft() if guide and guide.is_valid() else None,
    )
    return redirect("gifts:draft", draft.pk, "offer")


def read(request: SignedInRequest, pk: UUID) -> OfferDraft:
    """This person's own draft, while it lasts."""
    today = timezone.localdate()
    draft = get_object_or_404(
        Draft.objects.select_related("case__subject", "case__offer__policy", "opened_from"),
        pk=pk,
        user=request.user,
        register=REGISTER,
        expires_on__gte=today,
    )
    policy = draft.case.offer.policy if draft.case else policy_or_refuse(request)
    return OfferDraft(draft, policy, by=request.user, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: SignedInRequest, pk: UUID, step: str) -> HttpResponse:
    """One step of an offer."""
    draft = read(request, pk)
    if step.startswith("items/") and int(step.split("/")[1]) > MOST_ITEMS:
        raise Http404
    return draw_step(
        request,
        draft,
        step,
        template="gifts/step.html",
        autosave_url=reverse("gifts:autosave", args=[pk, step]),
        next_address=next_address,
        back=back_from,
        context=lambda draft, step: {"item_number": item_number(draft, step)},
    )


@require_POST
def autosave(request: SignedInRequest, pk: UUID, step: str) -> JsonResponse:
    return keep_typed(request, read(request, pk), step)


def item_number(draft: OfferDraft, step: str) -> int:
    """Which of the items a step is, as people count them."""
    steps = draft.item_steps
    return steps.index(step) + 1 if step in steps else len(steps) + 1


def address(pk: UUID, page: str) -> str:
    """Where a step, the list of items, or the last page is."""
    if page in ("items", "check"):
        return reverse(f"gifts:{page}", args=[pk])
    return reverse("gifts:draft", args=[pk, page])


def next_address(draft: OfferDraft, step: str) -> str:
    following = "check"
    if step == "offer":
        following = draft.item_steps[0] if draft.item_steps else "items/1"
    elif step.startswith("items/"):
        following = "items"
    return address(draft.draft.pk, following)


def back_from(draft: OfferDraft, step: str) -> str:
    if step == "offer":
        return reverse("home")
    before = {"gift-test": "items", "items": "offer"}.get(step)
    before = before or ("items" if draft.item_steps and step != draft.item_steps[0] else "offer")
    return address(draft.draft.pk, before)


@require_http_methods(["GET", "HEAD", "POST"])
def items(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The list of items: add another, change or remove one, go on."""
    draft = read(request, pk)
    if request.method == "POST":
        if "another" in request.POST:
            return redirect("gifts:draft", pk, draft.next_item())
        return redirect(address(pk, "gift-test" if draft.asks_gift_test() else "check"))
    context = {"draft": draft, "items": stated_items(draft), "back": back_from(draft, "items")}
    return render(request, "gifts/items.html", context)


@require_POST
def remove_item(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    remove_step(read(request, pk).draft, step=f"items/{number}", now=timezone.now())
    return redirect("gifts:items", pk)


def stated_items(draft: OfferDraft) -> list[dict[str, Any]]:
    """Each item in words, or as far as it goes."""
    found = []
    for name in draft.item_steps:
        form = draft.saved_form(name)
        facts = form.facts() if form.is_valid() else None
        found.append(
            {
                "number": name.split("/")[1],
                "step": name,
                "title": facts.description
                if facts
                else form.data.get("description") or "Unfinished item",
                "decision": facts.decision if facts else "",
                "worth": value_words(facts.value) if facts else "",
                "details": details(facts, draft.policy) if facts else [],
            }
        )
    return found


def details(item: ItemFacts, policy: GiftPolicy) -> list[str]:
    """What else was said of an item, in words."""
    listed = {reason.pk: reason.text for reason in policy.reasons.all()}
    said = [
        ItemKind(item.kind).label,
        "light refreshments" if item.light_refreshments else "",
        "alcohol" if item.alcohol else "",
        listed.get(item.reason_id or 0, ""),
        item.reason_text,
        Disposal(item.disposal).label if item.disposal else "",
        item.disposal_to,
    ]
    return [words for words in said if words]


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The answers on one page, and where the entry will go; then it is submitted, once."""
    try:
        draft = read(request, pk)
    except Http404:
        return sent(request, pk)
    form = submit_form(request, draft)
    problems, facts = draft.problems(), draft.facts()
    if form.is_bound and form.is_valid() and facts is not None and not problems:
        offer = submit(request, draft, facts, form.cleaned_data)
        return redirect("gifts:done", offer.case.reference)
    known = known_to_force(draft, facts) if facts else Known()
    facts = replace(facts, known_as=known.kind) if facts else None
    route = route_offer(draft.policy, list(draft.policy.bands.all()), facts) if facts else None
    asking = draft.purpose == Purpose.SEEK_AUTHORISATION
    context = {
        "form": form,
        "draft": draft,
        "facts": facts,
        "problems": problems,
        "route": route,
        "provider_kind": ProviderKind(facts.provider_kind).label if facts else "",
        "goes_to": "PSD is asked to authorise it" if asking else GOES_TO.get(route or ""),
        "items": stated_items(draft),
        "asks_gift_test": draft.asks_gift_test(),
        "back": reverse("gifts:items", args=[pk]),
        "treated_as": known.instead_of(facts.provider_kind) if facts else "",
        "told": told_while_checking(draft, facts) if facts else [],
        **restating(request, draft),
    }
    if context.get("refusal"):
        context["form"] = None
    return TemplateResponse(request, "gifts/check.html", context)


def sent(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A draft that is gone was sent: its receipt, or what became of the entry that it restated."""
    case = Case.objects.filter(author=request.user, idempotency_key=pk).first()
    if case is None:
        own = Case.objects.own(request.user)
        refuse_stale(request, get_object_or_404(own, reference=request.POST.get("reference", "")))
        raise Http404
    return redirect("gifts:done", case.reference)


def submit_form(request: SignedInRequest, draft: OfferDraft) -> SubmitForm:
    """The last page's form; that of a draft of an entry brings back what version was seen."""
    form_class = CorrectionForm if draft.purpose == Purpose.CORRECT else SubmitForm
    row, initial = draft.draft, {}
    if row.case is not None:
        initial = {"reference": row.case.reference, "version": row.case_version}
        initial["verb"] = RESTATES[draft.purpose]
    return form_class(request.POST if request.method == "POST" else None, initial=initial)


def restating(request: SignedInRequest, draft: OfferDraft) -> dict[str, str]:
    """Of a draft that restates an entry: where its answers change, and why it cannot be sent now."""
    row = draft.draft
    if row.case is None:
        return {}
    found = {"restates": reverse("gifts:items", args=[row.pk])}
    try:
        permissions.check(RESTATES[draft.purpose], request.user, row.case.offer)
    except Denied as denied:
        found["refusal"] = str(denied)
    return found


def submit(request: SignedInRequest, draft: OfferDraft, facts: Any, said: dict[str, Any]) -> Offer:
    """Call the action of the draft's purpose, then let the draft go."""
    common = {"facts": facts, "by": request.user, "now": timezone.now()}
    row = draft.draft
    seen = said.get("version") or row.case_version
    match draft.purpose:
        case Purpose.DECLARE:
            offer = actions.declare(
                subject=draft.subject,
                idempotency_key=row.pk,
                opened_from=row.opened_from,
                **common,
            )
        case Purpose.SEEK_AUTHORISATION:
            offer = actions.seek_authorisation(
                subject=draft.subject, idempotency_key=row.pk, **common
            )
        case Purpose.RECORD_OUTCOME:
            offer = actions.record_outcome(row.case.offer, version=seen, **common)
        case Purpose.CORRECT:
            offer = actions.correct(row.case.offer, version=seen, reason=said["reason"], **common)
    discard_draft(row)
    return offer
