"""The `ftz` command, also as `python -m ftz_cli`."""

import gc
import signal


def main() -> None:
    """Run the command line."""
    # Ctrl-C before there is anything to tidy up ends the process, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # A look-up is over before there is garbage in circles; loading turns the collector on again.
    gc.disable()
    from .cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
