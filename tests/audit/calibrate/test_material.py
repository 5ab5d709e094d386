from sessionward.audit.calibrate.material import Material, Witness
from tests.audit.calibrate.simulated import cookies


def test_known_values_are_joined_by_how_apps_write_them() -> None:
    nobody = Witness(party="owner", tokens=cookies(sid="secret-value"))
    material = Material(
        owner=nobody, owner_again=nobody, stranger=nobody, known={"owner": ("ana", "Ana@Example.org", "ana")}
    )
    assert material.known_of("owner") == ("ana", "Ana@Example.org", "ana@example.org", "Ana")
    assert material.known_of("stranger") == ()
    assert "secret-value" not in repr(material)
