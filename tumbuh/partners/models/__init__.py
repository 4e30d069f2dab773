"""What the partners room keeps."""

from tumbuh.partners.models.entries import Agreement, Contribution, CsrProgramme, Entry, Research
from tumbuh.partners.models.networks import Membership, Network
from tumbuh.partners.models.reports import PartnerReport

__all__ = [
    "Agreement",
    "Contribution",
    "CsrProgramme",
    "Entry",
    "Membership",
    "Network",
    "PartnerReport",
    "Research",
]
