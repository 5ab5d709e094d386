import re

import sessionward
from sessionward import version


def test_the_version_is_a_plain_release_number_and_the_package_hands_it_on() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", version.VERSION)
    assert sessionward.VERSION == version.VERSION == version.__version__
