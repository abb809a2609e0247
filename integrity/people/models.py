"""Who is who, and who may: forces, standards departments, oversight bodies, people and their roles."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from integrity.audit.protection import Protection
from integrity.people.enums import BAND_OF, DESK_ROLES, MemberType, RankBand, Role


class StandardsDepartment(models.Model):
    """A professional standards department (PSD); an alliance's forces share one."""

    name = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True, help_text="Where notices to the whole department go.")

    protection: ClassVar = Protection(open_because="Who reviews whom is known to everybody.")

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Force(models.Model):
    """A police force; its code names it in commands."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120, unique=True)
    department = models.ForeignKey(
        StandardsDepartment, on_delete=models.PROTECT, related_name="forces"
    )
    outside_department = models.ForeignKey(
        StandardsDepartment,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="outside decider: another force’s PSD",
        help_text=(
            "Decides what nobody inside may: the chief constable’s entries, and those about which "
            "everybody in PSD has a conflict of interest."
        ),
    )
    outside_body = models.ForeignKey(
        "OversightBody",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="outside decider: the oversight body",
        help_text="Instead of another force’s PSD.",
    )
    checkpoint_addresses = ArrayField(
        models.EmailField(),
        default=list,
        blank=True,
        verbose_name="addresses to which checkpoints are mailed",
        help_text=(
            "One to a line. Each morning the newest signed checkpoint of the force’s ledger goes to "
            "them: choose people outside, such as the oversight body, who keep it."
        ),
    )

    protection: ClassVar = Protection(open_because="Forces are known to everybody.")

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outside_department__isnull=True) | Q(outside_body__isnull=True),
                name="force_has_one_outside_decider",
            ),
            models.CheckConstraint(
                condition=Q(outside_department__isnull=True)
                | ~Q(outside_department=models.F("department")),
                name="force_outside_decider_is_outside",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def outside_decider(self) -> "StandardsDepartment | OversightBody | None":
        """Who decides what nobody inside may (ASSURANCE, decision 4); none where none is named."""
        return self.outside_department or self.outside_body

    def integrity_lead(self) -> "User | None":
        """The named senior lead for integrity today, shown on the home and policy pages."""
        grant = (
            RoleGrant.objects.active()
            .filter(role=Role.INTEGRITY_LEAD)
            .filter(Q(force=self) | Q(department=self.department_id))
            .select_related("user__grade")
            .order_by("-starts_on", "pk")
            .first()
        )
        return grant.user if grant else None


class OversightBody(models.Model):
    """A commissioner, authority, council or joint committee that oversees one or more forces."""

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120, unique=True)
    forces = models.ManyToManyField(Force, related_name="oversight_bodies")
    department = models.ForeignKey(
        StandardsDepartment,
        on_delete=models.PROTECT,
        related_name="oversight_bodies",
        help_text="The department with which the body shares its list of organisations.",
    )
    email = models.EmailField(blank=True)

    protection: ClassVar = Protection(open_because="Who oversees whom is known to everybody.")

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name_plural = "oversight bodies"

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A team, station or department of a force."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    head = models.ForeignKey(
        "User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="units_headed",
        help_text="Says after each quarter whether there was nothing to declare in the unit.",
    )

    protection: ClassVar = Protection(near=True, same_force=("head",))

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "name"], name="unit_name_is_unique_in_force")
        ]

    def __str__(self) -> str:
        return self.name


class Grade(models.Model):
    """A rank or grade of a force; the force marks those that are chief officers (RULES, Gifts 9)."""

    force = models.ForeignKey(Force, on_delete=models.PROTECT, related_name="grades")
    name = models.CharField(max_length=80)
    short = models.CharField(max_length=20)
    is_chief_officer = models.BooleanField(default=False)
    heads_force = models.BooleanField(
        default=False, help_text="Everyone reports to this post, so that does not count."
    )
    band = models.CharField(
        "group of ranks",
        max_length=16,
        choices=RankBand,
        blank=True,
        default="",
        db_default="",
        help_text="Figures are told apart by it. Empty: by the kind of member.",
    )

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "name"], name="grade_name_is_unique_in_force"),
            models.CheckConstraint(
                condition=Q(heads_force=False) | Q(is_chief_officer=True),
                name="grade_that_heads_force_is_chief_officer",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by sign-in name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.select_related("grade", "force", "oversight_body").get(
            username__iexact=username
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """The forces and oversight bodies whose registers a set of grants reaches."""

    forces: frozenset[int] = frozenset()
    bodies: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.forces or self.bodies)

    def covers(self, *, force_id: int | None, oversight_body_id: int | None) -> bool:
        """Whether an entry of this force, or of this body itself, lies inside."""
        if force_id is not None:
            return force_id in self.forces
        return oversight_body_id in self.bodies


class User(AbstractBaseUser):
    """A person who declares; what else they may do is in their role grants."""

    username = models.CharField("sign-in name", max_length=40, unique=True)
    number = models.CharField("collar or staff number", max_length=20, blank=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    email = models.EmailField(blank=True)
    member_type = models.CharField(max_length=12, choices=MemberType)
    force = models.ForeignKey(
        Force, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    grade = models.ForeignKey(Grade, on_delete=models.PROTECT, null=True, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    line_manager = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reports"
    )
    post = models.CharField("role or post", max_length=120, blank=True)
    weekly_hours = models.DecimalField(
        "hours of duty a week",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Empty: those that the force’s policy on business interests takes.",
    )
    starts_on = models.DateField()
    leaves_on = models.DateField(
        null=True, blank=True, help_text="Their last day; sign-in ends when it is over."
    )
    session_stamp = models.UUIDField(default=uuid.uuid4, editable=False)
    last_login = None  # each sign-in is in the ledger

    objects = UserManager()

    protection: ClassVar = Protection(near=True, hashed=("password", "session_stamp"))

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name, verbose_name_plural = "person", "people"
        ordering: ClassVar = ["last_name", "first_name", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(force__isnull=False) ^ Q(oversight_body__isnull=False),
                name="user_belongs_to_force_or_oversight_body",
            ),
            models.CheckConstraint(
                condition=Q(leaves_on__isnull=True) | Q(leaves_on__gte=models.F("starts_on")),
                name="user_leaves_after_starting",
            ),
            models.CheckConstraint(
                condition=Q(line_manager__isnull=True) | ~Q(line_manager=models.F("pk")),
                name="user_is_not_own_line_manager",
            ),
            models.UniqueConstraint(
                fields=["force", "number"],
                condition=~Q(number=""),
                name="user_number_is_unique_in_force",
            ),
            models.CheckConstraint(
                condition=Q(weekly_hours__isnull=True)
                | Q(weekly_hours__gte=0, weekly_hours__lte=168),
                name="user_weekly_hours_fit_a_week",
            ),
        ]

    def __str__(self) -> str:
        return self.display

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def display(self) -> str:
        """A person as the register writes them: 'DI 4417 Ann Example' (DESIGN §7)."""
        grade = self.grade.short if self.grade else ""
        return " ".join(part for part in (grade, self.number, self.name) if part)

    @property
    def is_chief_officer(self) -> bool:
        return bool(self.grade and self.grade.is_chief_officer)

    @property
    def band(self) -> RankBand:
        """The group of ranks by which figures count this person."""
        if self.is_chief_officer:
            return RankBand.CHIEF
        said = self.grade.band if self.grade else ""
        return RankBand(said) if said else BAND_OF[MemberType(self.member_type)]

    @property
    def heads_force(self) -> bool:
        return bool(self.grade and self.grade.heads_force)

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether this person serves today; someone who has left cannot sign in."""
        return self.serves_on(timezone.localdate())

    @property
    def is_staff(self) -> bool:
        """Whether the PSD desk opens for this person at all; each page then asks for more."""
        return self.holds(*DESK_ROLES)

    def serves_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.leaves_on is None or day <= self.leaves_on)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Nothing is granted by Django's permissions; the desk asks permissions.py of each app."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False

    def get_session_auth_hash(self) -> str:
        """Sessions end when the password or the stamp changes, so that 'sign out everywhere' works."""
        return f"{super().get_session_auth_hash()}{self.session_stamp.hex}"

    def grants(self) -> list["RoleGrant"]:
        """The roles held today, read once for each load of the person."""
        if "_grants" not in self.__dict__:
            self.__dict__["_grants"] = list(
                self.role_grants.active()
                .select_related("force")
                .prefetch_related("department__forces")
            )
        return self.__dict__["_grants"]

    def holds(self, *roles: str) -> bool:
        return any(grant.role in roles for grant in self.grants())

    def scope(self, *roles: str) -> Scope:
        """Where any of the roles reaches today."""
        forces: set[int] = set()
        bodies: set[int] = set()
        for grant in self.grants():
            if grant.role not in roles:
                continue
            if grant.force_id:
                forces.add(grant.force_id)
            elif grant.department is not None:
                forces.update(force.pk for force in grant.department.forces.all())
            elif grant.oversight_body_id:
                bodies.add(grant.oversight_body_id)
        return Scope(frozenset(forces), frozenset(bodies))

    def departments(self, *roles: str) -> frozenset[int]:
        """The departments for which any of the roles is held today, for all their forces or one."""
        held = [grant for grant in self.grants() if grant.role in roles]
        found = {
            grant.force.department_id if grant.force else grant.department_id for grant in held
        }
        return frozenset(pk for pk in found if pk is not None)


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def active(self, on: date | None = None) -> "RoleGrantQuerySet":
        """Grants in force on a day (today, in London, unless told)."""
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def holding(self, *roles: str) -> "RoleGrantQuerySet":
        return self.active().filter(role__in=roles)

    def of_force(self, force: Force) -> "RoleGrantQuerySet":
        return self.filter(Q(force=force) | Q(department=force.department_id))

    def of_body(self, body_id: int | None) -> "RoleGrantQuerySet":
        return self.filter(oversight_body=body_id)

    def of_outside_decider(self, force: Force) -> "RoleGrantQuerySet":
        """Those where the force's named outside decider is; none where it has named none."""
        if force.outside_body_id:
            return self.of_body(force.outside_body_id)
        department = force.outside_department_id
        return self.filter(
            Q(department__isnull=False, department=department)
            | Q(force__isnull=False, force__department=department)
        )

    def people(self) -> list[User]:
        """Whoever holds these and serves today, each once."""
        held = self.select_related("user__grade", "user__force", "user__oversight_body")
        found = {grant.user_id: grant.user for grant in held}
        return [user for user in found.values() if user.is_active]


class RoleGrant(models.Model):
    """One role of one person, in one force, department or oversight body, between dates."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(max_length=24, choices=Role)
    force = models.ForeignKey(Force, on_delete=models.PROTECT, null=True, blank=True)
    department = models.ForeignKey(
        StandardsDepartment, on_delete=models.PROTECT, null=True, blank=True
    )
    oversight_body = models.ForeignKey(
        OversightBody, on_delete=models.PROTECT, null=True, blank=True
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    protection: ClassVar = Protection(near=True)

    class Meta:
        ordering: ClassVar = ["user", "role", "starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(
                    Q(force__isnull=False, department__isnull=True, oversight_body__isnull=True)
                    | Q(force__isnull=True, department__isnull=False, oversight_body__isnull=True)
                    | Q(force__isnull=True, department__isnull=True, oversight_body__isnull=False)
                ),
                name="role_grant_has_one_scope",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="role_grant_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        scope = self.force or self.department or self.oversight_body
        return f"{self.get_role_display()}, {scope}"
