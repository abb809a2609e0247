"""The dated rows of the policy on contact with the media, with what each factor weighs."""

from django.contrib import admin

from integrity.casework.desk import desk
from integrity.casework.reference import PolicyPart, PolicyRowAdmin, policies_in
from integrity.people.admin import REACH
from registers.media_contacts.models import MediaPolicy, MediaWeight

REACH[MediaPolicy] = policies_in(MediaPolicy)


class MediaWeightInline(PolicyPart):
    model = MediaWeight


@admin.register(MediaPolicy, site=desk)
class MediaPolicyAdmin(PolicyRowAdmin):
    """PSD's and the administrators', like every register's policy; the press office reads its words."""

    entries = "contacts"
    inlines = (MediaWeightInline,)
    list_display = ("title", "owner", "effective_from", "scope")
