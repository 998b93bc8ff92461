"""What is a goal called on a page? (R25)"""

from django import template

from trajectories import numbered

register = template.Library()
register.filter("called", numbered.called)
