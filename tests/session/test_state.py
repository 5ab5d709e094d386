import pytest

from sessionward.session.state import Subject


@pytest.mark.parametrize("tenant,name", [("", "ana"), ("north", ""), ("", "")])
def test_a_subject_never_stands_without_its_tenant(tenant: str, name: str) -> None:
    with pytest.raises(ValueError, match="needs a tenant and an id"):
        Subject(tenant=tenant, id=name)


def test_one_id_in_two_tenants_is_two_subjects() -> None:
    assert Subject(tenant="north", id="ana") != Subject(tenant="south", id="ana")
