"""What is done in an investigation: restrictions, referrals to external bodies, posts looked at."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.people.models import User
from registers.investigations.enums import Behaviour, Platform, RestrictionKind
from registers.investigations.models.investigation import Investigation


def together(*names: str) -> Q:
    """All of some nullable columns, or none: what ended says when, recorded when and by whom."""
    return Q(**{f"{name}__isnull": True for name in names}) | Q(
        **{f"{name}__isnull": False for name in names}
    )


class Restriction(models.Model):
    """Somebody is suspended, or on restricted duties, from a day to a day."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="restrictions"
    )
    kind = models.CharField(max_length=12, choices=RestrictionKind)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="investigation")

    class Meta:
        ordering: ClassVar = ["from_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["investigation", "kind"],
                condition=Q(ended_at=None),
                name="restriction_of_a_kind_runs_once",
            ),
            models.CheckConstraint(
                condition=together("to_on", "ended_at", "ended_by"),
                name="restriction_ended_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                name="restriction_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} from {self.from_on:%-d %B %Y}"


class ExternalReferral(models.Model):
    """An investigation is handed to an external body, until it comes back or is closed."""

    investigation = models.ForeignKey(
        Investigation, on_delete=models.PROTECT, related_name="external_referrals"
    )
    body = models.CharField("external body", max_length=120)
    referred_on = models.DateField()
    external_reference = models.CharField("its reference", max_length=60, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_on = models.DateField(null=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    protection: ClassVar = Protection(within="investigation")

    class Meta:
        ordering: ClassVar = ["referred_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["investigation"],
                condition=Q(returned_at=None),
                name="external_referral_to_one_body_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(body=""), name="external_referral_says_to_whom"),
            models.CheckConstraint(
                condition=together("returned_on", "returned_at", "returned_by"),
                name="external_referral_returned_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("referred_on")),
                name="external_referral_returns_after_it_went",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.referred_on:%-d %B %Y}"


class SocialMediaPost(models.Model):
    """A post that should not stand, and what was done; looked at again until it is gone."""

    investigation = models.ForeignKey(Investigation, on_delete=models.PROTECT, related_name="posts")
    platform = models.CharField(max_length=12, choices=Platform)
    account = models.CharField(max_length=120)
    address = models.URLField(max_length=500, blank=True)
    behaviour = models.CharField(max_length=12, choices=Behaviour)
    action = models.CharField("what was done", max_length=200, blank=True)
    found_on = models.DateField()
    next_check_on = models.DateField("next look", null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    gone_on = models.DateField(null=True)

    protection: ClassVar = Protection(within="investigation")

    class Meta:
        ordering: ClassVar = ["found_on", "pk"]
        verbose_name = "post on social media"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(account=""), name="post_says_which_account"),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) ^ Q(next_check_on__isnull=True),
                name="post_is_looked_at_until_it_is_gone",
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) | Q(gone_on__gte=F("found_on")),
                name="post_goes_after_it_was_found",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} on {self.get_platform_display()}"


class PostCheck(models.Model):
    """Somebody looked whether a post is still to be seen."""

    post = models.ForeignKey(SocialMediaPost, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    still_there = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="post")

    class Meta:
        ordering: ClassVar = ["checked_on", "pk"]

    def __str__(self) -> str:
        return f"{self.post}, {self.checked_on:%-d %B %Y}"
