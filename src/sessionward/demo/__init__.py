"""A small clinic to audit: sound as it stands, and with any of its protections switched off."""
