"""Tenders and contracts, who bid and won, and who in the force had a part in them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from integrity.audit.protection import Protection
from integrity.casework.models import ImportBatch
from integrity.people.models import Force, User
from registers.organisations.models import Organisation
from registers.procurement.enums import AwardStatus, Declared, Part, Stated, TenderStatus


class Tender(models.Model):
    """What the force asked bids for, and between which days."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="tenders")
    identifier = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=TenderStatus, default=TenderStatus.ACTIVE)
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    buyer = models.CharField(max_length=200, blank=True)
    where = models.CharField(max_length=120, blank=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-closes_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "identifier"], name="tender_identifier_is_unique_in_force"
            ),
            models.CheckConstraint(condition=~Q(identifier=""), name="tender_has_an_identifier"),
            models.CheckConstraint(condition=~Q(title=""), name="tender_has_a_title"),
            models.CheckConstraint(
                condition=Q(opens_on__isnull=True)
                | Q(closes_on__isnull=True)
                | Q(closes_on__gte=F("opens_on")),
                name="tender_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="tender_amount_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Bidder(models.Model):
    """Who bid for a tender."""

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bidders")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bids")
    as_written = models.CharField(max_length=300)
    published = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Whether a published notice names them; whom procurement typed, nobody else knows.",
    )

    class Meta:
        ordering: ClassVar = ["tender", "as_written"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tender", "organisation"], name="bidder_bids_once_for_a_tender"
            )
        ]

    def __str__(self) -> str:
        return self.as_written


class Contract(models.Model):
    """What was awarded, for how much and how long; one award may have several suppliers.

    Of a contract for outsourced services it is asked whether its people are vetted, whether the
    force's standards of behaviour are a clause of it, and who investigates them.
    """

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="contracts")
    identifier = models.CharField(max_length=200)
    tender = models.ForeignKey(
        Tender, on_delete=models.PROTECT, null=True, blank=True, related_name="contracts"
    )
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=AwardStatus, default=AwardStatus.ACTIVE)
    awarded_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="GBP")
    buyer = models.CharField(max_length=200, blank=True)
    framework = models.BooleanField(
        default=False, help_text="Purchases of this category are to be made from its suppliers."
    )
    outsourced = models.BooleanField(
        "outsourced services", default=False, help_text="Its people do the force’s work."
    )
    staff_vetted = models.CharField(
        "are its people vetted?", max_length=3, choices=Stated, blank=True
    )
    standards_clause = models.CharField(
        "are the force’s standards of behaviour a clause?", max_length=3, choices=Stated, blank=True
    )
    who_investigates = models.CharField("who investigates its people?", max_length=200, blank=True)
    where = models.CharField(max_length=120, blank=True)
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-awarded_on", "pk"]
        indexes: ClassVar = [
            models.Index(fields=["force", "awarded_on"], name="contract_by_day_of_award")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["force", "identifier"], name="contract_identifier_is_unique_in_force"
            ),
            models.CheckConstraint(condition=~Q(identifier=""), name="contract_has_an_identifier"),
            models.CheckConstraint(condition=~Q(title=""), name="contract_has_a_title"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="contract_amount_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(outsourced=True)
                | Q(staff_vetted="", standards_clause="", who_investigates=""),
                name="contract_answers_are_of_outsourced_services",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ContractSupplier(models.Model):
    """Who won a contract, and as what the notice wrote them."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="suppliers")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="contracts"
    )
    as_written = models.CharField(max_length=300)
    left_on = models.DateField(
        null=True, blank=True, help_text="When a corrected notice no longer named them."
    )

    class Meta:
        ordering: ClassVar = ["contract", "as_written"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "organisation"], name="supplier_is_named_once_in_a_contract"
            )
        ]

    def __str__(self) -> str:
        return self.as_written


class ContractorPerson(models.Model):
    """Somebody of a contractor who does the force's work, and so declares in every register."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="people")
    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contractor_of")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    protection: ClassVar = Protection(same_force=("person",))

    class Meta:
        ordering: ClassVar = ["contract", "starts_on"]
        verbose_name_plural = "contractor people"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contract", "person"], name="contractor_person_is_named_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="contractor_person_ends_after_starting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.contract}"


class Involvement(models.Model):
    """Somebody's part in a tender or a contract, and what they declared about its bidders."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="involvements")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="involvements")
    tender = models.ForeignKey(
        Tender, on_delete=models.PROTECT, null=True, blank=True, related_name="involved"
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, null=True, blank=True, related_name="involved"
    )
    part = models.CharField(max_length=10, choices=Part)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    declared = models.CharField(max_length=10, choices=Declared, blank=True)
    declaration = models.TextField(blank=True)
    declared_at = models.DateTimeField(null=True, blank=True)

    protection: ClassVar = Protection(same_force=("person",))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(tender__isnull=False) ^ Q(contract__isnull=False),
                name="involvement_is_in_a_tender_or_a_contract",
            ),
            models.UniqueConstraint(
                fields=["person", "tender", "contract", "part"],
                nulls_distinct=False,
                name="involvement_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="involvement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(declared="", declared_at__isnull=True)
                | (~Q(declared="") & Q(declared_at__isnull=False)),
                name="involvement_declared_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(declared="interest") | ~Q(declaration=""),
                name="involvement_interest_is_described",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_part_display()}"
