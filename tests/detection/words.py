"""The words of which fictional people, towns and organisations are made; the towns do not exist."""

TOWNS = """Harrowby Calderwick Penshaw Thornley Ashmere Brackwell Coldharbour Dunsford Elmstead
Farnhill Garstead Hexley Ingleworth Kelbrook Langmoor Marwick Netherby Oakhampton Priorsgate
Quenby Ravensworth Saltmarsh Tidewell Ulverby Wexcombe Yarrowdale Millbeck Stonebridge Fairholme
Westerley Northmoor Eastvale Sandhaven Hollinford Birkdene""".split()

SURNAMES = """Ashworth Barlow Bennett Booth Bradley Brennan Burton Carter Chadwick Clarke Collins
Cooper Crawford Dawson Dixon Doyle Ellis Evans Fletcher Foster Gallagher Gibson Grant Greaves Hall
Hargreaves Harrison Hartley Higgins Holden Hughes Iqbal Jackson Jenkins Johnson Kaur Kelly Khan
Knowles Lawson Lewis Lomax Marsh Mason Mitchell Moore Morgan Murphy Naylor Nolan Norris Nuttall
Ogden Osborne Palmer Parker Patel Pearson Pickering Powell Price Quinn Ramsden Reid Rigby Roberts
Rowland Sanderson Saunders Schofield Sharples Shaw Singh Slater Stevens Stott Sutcliffe Taylor
Thompson Tomlinson Turner Unsworth Vickers Walker Walsh Warburton Watson Whitehead Whittaker
Wilkinson Williams Winstanley Woodward Wright Yates Young""".split()

FIRST_NAMES = """Aaron Abigail Adam Alice Amira Andrew Anita Ann Ben Beth Callum Carla Chloe Colin
Daniel Dawn Derek Donna Ed Eleanor Emma Farah Fiona Gareth Gemma George Grace Graham Hannah Harry
Helen Imran Jack Jane Jas Joe Joanne Karen Kevin Laura Leanne Liam Lucy Mark Martin Megan Mo Nadia
Neil Nina Olivia Owen Paul Priya Rachel Rhys Robert Ruth Sam Sarah Sean Simon Sophie Steve Tom
Tracy Vikram Wendy Yusuf Zoe""".split()

# Words that many firms share, and things that some firms are named after.
COMMON = """Northern National Premier Global Elite Direct United Central Community County Complete
First Quality Total Universal Modern City Express Advanced Allied""".split()
THINGS = """Kestrel Beacon Anvil Falcon Heron Cedar Juniper Rowan Copper Granite Lantern Compass
Harbour Meadow Orchard Summit Pennant Raven Otter Swift Harrier Mercury Orion Phoenix Castle Tower
Bridge Millstone Foxglove Bramble Hawthorn Larch Willow Merlin Osprey Curlew Plover Sextant Trident
Crown Shield Sterling Crescent Keystone Milestone Horizon Redwood Silverdale Goldcrest Blackthorn
Whitestone Greenfield Bluebell Ironbridge Quarry Signal Semaphore Viaduct Cobalt Amber""".split()

ONSETS = "b br c cr d dr f fl g gr h k l m n p pr qu r s st t tr v w z".split()
NUCLEI = "a e i o u a e i o ea io".split()
CODAS = ["", "", "", "", "n", "r", "l", "s", "x", "nt", "rk", "m", "lt", "nd"]

# What people and finance systems make of long words.
ABBREVIATIONS = {
    "services": "svcs",
    "management": "mgmt",
    "international": "intl",
    "association": "assoc",
    "department": "dept",
    "engineering": "eng",
    "construction": "constr",
    "university": "uni",
    "council": "cncl",
    "hospital": "hosp",
    "brothers": "bros",
    "company": "co",
    "technology": "tech",
    "technologies": "tech",
    "northern": "nthn",
    "national": "natl",
    "community": "comm",
    "county": "cty",
    "supplies": "supp",
    "equipment": "equip",
    "solutions": "solns",
    "consultancy": "cons",
    "limited": "ltd",
}

# Each kind of organisation: the words that follow its own, legal forms, its card and spend category,
# and how often what follows is left off by people who know it.
SECTORS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str]] = {
    "hotel": (("Hotel", "Lodge", "Hotels", "Inn"), ("Limited", "Ltd", ""), "Hotels"),
    "restaurant": (
        ("Brasserie", "Kitchen", "Grill", "Tandoori", "Bistro", "Cafe"),
        ("Ltd", "", "", "Limited"),
        "Subsistence",
    ),
    "pub": (("Arms", "Tavern", "Alehouse"), ("", "", "Ltd"), "Subsistence"),
    "shop": (
        ("Stores", "Bakery", "Florists", "Butchers", "Farm Shop", "News"),
        ("Ltd", "", ""),
        "Sundries",
    ),
    "catering": (
        ("Catering", "Caterers", "Catering Services", "Event Catering"),
        ("Limited", "Ltd"),
        "Catering",
    ),
    "fleet": (
        ("Fleet Services", "Vehicle Hire", "Motor Group", "Fleet Management"),
        ("Limited", "Ltd", "plc"),
        "Vehicle hire",
    ),
    "garage": (("Garage", "Motors", "Tyres", "Autos"), ("Ltd", "Limited", ""), "Vehicle parts"),
    "it": (
        ("Systems", "Software", "Technologies", "Digital Solutions", "Data Services"),
        ("Limited", "Ltd", "LLP", "(UK) Limited"),
        "IT equipment",
    ),
    "building": (
        ("Construction", "Builders", "Roofing", "Property Services", "Engineering"),
        ("Limited", "Ltd", "& Sons Ltd"),
        "Building works",
    ),
    "stationery": (
        ("Office Supplies", "Print", "Paper Company", "Business Supplies"),
        ("Limited", "Ltd"),
        "Stationery",
    ),
    "uniform": (("Workwear", "Uniforms", "Protective Equipment"), ("Ltd", "Limited"), "Uniform"),
    "security": (("Security", "Security Services", "Guarding"), ("Limited", "Ltd"), "Security"),
    "cleaning": (("Cleaning Services", "Facilities Management"), ("Limited", "Ltd"), "Cleaning"),
    "law": (("Solicitors", "Legal", "Law"), ("LLP", "Limited", ""), "Legal fees"),
    "consultancy": (
        ("Consultancy", "Consulting", "Associates", "Partners", "Advisory"),
        ("Limited", "LLP", "Ltd"),
        "Consultants",
    ),
    "training": (("Training", "Academy", "Learning Services"), ("Limited", "Ltd"), "Training"),
    "gym": (("Fitness", "Gym", "Leisure Club"), ("Ltd", "Limited", ""), "Sundries"),
    "sport": (
        ("Rugby Club", "Football Club", "Cricket Club", "Golf Club", "Racecourse"),
        ("", "", "Limited"),
        "Room hire",
    ),
    "charity": (
        ("Hospice", "Trust", "Foundation", "Youth Project", "Food Bank"),
        ("", "", "CIO"),
        "Grants",
    ),
    "self": (("Photography", "Joinery", "Dog Training", "Carpets", "Cakes"), ("", "Ltd"), "Other"),
}

# Sectors from which each part of the world is drawn.
SUPPLIES = (
    "it it fleet building building consultancy security cleaning law training uniform stationery"
    " garage catering hotel"
).split()
HOSTS = "restaurant restaurant pub shop shop shop hotel sport garage gym charity self".split()
MERCHANTS = "shop shop restaurant garage garage hotel stationery it building pub catering".split()
EMPLOYERS = "shop gym training security self self sport building charity restaurant law".split()
FRAMEWORKS = ("Hotels", "Stationery", "Uniform", "Vehicle hire", "IT equipment", "Catering")
