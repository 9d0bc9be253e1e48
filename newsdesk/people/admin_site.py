"""The admin, open to the roles that edit there and not to staff alone."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsdesk.people import access


class DeskAdminSite(AdminSite):
    site_header = "Newsdesk"
    site_title = "Newsdesk"
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return access.may_enter_admin(request.user)
