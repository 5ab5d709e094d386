from sessionward.demo.sample_neighbours import NEIGHBOURS
from sessionward.demo.sample_people import PEOPLE


def test_the_southern_clinic_uses_numbers_of_the_northern_one_for_other_people() -> None:
    north = {person.number for person in PEOPLE if person.tenant == "north"}
    assert {person.number for person in NEIGHBOURS} <= north


def test_every_neighbour_is_of_the_south_and_every_patient_has_a_doctor_there() -> None:
    own = {person.id for person in NEIGHBOURS}
    assert {person.tenant for person in NEIGHBOURS} == {"south"}
    assert {person.doctor for person in NEIGHBOURS if person.role == "patient"} <= own
