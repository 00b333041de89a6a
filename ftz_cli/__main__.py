"""`python -m ftz_cli`."""

from .cli import main

main()
