"""Pairs of names that share what looks like much and are two organisations."""

from collections.abc import Callable

from registers.organisations.matching.generated import World
from registers.organisations.matching.generated_words import (
    BODIES,
    CAUSES,
    PUBLIC,
    TRADES,
    TRUSTS,
    VAGUE,
)

OF_A_CITY = ("Metropolitan University", "University Hospitals NHS Foundation Trust", "College")


def trap(world: World) -> tuple[str, str]:
    """Two names which a person would not take for one."""
    place, other_place, surname = world.place(), world.place(), world.surname()
    cause, trade, word = world.pick(CAUSES), world.pick(TRADES), world.ordinary()
    land, brand, vague = world.pick(world.lands).capitalize(), world.invented(), world.pick(VAGUE)
    body, form = world.pick(BODIES), world.pick([" Ltd", " Limited", "", " LLP"])
    public, first = world.pick(PUBLIC), world.pick(world.firsts).capitalize()
    shapes: list[Callable[[], tuple[str, str]]] = [
        lambda: (f"{cause} {body}", f"{place} {cause} {body}{form}"),
        lambda: (f"The {cause} {body}", f"{cause} {body} of {land}"),
        lambda: (f"{land} Ministry of {cause}", f"Ministry of {cause}"),
        lambda: (f"{cause} {body} Committee", f"{cause} Services"),
        lambda: (f"Conference on {cause} hosted by the {land} {body}", f"{cause} Services"),
        lambda: (f"{word} {trade}{form}", f"{trade} {world.pick(['Services', 'Service', ''])}"),
        lambda: (f"{word} {vague}{form}", f"{word}"),
        lambda: (
            f"{word} {world.ordinary()} {vague}{form}",
            f"{world.pick([word, world.ordinary()])}",
        ),
        lambda: (word, f"{word} {trade}{form}"),
        lambda: (f"{word} PLC", f"{word} & {world.ordinary()} Ltd"),
        lambda: (f"{word} {vague}", f"{world.ordinary()} {word} {trade}{form}"),
        lambda: (f"{surname} {vague}", f"{surname} {world.surname()} {vague}{form}"),
        lambda: (f"{surname} {vague}", f"{first} {surname}{form}"),
        lambda: (f"{surname} {vague}", f"{surname} {world.surname()} & Sons{form}"),
        lambda: (f"{first} {surname}", f"{surname}{form}"),
        lambda: (f"{first} {surname}", f"{world.pick(world.firsts).capitalize()} {surname}"),
        lambda: (brand, f"{surname}s {brand}{form}"),
        lambda: (
            f"City of {place} {world.pick(['Solicitors', 'Veterans', 'Bakers'])} {world.pick(['Company', 'Charity'])}",
            f"City of {place}",
        ),
        lambda: ("NHS", f"{place} {world.pick(TRUSTS)}"),
        lambda: ("NHS", f"NHS {place} {world.pick(['CCG', 'ICB', 'and ' + other_place + ' ICB'])}"),
        lambda: (
            f"University of {place}",
            f"{place} {world.pick(OF_A_CITY)}",
        ),
        lambda: (f"{place} University", f"University of {other_place} at {place}"),
        lambda: (f"{place} {public}", f"{other_place} {public}"),
        lambda: (f"{place} {public}", f"{place} {world.pick(PUBLIC)} {trade}"),
        lambda: (place, f"{place} {public}"),
        lambda: (
            f"{word} {trade}{form}",
            f"{world.pick([world.surname(), brand, world.ordinary()])} {trade}{form}",
        ),
        lambda: (f"{brand} {vague}{form}", f"{world.invented()} {vague}{form}"),
        lambda: (f"UK {vague} Group Ltd", f"{world.surname()} {vague} {trade}"),
        lambda: (f"UK {trade}", f"{surname} ({trade} {vague})"),
        lambda: (f"{_letters(world)} {vague}{form}", f"{_letters(world)} {vague}{form}"),
        lambda: (
            _letters(world, 3),
            " ".join(world.pick([world.ordinary, world.surname, world.trade])() for _ in range(3)),
        ),
        lambda: (
            f"{_letters(world, 3)} {vague} {form}",
            f"{(word[:1] + surname[:1] + trade[:1])} {word} {surname} {trade}",
        ),
        lambda: (
            f"{_letters(world, 1)} {vague}{form}",
            f"{world.pick([brand, word])} {vague}{form}",
        ),
        lambda: (f"{place} {trade}{form}", f"{place} {world.trade()}{form}"),
        lambda: (f"{brand} {trade}{form}", f"{world._near(brand)} {trade}{form}"),
        lambda: (
            f"{word} {world.random.randint(2, 60)}{form}",
            f"{word} {world.random.randint(61, 99)}{form}",
        ),
    ]
    one, other = world.pick(shapes)()
    if world.random.random() < 0.4:
        other = other.upper()
    return (one, other) if world.random.random() < 0.5 else (other, one)


def _letters(world: World, count: int = 0) -> str:
    return "".join(
        world.random.choices("ABCDEFGHIJKLMNOPRSTUW", k=count or world.random.randint(2, 4))
    )
