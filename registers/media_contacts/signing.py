"""The register of a period as whoever signs it sees it: counts, and entries without names."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q

from integrity.casework.models import Case
from integrity.people.models import User
from registers.media_contacts.enums import Basis, Status
from registers.media_contacts.models import ChiefStatement, Contact
from registers.media_contacts.summaries import PLAIN, path_of
from registers.media_contacts.workflow import STATED

COLUMNS = ["Reference", "Date", "Officer", "About what, with which outlet", "Basis", "Status"]


def for_sign_off(reader: User, force_id: int, starts_on: date, ends_on: date) -> dict[str, object]:
    """Chief officers are named; everybody else is their rank or grade and unit (RULES, Publication).

    Journalists are not named. An entry opens for whoever may read it.
    """
    contacts = Contact.objects.filter(
        case__force=force_id, contacted_on__range=(starts_on, ends_on)
    ).with_all()
    asked = Q(case__challenges__disposed_at=None, case__challenges__silent=False)
    rows = list(
        contacts.annotate(open_challenges=Count("case__challenges", filter=asked)).order_by(
            "contacted_on", "pk"
        )
    )
    visible = Contact.objects.visible_to(reader).filter(pk__in=[row.pk for row in rows])
    readable = set(visible.values_list("pk", flat=True))
    statuses = Counter(PLAIN[Status(row.status)][0] for row in rows)
    return {
        "figures": [*figures(rows), *stated(force_id, starts_on, ends_on)],
        "statuses": sorted(statuses.items()),
        "columns": COLUMNS,
        "rows": [
            {
                "reference": row.case.reference,
                "path": path_of(row) if row.pk in readable else "",
                "on": row.contacted_on,
                "recipient": officer(row.case),
                "title": f"{row.about} ({outlets(row)})",
                "outcome": row.get_basis_display() or "Not stated",
                "status": PLAIN[Status(row.status)][0],
            }
            for row in rows
        ],
    }


def figures(rows: Sequence[Contact]) -> list[tuple[str, int]]:
    logged = [row for row in rows if row.status in STATED]
    return [
        ("Contacts logged", len(logged)),
        ("Acknowledged by the press office", count(logged, status=Status.ACKNOWLEDGED)),
        ("Requests that no officer has answered", count(rows, status=Status.ROUTED)),
        ("Logged late", sum(1 for row in logged if row.days_late)),
        ("Not reportable", count(logged, basis=Basis.NON_REPORTABLE)),
        ("Embargoed", count(logged, basis=Basis.EMBARGOED)),
        ("Off the record asked for, or happened", sum(1 for row in logged if row.off_record)),
        ("Press office not told", count(logged, press_office_told=False)),
        ("Something offered", count(logged, hospitality=True)),
        ("Open challenges", sum(row.open_challenges for row in rows)),  # type: ignore[attr-defined]
    ]


def count(rows: Sequence[Contact], **said: object) -> int:
    (name, value), *_ = said.items()
    return sum(1 for row in rows if getattr(row, name) == value)


def stated(force_id: int, starts_on: date, ends_on: date) -> list[tuple[str, int]]:
    """Chief officers' statements for the quarters that begin in these days."""
    statements = ChiefStatement.objects.filter(
        force=force_id, quarter__range=(starts_on, ends_on)
    ).values_list("contacts", flat=True)
    nil = sum(1 for contacts in statements if not contacts)
    return [("Chief officers’ statements", len(statements)), ("Of these, nil statements", nil)]


def outlets(contact: Contact) -> str:
    names = dict.fromkeys(str(each.outlet) for each in contact.speakers.all() if each.outlet)
    return ", ".join(names) or "outlet not known"


def officer(case: Case) -> str:
    if case.subject_is_chief_officer:
        return case.subject_name
    grade = case.subject_grade or case.get_subject_member_type_display() or "Not known"
    return f"{grade}, {case.subject_unit}" if case.subject_unit else grade
