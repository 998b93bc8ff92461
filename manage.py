#!/usr/bin/env python
"""Which command shall Django run for us?"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coaching.settings")
    execute_from_command_line(sys.argv)
