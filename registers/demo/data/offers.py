"""What people are offered, in the words they use: what, worth what, by whom and on what occasion."""

from dataclasses import dataclass

from registers.gifts.enums import ItemKind, ProviderKind

PUBLIC = (ProviderKind.PUBLIC,)
SHOPS = (ProviderKind.LOCAL_BUSINESS,)
SUPPLIERS = (ProviderKind.CONTRACTOR, ProviderKind.PROSPECTIVE_SUPPLIER)
PARTNERS = (ProviderKind.PARTNER, ProviderKind.CHARITY)
VISITORS = (ProviderKind.FOREIGN, ProviderKind.POLICE)


@dataclass(frozen=True, slots=True)
class Thing:
    """One sort of offer; value in whole pounds, from and to."""

    what: str
    low: int
    high: int
    by: tuple[str, ...]
    occasion: str
    kind: str = ItemKind.GIFT
    alcohol: bool = False
    light: bool = False


def _meal(
    what: str, low: int, high: int, by: tuple[str, ...], occasion: str, **more: bool
) -> Thing:
    return Thing(what, low, high, by, occasion, ItemKind.HOSPITALITY, **more)


GIFTS = (
    Thing(
        "Box of chocolates",
        4,
        14,
        PUBLIC,
        "Left at the front desk after we found her missing husband.",
    ),
    Thing(
        "Tin of shortbread", 4, 9, PUBLIC, "Brought in to thank the shift for attending a burglary."
    ),
    Thing(
        "Thank-you card with a £10 book token",
        10,
        10,
        PUBLIC,
        "Posted to me after the court case ended.",
        ItemKind.CASH,
    ),
    Thing(
        "Bottle of prosecco",
        8,
        16,
        PUBLIC,
        "Handed over at the door when I returned stolen property.",
        alcohol=True,
    ),
    Thing("Bunch of flowers", 10, 25, PUBLIC, "Delivered to the station after the sentencing."),
    Thing(
        "Home-made cakes for the team",
        5,
        15,
        PUBLIC,
        "A neighbour dropped them in after the flooding.",
    ),
    Thing(
        "Hand-knitted scarf",
        5,
        12,
        PUBLIC,
        "Given at the end of a safeguarding visit; refusing would have upset her.",
    ),
    Thing(
        "Framed photograph of the rescue",
        15,
        30,
        PUBLIC,
        "Sent by the family of the girl we pulled from the weir.",
    ),
    Thing(
        "Jar of honey and a candle",
        8,
        12,
        PUBLIC,
        "Left on the bonnet of the marked car with a note.",
    ),
    Thing("Child’s drawing and a mug", 4, 8, PUBLIC, "Given to me after a school visit."),
    Thing(
        "£20 in cash",
        20,
        20,
        PUBLIC,
        "Pressed into my hand when I changed a wheel at the roadside.",
        ItemKind.CASH,
    ),
    Thing(
        "Bottle of single malt whisky",
        35,
        55,
        PUBLIC,
        "Left at reception with a card after a long inquiry.",
        alcohol=True,
    ),
    Thing(
        "Six pasties at closing time",
        9,
        14,
        SHOPS,
        "Offered to the night shift rather than thrown away.",
        ItemKind.GRATUITY,
    ),
    Thing(
        "Free coffee in uniform",
        2,
        4,
        SHOPS,
        "Waved away my money at the till on foot patrol.",
        ItemKind.GRATUITY,
        light=True,
    ),
    Thing(
        "Half-price breakfast for officers",
        4,
        6,
        SHOPS,
        "A standing offer to anybody in uniform.",
        ItemKind.DISCOUNT,
    ),
    Thing(
        "Hamper for the station raffle",
        30,
        60,
        SHOPS,
        "Offered to the neighbourhood team at Christmas.",
    ),
    Thing(
        "Free car wash",
        8,
        12,
        SHOPS,
        "Offered after I took a statement about a theft from the forecourt.",
        ItemKind.GRATUITY,
    ),
    Thing(
        "Month’s gym pass",
        25,
        40,
        SHOPS,
        "Offered to response officers by the new manager.",
        ItemKind.DISCOUNT,
    ),
    Thing(
        "Ten per cent off a family car",
        400,
        900,
        SHOPS,
        "Emailed to me at work after an inquiry at the garage.",
        ItemKind.DISCOUNT,
    ),
    Thing("Desk diary and pens", 3, 9, SUPPLIERS, "Left behind after a contract review meeting."),
    Thing("Branded umbrella", 9, 15, SUPPLIERS, "In the delegates’ bag at a trade day."),
    Thing(
        "Christmas hamper", 45, 90, SUPPLIERS, "Delivered to the office addressed to me by name."
    ),
    Thing(
        "Two bottles of wine",
        18,
        34,
        SUPPLIERS,
        "Couriered with the season’s greetings of the account manager.",
        alcohol=True,
    ),
    Thing(
        "USB charger and notebook",
        6,
        14,
        SUPPLIERS,
        "Given to everybody who attended the product demonstration.",
    ),
    Thing(
        "Gift voucher for £50",
        50,
        50,
        SUPPLIERS,
        "Offered for filling in a customer survey.",
        ItemKind.CASH,
    ),
    Thing("Commemorative plate", 15, 40, VISITORS, "Exchanged at the end of an official visit."),
    Thing(
        "Force plaque", 15, 25, VISITORS, "Presented when we lent two dog handlers for a search."
    ),
    Thing(
        "Silk tie and a pin",
        20,
        35,
        VISITORS,
        "Presented in front of the delegation; refusing would have given offence.",
    ),
    Thing("Challenge coin", 4, 8, VISITORS, "Swapped at a joint training day."),
    Thing("Book of local history", 10, 18, PARTNERS, "Given to speakers at the community awards."),
    Thing(
        "Box of fruit for the custody staff",
        6,
        12,
        PARTNERS,
        "Brought in by the volunteers’ co-ordinator.",
    ),
    Thing(
        "Donation to the police dogs’ retirement fund",
        25,
        75,
        PUBLIC,
        "Sent as a cheque made out to the fund.",
        ItemKind.DONATION,
    ),
    Thing(
        "Collection taken at a residents’ meeting",
        30,
        60,
        PARTNERS,
        "For the family of an injured colleague.",
        ItemKind.COLLECTION,
    ),
    Thing(
        "Sponsored kit for the youth football tournament",
        80,
        150,
        SHOPS,
        "Offered to the neighbourhood team for its summer event.",
        ItemKind.SPONSORSHIP,
    ),
)

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
