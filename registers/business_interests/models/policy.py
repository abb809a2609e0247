"""A force's dated rules on business interests (RULES, Business interests)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from integrity.audit.protection import Protection
from integrity.casework.models import PolicyRow, PolicyRowQuerySet, WeightRow
from integrity.people.enums import MemberType
from registers.business_interests.enums import (
    CheckMethod,
    ConditionKind,
    Factor,
    LegalBasis,
    Stance,
)


def follow_up_months() -> list[int]:
    return [1, 6, 12]


class InterestPolicy(PolicyRow):
    """One dated row; the row in force when an application was made is frozen on it."""

    asks_hr = models.BooleanField(
        "ask HR", default=False, help_text="HR gives its view before PSD decides."
    )
    asks_vetting = models.BooleanField(
        "ask vetting", default=False, help_text="Vetting gives its view before PSD decides."
    )
    assess_within_days = models.PositiveSmallIntegerField(
        default=7, help_text="A supervisor, HR or vetting has so many days for their view."
    )
    letting_needs_agent = models.BooleanField(
        default=False,
        help_text="Property is let through a third-party managing agent (HMIC 2012, West Mercia).",
    )
    duty_hours = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=40,
        help_text="Duty hours a week of whoever has none on their own record.",
    )
    hours_limit = models.DecimalField(
        "average hours a week",
        max_digits=4,
        decimal_places=1,
        default=48,
        help_text="Past this average the form says what it means. A prompt, never a verdict.",
    )
    hours_over_weeks = models.PositiveSmallIntegerField(
        default=17,
        validators=[MinValueValidator(1)],
        help_text="The average is taken over so many weeks.",
    )
    review_months = models.PositiveSmallIntegerField(
        default=12,
        validators=[MinValueValidator(1)],
        help_text="An approved interest is reviewed after so many months, unless a row below fits.",
    )
    remind_days = models.PositiveSmallIntegerField(
        default=28,
        help_text="A review opens, and its people are told, so many days before it is due.",
    )
    check_months = models.PositiveSmallIntegerField(
        default=6,
        validators=[MinValueValidator(1)],
        help_text="Conditions are checked after so many months, unless the condition says otherwise.",
    )
    follow_up_months = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1)]),
        default=follow_up_months,
        help_text="Months after a refusal at which PSD makes sure that it is kept (HMIC 2012, p. 30).",
    )

    objects = PolicyRowQuerySet["InterestPolicy"].as_manager()

    class Meta(PolicyRow.Meta):
        verbose_name_plural = "business interest policies"
        constraints: ClassVar = [
            *PolicyRow.Meta.constraints,
            models.CheckConstraint(
                condition=Q(duty_hours__gte=0, duty_hours__lte=168),
                name="interestpolicy_duty_hours_fit_a_week",
            ),
            models.CheckConstraint(
                condition=Q(hours_limit__gt=0, hours_limit__lte=168),
                name="interestpolicy_hours_limit_fits_a_week",
            ),
        ]


class MemberRule(models.Model):
    """What binds one kind of member: the legal basis and the four clocks (RULES, Business interests 1, 2)."""

    policy = models.ForeignKey(
        InterestPolicy, on_delete=models.PROTECT, related_name="member_rules"
    )
    member_type = models.CharField(max_length=12, choices=MemberType)
    legal_basis = models.CharField(max_length=20, choices=LegalBasis)
    working_days = models.BooleanField(
        default=False, help_text="The four clocks count working days, without bank holidays."
    )
    decided_by_head = models.BooleanField(
        "decided by the appropriate officer",
        default=False,
        help_text="Only the head of PSD decides, who is the appropriate officer.",
    )
    decide_within = models.PositiveSmallIntegerField(
        default=28, help_text="Days from a complete application to the decision."
    )
    appeal_within = models.PositiveSmallIntegerField(
        default=10, help_text="Days from the written notice to an appeal."
    )
    papers_within = models.PositiveSmallIntegerField(
        default=10, help_text="Days from the appeal to its papers."
    )
    hear_within = models.PositiveSmallIntegerField(
        default=28, help_text="Days from the papers to the chief officer’s decision."
    )

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "member_type"], name="member_rule_once_for_each_type"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_member_type_display()}: {self.get_legal_basis_display()}"


class ListedOccupation(models.Model):
    """An occupation that the force calls incompatible or restricted, and what it says of it."""

    policy = models.ForeignKey(InterestPolicy, on_delete=models.PROTECT, related_name="occupations")
    name = models.CharField(max_length=80)
    words = ArrayField(
        models.CharField(max_length=40),
        help_text="Words or phrases by which it is recognised, with commas between them.",
    )
    stance = models.CharField(max_length=12, choices=Stance)
    says = models.TextField(help_text="What applicants and PSD read.")

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["policy", "name"], name="occupation_is_listed_once"),
            models.CheckConstraint(condition=~Q(says=""), name="occupation_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_stance_display().lower()}"


class ConditionTemplate(models.Model):
    """A condition of the force's library, as a decision begins it."""

    policy = models.ForeignKey(InterestPolicy, on_delete=models.PROTECT, related_name="library")
    kind = models.CharField(max_length=20, choices=ConditionKind)
    text = models.TextField()
    check_method = models.CharField(max_length=20, choices=CheckMethod)
    check_months = models.PositiveSmallIntegerField(
        default=6, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "text"], name="condition_template_is_listed_once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="condition_template_says_something"),
        ]

    def __str__(self) -> str:
        return self.text


class ReviewInterval(models.Model):
    """After how many months an interest is reviewed, by the post held, conditions and risk.

    HMIC 2012, p. 30: from six months to three years by post and conditions. Of the rows that fit,
    the shortest counts.
    """

    policy = models.ForeignKey(InterestPolicy, on_delete=models.PROTECT, related_name="intervals")
    post = models.CharField(
        "rank, grade, role or unit", max_length=120, blank=True, help_text="Empty: any."
    )
    with_conditions = models.BooleanField(null=True, blank=True, help_text="Unknown: either.")
    from_risk = models.PositiveSmallIntegerField(default=0, help_text="From this risk score.")
    months = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(60)]
    )

    protection: ClassVar = Protection(within="policy", near=True)

    class Meta:
        ordering: ClassVar = ["policy", "months", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=60),
                name="review_interval_is_one_month_to_five_years",
            )
        ]

    def __str__(self) -> str:
        return f"{self.post or 'Any post'}: {self.months} months"


class FactorWeight(WeightRow):
    """What one factor adds to an interest's risk score."""

    policy = models.ForeignKey(InterestPolicy, on_delete=models.PROTECT, related_name="weights")
    factor = models.CharField(max_length=20, choices=Factor)

    class Meta(WeightRow.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["policy", "factor"], name="interest_factor_is_weighed_once"
            )
        ]
