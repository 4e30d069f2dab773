"""Workbooks with many new accounts."""

from uuid import uuid4

from django.db import models

from tumbuh.accounts.models.users import User


class AccountBatch(models.Model):
    """One uploaded workbook: its checked lines until its maker confirms them, afterwards only their numbers and the
    reasons of those that were refused."""

    personal_data = {"lines": "names, e-mail addresses and account names of those to come, until confirmed"}

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=200)
    made_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    lines = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
