"""manage.py import_spend FILE --force CODE"""

from integrity.casework.feed_command import FeedCommand
from registers.procurement.actions.spend import FEED


class Command(FeedCommand):
    help = (
        "Import payments as police bodies publish them: CSV, XLSX or ODS. "
        "Importing a file again adds nothing; a corrected one updates and says what changed."
    )
    feed = FEED
