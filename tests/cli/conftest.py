from pathlib import Path

import pytest

from tests.cli.trails import Trail


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    found = Trail(tmp_path)
    found.write(5)
    return found
