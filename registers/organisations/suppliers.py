"""Suppliers of a file to organisations, thousands at a time: by their numbers, then by their names."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Protocol

from django.db import connection, transaction

from integrity.people.models import Force
from registers.organisations.actions.pairs import SharedName, suggest_named
from registers.organisations.enums import NameKind
from registers.organisations.models import Organisation, OrganisationName, SupplierNumber
from registers.organisations.names import name_key

IN_ONE_STATEMENT: Final = 1000
LONGEST_NAME: Final = 200
LONGEST_PLACE: Final = 100
LONGEST_SUPPLIER_NUMBER: Final = 20
# A number that one file gives to more names than this is an account for sundry payees.
NAMES_OF_ONE_NUMBER: Final = 3


class SupplierLike(Protocol):
    """Who is paid or contracted, as a file says it; hashable, and equal where it says the same."""

    @property
    def name(self) -> str: ...
    @property
    def as_written(self) -> str: ...
    @property
    def company_number(self) -> str: ...
    @property
    def charity_number(self) -> str: ...
    @property
    def supplier_number(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def other_names(self) -> tuple[tuple[str, Any], ...]: ...


@dataclass(slots=True)
class Known:
    """What leads to an organisation of the department: its numbers, and its names by their keys."""

    company: dict[str, Organisation] = field(default_factory=dict)
    charity: dict[str, Organisation] = field(default_factory=dict)
    number: dict[str, Organisation] = field(default_factory=dict)
    names: dict[str, Organisation] = field(default_factory=dict)


@dataclass(slots=True)
class Suppliers:
    """The one organisation of each supplier of a file, and what the file teaches about it.

    Asking changes nothing: a supplier whom nobody knows has a record that is not saved yet. Names
    and numbers are never taken from another organisation, and none that stands is replaced: where
    the file contradicts, `warnings` has a sentence beside the supplier. A record that was merged
    into another is still the one that its names lead to. A trading or former name that is another
    record's makes them one only if an analyst says so: it is `shared`, and suggested.
    """

    force: Force
    known: Known
    sundry: set[str]
    warnings: list[tuple[SupplierLike, str]] = field(default_factory=list)
    found: dict[SupplierLike, Organisation] = field(default_factory=dict)
    new: list[Organisation] = field(default_factory=list)
    names: list[OrganisationName] = field(default_factory=list)
    numbers: list[SupplierNumber] = field(default_factory=list)
    taught: dict[int, Organisation] = field(default_factory=dict)
    shared: list[SharedName] = field(default_factory=list)

    def __call__(self, supplier: SupplierLike) -> Organisation:
        return self.found[supplier]

    def add(self, supplier: SupplierLike) -> None:
        """Find a supplier's organisation, or begin one, and note what is new about it."""
        organisation = self._find(supplier) or self._begin(supplier)
        self.found[supplier] = organisation
        self._learn_number(organisation, supplier, "company_number", self.known.company)
        self._learn_number(organisation, supplier, "charity_number", self.known.charity)
        self._learn_supplier_number(organisation, supplier)
        self._learn_names(organisation, supplier)
        if supplier.place and not organisation.place:
            self._teach(organisation, place=supplier.place[:LONGEST_PLACE])

    def _find(self, supplier: SupplierLike) -> Organisation | None:
        leads = (
            self.known.company.get(supplier.company_number),
            self.known.charity.get(supplier.charity_number),
            self.known.number.get(self._number(supplier)),
            self.known.names.get(_key(supplier.name)),
        )
        return next(filter(None, leads), None)

    def _number(self, supplier: SupplierLike) -> str:
        """The force's number of a supplier, where it is one supplier's."""
        number = supplier.supplier_number
        return "" if number in self.sundry or len(number) > LONGEST_SUPPLIER_NUMBER else number

    def _begin(self, supplier: SupplierLike) -> Organisation:
        organisation = Organisation(
            department_id=self.force.department_id,
            key=_key(supplier.name),
            name=_one_line(supplier.name),
        )
        self.new.append(organisation)
        self.known.names[organisation.key] = organisation
        return organisation

    def _teach(self, organisation: Organisation, **details: str) -> None:
        for name, value in details.items():
            setattr(organisation, name, value)
        if organisation.pk is not None:
            self.taught[organisation.pk] = organisation

    def _learn_number(
        self,
        organisation: Organisation,
        supplier: SupplierLike,
        attribute: str,
        known: dict[str, Organisation],
    ) -> None:
        number, has = getattr(supplier, attribute), getattr(organisation, attribute)
        if not number or number == has:
            return
        what = attribute.replace("_", " ")
        if number in known:
            self._warn(supplier, f"The {what} {number} is {known[number]}’s and stays there.")
        elif has:
            self._warn(supplier, f"{organisation} has the {what} {has}, not {number}; it stays.")
        else:
            known[number] = organisation
            self._teach(organisation, **{attribute: number})

    def _learn_supplier_number(self, organisation: Organisation, supplier: SupplierLike) -> None:
        number = self._number(supplier)
        owner = self.known.number.get(number) if number else organisation
        if owner is None:
            self.known.number[number] = organisation
            self.numbers.append(
                SupplierNumber(organisation=organisation, force=self.force, number=number)
            )
        elif owner is not organisation:
            self._warn(supplier, f"The supplier number {number} is {owner}’s and stays there.")

    def _learn_names(self, organisation: Organisation, supplier: SupplierLike) -> None:
        owner = self.known.names.get(_key(supplier.name))
        if owner is not None and owner is not organisation:
            reason = f"By its number this is {organisation}; by its name it would be {owner}."
            self._warn(supplier, f"{reason} It is taken as the first.")
        for name, kind in ((supplier.name, NameKind.AS_WRITTEN), *supplier.other_names):
            has = self.known.names.get(key := _key(name))
            if has is not None and has is not organisation and kind != NameKind.AS_WRITTEN:
                self.shared.append(SharedName(organisation, has, _one_line(name), kind))
            if has is None:
                self.known.names[key] = organisation
                self.names.append(
                    OrganisationName(
                        organisation=organisation,
                        department_id=self.force.department_id,
                        name=_one_line(name),
                        key=key,
                        kind=kind,
                    )
                )

    def _warn(self, supplier: SupplierLike, sentence: str) -> None:
        self.warnings.append((supplier, sentence))

    def save(self, *, now: datetime) -> None:
        """Keep the new organisations, the new names and numbers, and what to ask an analyst."""
        saved = _created(self.new, self.force.department_id)

        def real(each: Organisation) -> Organisation:
            return each if each.pk is not None else saved[each.key]

        self.found = {supplier: real(each) for supplier, each in self.found.items()}
        rows: list[OrganisationName | SupplierNumber] = [*self.names, *self.numbers]
        for row in rows:
            row.organisation = real(row.organisation)
        fields = ["company_number", "charity_number", "place"]
        Organisation.objects.bulk_update(self.taught.values(), fields, batch_size=IN_ONE_STATEMENT)
        _insert(OrganisationName, self.names)
        _insert(SupplierNumber, self.numbers)
        shared = [
            replace(s, organisation=real(s.organisation), other=real(s.other)) for s in self.shared
        ]
        suggest_named(shared, self.force.department_id, now=now)


def find_suppliers(suppliers: Iterable[SupplierLike], *, force: Force) -> Suppliers:
    """The organisation of each supplier, which may not be saved yet. Changes nothing."""
    distinct = list(dict.fromkeys(suppliers))
    found = Suppliers(force, _known(distinct, force), _sundry(distinct))
    for supplier in distinct:
        found.add(supplier)
    return found


@transaction.atomic
def find_or_create_suppliers(
    suppliers: Iterable[SupplierLike], *, force: Force, now: datetime
) -> Suppliers:
    """The one saved organisation of each supplier: by its numbers first, then by its names.

    Imports of a department take turns: two never teach one number to two organisations.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('suppliers'), %s)", [force.department_id]
        )
    found = find_suppliers(suppliers, force=force)
    found.save(now=now)
    return found


def _key(name: str) -> str:
    return name_key(name)[:LONGEST_NAME]


def _one_line(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _sundry(suppliers: Iterable[SupplierLike]) -> set[str]:
    """The supplier numbers that stand beside so many names that they are nobody's own."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    for supplier in suppliers:
        names[supplier.supplier_number].add(_key(supplier.name))
    return {number for number, keys in names.items() if len(keys) > NAMES_OF_ONE_NUMBER}


def _known(suppliers: Iterable[SupplierLike], force: Force) -> Known:
    """What the department knows by the names and numbers of these suppliers, in five statements."""
    keys = {
        _key(name)
        for supplier in suppliers
        for name in (supplier.name, *(other for other, _ in supplier.other_names))
    }
    said = {
        attribute: {getattr(supplier, attribute) for supplier in suppliers} - {""}
        for attribute in ("company_number", "charity_number", "supplier_number")
    }
    mine = Organisation.objects.filter(department=force.department_id)
    once: dict[int, Organisation] = {}

    def one(organisation: Organisation) -> Organisation:
        return once.setdefault(organisation.pk, organisation)

    by_key = {each.key: one(each) for each in mine.filter(key__in=keys)}
    other = OrganisationName.objects.filter(department=force.department_id, key__in=keys)
    numbers = SupplierNumber.objects.filter(force=force, number__in=said["supplier_number"])
    companies = mine.filter(company_number__in=said["company_number"])
    charities = mine.filter(charity_number__in=said["charity_number"])
    return Known(
        company={each.company_number: one(each) for each in companies},
        charity={each.charity_number: one(each) for each in charities},
        number={
            each.number: one(each.organisation) for each in numbers.select_related("organisation")
        },
        names=by_key
        | {each.key: one(each.organisation) for each in other.select_related("organisation")},
    )


def _created(new: list[Organisation], department_id: int) -> dict[str, Organisation]:
    """The saved record of each new organisation, by its key.

    Somebody who declares may make one of them at this moment: theirs is then the record.
    """
    _insert(Organisation, new)
    mine = Organisation.objects.filter(
        department=department_id, key__in=[organisation.key for organisation in new]
    )
    return {organisation.key: organisation for organisation in mine}


def _insert(model: Any, rows: list[Any]) -> None:
    """In the order of keys, as declarations make theirs, so that none waits for the other in a circle."""
    in_order = sorted(rows, key=lambda row: row.number if model is SupplierNumber else row.key)
    model.objects.bulk_create(in_order, batch_size=IN_ONE_STATEMENT, ignore_conflicts=True)
