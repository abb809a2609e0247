"""Whom a legacy log names, of the force and of the media, thousands at a time."""

from collections.abc import Callable, Iterable

from integrity.casework.actions.imported_cases import find_subject
from integrity.casework.importing.rows import Refusal
from integrity.casework.matching import People, plain_name
from integrity.people.models import Force, StandardsDepartment, User
from registers.media_contacts.import_officers import Named
from registers.media_contacts.import_rows import ContactRow
from registers.media_contacts.models import Journalist, Outlet
from registers.organisations.actions import find_or_create_all
from registers.organisations.models import Organisation
from registers.organisations.names import person_key

IN_ONE_STATEMENT = 1000


class Officers:
    """A force's people as its logs call them: by name or number, or 'DCC Roe' where one alone fits."""

    def __init__(self, force: Force) -> None:
        self.people = People(force)
        self._by_surname: dict[str, list[User]] = {}
        for user in force.people.select_related("grade"):
            self._by_surname.setdefault(plain_name(user.last_name), []).append(user)

    def find(self, row: ContactRow) -> User | Refusal | None:
        named = row.named
        found = find_subject(self.people, row, number=named.number, name=named.name)
        if found is None and not named.number:
            return self._by_rank(named)
        return found

    def _by_rank(self, named: Named) -> User | None:
        """The only one of the surname, where the rank is theirs too."""
        same = self._by_surname.get(plain_name(named.name), [])
        if len(same) != 1 or same[0].grade is None:
            return None
        [user] = same
        ranks = {plain_name(same[0].grade.short), plain_name(same[0].grade.name)}
        return user if plain_name(named.rank) in ranks else None


def outlets_of_all(
    names: Iterable[str], department: StandardsDepartment
) -> Callable[[str], Organisation]:
    """The department's organisation of each name, known from now on as an outlet."""
    spelt = list(dict.fromkeys(filter(None, names)))
    organisation = find_or_create_all(names=spelt, department=department)
    Outlet.objects.bulk_create(
        (
            Outlet(organisation=each, department=department)
            for each in dict.fromkeys(organisation(name) for name in spelt)
        ),
        batch_size=IN_ONE_STATEMENT,
        ignore_conflicts=True,
    )
    return organisation


def journalists_of_all(
    names: Iterable[str], department: StandardsDepartment
) -> Callable[[str], Journalist]:
    """The department's journalist of each name; where spellings differ, the first makes the record."""
    spelt: dict[str, str] = {}
    for name in filter(None, names):
        spelt.setdefault(person_key(name)[:200], name)
    Journalist.objects.bulk_create(
        (Journalist(department=department, key=key, name=name) for key, name in spelt.items()),
        batch_size=IN_ONE_STATEMENT,
        ignore_conflicts=True,
    )
    found = Journalist.objects.filter(department=department, key__in=spelt)
    known = {journalist.key: journalist for journalist in found}
    return lambda name: known[person_key(name)[:200]]
