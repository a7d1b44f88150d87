"""In demo mode, the door lists the federations to try."""

import re

import pytest
from sqlalchemy import update

from tenants.db import db
from tenants.models import Tenant
from tests.world import PASSWORD


@pytest.fixture
def demo(built, ours):
    """The service in demo mode, with our federation as one to try."""
    with ours.scope():
        row = {"settings": {"demo_password": PASSWORD}}
        db.session.execute(update(Tenant).where(Tenant.id == ours.id).values(row))
        db.session.commit()
    return built(changed={"demo_mode": True}, WTF_CSRF_ENABLED=False, THROTTLE=False)


def test_one_click_signs_in_as_each_role(demo, ours, theirs):
    page = demo.test_client().get("/").text
    assert theirs.slug not in page.replace(ours.slug, "")
    card = page[page.index(f'id="demo-{ours.slug}"') :]
    forms = re.findall(
        r'action="([^"]+)".*?name="email" value="([^"]+)".*?name="password" value="([^"]+)"',
        card[: card.index("</section>")],
        re.DOTALL,
    )
    assert len(forms) == 7
    for action, email, password in forms:
        client = demo.test_client()
        assert client.post(action, data={"email": email, "password": password}).status_code == 303
        assert client.get(ours.url("/")).status_code == 200
