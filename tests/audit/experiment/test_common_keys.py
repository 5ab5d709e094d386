from sessionward.audit.experiment.common_keys import common_keys, kind


def test_each_key_comes_once_and_the_known_ones_are_among_them() -> None:
    keys = tuple(common_keys())
    assert len(keys) == len(set(keys))
    assert {b"secret", b"changeme", b"keyboard cat", b"dev", b"your-256-bit-secret", b""} <= set(keys)
    assert 200 < len(keys) < 1000


def test_the_kind_of_a_key_is_told_and_never_the_key() -> None:
    for key in (b"", b"keyboard cat", b"iloveyou"):
        assert not key or key.decode() not in kind(key)
    assert kind(b"keyboard cat") != kind(b"iloveyou")
