"""Counts that all processes of the site share: how often somebody tried, and codes that were used."""

from django.db import models


class SharedCount(models.Model):
    """One entry of the cache `tumbuh.accounts.counts`. Its key is a keyed digest that tells no account or address."""

    personal_data: dict[str, str] = {}

    key = models.CharField(max_length=64, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True, db_index=True)
