"""Addresses of signing in, second factors and one's own password: allauth's views under our own paths."""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import path, re_path
from django.views.decorators.http import require_http_methods

from tumbuh.web.accounts.security import oidc, views

SECURITY = "akun/keamanan"
read, write, both = (require_http_methods(names) for names in (["GET", "HEAD"], ["POST"], ["GET", "HEAD", "POST"]))

urlpatterns = [
    path("masuk", both(views.SignIn.as_view()), name="account_login"),
    path("masuk/kode", both(factor.authenticate), name="mfa_authenticate"),
    path("masuk/kunci", both(keys.login_webauthn), name="mfa_login_webauthn"),
    path("keluar", write(account.logout), name="account_logout"),
    path("akun/nonaktif", read(account.account_inactive), name="account_inactive"),
    path("akun/pastikan", both(account.reauthenticate), name="account_reauthenticate"),
    path("akun/pastikan/kode", both(factor.reauthenticate), name="mfa_reauthenticate"),
    path("akun/pastikan/kunci", both(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path(SECURITY, views.security, name="mfa_index"),
    path(f"{SECURITY}/keluarkan", views.sign_out_elsewhere, name="sign_out_elsewhere"),
    path(f"{SECURITY}/kata-sandi", both(account.password_change), name="account_change_password"),
    path(f"{SECURITY}/kata-sandi/buat", both(account.password_set), name="account_set_password"),
    path(f"{SECURITY}/aplikasi", both(app.activate_totp), name="mfa_activate_totp"),
    path(f"{SECURITY}/aplikasi/lepas", both(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(f"{SECURITY}/kode", read(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(f"{SECURITY}/kode/baru", both(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path(f"{SECURITY}/kode/unduh", read(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path(f"{SECURITY}/kunci", read(keys.list_webauthn), name="mfa_list_webauthn"),
    path(f"{SECURITY}/kunci/tambah", both(keys.add_webauthn), name="mfa_add_webauthn"),
    path(f"{SECURITY}/kunci/<int:pk>/hapus", both(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path(f"{SECURITY}/kunci/<int:pk>/nama", both(keys.edit_webauthn), name="mfa_edit_webauthn"),
    path("masuk/oidc/batal", read(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("masuk/oidc/gagal", read(social.login_error), name="socialaccount_login_error"),
    path("masuk/oidc/<slug:provider_id>", both(oidc.start), name="openid_connect_login"),
    path("masuk/oidc/<slug:provider_id>/kembali", read(oidc.finish), name="openid_connect_callback"),
]
if settings.HAS_EMAIL:
    key = r"^lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$"
    urlpatterns += [
        path("lupa", both(account.password_reset), name="account_reset_password"),
        path("lupa/terkirim", read(account.password_reset_done), name="account_reset_password_done"),
        path("lupa/selesai", read(account.password_reset_from_key_done), name="account_reset_password_from_key_done"),
        re_path(key, both(account.password_reset_from_key), name="account_reset_password_from_key"),
    ]
