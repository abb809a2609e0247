"""What the invented forces buy, from whom, and how their papers write it."""

from registers.demo.data.providers import ALLIANCE, EASTVALE, EVERYWHERE, HARBOUR, NORTHMOOR

# title, supplier as the notice writes it, company number, pounds, days ago awarded, years, forces
type Award = tuple[str, str, str, int, int, int, tuple[str, ...]]
AWARDS: tuple[Award, ...] = (
    ("Uniform and protective clothing", "TARNFIELD UNIFORMS LIMITED", "09910201", 840_000, 610, 4, ALLIANCE),
    ("Records management system", "Quillmere Software PLC", "09910202", 2_400_000, 820, 5, EVERYWHERE),
    ("Forensic consumables", "ORRIN FORENSIC SUPPLIES", "", 310_000, 450, 3, EVERYWHERE),
    ("Refurbishment of custody suites", "Skarrow Construction Ltd", "09910204", 1_150_000, 300, 2, ALLIANCE),
    ("Custody healthcare", "Pennardine Custody Healthcare Ltd", "09910205", 3_600_000, 540, 4, ALLIANCE),
    ("Patrol boat servicing", "BRACKWATER MARINE SVCS LTD", "", 275_000, 380, 3, (HARBOUR,)),
    ("Catering at headquarters", "Ostlerfield Caterers Ltd", "", 190_000, 210, 3, EVERYWHERE),
    ("Grounds and gardens", "Moorland Turf and Tree Care Ltd", "09910208", 64_000, 160, 2, ALLIANCE),
    ("Occupational health", "Ellerbeck Wellbeing CIC", "09910209", 220_000, 500, 3, EVERYWHERE),
    ("Interpreters", "Tongues &amp;amp; Tales Interpreting Ltd", "09910210", 410_000, 410, 4, EVERYWHERE),
    ("Water and drainage", "Northmoor and Eastvale Water plc", "09910211", 130_000, 700, 5, ALLIANCE),
    ("Licensed venue security", "DOORSTONE SECURITY LTD", "09910212", 58_000, 95, 1, (NORTHMOOR,)),
)  # fmt: skip

# What follows the lunches, ten days ago, under the legal and the trading name.
HALCYON_AWARD = (
    "Leasing of response vehicles",
    "HALCYON FLEET LIMITED T/A HALCYON VEHICLE LEASING",
    4_750_000,
    10,
)

# title, bidders, days ago opened, days until it closes, forces
TENDERS = (
    ("Body-worn cameras", ("Vexleigh Body Cameras Ltd", "Lodestane Analytics LLP"), 30, 25, EVERYWHERE),
    ("Vehicle telematics", ("CORRIEMUIR TELEMATICS LIMITED",), 12, 45, ALLIANCE),
)  # fmt: skip

# payee, lowest and highest pounds, times in ten months, what for, forces
PAYEES = (
    ("TARNFIELD UNIFORMS LTD", 900, 14_000, 9, "Uniform", ALLIANCE),
    ("QUILLMERE SOFTWARE PLC (V10447)", 38_000, 41_000, 10, "Software licences", EVERYWHERE),
    ("ORRIN FORENSIC SUPPLIES LTD", 600, 9_000, 8, "Forensic consumables", EVERYWHERE),
    ("SKARROW CONSTRUCTION LIMITED", 20_000, 90_000, 4, "Building works", ALLIANCE),
    ("PENNARDINE CUSTODY HEALTHCARE LTD", 70_000, 76_000, 10, "Custody healthcare", ALLIANCE),
    ("BRACKWATER MARINE SERVICES LTD", 3_000, 12_000, 6, "Patrol boats", (HARBOUR,)),
    ("OSTLERFIELD CATERERS LTD", 700, 6_000, 9, "Catering", EVERYWHERE),
    ("RAVENSHOLT HALL HOTEL", 500, 3_500, 7, "Conferences and lodging", ALLIANCE),
    ("NORTHMOOR AND EASTVALE WATER PLC", 2_000, 9_000, 10, "Water", ALLIANCE),
    ("NORTHMOOR CITY COUNCIL", 1_000, 60_000, 10, "Rates and services", (NORTHMOOR,)),
    ("EASTVALE DISTRICT COUNCIL", 1_000, 40_000, 10, "Rates and services", (EASTVALE,)),
    ("SALTGRAVE PORT AUTHORITY", 1_500, 20_000, 10, "Moorings", (HARBOUR,)),
    ("SPINDLE LANE GARAGE", 500, 2_600, 6, "Vehicle repairs", (NORTHMOOR,)),
    ("WEXCOMBE CARS", 500, 1_900, 3, "Vehicle hire", (EASTVALE,)),
    ("ELLERBECK WELLBEING CIC FORMERLY ELLERBECK HEALTH LTD", 4_000, 9_000, 7, "Occupational health", EVERYWHERE),
    ("TONGUES & TALES INTERPRETING LTD", 800, 7_000, 9, "Interpreters", EVERYWHERE),
    ("THIRD PARTY (INSURANCE CLAIM)", 500, 9_000, 5, "Claims", EVERYWHERE),
)  # fmt: skip

# merchant, category, lowest and highest pounds
MERCHANTS = (
    ("STAMPWELL STATIONERS", "Stationery", 8, 120),
    ("COPPER KETTLE CAFE", "Refreshments", 6, 40),
    ("GREENWAY RAIL", "Travel", 18, 160),
    ("BOLT AND BRACKET TOOLS", "Equipment", 15, 240),
    ("RAVENSHOLT HALL HOTEL", "Lodging", 75, 180),
    ("FENNICK’S PRINT SHOP", "Printing", 20, 130),
)
SINGLE_LIMIT, MONTHLY_LIMIT = 500, 2_500
# where one purchase was split in two, and where a card goes on Saturdays
SPLIT_AT, SATURDAYS_AT = "BRIGHTWATER ELECTRICALS", "DUNMARROW GOLF CLUB"

NAMES_ON_PAPER = frozenset(
    [award[1] for award in AWARDS]
    + [bidder for tender in TENDERS for bidder in tender[1]]
    + [payee[0] for payee in PAYEES]
    + [merchant[0] for merchant in MERCHANTS]
    + [SPLIT_AT, SATURDAYS_AT]
)
