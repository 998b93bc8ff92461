"""Do templates stand alone, ask nothing of the database and carry no script? (architecture 14, 15, 18; security.md)"""

import re

from django.template.base import Lexer, TokenType

from tests.guards import Guard, tree

CONDITIONS = {"if", "for", "with", "ifchanged"}
QUERY = re.compile(r"(?<!forloop)(?<!parentloop)\.(all|count|first|last|exists)\b|\w_set\b")
STRINGS = re.compile(r"\"[^\"]*\"|'[^']*'")
INLINE = {
    r"\sstyle\s*=": "style=",
    r"<style\b": "<style>",
    r"<script(?![^>]*\ssrc=)": "a script without src",
    r"\shx-on\b": "hx-on",
    r"\bjs:": "js:",
    r"javascript:": "javascript:",
    r"\son[a-z]+\s*=\s*[\"']": "an on… attribute",
    r"hx-trigger=[\"'][^\"']*\[": "a trigger filter",
}
COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.S)
POST_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?(?:</form>|\Z)", re.S | re.I)


def _tokens(source, kind):
    return [token for token in Lexer(source).tokenize() if token.token_type == kind]


def lone_fragments(source):
    """A partial that stands under a condition is drawn without it when it is asked for by itself."""
    offences, stack = [], []
    for token in _tokens(source, TokenType.BLOCK):
        tag = token.contents.split()[0]
        if tag in CONDITIONS:
            stack.append(tag)
        elif tag.startswith("end") and tag[3:] in CONDITIONS and stack:
            stack.pop()
        elif tag == "partialdef" and stack:
            offences.append(f"line {token.lineno}: partialdef under {stack[-1]}")
    return offences


def queries(source):
    """A template shows what it is given; it asks nothing."""
    tokens = _tokens(source, TokenType.VAR) + _tokens(source, TokenType.BLOCK)
    found = ((token, QUERY.search(STRINGS.sub("", token.contents))) for token in tokens)
    return [f"line {token.lineno}: {match.group()}" for token, match in found if match]


def unescaped(source):
    """Words of people are escaped, always."""
    offences = [f"line {t.lineno}: |safe" for t in _tokens(source, TokenType.VAR) if re.search(r"\|\s*safe(seq)?\b", t.contents)]
    for token in _tokens(source, TokenType.BLOCK):
        words = STRINGS.sub("", token.contents)
        if re.match(r"autoescape\s+off|filter\s+.*\bsafe\b", words) or re.search(r"\|\s*safe(seq)?\b", words):
            offences.append(f"line {token.lineno}: {token.contents}")
    return offences


def inline(source):
    """The policy forbids style and script in pages; so do we."""
    bare = COMMENTS.sub("", source)
    return [says for pattern, says in INLINE.items() if re.search(pattern, bare, re.I)]


def open_includes(source):
    """A component gets what it is passed, and nothing else."""
    includes = [token for token in _tokens(source, TokenType.BLOCK) if re.match(r"include\s+[\"']components/", token.contents)]
    return [f"line {token.lineno}: {token.contents}" for token in includes if token.contents.split()[-1] != "only"]


def tokenless_forms(source):
    """A form that posts carries the token; crispy brings its own, and a page of a link in a mail its proof (trajectories.views.links)."""
    forms = POST_FORM.findall(COMMENTS.sub("", source))
    ours = [form for form in forms if "csrf_token" not in form and "trajectories/link/keys.html" not in form]
    return ["a POST form without csrf_token" for form in ours if not re.search(r"\{%\s*crispy\b", form)]


def tokenless_includes(source, needing=frozenset({"components/verb.html"})):
    """`only` leaves the token outside: an include of a component with a form passes `csrf_token=csrf_token`."""
    offences = []
    for token in _tokens(source, TokenType.BLOCK):
        match = re.match(r"include\s+[\"']([^\"']+)[\"'].*\bonly$", token.contents, re.S)
        if match and match.group(1) in needing and "csrf_token=csrf_token" not in token.contents:
            offences.append(f"line {token.lineno}: {token.contents}")
    return offences


def needing_token():
    """The components that need the token, also those that only pass it on."""
    folder = tree.ROOT / "templates"
    return {path.relative_to(folder).as_posix() for path in tree.pages() if "csrf_token" in path.read_text()}


GUARDS = [
    Guard(
        lone_fragments,
        tree.pages,
        bad=(
            "{% if may %}{% partialdef notes inline %}x{% endpartialdef %}{% endif %}",
            "{% for a in b %}{% partialdef n %}{% endpartialdef %}{% endfor %}",
            "{% with a=b %}{% partialdef n inline %}{% endpartialdef %}{% endwith %}",
        ),
        good=("{% if a %}{% endif %}{% partialdef notes inline %}{% if may %}x{% endif %}{% endpartialdef notes %}",),
    ),
    Guard(
        queries,
        tree.templates,
        bad=("{% for g in trajectory.goals.all %}", "{{ goals.count }}", "{% if logs.exists %}", "{{ t.goal_set }}", "{{ x.first.name }}"),
        good=(
            "{% if forloop.first %}",
            "{{ forloop.parentloop.last }}",
            "{{ person.first_name }}",
            "{% include 'x/first.html' %}",
            "{{ all }}",
        ),
    ),
    Guard(
        unescaped,
        tree.templates,
        bad=("{{ note|safe }}", "{% autoescape off %}", "{{ a|safeseq|join:' ' }}", "{% filter safe %}", "{% include 'x' with a=b|safe %}"),
        good=("{{ note }}", "{{ note|linebreaks }}", "{% translate 'a |safe place' %}"),
    ),
    Guard(
        inline,
        tree.pages,
        bad=(
            '<p style="x">',
            "<script>1</script>",
            '<a hx-on:click="x">',
            "<a hx-vals='js:{a: 1}'>",
            '<a onclick="x">',
            '<a href="javascript:1">',
            '<a hx-trigger="click[shiftKey]">',
            "<style>p {}</style>",
        ),
        good=(
            '<script src="{% static "js/a.js" %}" defer></script>',
            '<p class="style">',
            '<a hx-trigger="load delay:1s">',
            "{# style= #}",
        ),
    ),
    Guard(
        open_includes,
        tree.pages,
        bad=('{% include "components/person.html" with person=p %}', "{% include 'components/a.html' %}"),
        good=('{% include "components/person.html" with person=p only %}', '{% include "trajectories/part.html" %}'),
    ),
    Guard(
        tokenless_forms,
        tree.pages,
        bad=('<form method="post"><p></form>', "<form class='a' METHOD=post>"),
        good=('<form method="post">{% csrf_token %}</form>', '<form method="get"></form>', '<form method="post">{% crispy form %}</form>'),
    ),
    Guard(
        tokenless_includes,
        tree.pages,
        bad=('{% include "components/verb.html" with a=b only %}',),
        good=('{% include "components/verb.html" with a=b csrf_token=csrf_token only %}', '{% include "components/person.html" only %}'),
    ),
]
