"""How people write a name which is not how it is registered."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registers.organisations.matching.generated import Organisation, World

SHORTENED = {
    "University": "Univ", "Association": "Assoc", "International": "Intl", "Services": "Svcs",
    "Management": "Mgmt", "Group": "Grp", "Society": "Soc", "Department": "Dept",
    "National": "Nat", "Brothers": "Bros", "Engineering": "Eng", "Football Club": "FC",
    "Communications": "Comms", "Technology": "Tech", "Council": "Cncl", "Television": "TV",
    "County": "Cnty", "Hospitals": "Hosps", "and": "&", "Limited": "Ltd", "Solutions": "Solns",
    "Construction": "Constr", "Developments": "Devs", "Consultants": "Consult", "Systems": "Sys",
}  # fmt: skip
NEIGHBOURS = {
    "a": "sqe", "b": "vn", "c": "xvk", "d": "sf", "e": "wri", "f": "dgp", "g": "fhj", "h": "gj",
    "i": "uoe", "j": "hkg", "k": "jlc", "l": "k", "m": "n", "n": "mb", "o": "ipu", "p": "ob",
    "q": "wk", "r": "et", "s": "adzc", "t": "ryd", "u": "yio", "v": "cbf", "w": "qe", "x": "zc",
    "y": "tui", "z": "xs",
}  # fmt: skip
FORM = re.compile(r"\s+(Ltd\.?|Limited|PLC|plc|LLP|CIC|LTD|LIMITED)$")
ROLES = "Chief Executive|Managing Director|Chairman|Head of Public Affairs|Director".split("|")
IN_FRONT = ("Royal", "National", "The", "British", "UK", "International", "English", "United")
OCCASIONS = "Annual Dinner|Awards|Reception|Conference|Gala Dinner|Ball|Summer Party|Lecture|Awards Dinner".split(
    "|"
)


def miswritten(world: "World", organisation: "Organisation") -> str:
    """One way in which somebody writes it. Often only its form and case differ, seldom much."""
    chance = world.random.random
    name = organisation.name
    if organisation.aliases and chance() < 0.5:
        name = world.pick(organisation.aliases)
    core = FORM.sub("", name)
    form = name[len(core) :]
    changes = world.random.choices((0, 1, 2, 3), (0.28, 0.42, 0.22, 0.08))[0]
    for _ in range(changes):
        core = _changed(world, organisation, core)
    if chance() < 0.65:
        form = world.pick(
            ["", "", " Ltd", " Limited", " LTD", " Ltd.", " plc", " Co Ltd", " limited", " Lmited"]
        )
    text = core + form
    if chance() < 0.15:
        text = text.removeprefix("The ") if text.startswith("The ") else "The " + text
    if chance() < 0.16:
        text = _wrapped(world, text)
    return _cased(world, text)


def _changed(world: "World", organisation: "Organisation", core: str) -> str:
    words = core.split()
    ways = [
        (_slip, 26),
        (_shortened, 10),
        (_cut, 24),
        (_swapped, 4),
        (_joined, 8),
        (_marks, 8),
        (_vague, 12),
        (_plural, 5),
        (_acronym, 14),
        (_inserted, 4),
    ]
    way = world.random.choices([w for w, _ in ways], [n for _, n in ways])[0]
    return way(world, organisation, words) or core


def _slip(world: "World", _: "Organisation", words: list[str]) -> str:
    """A letter dropped, doubled, changed, or two exchanged, in a word long enough to bear it."""
    able = [at for at, word in enumerate(words) if len(word) >= 4 and word.isalpha()]
    if not able:
        return ""
    at = max(world.random.choices(able, k=2), key=lambda n: len(words[n]))
    word = words[at]
    place = world.random.randrange(0 if world.random.random() < 0.08 else 1, len(word) - 1)
    letter = word[place]
    words[at] = world.pick([
        word[:place] + word[place + 1 :], word[:place] + letter + word[place:],
        word[:place] + world.pick(NEIGHBOURS.get(letter.lower(), "e")) + word[place + 1 :],
        word[:place] + word[place + 1] + letter + word[place + 2 :],
        word[:place] + world.pick("aeioulnrst") + word[place:],
    ])  # fmt: skip
    return " ".join(words)


def _shortened(world: "World", _: "Organisation", words: list[str]) -> str:
    text = " ".join(words)
    for long, short in SHORTENED.items():
        if re.search(rf"\b{long}\b", text):
            return re.sub(rf"\b{long}\b", short, text)
        if re.search(rf"\b{short}\b", text):
            return re.sub(rf"\b{short}\b", long, text)
    return text.replace(" & ", " and ")


def _cut(world: "World", organisation: "Organisation", words: list[str]) -> str:
    """The end left off, or what is said of all such bodies in front, while it still names one."""
    if organisation.brand_is_own and world.random.random() < 0.55:
        return organisation.brand
    if organisation.kind == "body" and words[0] in IN_FRONT and len(words) > 2:
        return " ".join(words[1:])
    if organisation.kind == "public" or len(words) < 3:
        return ""
    keep = 2 if organisation.kind != "body" else len(words) - 1
    kept = words[: world.random.randint(keep, len(words) - 1)]
    while kept[-1].lower() in ("&", "and", "of", "for", "to", "the", "in", "4"):
        kept.pop()
    return " ".join(kept) if len(kept) > 1 else ""


def _swapped(world: "World", _: "Organisation", words: list[str]) -> str:
    """'Gaming and Betting' for 'Betting and Gaming'; 'X University' for 'University of X'."""
    for joint in ("and", "&"):
        if joint in words[1:-1]:
            at = words.index(joint, 1)
            words[at - 1], words[at + 1] = words[at + 1], words[at - 1]
            return " ".join(words)
    if words[:2] == ["University", "of"] and len(words) == 3:
        return f"{words[2]} University"
    return ""


def _joined(world: "World", _: "Organisation", words: list[str]) -> str:
    """Two words as one, or one as two."""
    if len(words) > 1 and world.random.random() < 0.7:
        at = world.random.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1].lower(), *words[at + 2 :]])
    if len(words[0]) >= 7:
        at = world.random.randint(3, len(words[0]) - 3)
        words[0] = words[0][:at] + " " + words[0][at:]
    return " ".join(words)


def _marks(world: "World", _: "Organisation", words: list[str]) -> str:
    text = " ".join(words)
    return world.pick([
        text.replace(" ", "-", 1), text.replace("s ", "'s ", 1), text.replace(".", ""),
        text.replace("&", "&amp;"), text.replace(" ", ", ", 1), text.replace(" ", "  "), text.replace("-", " "),
    ])  # fmt: skip


def _vague(world: "World", organisation: "Organisation", words: list[str]) -> str:
    """A word that says little, added, left off, or another in its place."""
    vague = [
        "Group",
        "UK",
        "Holdings",
        "(UK)",
        "International",
        "Services",
        "Company",
        "UK & Ireland",
        "Europe",
    ]
    if words[-1] in vague and len(words) > 2:
        return " ".join(words[:-1])
    if organisation.kind in ("public", "vague"):
        return ""
    return " ".join([*words, world.pick(vague)])


def _inserted(world: "World", organisation: "Organisation", words: list[str]) -> str:
    """A word of rank or reach put into a body's name: 'Royal', 'International'."""
    if organisation.kind != "body" or len(words) < 2:
        return ""
    at = world.random.choice((0, 0, 1))
    return " ".join([*words[:at], world.pick(IN_FRONT[:-1]), *words[at:]])


def _plural(world: "World", _: "Organisation", words: list[str]) -> str:
    at = world.random.randrange(len(words))
    word = words[at]
    if len(word) < 4 or not word.isalpha():
        return ""
    words[at] = word[:-1] if word.endswith("s") else word + "s"
    return " ".join(words)


def _acronym(world: "World", organisation: "Organisation", words: list[str]) -> str:
    """A body by its initials, alone or beside its name; a company hardly ever alone."""
    capital = "".join(word[0] for word in words if word[0].isupper())
    if organisation.kind in ("vague",) or not 3 <= len(capital) <= 6:
        return ""
    chance = world.random.random()
    if chance < 0.4:
        return f"{' '.join(words)} ({capital})"
    if organisation.kind != "body" and len(capital) < 4:
        return ""
    if chance < 0.55:  # a body's company: 'LTA Operations Ltd'
        return f"{capital} {world.pick(['Operations', 'Group', 'UK', 'Services', 'Holdings', 'Trading'])}"
    if chance < 0.7 and len(words) > 3 and words[0][0].isupper() and words[1][0].isupper():
        return f"{words[0][0]}{words[1][0]} {' '.join(words[2:])}"
    return capital


def _wrapped(world: "World", text: str) -> str:
    """The name among other words, as registers have it."""
    return world.pick([
        f"{text} ({world.person()}, {world.pick(ROLES)})", f"{text} {world.pick(OCCASIONS)}",
        f"{world.pick(OCCASIONS)} hosted by {text}", f"{text} - {world.place()}", f"{text} ({world.place()})",
        f"{text}, {world.place()}", f"{text} T/A {world.invented()} {world.trade()}",
        f"{world.ordinary()} {world.trade()} t/a {text}", f"{text} FORMERLY {world.surname()} {world.trade()}",
        f"{text} {world.random.randint(10000, 999999)}", f"{text} via {world.ordinary()} {world.trade()}",
        f"{world.pick(OCCASIONS)} ({text})", f"{text} and {world.organisation().core}",
        f"{text} ({world.ordinary()} {world.trade()})",
        f"{world.ordinary()} {world.pick(OCCASIONS)} ({text})", f"President of {text}",
        f"{text} / {world.ordinary()} {world.trade()}",
    ])  # fmt: skip


def _cased(world: "World", text: str) -> str:
    case = world.random.random()
    return text.upper() if case < 0.3 else text.lower() if case < 0.36 else text
