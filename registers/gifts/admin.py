"""The gifts register on the PSD desk: its queues and case pages, its policy rows and supplier notices."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from integrity.casework.desk import desk
from integrity.casework.enums import Actor
from integrity.casework.permissions import Option
from integrity.casework.queues import QueueAdmin
from integrity.casework.workflow import Transition
from integrity.people.admin import DESK_ROLES, REACH, ReferenceAdmin, ScopedChoices
from integrity.people.models import Scope, User
from integrity.people.permissions import KEEPERS
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


def policies_in(scope: Scope) -> Q:
    """A force's own rows, a body's, and the joint ones that bind a force of the scope."""
    of_forces = Q(force__in=scope.forces) | Q(joint_forces__in=scope.forces)
    rows = GiftPolicy.objects.filter(of_forces | Q(oversight_body__in=scope.bodies))
    return Q(pk__in=rows.values("pk"))


REACH[GiftPolicy] = policies_in
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


class Part(ScopedChoices, admin.TabularInline):
    """A part of a row of reference data; whoever may change the row may change its parts."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A cell of the table has no label of its own, so its field says what it is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.holds(*DESK_ROLES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        row = desk.get_model_admin(self.parent_model)
        return row.has_change_permission(request, obj) if obj else row.has_add_permission(request)

    has_add_permission = has_delete_permission = has_change_permission


class PolicyPart(Part):
    """A part of a policy row, which a copy of the row begins from."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        copied = copied_from(request) if obj is None else None
        return len(self.rows_of(copied)) if copied else 0

    def rows_of(self, policy: GiftPolicy) -> list[dict[str, Any]]:
        """The part's rows of another policy row, to begin from."""
        names = [f.name for f in self.model._meta.fields if f.name not in ("id", "policy")]
        rows = self.model._default_manager.filter(policy=policy)
        return [{name: getattr(row, name) for name in names} for row in rows]


class BandFormSet(forms.BaseInlineFormSet):
    """Bands that leave no value out: each side begins at nothing."""

    def clean(self) -> None:
        super().clean()
        kept = [
            f.cleaned_data
            for f in self.forms
            if f.cleaned_data and not f.cleaned_data.get("DELETE")
        ]
        begun = {band["decision"] for band in kept if band.get("from_value") == 0}
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
        kept = [
            f.cleaned_data
            for f in self.forms
            if f.cleaned_data and not f.cleaned_data.get("DELETE")
        ]
        if ItemDecision.ACCEPTED not in {reason.get("decision") for reason in kept}:
            raise forms.ValidationError("Add at least one reason for accepting.")


class ReasonInline(PolicyPart):
    model = Reason
    formset = ReasonFormSet


class RiskWeightInline(PolicyPart):
    model = RiskWeight


class PolicyForm(forms.ModelForm):
    """A policy row; whose it is, is one of three."""

    class Meta:
        widgets: ClassVar = {"joint_forces": forms.CheckboxSelectMultiple}

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

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        owners = [data.get(name) for name in ("force", "department", "oversight_body")]
        if "force" in self.fields and sum(1 for owner in owners if owner) != 1:
            raise forms.ValidationError(
                "A policy row is a force’s, a body’s, or a department’s for its joint forces: "
                "choose one."
            )
        if data.get("department") and not data.get("joint_forces"):
            self.add_error("joint_forces", "Name the forces that the joint policy binds.")
        return data


@admin.register(GiftPolicy, site=desk)
class GiftPolicyAdmin(ReferenceAdmin):
    """Dated policy rows. One that an entry was made under is fixed; the next is begun as its copy."""

    form = PolicyForm
    change_form_template = "gifts/desk/policy_form.html"
    inlines = (BandInline, ReasonInline, RiskWeightInline)
    list_display = ("title", "owner", "effective_from", "requires_authorisation")
    list_select_related = ("force", "department", "oversight_body")

    @admin.display(description="Whose")
    def owner(self, policy: GiftPolicy) -> str:
        return str(policy.force or policy.department or policy.oversight_body)

    def why_fixed(self, obj: GiftPolicy) -> str:
        count = obj.offers.count()
        entries = "1 entry" if count == 1 else f"{count} entries"
        sentence = f"This row is frozen on {entries}; add a new one with a later date."
        return sentence if count else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A joint row is changed by somebody whose scope holds every force that it binds."""
        if not super().has_change_permission(request, obj):
            return False
        bound = {force.pk for force in obj.joint_forces.all()} if obj else set()
        return bound <= request.user.scope(*KEEPERS).forces

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        copied = copied_from(request)
        if copied is None:
            return super().get_changeform_initial_data(request)
        row = forms.model_to_dict(copied)
        return {name: value for name, value in row.items() if name not in ("id", "effective_from")}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: PolicyPart, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        copied = copied_from(request) if obj.pk is None else None
        return {**kwargs, "initial": inline.rows_of(copied)} if copied else kwargs


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


def copied_from(request: HttpRequest) -> GiftPolicy | None:
    """The row that a new one begins from, while its form is drawn first: ?copy=12."""
    copy = request.GET.get("copy", "")
    if request.method != "GET" or not copy.isdecimal():
        return None
    return desk.get_model_admin(GiftPolicy).get_queryset(request).filter(pk=copy).first()
