"""The gifts register on the PSD desk: its queues and case pages, its policy rows and supplier notices."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q

from integrity.casework.desk import desk
from integrity.casework.enums import Actor
from integrity.casework.permissions import Option
from integrity.casework.queues import QueueAdmin
from integrity.casework.reference import (
    Part,
    PolicyForm,
    PolicyPart,
    PolicyRowAdmin,
    kept,
    policies_in,
)
from integrity.casework.workflow import Transition
from integrity.people.admin import REACH, ReferenceAdmin
from integrity.people.models import User
from integrity.ui.templatetags.ui import tag
from registers.gifts import actions, permissions
from registers.gifts.case_page import offer_page, offer_value
from registers.gifts.enums import RULINGS, ItemDecision, ItemKind, ProviderKind, Verb
from registers.gifts.handlers import HANDLERS
from registers.gifts.models import (
    Band,
    GiftPolicy,
    Offer,
    OfferQuerySet,
    Reason,
    RiskWeight,
    SupplierNotice,
    SupplierNoticeRecipient,
)
from registers.gifts.queues import QUEUES
from registers.gifts.workflow import TRANSITIONS

REACH[GiftPolicy] = policies_in(GiftPolicy)
REACH[SupplierNotice] = lambda scope: Q(force__in=scope.forces)

DESK_VERBS = frozenset(
    Verb(transition.verb)
    for transition in TRANSITIONS
    if Actor.PSD in transition.who and transition.verb in HANDLERS
)


@admin.register(Offer, site=desk)
class OfferAdmin(QueueAdmin):
    """Offers as PSD works them."""

    queues = QUEUES
    handlers = HANDLERS
    desk_verbs = DESK_VERBS
    words = RULINGS
    case_template = "gifts/desk/case.html"
    list_display = (
        "reference",
        "received",
        "who",
        "what",
        "provider",
        "status_tag",
        "value",
        "due_by",
        "owner",
        "risk",
    )
    list_display_links = ("reference",)
    search_fields = (
        "case__reference",
        "case__subject_name",
        "provider_organisation__name",
        "provider_organisation__names__name",
        "provider_person",
    )
    search_help_text = "Reference, name of the person, or provider"

    def read(self, records: Any) -> OfferQuerySet:
        return records.with_all()

    def check_verb(self, verb: str, user: User, record: Offer) -> Transition:
        return permissions.check(Verb(verb), user, record)

    def options(self, user: User, record: Offer) -> Sequence[Option]:
        return permissions.options(user, record)

    def assign(self, record: Offer, **particulars: Any) -> Offer:
        return actions.assign(record, **particulars)

    def record_page(self, user: User, record: Offer) -> dict[str, Any]:
        return offer_page(user, record)

    @admin.display(description="What")
    def what(self, offer: Offer) -> str:
        return "; ".join(item.description for item in offer.items.all())

    @admin.display(description="Provider")
    def provider(self, offer: Offer) -> str:
        return offer.provider

    @admin.display(description="Status", ordering="status")
    def status_tag(self, offer: Offer) -> str:
        return tag(offer.status, label=offer.get_status_display())

    @admin.display(description="Value")
    def value(self, offer: Offer) -> str:
        return offer_value(offer)


class BandFormSet(forms.BaseInlineFormSet):
    """Bands that leave no value out: each side begins at nothing."""

    def clean(self) -> None:
        super().clean()
        begun = {band["decision"] for band in kept(self) if band.get("from_value") == 0}
        if begun != {ItemDecision.ACCEPTED, ItemDecision.DECLINED}:
            raise forms.ValidationError(
                "Say where every value goes: add a band from £0 for accepted and one for declined."
            )


class BandInline(PolicyPart):
    model = Band
    formset = BandFormSet


class ReasonFormSet(forms.BaseInlineFormSet):
    """At least one reason for accepting, since accepting needs one."""

    def clean(self) -> None:
        super().clean()
        if ItemDecision.ACCEPTED not in {reason.get("decision") for reason in kept(self)}:
            raise forms.ValidationError("Add at least one reason for accepting.")


class ReasonInline(PolicyPart):
    model = Reason
    formset = ReasonFormSet


class RiskWeightInline(PolicyPart):
    model = RiskWeight


class GiftPolicyForm(PolicyForm):
    """A policy row with the kinds that are chosen by their boxes."""

    never_accepted = forms.MultipleChoiceField(
        choices=ItemKind, required=False, widget=forms.CheckboxSelectMultiple
    )
    psd_provider_kinds = forms.MultipleChoiceField(
        label="Provider kinds for PSD",
        choices=ProviderKind,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Whatever the value, PSD decides what is accepted from these.",
    )


@admin.register(GiftPolicy, site=desk)
class GiftPolicyAdmin(PolicyRowAdmin):
    """The dated rows of the gifts policy, with their bands, reasons and weights."""

    entries = "offers"
    form = GiftPolicyForm
    inlines = (BandInline, ReasonInline, RiskWeightInline)
    list_display = ("title", "owner", "effective_from", "requires_authorisation")


class RecipientInline(Part):
    model = SupplierNoticeRecipient
    autocomplete_fields = ("organisation",)


@admin.register(SupplierNotice, site=desk)
class SupplierNoticeAdmin(ReferenceAdmin):
    """The force's notices to suppliers, and to whom they went; a case shows what its provider was told."""

    inlines = (RecipientInline,)
    list_display = ("title", "force", "dated")
    list_select_related = ("force",)
    search_fields = ("title",)
