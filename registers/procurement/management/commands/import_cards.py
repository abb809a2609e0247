"""manage.py import_cards FILE --force CODE"""

from integrity.casework.feed_command import FeedCommand
from registers.procurement.actions.cards import FEED


class Command(FeedCommand):
    help = (
        "Import a register of purchasing cards, a list of purchases, or both: CSV, XLSX or ODS. "
        "Importing a file again adds nothing; a corrected one updates and says what changed."
    )
    feed = FEED
