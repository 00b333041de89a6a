"""The `ftz` command, also as `python -m ftz_cli`."""

import gc


def main() -> None:
    """Run the command line."""
    # A look-up is over before there is garbage in circles; loading turns the collector on again.
    gc.disable()
    from .cli import main as run

    run()


if __name__ == "__main__":
    main()
