"""Who may do what with an organisation. Each check raises Denied with the sentence the person reads."""

from integrity.casework.workflow import Denied
from integrity.people.enums import PSD_ROLES, Role
from integrity.people.models import User
from registers.organisations.models import Organisation

# Who reads an organisation's page on the desk; what stands on it each register decides by itself.
READERS = (*PSD_ROLES, Role.INSPECTOR, Role.PROCUREMENT, Role.PRESS_OFFICE)
# For an owner of registers the desk does not open: they read it on the site, as they read entries.
OWNERS = (Role.REGISTER_OWNER,)
# Who reads why two records were merged, and what is suggested.
REVIEWERS = (*PSD_ROLES, Role.INSPECTOR)


def is_analyst(user: User, department_id: int) -> bool:
    """PSD of the department whose forces share the record."""
    return department_id in user.departments(*PSD_ROLES)


def check_analyst(user: User, organisation: Organisation) -> None:
    """Merging, names, parents and notes are PSD's. Raises Denied."""
    if not is_analyst(user, organisation.department_id):
        raise Denied("Only the professional standards department can do this.", for_them=False)
