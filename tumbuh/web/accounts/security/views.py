"""Signing in, the page of one's own security, and signing out elsewhere."""

from typing import Any

from allauth.account.utils import passthrough_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tumbuh.accounts.api import end_sessions
from tumbuh.web.accounts.security.factors import must_enrol, needs_factor
from tumbuh.web.site.viewer import ask_held


class SignIn(LoginView):
    """Account name or e-mail address and password, a passkey, or the account of another house."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = super().get_context_data(**kwargs)
        if settings.OIDC_ISSUER:
            address = reverse("openid_connect_login", args=["sso"])
            page["oidc_href"] = passthrough_next_redirect_url(self.request, address, "next")
            page["oidc_label"] = settings.OIDC_LABEL
        page["has_email"] = settings.HAS_EMAIL
        return page


@never_cache
@login_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Password, second factors, recovery codes, sessions."""
    own = list(Authenticator.objects.filter(user_id=request.user.pk).order_by("created_at"))
    codes = next((one.wrap() for one in own if one.type == Authenticator.Type.RECOVERY_CODES), None)
    page = {
        "app": next((one for one in own if one.type == Authenticator.Type.TOTP), None),
        "keys": [one.wrap() for one in own if one.type == Authenticator.Type.WEBAUTHN],
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "must_enrol": must_enrol(request, request.user),
        "is_needed": needs_factor(ask_held(request.user)),
    }
    return render(request, "accounts/security.html", page)


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends every session of the user but this one."""
    end_sessions(by=request.user, user=request.user)
    update_session_auth_hash(request, request.user)
    messages.success(request, gettext("Semua perangkat lain sudah dikeluarkan."))
    return redirect("mfa_index")
