"""Which roles must have a second factor."""

from tumbuh.accounts.rules.roles import ROLES

NOBODY = "none"


def list_factor_roles(asked: str | None, *, is_demo: bool) -> frozenset[str]:
    """The role codes that need a second factor.

    `asked` is what the installation wants: "none", or role codes with commas. Nothing asked: as each role says, and
    nobody in the demo, whose accounts share one published password. An unknown code is a ValueError.
    """
    if asked is None or not asked.strip():
        return frozenset() if is_demo else frozenset(role.code for role in ROLES.values() if role.needs_mfa)
    if asked.strip().lower() == NOBODY:
        return frozenset()
    codes = frozenset(code.strip().upper() for code in asked.split(",") if code.strip())
    if unknown := sorted(codes - set(ROLES)):
        raise ValueError(f"TUMBUH_MFA_ROLES: {', '.join(unknown)} is no role. Roles: {', '.join(sorted(ROLES))}.")
    return codes
