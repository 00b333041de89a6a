"""Published figures on China's pilot free trade zones."""

__version__ = "0.2.0"
