"""The `ftz` command, also as `python -m ftz_cli`."""

import sys


def main() -> None:
    """Run the command line; Ctrl-C ends it without a traceback, while it is imported too."""
    try:
        from .cli.application import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
