import sessionward.asgi
from sessionward.session.adapters import asgi


def test_the_short_name_hands_on_what_the_adapter_offers_to_apps() -> None:
    offered = {
        name
        for name, value in vars(asgi).items()
        if getattr(value, "__module__", None) == asgi.__name__
        and not name.startswith("_")
        and callable(value)
    }
    inner = {"HasScope", "GuardedSocket", "by_person"}
    assert offered - inner <= set(sessionward.asgi.__all__)
