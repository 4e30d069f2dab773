"""Django's settings about signing in: accounts, second factors, lock-out, the sign-in of another house, e-mail."""

import os
from datetime import timedelta
from urllib.parse import urlsplit

IS_HTTPS = os.environ.get("TUMBUH_HTTPS") == "1"

SIGN_IN_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
]
AUTHENTICATION_BACKENDS = [
    "tumbuh.web.accounts.security.lockout.LockoutBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]

ACCOUNT_ADAPTER = "tumbuh.web.accounts.security.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]  # for allauth's checks; nobody signs up
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# An office or a course behind one address signs in together; codes of the second step are five in five minutes.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "50/m/ip,5/300s/key"}
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tumbuh: "
ACCOUNT_FORMS = {
    "login": "tumbuh.web.accounts.security.forms.SignInForm",
    "change_password": "tumbuh.web.accounts.security.forms.ChangePasswordForm",
    "reauthenticate": "tumbuh.web.accounts.security.forms.AgainForm",
    "reset_password": "tumbuh.web.accounts.security.forms.ForgottenForm",
    "reset_password_from_key": "tumbuh.web.accounts.security.forms.NewPasswordForm",
}

MFA_ADAPTER = "tumbuh.web.accounts.security.adapters.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "tumbuh.web.accounts.security.forms.AddKeyForm",
    "edit_webauthn": "tumbuh.web.accounts.security.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Tumbuh"
MFA_TOTP_TOLERANCE = 1  # phones whose clock is half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # accounts are made by administrators, nobody signs up with another's address
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # browsers allow it on localhost only
# Which roles must have a second factor: None as the roles say (nobody in the demo), else a list or "none".
MFA_ROLES = os.environ.get("TUMBUH_MFA_ROLES")

# Failures are counted per account and, with a wider limit, per address: an office behind one address goes on working.
AXES_HANDLER = "tumbuh.web.accounts.security.lockout.LockoutHandler"
AXES_LOCKOUT_PARAMETERS = ["username", "ip_address"]
AXES_FAILURE_LIMIT = 5
LOCKOUT_ADDRESS_LIMIT = 50
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "tumbuh.web.accounts.security.lockout.name_account"
AXES_CLIENT_IP_CALLABLE = "tumbuh.web.accounts.security.lockout.read_address"
AXES_LOCKOUT_CALLABLE = "tumbuh.web.accounts.security.lockout.show_lockout"
AXES_CLIENT_STR_CALLABLE = "tumbuh.web.accounts.security.lockout.describe_client"
AXES_SENSITIVE_PARAMETERS = ["login", "password", "username", "ip_address", "next", "csrfmiddlewaretoken", "q"]
AXES_DISABLE_ACCESS_LOG = True  # the audit trail keeps who signed in
AXES_VERBOSE = AXES_ENABLE_ADMIN = False

SOCIALACCOUNT_ADAPTER = "tumbuh.web.accounts.security.oidc.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
OIDC_ISSUER = os.environ.get("TUMBUH_OIDC_ISSUER", "")
OIDC_LABEL = os.environ.get("TUMBUH_OIDC_LABEL", "SSO")
OIDC_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(OIDC_ISSUER)) if OIDC_ISSUER else ""


def make_oidc_apps(issuer: str, client_id: str, secret: str, label: str) -> list[dict[str, object]]:
    """The one client of the one provider, as allauth wants it; none without an issuer."""
    ours = {"server_url": issuer, "fetch_userinfo": False, "oauth_pkce_enabled": True}
    app = {"provider_id": "sso", "name": label, "client_id": client_id, "secret": secret, "settings": ours}
    return [app] if issuer else []


SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": make_oidc_apps(
            OIDC_ISSUER,
            os.environ.get("TUMBUH_OIDC_CLIENT_ID", ""),
            os.environ.get("TUMBUH_OIDC_CLIENT_SECRET", ""),
            OIDC_LABEL,
        )
    }
}

# Without a mail server no password can be reset by oneself: an administrator gives a new one.
EMAIL_HOST = os.environ.get("TUMBUH_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("TUMBUH_EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("TUMBUH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("TUMBUH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = bool(EMAIL_HOST) and EMAIL_PORT != 25
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("TUMBUH_EMAIL_FROM", "tumbuh@localhost")
HAS_EMAIL = bool(EMAIL_HOST)
if not HAS_EMAIL:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
