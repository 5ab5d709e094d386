"""Files for nobody but the user: they tell where an app is weak."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_private(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` as one step, readable by the user alone.

    A reader sees the old file or the new one, never half of one, and so does whoever comes after a crash.
    Directories that are missing are made private; one that was there keeps its mode, for it is not ours.
    Raises OSError where it cannot be written; the file that was there stays as it was.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # mkstemp makes the file with mode 0600 and never follows a link that somebody placed there
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
