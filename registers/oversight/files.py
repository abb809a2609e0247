"""The files of a page's tables: their addresses carry the page's filter."""

from collections.abc import Sequence

from django.urls import reverse

from integrity.ui.tables import Table
from registers.oversight.asking import Asked
from registers.oversight.sections.section import Section

ALL = "all"  # the name of the workbook that has every table
KINDS = (("CSV", "oversight:psd-csv"), ("XLSX", "oversight:psd-xlsx"))

Files = Sequence[tuple[str, str]]
Parts = Sequence[tuple[Section, Sequence[tuple[Table, Files]]]]


def with_files(sections: Sequence[Section], asked: Asked) -> Parts:
    """Each section with its tables, and each table with its files; none of an empty one."""
    return [
        (section, [(table, files_of(table, asked)) for table in section.tables])
        for section in sections
    ]


def files_of(table: Table, asked: Asked) -> Files:
    if not table.rows:
        return ()
    return [(kind, f"{reverse(name, args=[table.slug])}?{asked.query}") for kind, name in KINDS]


def path_of_all(asked: Asked) -> str:
    return f"{reverse('oversight:psd-xlsx', args=[ALL])}?{asked.query}"
