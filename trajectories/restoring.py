"""Which links must not live on when a backup comes back? All of them: one that was used since would lead somewhere again."""

from coaching.restoring import restored
from trajectories.models import LinkInvitation


@restored
def links_in_mails(at):
    """With what was typed behind them; the next reminder brings a new one."""
    LinkInvitation.objects.all().delete()
