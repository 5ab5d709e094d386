"""Which category of the OWASP Top 10 a weakness belongs to, by the lists of mapped weaknesses of the edition of 2025.

Weaknesses that those lists leave out (CWE-204, for one) belong to none here either: a category is never guessed.
"""

from collections.abc import Iterable

EDITION = 2025

MAPPED: dict[int, tuple[int, ...]] = {
    1: (200, 201, 352, 425, 601, 639, 668, 862, 863, 922, 1275),
    2: (315, 614, 942, 1004),
    4: (319, 321, 326, 330, 331, 334, 340, 347, 523),
    6: (269, 362, 444, 472, 522, 525, 539, 598, 602, 799, 807, 841, 1021),
    7: (287, 288, 294, 295, 304, 306, 307, 308, 346, 384, 521, 613, 620, 640, 798),
    8: (345, 565, 784),
    9: (532,),
    10: (209, 390, 755),
}
"""Of each category, by its rank, the weaknesses that our checks can show."""


def categories(requirements: Iterable[str]) -> tuple[str, ...]:
    """The ids of the categories to which the weaknesses among ``requirements`` belong, by rank."""
    named = set(requirements)
    return tuple(
        f"OWASP-A{rank:02}:{EDITION}"
        for rank, weaknesses in MAPPED.items()
        if any(f"CWE-{number}" in named for number in weaknesses)
    )
