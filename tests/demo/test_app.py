import pytest

from tests.demo.trial import make_trial


@pytest.mark.parametrize("path", ["/no-such-page", "/records/none/print/more"])
async def test_a_page_that_does_not_exist_says_so_in_the_clinics_own_way(path: str) -> None:
    answer = await make_trial().guest().get(path)
    assert answer.status_code == 404
    assert "Fjordview Clinic" in answer.text


async def test_the_api_answers_errors_as_json() -> None:
    answer = await make_trial().guest().get("/api/nothing")
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


async def test_a_file_that_does_not_exist_is_no_page() -> None:
    answer = await make_trial().guest().get("/static/nothing")
    assert (answer.status_code, answer.text) == (404, "Not Found")


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"])
async def test_no_file_outside_the_folder_of_shared_files_is_served(path: str) -> None:
    assert (await make_trial().guest().get(path)).status_code == 404


async def test_a_wrong_method_is_refused_with_the_right_ones() -> None:
    answer = await make_trial().guest().http.put("/login")
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
