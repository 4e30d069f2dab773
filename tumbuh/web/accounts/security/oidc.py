"""Signing in with the account of another house (OpenID Connect): only for accounts that exist here.

allauth trusts an id_token fetched over TLS without looking at its signature, and sends no nonce. Here signature,
issuer, audience, age and nonce are all checked.
"""

import secrets
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from tumbuh.accounts.api import User

ALGORITHMS = ["RS256", "PS256", "ES256"]
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60  # seconds by which two clocks may differ
NONCE = "oidc_nonce"


class Adapter(OpenIDConnectOAuth2Adapter):
    """Looks at everything that an id_token promises."""

    @property
    def openid_config(self) -> dict[str, Any]:
        config = super().openid_config
        wanted = self.get_provider().app.settings["server_url"]
        if config.get("issuer", "").rstrip("/") != wanted.rstrip("/"):
            raise OAuth2Error("the provider names another issuer")
        return config

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        """The claims of a token that is genuine, for us, fresh, and the answer to our question; else OAuth2Error."""
        expected = self.request.session.pop(NONCE, None)
        try:
            key = find_key(self.openid_config["jwks_uri"], jwt.get_unverified_header(id_token).get("kid"))
            claims = jwt.decode(
                id_token,
                key=key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=LEEWAY,
                options={"require": REQUIRED},
            )
        except (jwt.PyJWTError, ValueError, TypeError) as error:
            raise OAuth2Error("the id_token is not valid") from error
        if not expected or not secrets.compare_digest(str(claims["nonce"]), expected):
            raise OAuth2Error("the id_token answers another question")
        return claims

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("the provider sent no id_token")
        return super().complete_login(request, app, token, **kwargs)


def find_key(address: str, kid: str | None) -> Any:
    """The provider's public key of this name; OAuth2Error when there is none."""
    with get_social_adapter().get_requests_session() as session:
        answer = session.get(address)
        answer.raise_for_status()
    keys = jwt.PyJWKSet.from_dict(answer.json()).keys
    found = next((key for key in keys if key.key_id == kid), None)
    if found is None:
        raise OAuth2Error("the id_token names an unknown key")
    return found


class SocialAdapter(DefaultSocialAccountAdapter):
    """Nobody signs up; the e-mail address that the provider has verified finds the account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Ties a first sign-in to the one active account with the same verified address; else a plain page."""
        if sociallogin.is_existing:
            return
        verified = {address.email for address in sociallogin.email_addresses if address.verified and address.email}
        users = User.objects.filter(email__iexact=verified.pop(), is_active=True)[:2] if len(verified) == 1 else []
        if len(users) != 1:
            raise ImmediateHttpResponse(refuse(request, "no_account"))
        sociallogin.connect(request, users[0])

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_: Any) -> None:
        raise ImmediateHttpResponse(refuse(request, "failed"))


def refuse(request: HttpRequest, why: str) -> HttpResponse:
    """A plain page: what happened and what to do; status 403."""
    return render(request, "accounts/oidc_refused.html", {"why": why}, status=403)


def get_adapter(request: HttpRequest, provider_id: str) -> Adapter:
    """The adapter of a provider that is set up; else Http404."""
    adapter = Adapter(request, provider_id)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return adapter


def start(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sends the visitor to the provider with a fresh state and nonce."""
    if "process" in request.GET or "process" in request.POST:  # signing in only, no tying of accounts by hand
        raise Http404
    adapter = get_adapter(request, provider_id)
    provider = adapter.get_provider()
    request.session[NONCE] = secrets.token_urlsafe(32)
    provider.app.settings = {**provider.app.settings, "auth_params": {"nonce": request.session[NONCE]}}
    provider.oauth2_adapter_class = Adapter
    adapter.get_provider = lambda: provider
    try:
        return OAuth2LoginView.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException):
        return refuse(request, "failed")


def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the provider sends the visitor back to."""
    return OAuth2CallbackView.adapter_view(get_adapter(request, provider_id))(request)
