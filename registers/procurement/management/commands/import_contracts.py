"""manage.py import_contracts FILE --force CODE"""

from integrity.casework.feed_command import FeedCommand
from registers.procurement.actions.contracts import FEED


class Command(FeedCommand):
    help = (
        "Import contracts and tenders: an OCDS package, JSON Lines, or a register in a spreadsheet. "
        "Importing a file again adds nothing; a corrected one updates and says what changed."
    )
    feed = FEED
