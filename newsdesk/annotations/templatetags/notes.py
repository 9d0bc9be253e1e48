"""What templates need to show notes."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from newsdesk.annotations.markdown import render

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    return render(text)
