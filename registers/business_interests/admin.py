"""The business interests register on the PSD desk: its queues and case pages, and its policy rows."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.fields import ArrayField

from integrity.casework.desk import desk
from integrity.casework.enums import Actor
from integrity.casework.permissions import Option
from integrity.casework.queues import QueueAdmin
from integrity.casework.reference import (
    CommaSeparated,
    PolicyPart,
    PolicyRowAdmin,
    kept,
    policies_in,
)
from integrity.casework.workflow import Transition
from integrity.people.admin import REACH
from integrity.people.enums import MemberType
from integrity.people.models import User
from integrity.ui.templatetags.ui import tag
from integrity.ui.wording import listed
from registers.business_interests import actions, permissions
from registers.business_interests.case_page import interest_page, tone
from registers.business_interests.enums import AppealOutcome, Status, Verb
from registers.business_interests.handlers import HANDLERS
from registers.business_interests.models import (
    ConditionTemplate,
    FactorWeight,
    Interest,
    InterestPolicy,
    InterestQuerySet,
    ListedOccupation,
    MemberRule,
    ReviewInterval,
)
from registers.business_interests.queues import QUEUES
from registers.business_interests.workflow import TRANSITIONS

REACH[InterestPolicy] = policies_in(InterestPolicy)

DESK_VERBS = frozenset(
    Verb(transition.verb)
    for transition in TRANSITIONS
    if Actor.PSD in transition.who and transition.verb in HANDLERS
)
RULINGS = dict([*Status.choices, *AppealOutcome.choices, ("sent_back", "Sent back")])


@admin.register(Interest, site=desk)
class InterestAdmin(QueueAdmin):
    """Interests as PSD works them."""

    queues = QUEUES
    handlers = HANDLERS
    desk_verbs = DESK_VERBS
    words = RULINGS
    case_template = "interests/desk/case.html"
    list_display = (
        "reference",
        "received",
        "who",
        "what",
        "category",
        "status_tag",
        "due_by",
        "owner",
        "risk",
    )
    list_display_links = ("reference",)
    search_fields = (
        "case__reference",
        "case__subject_name",
        "occupation",
        "organisation__name",
        "organisation__names__name",
    )
    search_help_text = "Reference, name of the person, occupation or organisation"

    def read(self, records: Any) -> InterestQuerySet:
        return records.with_all()

    def check_verb(self, verb: str, user: User, record: Interest) -> Transition:
        return permissions.check(Verb(verb), user, record)

    def options(self, user: User, record: Interest) -> Sequence[Option]:
        return permissions.options(user, record)

    def assign(self, record: Interest, **particulars: Any) -> Interest:
        return actions.assign(record, **particulars)

    def record_page(self, user: User, record: Interest) -> dict[str, Any]:
        return interest_page(user, record)

    @admin.display(description="What", ordering="occupation")
    def what(self, interest: Interest) -> str:
        return interest.title

    @admin.display(description="Status", ordering="status")
    def status_tag(self, interest: Interest) -> str:
        return tag(interest.status, label=interest.get_status_display(), colour=tone(interest))


class MemberRuleFormSet(forms.BaseInlineFormSet):
    """Nobody is left without a legal basis and clocks: each kind of member has its rule."""

    def clean(self) -> None:
        super().clean()
        have = {rule.get("member_type") for rule in kept(self)}
        missing = [kind.label for kind in MemberType if kind not in have]
        if missing:
            raise forms.ValidationError(
                f"Every kind of member needs a rule: add one for {listed(missing)}."
            )


class MemberRuleInline(PolicyPart):
    model = MemberRule
    formset = MemberRuleFormSet


class ListedOccupationInline(PolicyPart):
    model = ListedOccupation
    formfield_overrides: ClassVar = {
        ArrayField: {
            "form_class": CommaSeparated,
            "widget": forms.Textarea(attrs={"rows": 3, "cols": 30}),
        }
    }


class ConditionTemplateInline(PolicyPart):
    model = ConditionTemplate


class ReviewIntervalInline(PolicyPart):
    model = ReviewInterval


class FactorWeightInline(PolicyPart):
    model = FactorWeight


@admin.register(InterestPolicy, site=desk)
class InterestPolicyAdmin(PolicyRowAdmin):
    """The dated rows of the policy on business interests, with all that the register reads of them."""

    entries = "interests"
    formfield_overrides: ClassVar = {ArrayField: {"form_class": CommaSeparated}}
    inlines = (
        MemberRuleInline,
        ListedOccupationInline,
        ConditionTemplateInline,
        ReviewIntervalInline,
        FactorWeightInline,
    )
    list_display = ("title", "owner", "effective_from", "asks_hr", "asks_vetting")
