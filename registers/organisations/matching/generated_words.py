"""What fictional organisations are named after: trades, causes, bodies."""

FORMS = ("Ltd|Limited|LTD|LIMITED|Ltd.|PLC|plc|LLP|CIC").split("|")
TRADES = (
    "Catering|Security|Electrical|Plumbing|Motors|Cleaning|Engineering|Recruitment|"
    "Logistics|Roofing|Training|Printing|Software|Medical|Scaffolding|Travel|Flooring|"
    "Joinery|Haulage|Media|Events|Glass|Fire Protection|Vehicle Hire|Office Supplies|"
    "Pest Control|Facilities Management|Building Supplies|Waste Management|Property|"
    "Lighting|Heating|Uniforms|Garages|Data Storage|Coaches|Communications|Forensic|"
    "Kennels|Dental Care|Estate Agents|Insurance|Wealth Management|Radio|Golf|Brewery|"
    "Wines|Audio Visual|Windows|Landscapes|Signs|Locksmiths|Stationery|Tyres|Technology|"
    "Consulting|Aviation|Translation|Translations|Interpreting|Film Production|Packaging|"
    "Steel|Timber|Paints|Foods|Energy"
).split("|")
VAGUE = (
    "Services|Group|Holdings|Solutions|International|UK|Systems|Management|Consultants|"
    "Associates|Partners|Enterprises|Properties|Investments|Developments|Contractors|"
    "Supplies|Projects|Global|Europe|(UK)|Trading|Estates|Technologies|Industries|"
    "Products|Capital|Ventures|Operations|Retail|Distribution"
).split("|")
CAUSES = (
    "Nursing|Road Safety|Diabetes|Young Farmers|Housing|Wildlife|Cathedral Choirs|"
    "Blind Veterans|Mountain Rescue|Stammering|Retail|Chess|Rowing|Tennis|Cycling|"
    "Football|Rugby|Cricket|Swimming|Photography|Engineering|Chartered Surveyors|Bankers|"
    "Solicitors|Publishers|Brewers|Bakers|Newspapers|Music|Theatre|Film|Dance|Book|"
    "Comedy|Science|Surgeons|Anaesthetists|Physiotherapy|Social Work|Prison Reform|"
    "Drug Policy|Refugees|Carers|Shooting|Angling|Motor Sport|Horse Racing|Gambling|"
    "Turkey Studies|Palestine|Justice|Free Speech|Equality|Women in Business|Space|"
    "Railways|Ports|Farmers|Poultry"
).split("|")
BODIES = (
    "Association|Society|Federation|Institute|Council|Foundation|Trust|Union|Guild|"
    "Forum|Academy|Alliance"
).split("|")
OVER_ALL = (
    "Royal National British|National|British|Royal|United Kingdom|European|International|"
    "UK|English|Scottish|Welsh|Independent|All-Party"
).split("|")
CLUBS = (
    "Football Club|City Football Club|United Football Club|Town Football Club|"
    "Rovers Football Club|County Cricket Club|Rugby Football Club|Golf Club|Racecourse|"
    "Athletic Football Club|Cricket Club"
).split("|")
TRUSTS = (
    "Hospitals NHS Trust|Teaching Hospitals NHS Foundation Trust|"
    "University Hospitals NHS Foundation Trust|Mental Health NHS Trust|"
    "Community Health NHS Trust|Acute Hospitals NHS Trust"
).split("|")
PUBLIC = (
    "City Council|Borough Council|County Council|District Council|Constabulary|Police|"
    "Fire and Rescue Service|Combined Authority|Ambulance Service NHS Trust|Cathedral|"
    "Chamber of Commerce|Citizens Advice|Crown Court|Airport|Festival|Football Association|"
    "Law Society|Medical Society|Arts Festival|Literary Festival|Youth Orchestra|Hospice|"
    "Housing Association|Building Society|Racecourse|Community College|Grammar School|"
    "High School|Primary School|Theatre|Opera House|Chronicle|Evening Post|Gazette|Mosque|"
    "Rotary Club|Museum"
).split("|")
