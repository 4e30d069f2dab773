"""The regulation as data, as loaded from `regulations/`."""

from django.db import models
