"""What the accounts room keeps."""

from tumbuh.accounts.models.batches import AccountBatch
from tumbuh.accounts.models.counts import SharedCount
from tumbuh.accounts.models.institutions import Institution
from tumbuh.accounts.models.invitations import Invitation
from tumbuh.accounts.models.users import Assignment, User

__all__ = ["AccountBatch", "Assignment", "Institution", "Invitation", "SharedCount", "User"]
