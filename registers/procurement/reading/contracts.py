"""Contracts from whatever file they come in: OCDS, or a contract register as a spreadsheet."""

from pathlib import PurePath

from integrity.casework.importing.documents import SUFFIXES
from integrity.casework.importing.mapping import Mapping
from registers.procurement.facts import FoundContracts
from registers.procurement.reading.contract_register import read_register
from registers.procurement.reading.ocds import read_releases


def read_contracts(content: bytes, name: str, mapping: Mapping | None = None) -> FoundContracts:
    """The contracts of a file; its name says whether it is JSON. A mapping is for spreadsheets.

    Raises UnreadableFile or MappingError with a sentence where nothing can be read of it at all.
    """
    if PurePath(name).suffix.lower() in SUFFIXES:
        return read_releases(content, name)
    return read_register(content, name, mapping)
