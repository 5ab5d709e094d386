import subprocess
import sys

import pytest

from sessionward.version import VERSION


@pytest.mark.parametrize(
    "arguments,code,told",
    [
        (("--version",), 0, f"sessionward {VERSION}"),
        (("checks", "no-such"), 2, "there is no check “no-such”"),
    ],
)
def test_the_package_itself_is_the_command(arguments: tuple[str, ...], code: int, told: str) -> None:
    command = (sys.executable, "-m", "sessionward", *arguments)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == code
    assert told in done.stdout + done.stderr
