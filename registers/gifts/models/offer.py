"""An offer of a gift or hospitality, its items, and what chief officers think of a colleague's."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import Truncator

from integrity.audit.protection import Protection
from integrity.casework.models import Attachment, Case, Deadline
from integrity.people.enums import Role
from integrity.people.models import Force, User
from registers.gifts.enums import (
    ACCEPTED,
    ANONYMOUS,
    SUPPLIERS,
    Disposal,
    ItemDecision,
    ItemKind,
    PeerView,
    ProviderKind,
    Status,
    TeamView,
    ValueKind,
)
from registers.gifts.models.policy import GiftPolicy, Reason
from registers.organisations.models import Organisation

CLOSED = (Status.RECORDED, Status.COMPLIANT, Status.NON_COMPLIANT, Status.WITHDRAWN)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> "OfferQuerySet":
        """The platform's readers, supervisors as the policy lets them, and peers who were asked.

        A governance member reads chief officers' entries in the forces that the body oversees.
        """
        cases = Case.objects.visible_to(user).filter(register="gifts")
        asked = Deadline.objects.open().filter(case=OuterRef("case"), owner=user)
        reviewed = PeerReview.objects.filter(offer=OuterRef("pk"), reviewed_by=user)
        bodies = user.scope(Role.GOVERNANCE_MEMBER).bodies
        overseen = Force.objects.filter(oversight_bodies__in=bodies)
        return self.filter(
            Q(case__in=cases.values("pk"))
            | Q(Exists(asked))
            | Q(Exists(reviewed))
            | Q(case__subject_is_chief_officer=True, case__force__in=overseen.values("pk"))
            | self._team(user)
        )

    def of_team(self, user: User) -> "OfferQuerySet":
        """The entries of this person's team that the policy lets them see."""
        return self.filter(self._team(user))

    def _team(self, user: User) -> Q:
        accepted = Item.objects.filter(offer=OuterRef("pk"), decision__in=ACCEPTED)
        return Q(case__subject__line_manager=user) & (
            Q(policy__supervisor_sees=TeamView.ALL)
            | (Q(policy__supervisor_sees=TeamView.ACCEPTED) & Q(Exists(accepted)))
            | Q(status=Status.WITH_SUPERVISOR)
        )

    def with_all(self) -> "OfferQuerySet":
        """All that a list or a page shows, in a fixed number of queries."""
        return self.select_related(
            "case__force",
            "case__oversight_body",
            "case__subject__grade",
            "case__author__grade",
            "case__owner__grade",
            "case__subject_unit",
            "case__subject_manager__grade",
            "provider_organisation",
            "policy",
        ).prefetch_related("items__reason", "items__evidence")


class Offer(models.Model):
    """One offer by one provider to one recipient on one day, of one or more items."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="offer")
    policy = models.ForeignKey(GiftPolicy, on_delete=models.PROTECT, related_name="offers")
    status = models.CharField(max_length=24, choices=Status)
    offered_on = models.DateField()
    provider_kind = models.CharField(max_length=20, choices=ProviderKind)
    provider_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="offers"
    )
    known_as = models.CharField(
        max_length=20,
        choices=ProviderKind,
        blank=True,
        default="",
        db_default="",
        help_text="What the force’s records said the provider was, whatever was ticked.",
    )
    known_because = models.CharField(max_length=300, blank=True, default="", db_default="")
    provider_person = models.CharField(max_length=200, blank=True)
    provider_person_key = models.CharField(max_length=200, blank=True, db_index=True)
    circumstances = models.TextField(blank=True)
    genuine = models.BooleanField(null=True)
    independent = models.BooleanField(null=True)
    free = models.BooleanField(null=True)
    transparent = models.BooleanField(null=True)
    gift_test_note = models.TextField(blank=True)
    days_late = models.PositiveIntegerField(default=0)
    late_reason = models.TextField(blank=True)
    was_authorised = models.BooleanField(null=True)
    authorisation_conditions = models.TextField(blank=True)
    needs_peer_review = models.BooleanField(default=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-offered_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(provider_organisation__isnull=False, provider_person="")
                    | (Q(provider_organisation__isnull=True) & ~Q(provider_person=""))
                    | Q(
                        provider_organisation__isnull=True,
                        provider_person="",
                        provider_kind__in=ANONYMOUS,
                    )
                ),
                name="offer_provider_is_organisation_or_person_or_unknown",
            ),
            models.CheckConstraint(
                condition=(Q(provider_person="") & Q(provider_person_key=""))
                | (~Q(provider_person="") & ~Q(provider_person_key="")),
                name="offer_person_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(known_as="", known_because="")
                | (~Q(known_as="") & ~Q(known_because="")),
                name="offer_known_as_says_why",
            ),
            models.CheckConstraint(
                condition=Q(known_as="")
                | Q(known_as__in=SUPPLIERS, provider_organisation__isnull=False),
                name="offer_known_as_is_of_an_organisation_that_supplies",
            ),
            models.CheckConstraint(
                condition=Q(days_late=0) | ~Q(late_reason=""), name="offer_late_says_why"
            ),
            models.CheckConstraint(
                condition=(
                    Q(genuine__isnull=True, independent__isnull=True)
                    & Q(free__isnull=True, transparent__isnull=True)
                )
                | (
                    Q(genuine__isnull=False, independent__isnull=False)
                    & Q(free__isnull=False, transparent__isnull=False)
                ),
                name="offer_gift_test_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.AUTHORISED)
                | Q(was_authorised__isnull=False, was_authorised=True),
                name="offer_authorised_was_authorised",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.AUTHORISATION_REFUSED)
                | Q(was_authorised__isnull=False, was_authorised=False),
                name="offer_authorisation_refused_was_refused",
            ),
        ]

    def __str__(self) -> str:
        return self.case.reference

    @property
    def provider(self) -> str:
        """The provider as a reader sees it."""
        if self.provider_organisation is not None:
            return self.provider_organisation.name
        return self.provider_person or self.get_provider_kind_display()

    @property
    def gift_test(self) -> dict[str, bool | None]:
        return {
            "genuine": self.genuine,
            "independent": self.independent,
            "free": self.free,
            "transparent": self.transparent,
        }

    @property
    def fails_gift_test(self) -> bool:
        return False in self.gift_test.values()

    @property
    def title(self) -> str:
        """What the offer was, in a few words."""
        items = list(self.items.all())
        first = Truncator(items[0].description if items else "Offer").chars(80)
        more = f" and {len(items) - 1} more" if len(items) > 1 else ""
        return f"{first}{more}, from {self.provider}"


class StandingItems(models.Manager["Item"]):
    """The items that the entry states now."""

    def get_queryset(self) -> models.QuerySet["Item"]:
        return super().get_queryset().filter(struck=False)


class Item(models.Model):
    """One thing offered, decided by itself: keep the chocolates, decline the wine."""

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    description = models.CharField(max_length=500)
    kind = models.CharField(max_length=20, choices=ItemKind)
    light_refreshments = models.BooleanField(default=False)
    alcohol = models.BooleanField(default=False)
    decision = models.CharField(max_length=20, choices=ItemDecision)
    reason = models.ForeignKey(Reason, on_delete=models.PROTECT, null=True, related_name="+")
    reason_text = models.TextField(blank=True)
    value_kind = models.CharField(max_length=16, choices=ValueKind)
    value_from = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    value_to = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    value_words = models.CharField(max_length=200, blank=True)
    disposal = models.CharField(max_length=12, choices=Disposal, blank=True)
    disposal_to = models.CharField(max_length=200, blank=True)
    disposal_on = models.DateField(null=True)
    proceeds = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    evidence = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    struck = models.BooleanField(
        default=False, help_text="A correction took it off the entry; earlier versions hold it."
    )

    objects = StandingItems()
    with_struck = models.Manager()  # noqa: DJ012 - a second manager, no field

    protection: ClassVar = Protection(within="offer")

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "position"], name="item_position_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(value_from__isnull=True) | Q(value_from__gte=0),
                name="item_value_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(proceeds__isnull=True) | Q(proceeds__gte=0),
                name="item_proceeds_are_not_negative",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        value_kind__in=["exact", "estimated"],
                        value_from__isnull=False,
                        value_to__isnull=False,
                        value_to=F("value_from"),
                    )
                    | Q(
                        value_kind="range",
                        value_from__isnull=False,
                        value_to__isnull=False,
                        value_to__gt=F("value_from"),
                    )
                    | (
                        Q(value_kind="bound")
                        & (Q(value_from__isnull=True) | Q(value_to__isnull=True))
                        & ~Q(value_words="")
                    )
                    | (
                        Q(value_kind__in=["unknown", "other_currency"])
                        & Q(value_from__isnull=True, value_to__isnull=True)
                        & ~Q(value_words="")
                    )
                ),
                name="item_value_matches_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=ACCEPTED) | Q(reason__isnull=False) | ~Q(reason_text=""),
                name="item_accepted_says_why",
            ),
            models.CheckConstraint(
                condition=Q(proceeds__isnull=True) | Q(disposal="raffled"),
                name="item_proceeds_are_of_a_raffle",
            ),
            models.CheckConstraint(
                condition=~Q(disposal="donated") | ~Q(disposal_to=""),
                name="item_donated_says_to_whom",
            ),
            models.CheckConstraint(
                condition=~Q(kind="cash") | Q(light_refreshments=False),
                name="item_cash_is_not_refreshments",
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def accepted(self) -> bool:
        return self.decision in ACCEPTED


class PeerReview(models.Model):
    """One chief officer's view of a colleague's offer before it is decided; a view, not a decision.

    HMIC 2012, p. 24: 'judging the propriety of accepting individual offers … and … how acceptance
    might be perceived both internally and externally'.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="peer_reviews")
    view = models.CharField(max_length=10, choices=PeerView)
    propriety = models.TextField()
    seen_from_inside = models.TextField()
    seen_from_outside = models.TextField()
    round = models.PositiveSmallIntegerField(default=1)
    subject = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    protection: ClassVar = Protection(within="offer")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "round", "reviewed_by"], name="peer_review_once_for_each_peer"
            ),
            models.CheckConstraint(
                condition=~Q(subject=F("reviewed_by")), name="peer_review_is_not_by_its_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewed_by}: {self.get_view_display()}"
