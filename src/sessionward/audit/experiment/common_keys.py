"""Keys that everybody can know: words that people choose, and examples that documentation and templates print.

A list of our own, short on purpose: a key from it falls in seconds to anybody, and a longer list belongs to a tool that
is made for cracking. A key that is found is never told, only what kind it is.
"""

from __future__ import annotations

from collections.abc import Iterator

EXAMPLES = """
your-256-bit-secret|your-384-bit-secret|your-512-bit-secret|a-string-secret-at-least-256-bits-long
your_jwt_secret|your-jwt-secret|yourjwtsecret|your-secret-key|your_secret_key|your-secret|yoursecret|your_secret
my-secret-key|my_secret_key|mysecretkey|my-secret|my_secret|mysecret|my super secret key|my secret
super-secret|super_secret|supersecret|super-secret-key|super_secret_key|supersecretkey|super secret key
keyboard cat|keyboardcat|shhhhh|shhhhhhared-secret|some secret|some-secret|somesecret|a secret|a-secret
secret-key|secret_key|secretkey|secret key|secretKey|SECRET_KEY|SECRET|Secret|the secret|thisissecret
this is a secret|this-is-a-secret|thisisasecret|this is secret|this_is_a_secret_key|thisisasecretkey
jwt-secret|jwt_secret|jwtsecret|jwtSecret|JWT_SECRET|jwt-secret-key|jwt_secret_key|jwt-key|jwt
session-secret|session_secret|sessionsecret|SESSION_SECRET|session|sessions|cookie-secret|cookie_secret|cookie
app-secret|app_secret|appsecret|application-secret|token-secret|token_secret|access-token-secret|hmac-secret
replace-me|replace_me|replaceme|change-me|change_me|changeme|ChangeMe|CHANGEME|change-this|change_this|changethis
change this|changeit|change-in-production|please-change-me|please_change_me|insecure|insecure-key|insecure-secret
not-a-secret|not-so-secret|notsecret|dev-secret|dev_secret|devsecret|dev-key|dev_key|dev-secret-key|dev secret
dev|development|development key|development-secret|test|test-secret|test_secret|testsecret|testing|test-key|demo
local|example|example-secret|sample|sample-secret|default|default-secret|production|prod|staging
hard to guess string|you-will-never-guess|never-guess|A0Zr98j/3yX R~XHH!jmN]LWX/,?RT|_5#y2L"F4Q8z\\n\\xec]/
""".strip().replace("\n", "|")
WORDS = """secret password passw0rd password1 password123 admin admin123 root toor qwerty qwerty123 letmein welcome
welcome1 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 abc abc123 abcdef abcd1234 iloveyou
monkey dragon master hello hello123 key private privatekey private-key private_key signing-key signingkey sign salt
token auth authentication api apikey api-key api_key user guest public foo bar foobar xyz aaaa 0000 1111 s3cr3t s3cret
sup3rs3cr3t secret1 secret123 secret1234 mysecret123 health hospital clinic patient portal telehealth doctor medical
flask django express rails node spring laravel symfony nest fastapi react web server backend service company""".split()
DOUBLED = ("secret", "password", "changeme", "0123456789abcdef", "1234567890", "a", "x", "0")
LENGTHS = (16, 32, 64)


def common_keys() -> Iterator[bytes]:
    """Each once, the likeliest first; the empty key is among them."""
    seen: set[str] = set()
    for word in (*EXAMPLES.split("|"), *WORDS, "", *_padded()):
        if word not in seen:
            seen.add(word)
            yield word.encode()


def _padded() -> Iterator[str]:
    """A short word written again and again until a library that asks for a length is content."""
    for word in DOUBLED:
        for length in LENGTHS:
            yield (word * length)[:length]


def kind(key: bytes) -> str:
    """What sort of key it is, for a reader: never the key."""
    if not key:
        return "the empty key"
    if key.decode() in EXAMPLES.split("|"):
        return "an example key that documentation and templates print"
    return "an ordinary word or a short row of characters"
