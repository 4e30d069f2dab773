"""Addresses of other people's accounts, for administrators, and of invitations, for those invited."""

from django.urls import path

from tumbuh.web.accounts.people import account, bulk, granting, institutions, invited, listing, slips

urlpatterns = [
    path("akun", listing.people, name="people"),
    path("akun/wilayah", listing.served, name="people_served"),
    path("akun/baru", granting.new_account, name="person_new"),
    path("akun/<int:account_id>", account.person, name="person"),
    path("akun/<int:account_id>/peran", granting.new_role, name="person_role"),
    path("akun/<int:account_id>/peran/<int:held_id>/instansi", granting.role_institution, name="person_institution"),
    path("akun/instansi", institutions.institutions, name="institutions"),
    path("akun/massal", bulk.upload, name="people_bulk"),
    path("akun/massal/templat", bulk.template, name="people_template"),
    path("akun/massal/<uuid:batch_id>", bulk.batch, name="people_batch"),
    path("akun/undangan", slips.slips, name="invitation_slips"),
    path("akun/undangan/unduh", slips.download, name="invitation_download"),
    path("undangan", invited.invited, name="invited"),
    path("undangan/<str:token>", invited.open_invitation, name="invitation"),
]
