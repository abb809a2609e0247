"""Whom and which unit a register speaks of, where it can be only one of the force."""

from integrity.people.models import Force, Unit, User


class People:
    """A force's people and units by what a register calls them; nobody where it might be two."""

    def __init__(self, force: Force) -> None:
        self._by_number: dict[str, User] = {}
        self._by_name: dict[str, set[User]] = {}
        for user in force.people.select_related("grade", "unit"):
            if user.number:
                self._by_number[user.number] = user
            for name in {plain_name(user.name), plain_name(user.display)}:
                self._by_name.setdefault(name, set()).add(user)
        self._units: dict[str, set[Unit]] = {}
        for unit in force.units.all():
            self._units.setdefault(plain_name(unit.name), set()).add(unit)

    def find(self, *, number: str, name: str) -> User | None:
        """The person with this number, unless the name is another's; else the only one so named.

        A number that is nobody's here does not fit the one who bears the name, if they have one.
        """
        if user := self.numbered(number):
            said = plain_name(name).replace("-", " ").split()
            surname = plain_name(user.last_name).replace("-", " ").split()
            return user if not said or set(surname) <= set(said) else None
        found = self.named(name)
        return None if found and number and found.number else found

    def numbered(self, number: str) -> User | None:
        return self._by_number.get(number) if number else None

    def named(self, name: str) -> User | None:
        found = self._by_name.get(plain_name(name), set())
        return next(iter(found)) if len(found) == 1 else None

    def unit(self, name: str) -> Unit | None:
        found = self._units.get(plain_name(name), set())
        return next(iter(found)) if len(found) == 1 else None


def plain_name(name: str) -> str:
    """A name as compared: without case, apostrophes' shapes and spaces that say nothing."""
    return " ".join(name.casefold().replace("’", "'").split())
