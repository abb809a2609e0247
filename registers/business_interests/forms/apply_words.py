"""The words in which each kind of interest is asked about."""

from registers.business_interests.enums import Category

HINTS = {
    Category.WAGED: "Paid a wage by an employer",
    Category.SELF_EMPLOYED: "A trade of your own, selling on the internet, driving, an app",
    Category.DIRECTORSHIP: "Also where it pays nothing, or does not trade",
    Category.FAMILY_BUSINESS: "Help in it, or a share of it",
    Category.TRAINING: "Lessons, lectures, coaching, marking",
    Category.CONSULTANCY: "Advice for a fee",
    Category.LETTING: "A flat, a house, a room, a holiday let",
    Category.HOBBY: "Done or made for pleasure, and paid for",
    Category.PERFORMANCE: "Music, acting, refereeing, a sport",
    Category.VOLUNTARY: "Unpaid: a club, a charity, a school’s governor",
    Category.LICENCE: "For alcohol, refreshments, betting or entertainment",
    Category.RELATIVES_LICENCE: "The same licences, where a relative holds one or gains from it",
    Category.OTHER: "Anything else for hire or gain; a public office",
}
WHAT = {
    Category.WAGED: ("What is the job?", "For example, evening shifts in a supermarket"),
    Category.SELF_EMPLOYED: ("What is the work?", "For example, gardening"),
    Category.DIRECTORSHIP: ("What does the company or partnership do?", "For example, roofing"),
    Category.FAMILY_BUSINESS: ("What is the business?", "For example, a farm shop"),
    Category.TRAINING: ("What is taught?", "For example, first aid"),
    Category.CONSULTANCY: ("What is the advice about?", "For example, health and safety"),
    Category.LETTING: ("What is let?", "For example, a flat with two bedrooms"),
    Category.HOBBY: ("What is the hobby?", "For example, wedding cakes"),
    Category.PERFORMANCE: ("What is performed?", "For example, drums in a band"),
    Category.VOLUNTARY: ("What is the work?", "For example, coach of a youth team"),
    Category.LICENCE: ("What is the business?", "For example, a public house"),
    Category.RELATIVES_LICENCE: ("What is the business?", "For example, a public house"),
    Category.OTHER: ("What is it?", "For example, parish councillor"),
}
WHERE = {
    Category.WAGED: "Name of the employer",
    Category.SELF_EMPLOYED: "Name of the business",
    Category.DIRECTORSHIP: "Name of the company or partnership",
    Category.FAMILY_BUSINESS: "Name of the business",
    Category.TRAINING: "Name of the school or club",
    Category.CONSULTANCY: "Name of the client",
    Category.VOLUNTARY: "Name of the club, school or charity",
}
