"""Fictional British organisations, and the ways people miswrite them: what the matcher is trained on.

Made from the lists of words and from rules of language, so that the repository holds no real
organisation's data. What it flatters: slips are as frequent as somebody guessed they are.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from registers.organisations.matching.generated_slips import miswritten
from registers.organisations.matching.generated_words import (
    BODIES,
    CAUSES,
    CLUBS,
    FORMS,
    OVER_ALL,
    PUBLIC,
    TRADES,
    TRUSTS,
    VAGUE,
)
from registers.organisations.matching.vocabulary import sections


@dataclass
class Organisation:
    """A fictional organisation; `brand` is what those of one group share, where it is their own word."""

    name: str
    core: str  # without the legal form
    brand: str = ""
    brand_is_own: bool = False  # an invented word: by itself it names them
    aliases: list[str] = field(default_factory=list)
    kind: str = "company"


class World:
    """Organisations and how they are written, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - fiction, not a secret
        english, people, bodies = (
            sections(f"{n}.txt") for n in ("english", "people", "organisations")
        )
        self.words = english["usual"] + english["common"] + english["known"]
        self.surnames = people["surnames"]
        self.firsts = people["first names"]
        self.places = [p for p in bodies["places"] if len(p) > 3][:-66]
        self.lands = bodies["places"][-66:]

    # -- words

    def pick[T](self, choices: Sequence[T]) -> T:
        return self.random.choice(choices)

    def invented(self) -> str:
        """A word nobody else has: syllables, or two ordinary words run together."""
        kind = self.random.random()
        if kind < 0.25:
            return (self.pick(self.words)[:6] + self.pick(self.words)[:6]).capitalize()
        if kind < 0.4:
            letters = "".join(
                self.random.choices("ABCDEFGHIJKLMNPRSTUVW", k=self.random.randint(2, 4))
            )
            return letters + (
                self.pick(["4", "3", "24", "7", "360"]) if self.random.random() < 0.15 else ""
            )
        onsets = "b br c ch d dr f fl g gr h k l m n p pr qu r s st t tr v w z x j sk sp".split()
        vowels = "a e i o u ea ai ou y io".split()
        ends = "n r l x s t m ck nd rt sk ra la na tec ix on um is us gen con via co".split()
        middle = "".join(
            self.pick(onsets) + self.pick(vowels) for _ in range(self.random.choice((1, 1, 2)))
        )
        return (
            middle + self.pick(onsets)[0] * (self.random.random() < 0.3) + self.pick(ends)
        ).capitalize()

    def place(self) -> str:
        return self.pick(self.places).capitalize()

    def surname(self) -> str:
        return self.pick(self.surnames[: self.random.choice((100, 400, 1500))]).capitalize()

    def ordinary(self) -> str:
        return self.pick(self.words).capitalize()

    def person(self) -> str:
        first = self.pick(self.firsts).capitalize()
        return (
            self.pick([first, first[0], first + " " + self.pick("ABCDEFGHJLMRST")])
            + " "
            + self.surname()
        )

    def trade(self) -> str:
        """What a business does, by a list or by any ordinary word; a large part of it says little."""
        if self.random.random() < 0.25:
            return self.ordinary()
        return self.pick(TRADES)

    # -- organisations

    def organisation(self) -> Organisation:
        kinds = (
            (self.invented_company, 24), (self.surname_company, 16), (self.ordinary_company, 16),
            (self.place_company, 7), (self.national_body, 12), (self.public_body, 13), (self.club, 5),
            (self.university, 3), (self.sole_trader, 3), (self.vague_company, 2),
        )  # fmt: skip
        make = self.random.choices([k for k, _ in kinds], [w for _, w in kinds])[0]
        return make()

    def finished(self, core: str, **known: object) -> Organisation:
        form = "" if self.random.random() < 0.15 else " " + self.pick(FORMS)
        return Organisation(core + form, core, **known)  # type: ignore[arg-type]

    def tail(self) -> str:
        shape = self.random.random()
        if shape < 0.15:
            return ""
        if shape < 0.35:
            return " " + self.pick(VAGUE)
        if shape < 0.65:
            return " " + self.trade()
        if shape < 0.85:
            return f" {self.trade()} {self.pick(VAGUE)}"
        return (
            f" {self.trade()} & {self.trade()}"
            if shape < 0.92
            else f" {self.trade()} {self.trade()}"
        )

    def invented_company(self) -> Organisation:
        brand = self.invented()
        return self.finished(brand + self.tail(), brand=brand, brand_is_own=True)

    def surname_company(self) -> Organisation:
        name = self.surname()
        who = self.pick([
            name, name, f"{self.pick('ABCDEFGHJKLMPRSTW')} {name}", f"{name} & Sons", f"{name} Brothers",
            f"{name} & {self.surname()}", f"{name} {self.surname()}", self.person(), f"{name}s",
            f"{self.pick('ABCDGHJLMRST')}.{self.pick('ABCDGHJLMRST')}. {name}",
        ])  # fmt: skip
        return self.finished(who + self.tail(), brand=name)

    def ordinary_company(self) -> Organisation:
        brand = self.ordinary()
        shape = self.random.random()
        if shape < 0.55:
            brand = f"{brand} {self.ordinary()}"
        elif shape < 0.65:
            brand = f"{self.ordinary()} {self.pick(['&', 'and', 'to', '4', 'for'])} {brand}"
        return self.finished(brand + self.tail(), brand=brand)

    def place_company(self) -> Organisation:
        return self.finished(f"{self.place()} {self.trade()}{self.tail()}")

    def vague_company(self) -> Organisation:
        return self.finished(f"{self.trade()} {self.pick(VAGUE)}", kind="vague")

    def sole_trader(self) -> Organisation:
        person, trading = self.person(), f"{self.ordinary()} {self.trade()}"
        name = f"{person} {self.pick(['T/A', 't/a', 'trading as'])} {trading}"
        return Organisation(name, person, aliases=[trading])

    def national_body(self) -> Organisation:
        cause, body = self.pick(CAUSES), self.pick(BODIES)
        core = self.pick([
            f"{self.pick(OVER_ALL)} {cause} {body}", f"{cause} {body}", f"{body} of {cause}",
            f"{self.pick(OVER_ALL)} {body} of {cause}", f"{body} for {cause}", f"Centre for {cause}",
            f"{self.pick(OVER_ALL)} {body} of {cause} and {self.pick(CAUSES)}",
            f"{cause} and {self.pick(CAUSES)} {body}", f"{self.pick(OVER_ALL)} {self.pick(CAUSES)} {cause} {body}",
            f"Campaign for {cause}", f"Ministry of {cause}", f"{self.ordinary()} {self.ordinary()} {body}",
            f"{self.surname()} {body}", f"{self.invented()} {body}",
            f"{cause} {body} of {self.pick(self.lands).capitalize()}",
            f"{self.pick('Save Best Friends Homes Action Together'.split())} for "
            + self.pick([*CAUSES, self.place()]),
        ])  # fmt: skip
        name = core + (" Limited" if self.random.random() < 0.25 else "")
        return Organisation(
            ("The " if self.random.random() < 0.3 else "") + name, core, kind="body"
        )

    def public_body(self) -> Organisation:
        place = self.place()
        if self.random.random() < 0.2:
            place = f"{place} and {self.place()}"
        if self.random.random() < 0.1:
            place = self.pick(["North", "South", "East", "West", "Greater", "Mid"]) + " " + place
        core = f"{place} {self.pick([*PUBLIC, *TRUSTS])}"
        if self.random.random() < 0.06:
            core = f"NHS {place} {self.pick(['CCG', 'ICB'])}"
        elif self.random.random() < 0.04:
            core = f"City of {place}"
        return Organisation(core, core, kind="public")

    def club(self) -> Organisation:
        return self.finished(f"{self.place()} {self.pick(CLUBS)}", kind="public")

    def university(self) -> Organisation:
        place = self.place()
        core = self.pick([
            f"University of {place}", f"{place} University", f"{place} Metropolitan University",
            f"University of {self.place()} at {place}", f"{place} College",
            f"University of the {self.pick(['West', 'South'])} of {place}",
        ])  # fmt: skip
        return Organisation(core, core, kind="public")

    # -- what shares much and is another

    def like(self, other: Organisation) -> Organisation:
        """Another organisation whose name shares much with this one's, as real ones do."""
        words = other.core.split()
        ways: list[Callable[[], str]] = []
        if len(words) > 1:
            ways += [lambda: " ".join([self._instead(words[0], other), *words[1:]])] * 3
            ways += [lambda: " ".join([*words[:-1], self.trade()])]
        if other.kind in ("body", "public"):
            place = self.place()
            ways += [
                lambda: f"{place} {other.core}",
                lambda: f"{other.core} of {self.pick(self.lands).capitalize()}",
                lambda: f"{self.pick(self.lands).capitalize()} {other.core}",
                lambda: (
                    " ".join(words[:2])
                    + f" {self.pick(['Solicitors', 'Veterans', 'Farmers', 'Workers'])} {self.pick(BODIES)}"
                ),
                lambda: " ".join([*words[:-1], self.pick(BODIES)]),
            ]
        if other.brand and not other.brand_is_own:
            first = other.brand.split()[0]
            ways += [
                lambda: first + " " + self.trade() + self.tail(),
                lambda: f"{first} & {self.ordinary()}{self.tail()}",
                lambda: f"{self.ordinary()} {first} {self.pick(VAGUE)}",
                lambda: f"{first} {self.surname()}{self.tail()}",
                lambda: f"{self.person().rsplit(' ', 1)[0]} {first}",
                lambda: f"{self.ordinary()} to {first}",
            ]
        if other.brand_is_own:
            ways += [lambda: self._near(other.brand) + other.core[len(other.brand) :]] * 2
            ways += [lambda: f"{self.surname()}s {other.brand}"]
        if not ways:
            return self.organisation()
        return self.finished(self.pick(ways)(), kind="like")

    def _instead(self, word: str, other: Organisation) -> str:
        if other.kind == "public":
            return self.place()
        return self.pick([self.invented(), self.ordinary(), self.surname(), self.invented()])

    def _near(self, brand: str) -> str:
        """Another invented word of about the same letters, too far for a slip."""
        letters = list(brand.lower())
        for _ in range(2 if len(letters) < 7 else 3):
            letters[self.random.randrange(len(letters))] = self.pick("abdegiklmnoprstvz")
        return "".join(letters).capitalize()

    def sibling(self, other: Organisation) -> Organisation:
        """Another company of the same group: the same invented word, another business."""
        return self.finished(
            f"{other.brand} {self.trade()}{self.tail()}", brand=other.brand, brand_is_own=True
        )

    # -- pairs

    def written(self, organisation: Organisation) -> str:
        return miswritten(self, organisation)

    def list_of(self, size: int) -> Iterator[Organisation]:
        """A list as a force's: suppliers and hosts, some of them like others, some of one group."""
        made: list[Organisation] = []
        while len(made) < size:
            one = self.organisation()
            made.append(one)
            chance = self.random.random()
            if chance < 0.15:
                made.append(self.like(one))
            elif chance < 0.2 and one.brand_is_own:
                made.append(self.sibling(one))
        yield from made[:size]
