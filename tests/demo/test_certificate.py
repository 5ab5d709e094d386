import ssl
import stat
from pathlib import Path

import httpx

from sessionward.demo.certificate import make_certificate
from sessionward.demo.server import serving
from tests.demo.trial import make_settings


async def test_the_clinic_answers_by_https_to_whoever_trusts_the_certificate(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    trusting = ssl.create_default_context(cafile=made.certificate)
    async with serving(make_settings(), certificate=made) as url, httpx.AsyncClient(verify=trusting) as http:
        answer = await http.get(f"{url}/login")
    assert url.startswith("https://")
    assert "strict-transport-security" in answer.headers


def test_the_key_is_for_the_user_alone(tmp_path: Path) -> None:
    assert stat.S_IMODE(make_certificate(tmp_path).key.stat().st_mode) == 0o600
