"""Links that work once: they are made when the message is sent and stand in no table."""

from django.db import models

PLACE = "{link}"  # where the link stands in a body


class Link(models.TextChoices):
    """To what a message's link leads."""

    PASSWORD = "PASSWORD", "Kata sandi baru"
    INVITATION = "INVITATION", "Undangan"
