"""``python -m onrecord.cli``."""

import sys

from onrecord.cli.entry import main

sys.exit(main())
