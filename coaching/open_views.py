"""Which views may be opened without logging in? All of them are named here; a test compares this with the addresses."""

from django.core.checks import Error, Tags, register
from django.urls import NoReverseMatch, reverse

OPEN = {
    "coaching:login",
    "coaching:logout",
    "coaching:password_forgotten",
    "coaching:password_link",
    "coaching:still_here",
    "coaching:kept",
    "sessions:feed",
    "trajectories:link",
    "trajectories:link_done",
    "trajectories:link_send",
    "trajectories:link_step",
    "trajectories:verify",
}
DEVELOPMENT = {"coaching:demo_login", "coaching:post", "coaching:gallery"}
SOME_ID = "00000000-0000-0000-0000-000000000000"


@register(Tags.security, deploy=True)
def no_development_pages(app_configs, **facts):
    """Logging in as a demo person by one click must not exist where real people are coached."""
    found = []
    for name in sorted(DEVELOPMENT):
        for args in ([], [SOME_ID]):
            try:
                reverse(name, args=args)
            except NoReverseMatch:
                continue
            found.append(Error(f"{name} is a page of a development run, and it can be reached.", hint="Set DEBUG=0.", id="coaching.E010"))
    return found
