"""Hospitality people are offered, in the words they use."""

from registers.demo.data.things import PARTNERS, SHOPS, SUPPLIERS, VISITORS, Thing
from registers.gifts.enums import ItemKind, ProviderKind


def _meal(
    what: str, low: int, high: int, by: tuple[str, ...], occasion: str, **more: bool
) -> Thing:
    return Thing(what, low, high, by, occasion, ItemKind.HOSPITALITY, **more)


HOSPITALITY = (
    _meal(
        "Tea and biscuits", 1, 3, PARTNERS, "At the monthly community safety meeting.", light=True
    ),
    _meal("Sandwich lunch", 5, 9, PARTNERS, "Working lunch at a partnership board.", light=True),
    _meal(
        "Coffee and a pastry",
        3,
        6,
        SUPPLIERS,
        "During a site visit to see the new stock.",
        light=True,
    ),
    _meal(
        "Buffet after the memorial service", 6, 12, PARTNERS, "I represented the force in uniform."
    ),
    _meal("Lunch at a hotel", 18, 35, SUPPLIERS, "Offered after a demonstration of the product."),
    _meal(
        "Dinner and awards evening",
        45,
        95,
        SUPPLIERS,
        "A place at the company’s table.",
        alcohol=True,
    ),
    _meal(
        "Two tickets in the directors’ box",
        60,
        140,
        SHOPS,
        "Offered for the derby by the club secretary.",
    ),
    _meal(
        "Day at the races with lunch",
        85,
        160,
        (*SHOPS, *SUPPLIERS),
        "An invitation to a small party of guests.",
        alcohol=True,
    ),
    _meal(
        "Round of golf and a meal",
        40,
        75,
        (*SHOPS, *SUPPLIERS),
        "A charity day; I was asked to make up a four.",
    ),
    _meal(
        "Annual dinner",
        30,
        55,
        (ProviderKind.UNION, *PARTNERS),
        "Invited as a guest of the chair.",
        alcohol=True,
    ),
    _meal(
        "Breakfast briefing",
        9,
        16,
        (*SUPPLIERS, ProviderKind.PARTNER),
        "A talk on procurement, with breakfast.",
    ),
    _meal(
        "Meal for two at the restaurant",
        50,
        80,
        SHOPS,
        "Offered by the owner after we dealt with a disorder outside.",
    ),
    _meal(
        "Curry for the late shift",
        20,
        45,
        SHOPS,
        "Sent to the station after a robbery at the restaurant.",
    ),
    _meal(
        "Lunch with the editor",
        18,
        32,
        (ProviderKind.MEDIA,),
        "To talk about coverage of the summer campaign.",
    ),
    _meal(
        "Drinks after the press awards",
        10,
        22,
        (ProviderKind.MEDIA,),
        "The crime reporter offered to stand a round.",
        alcohol=True,
    ),
    _meal(
        "Concert tickets",
        40,
        70,
        (ProviderKind.MEDIA, *SHOPS),
        "Two seats, offered by the station’s sales team.",
    ),
    _meal(
        "Lunch during an official visit",
        15,
        30,
        VISITORS,
        "Part of the published programme of the visit.",
    ),
    _meal(
        "Formal dinner at the residence",
        35,
        65,
        VISITORS,
        "Given for heads of police in the region.",
        alcohol=True,
    ),
    _meal(
        "Light lunch at a planning day",
        6,
        10,
        (ProviderKind.POLICE,),
        "Joint planning for the county show.",
        light=True,
    ),
    _meal("Afternoon tea", 8, 16, PARTNERS, "With the volunteers, to mark their twentieth year."),
    _meal("Overnight stay at a conference", 70, 120, SUPPLIERS, "Room offered free to speakers."),
    _meal(
        "Ice creams for the patrol",
        6,
        11,
        SHOPS,
        "A hot day on the front; the seller would not take money.",
    ),
    _meal(
        "Soft drinks at the end of a search",
        3,
        6,
        (*SHOPS, *PARTNERS),
        "Brought out to the search teams.",
        light=True,
    ),
    _meal(
        "Hospitality tent at the county show",
        20,
        48,
        (*SUPPLIERS, *PARTNERS),
        "I was on duty at the show and was asked in.",
    ),
    _meal(
        "Dinner at the trade conference",
        35,
        60,
        SUPPLIERS,
        "Open to all delegates of the conference.",
        alcohol=True,
    ),
)
