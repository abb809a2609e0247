"""Fictional UK organisations, and how people and systems write them differently.

A firm is a true identity; what a register holds of it is a spelling. Company numbers begin with a
9, which Companies House has not reached.
"""

import random
from dataclasses import dataclass, replace

from tests.detection.words import (
    ABBREVIATIONS,
    CODAS,
    COMMON,
    NUCLEI,
    ONSETS,
    SECTORS,
    SURNAMES,
    THINGS,
    TOWNS,
)

# How a planted scheme's two sides differ, and how often; the shares are ours (see the benchmark).
SPELLINGS = {
    "same but for case and legal form": 40,
    "one company number on both": 10,
    "misspelt": 16,
    "abbreviated": 8,
    "a word left off": 7,
    "town added": 6,
    "words joined": 5,
    "trading name": 6,
    "initials": 2,
}


# Sectors of small traders, some of whom take cards through somebody else's terminal.
SMALL = ("shop", "restaurant", "pub", "garage", "self")


@dataclass(frozen=True, slots=True)
class Firm:
    """One true organisation; ``finance`` and ``merchant`` are how those systems always write it."""

    id: int
    core: str
    form: str
    place: str
    sector: str
    number: str
    trading: str
    finance: str = ""
    merchant: str = ""

    @property
    def legal(self) -> str:
        return f"{self.core} {self.form}".strip()

    @property
    def category(self) -> str:
        """What its goods are booked under."""
        return SECTORS[self.sector][2] if self.sector in SECTORS else "Other"


@dataclass(frozen=True, slots=True)
class Mention:
    """A firm as one record names it, with the company number where the record gives it."""

    firm: int
    written: str
    number: str = ""


class Names:
    """Makes firms whose legal names are all different, though some are nearly the same."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.firms: list[Firm] = []
        self.taken: set[str] = set()

    def firm(self, sector: str, *, company: bool | None = None) -> Firm:
        """A new firm of a sector; a company has a number, as four in five with a legal form do."""
        nouns, forms, _ = SECTORS[sector]
        form = self.rng.choice([form for form in forms if form] if company else forms)
        for _ in range(200):
            core = self._core(self.rng.choice(nouns))
            if core.casefold() not in self.taken:
                break
        return self.named(core, form, sector=sector, company=company)

    def named(
        self,
        core: str,
        form: str = "",
        *,
        sector: str,
        company: bool | None = None,
        place: str = "",
    ) -> Firm:
        """A firm of this very name."""
        self.taken.add(core.casefold())
        rng = self.rng
        has_number = rng.random() < 0.8 if company is None else company
        number = f"9{len(self.firms):07d}" if form and has_number else ""
        trading = self._core(rng.choice(SECTORS[sector][0])) if rng.random() < 0.06 else ""
        town = place or rng.choice(TOWNS)
        bare = Firm(len(self.firms), core, form, town, sector, number, trading)
        made = replace(bare, finance=self._finance(bare), merchant=self._merchant(bare))
        self.firms.append(made)
        return made

    def namesake(self, firm: Firm) -> Firm:
        """Another firm of nearly the same name in another town, or of another trade."""
        rng = self.rng
        town = rng.choice([town for town in TOWNS if town != firm.place])
        head = firm.core.split()[0]
        other_noun = rng.choice(SECTORS[rng.choice(list(SECTORS))][0])
        core = rng.choice((f"{firm.core} {town}", f"{head} {other_noun}", f"{town} {firm.core}"))
        while core.casefold() in self.taken:
            core = f"{rng.choice(TOWNS)} {head} {other_noun}"
        return self.named(core, firm.form, sector=firm.sector, place=town)

    def coined(self) -> str:
        """A word that no dictionary has: 'Veltora', 'Kandrix'."""
        rng = self.rng
        many = rng.choice((2, 2, 2, 3))
        parts = (rng.choice(ONSETS) + rng.choice(NUCLEI) + rng.choice(CODAS) for _ in range(many))
        return "".join(parts).capitalize()

    def _core(self, noun: str) -> str:
        rng = self.rng
        surname, town, thing = rng.choice(SURNAMES), rng.choice(TOWNS), rng.choice(THINGS)
        coined, common = self.coined(), rng.choice(COMMON)
        initials = "".join(rng.choice("ABCDEFGHJKLMNPRSTW") for _ in range(3))
        patterns = (
            (f"{coined} {noun}", 30),
            (f"{surname} {noun}", 9),
            (f"{surname} & {rng.choice(SURNAMES)} {noun}", 7),
            (f"{surname} Brothers {noun}", 3),
            (f"{rng.choice('ABCDEGHJKLMPRST')} {surname} {noun}", 7),
            (f"{thing} {noun}", 10),
            (f"{thing} {rng.choice(THINGS)} {noun}", 6),
            (f"{town} {noun}", 5),
            (f"{town} {thing} {noun}", 8),
            (f"{common} {coined} {noun}", 6),
            (f"{common} {noun} {town}", 4),
            (f"{initials} {noun}", 5),
        )
        (core,) = rng.choices([name for name, _ in patterns], [often for _, often in patterns])
        return core

    def _finance(self, firm: Firm) -> str:
        """As the finance system holds it: capitals, and sometimes more than the name."""
        rng = self.rng
        name = firm.legal.replace("Limited", "Ltd")
        chance = rng.random()
        if firm.trading and chance < 0.6:
            name = f"{name} T/A {firm.trading}"
        elif chance < 0.12:
            name = f"{name} [{rng.randrange(10**6, 10**7):08d}]"
        elif chance < 0.2:
            name = abbreviated(name) or name
        elif chance < 0.23:
            name = f"{name} (FORMERLY {self._core('GROUP')})"
        return name.upper()

    def _merchant(self, firm: Firm) -> str:
        """As it stands on a card's statement: capitals, no legal form, sometimes cut short."""
        rng = self.rng
        name = (firm.trading or firm.core).upper()
        chance = rng.random()
        if chance < 0.2 and firm.place.upper() not in name:
            name = f"{name} {firm.place.upper()}"
        elif chance < 0.3:
            name = name[:22].strip()
        elif chance < 0.36 and firm.sector in SMALL:
            name = f"SUMUP *{name}"
        return name


def misspelt(name: str, rng: random.Random) -> str:
    """One slip of the finger in the longest word."""
    words = name.split()
    place = max(range(len(words)), key=lambda each: len(words[each]))
    word = words[place]
    at = rng.randrange(1, max(2, len(word) - 1))
    slip = rng.randrange(4)
    if slip == 0 and at + 1 < len(word):
        word = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    elif slip == 1:
        word = word[:at] + word[at + 1 :]
    elif slip == 2:
        word = word[:at] + word[at] + word[at:]
    else:
        word = word[:at] + rng.choice("aeiou") + word[at + 1 :]
    changed = " ".join([*words[:place], word, *words[place + 1 :]])
    return changed if changed != name else f"{name[:-1]}{name[-1] * 2}"


def abbreviated(name: str) -> str:
    """With the first long word cut that people cut; empty where there is none."""
    words = name.split()
    for place, word in enumerate(words):
        short = ABBREVIATIONS.get(word.casefold())
        if short and word.casefold() != "limited":
            return " ".join([*words[:place], short.capitalize(), *words[place + 1 :]])
    return ""


def shortened(name: str) -> str:
    """Without its last word, where what is left still says something."""
    words = name.split()
    rest = words[:-1]
    return " ".join(rest) if rest and max(map(len, rest)) > 3 and len(words) > 1 else ""


def spelt(firm: Firm, how: str, rng: random.Random) -> tuple[Mention, str]:
    """The firm written so, and how it is written after all: not every name can be cut or joined."""
    name, number = firm.core, ""
    words = name.split()
    if how == "one company number on both" and firm.number:
        name, number = rng.choice((firm.legal, firm.core, misspelt(name, rng))), firm.number
    elif how == "abbreviated" and abbreviated(name):
        name = abbreviated(name)
    elif how == "a word left off" and shortened(name):
        name = shortened(name)
    elif how == "town added" and firm.place not in name:
        name = rng.choice((f"{name} ({firm.place})", f"{name}, {firm.place}"))
    elif how == "words joined" and len(words) > 1:
        name = " ".join([words[0] + words[1], *words[2:]])
    elif how == "trading name" and firm.trading:
        name = firm.trading
    elif how == "initials" and len(words) > 2:
        name = "".join(word[0] for word in words if word[0].isalpha())
    elif how in ("same but for case and legal form", "one company number on both"):
        how = "same but for case and legal form"
        name = rng.choice((name, firm.legal, name.upper(), f"{name} Ltd" if firm.form else name))
    else:
        how, name = "misspelt", misspelt(name, rng)
    return Mention(firm.id, name, number), how


def written(firm: Firm, register: str, rng: random.Random) -> Mention:
    """The firm as somebody, or some system, writes it in an ordinary entry of a register."""
    chance = rng.random()
    if register == "spend":
        return Mention(firm.id, firm.finance)
    if register == "card":
        return Mention(firm.id, firm.merchant)
    if register == "contract":
        name = firm.legal.upper() if chance < 0.15 else firm.legal
        return Mention(firm.id, name, firm.number if rng.random() < 0.3 else "")
    if firm.number and chance < 0.25:
        return Mention(firm.id, firm.legal, firm.number)  # chosen from the list, not typed
    how = "same but for case and legal form"
    if chance > 0.84:
        others = [each for each in SPELLINGS if each not in (how, "one company number on both")]
        (how,) = rng.choices(others, [SPELLINGS[each] for each in others])
    return spelt(firm, how, rng)[0]
