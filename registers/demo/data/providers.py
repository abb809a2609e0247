"""The invented organisations that make offers, by kind, and where each is met."""

from registers.gifts.enums import ProviderKind

NORTHMOOR, EASTVALE, HARBOUR = "NMR", "EVL", "HTP"
ALLIANCE = (NORTHMOOR, EASTVALE)
EVERYWHERE = (*ALLIANCE, HARBOUR)

HALCYON = "Halcyon Fleet Ltd"
HALCYON_SPELLINGS = (HALCYON, "Halcyon Fleet", "HALCYON FLEET LTD.", "Halcyon Fleet Limited")
HALCYON_TRADING_NAME = "Halcyon Vehicle Leasing"

PROVIDERS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    ProviderKind.LOCAL_BUSINESS: (
        ("Moorside Bakehouse", (NORTHMOOR,)),
        ("The Gilded Heron", (NORTHMOOR,)),
        ("Kettlestone Tea Rooms", (NORTHMOOR,)),
        ("Old Bell Inn at Thornwick", (NORTHMOOR,)),
        ("Bramblegate Farm Shop", ALLIANCE),
        ("Spindle Lane Garage", (NORTHMOOR,)),
        ("Northmoor Wanderers Supporters’ Bar", (NORTHMOOR,)),
        ("Eastvale Downs Racecourse", (EASTVALE,)),
        ("Dunmarrow Golf Club", ALLIANCE),
        ("Ravensholt Hall Hotel", ALLIANCE),
        ("Fennick’s Fish Bar", (EASTVALE,)),
        ("Cinder Lane Gymnasium", (EASTVALE,)),
        ("Wexcombe Cars", (EASTVALE,)),
        ("Harbourlight Ferry Company", (HARBOUR,)),
        ("The Quayhouse at Saltgrave", (HARBOUR,)),
        ("Gannet Lane Chandlery", (HARBOUR,)),
        ("Platform Nine Coffee Cart", (HARBOUR,)),
    ),
    ProviderKind.CONTRACTOR: (
        ("Tarnfield Uniforms Ltd", ALLIANCE),
        ("Quillmere Software plc", EVERYWHERE),
        ("Orrin Forensic Supplies Ltd", EVERYWHERE),
        ("Skarrow Construction Ltd", ALLIANCE),
        ("Pennardine Custody Healthcare Ltd", ALLIANCE),
        ("Brackwater Marine Services Ltd", (HARBOUR,)),
        ("Ostlerfield Catering Ltd", EVERYWHERE),
    ),
    ProviderKind.PROSPECTIVE_SUPPLIER: (
        (HALCYON, ALLIANCE),
        ("Vexleigh Body Cameras Ltd", EVERYWHERE),
        ("Corriemuir Telematics Ltd", EVERYWHERE),
        ("Lodestane Analytics LLP", EVERYWHERE),
    ),
    ProviderKind.MEDIA: (
        ("Northmoor Evening Lantern", (NORTHMOOR,)),
        ("Eastvale Messenger and Post", (EASTVALE,)),
        ("Radio Brackwater", EVERYWHERE),
        ("Harbourside Tribune", (HARBOUR,)),
    ),
    ProviderKind.PARTNER: (
        ("Northmoor City Council", (NORTHMOOR,)),
        ("Eastvale District Council", (EASTVALE,)),
        ("Moorland Fire and Rescue Authority", ALLIANCE),
        ("Eastvale and Moor Hospitals Trust", ALLIANCE),
        ("Thornwick Parish Council", (NORTHMOOR,)),
        ("Saltgrave Port Authority", (HARBOUR,)),
    ),
    ProviderKind.POLICE: (
        ("Westmarch Police", EVERYWHERE),
        ("Southfold Constabulary", EVERYWHERE),
    ),
    ProviderKind.FOREIGN: (
        ("National Police of Valdoria", EVERYWHERE),
        ("Embassy of Kestria", EVERYWHERE),
    ),
    ProviderKind.UNION: (
        ("Moorland Police Staff Union", ALLIANCE),
        ("Society of Harbour Constables", (HARBOUR,)),
    ),
    ProviderKind.CHARITY: (
        ("Moorland Air Rescue Trust", ALLIANCE),
        ("Fallow Hill Hospice", ALLIANCE),
        ("Eastvale Victims’ Companions", (EASTVALE,)),
        ("Saltgrave Seafarers’ Rest", (HARBOUR,)),
        ("Thornwick Lunch Club", (NORTHMOOR,)),
    ),
}

ALL_NAMES = frozenset(name for listed in PROVIDERS.values() for name, _ in listed)


def providers_of(kind: str, force: str) -> list[str]:
    """The organisations of a kind that deal with a force."""
    return [name for name, forces in PROVIDERS.get(kind, ()) if force in forces]
