"""Who won each contract, kept when a corrected notice names others: whoever is gone has left, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from integrity.casework.importing.feed import Change
from registers.organisations.suppliers import Suppliers
from registers.procurement.actions.taking import IN_ONE_STATEMENT
from registers.procurement.facts import AwardFacts, SupplierFacts
from registers.procurement.models import Contract, ContractSupplier


@dataclass(slots=True)
class Winners:
    """What a file changes in the suppliers of contracts that there are."""

    joined: list[tuple[Contract, SupplierFacts]] = field(default_factory=list)
    back: list[ContractSupplier] = field(default_factory=list)
    gone: list[ContractSupplier] = field(default_factory=list)

    def compare(
        self, contract: Contract, facts: AwardFacts, suppliers: Suppliers
    ) -> Iterable[Change]:
        """What the file says otherwise of one contract; another spelling of one supplier is nothing."""
        rows = list(contract.suppliers.all())
        by_name = {row.as_written: row for row in rows}
        by_organisation = {row.organisation_id: row for row in rows}
        named: set[int] = set()
        for supplier in facts.suppliers:
            organisation = suppliers(supplier)
            row = by_name.get(supplier.as_written) or by_organisation.get(organisation.pk)
            if row is None:
                self.joined.append((contract, supplier))
            else:
                named.add(row.pk)
                if row.left_on is None:
                    continue
                self.back.append(row)
            yield Change(facts.where, str(contract), "Supplier", "", supplier.as_written)
        for row in rows:
            if row.left_on is None and row.pk not in named:
                self.gone.append(row)
                yield Change(facts.where, str(contract), "Supplier", row.as_written, "")

    def keep(self, suppliers: Suppliers, today: date) -> None:
        """Each supplier of a contract once, whatever its spellings."""
        new: dict[tuple[int, int], ContractSupplier] = {}
        for contract, supplier in self.joined:
            organisation = suppliers(supplier)
            new.setdefault(
                (contract.pk, organisation.pk),
                ContractSupplier(
                    contract=contract,
                    force_id=contract.force_id,
                    organisation=organisation,
                    as_written=supplier.as_written,
                ),
            )
        for rows, left_on in ((self.back, None), (self.gone, today)):
            for row in rows:
                row.left_on = left_on
            ContractSupplier.objects.bulk_update(rows, ["left_on"], batch_size=IN_ONE_STATEMENT)
        ContractSupplier.objects.bulk_create(new.values(), batch_size=IN_ONE_STATEMENT)
