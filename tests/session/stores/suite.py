"""The conformance suite as one: inherit, and say in a fixture how the store is opened.

`Conformance` needs the fixture `store`, a fresh `AsyncStore`; `Reopening`, for stores that outlive a client,
needs `opened`, which opens the same store once more; `Races`, for stores that block, needs `blocking`.
"""

from tests.session.stores.conformance import Data, Records, Upkeep
from tests.session.stores.everybody import Everybody
from tests.session.stores.races import Races
from tests.session.stores.subjects import Endings, Reopening, SingleUse, Subjects

__all__ = ["Conformance", "Races", "Reopening"]


class Conformance(Records, Data, Subjects, Everybody, SingleUse, Endings, Upkeep):
    """All that needs one open store."""
