"""What kinds of name an organisation has, what it is to a force, and what an analyst ruled about two."""

from django.db.models import TextChoices


class NameKind(TextChoices):
    """What sort of name it is; an organisation trades and is written under several."""

    LEGAL = "legal", "Legal name"
    TRADING = "trading", "Trading name"
    FORMER = "former", "Former name"
    AS_WRITTEN = "as_written", "As written"


class Standing(TextChoices):
    """What an organisation is to a force by what the force publishes; the stronger first."""

    SUPPLIER = "supplier", "a supplier"
    BIDDER = "bidder", "a bidder"


class Ruling(TextChoices):
    """What an analyst decided about two organisations that look like one."""

    SAME = "same", "The same organisation"
    DIFFERENT = "different", "Different organisations"
