"""Printed quantities in Chinese and English. Import from the modules: most need no grammar."""
