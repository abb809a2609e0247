"""What the desk's pages of organisations share: where each is read."""

from django.urls import reverse

from registers.organisations.models import Organisation


def page_of(organisation: Organisation) -> str:
    """The page of everything known of an organisation, whichever of its records is named."""
    return reverse("admin:organisations-page", args=[organisation.root_id])
