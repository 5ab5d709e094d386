import subprocess
import sys

from sessionward import factors


def test_every_short_name_is_there() -> None:
    assert [name for name in factors.__all__ if not hasattr(factors, name)] == []


def test_codes_need_nothing_that_is_an_extra() -> None:
    program = "import sys; sys.modules['argon2'] = None; import sessionward.factors"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
