"""Proofs that a client holds the key its session is bound to (DPoP, RFC 9449)."""
