"""A part of a page that is written once for everything it is made of."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context

from claims.kept_parts import Part, Written, written

register = template.Library()


class KeptPart(template.Node):
    """What stands between the tags, kept under the key of a `Part`; without one it is written each time."""

    def __init__(self, part: FilterExpression, nodelist: NodeList) -> None:
        self.part = part
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        part: Part | None = self.part.resolve(context, ignore_failures=True)
        if part is None:
            return self.nodelist.render(context)
        kept = written.get(part.key)
        if kept is None:
            with context.push(**part.gathers()):
                kept = Written(self.nodelist.render(context))
            written.set(part.key, kept, part.kept_s)
        return kept.html


@register.tag
def kept_part(parser: Parser, token: Token) -> KeptPart:
    """``{% kept_part part %}…{% endkept_part %}``"""
    _, name = token.split_contents()
    nodelist = parser.parse(("endkept_part",))
    parser.delete_first_token()
    return KeptPart(parser.compile_filter(name), nodelist)
