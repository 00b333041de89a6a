"""Published figures on China's pilot free-trade zones, with their meaning and their source."""

__version__ = "0.1.0"
