"""Who has a key of the clinic's data, by which password."""

from checklist.model import StaffId
from checklist.store.vault import Cost, VaultUser

CHEAP = Cost(64, 1, 1)
ORTIZ = VaultUser("rortiz", StaffId("staff-1"), "R. Ortiz")
CHEN = VaultUser("lchen", StaffId("staff-2"), "Dr L. Chen")
RIGHT = "a quiet harbor at nine"
OTHER = "seven grey herons"
