"""Taking a federation in, closing it, opening it again."""

import pytest

from jobs.context import active_tenant_ids, job_scope
from rules.broken import RuleBroken
from tenants import provisioning
from tenants.scope import NoTenant
from tests.world import sign_in

CITY = {"name": "示范市总工会", "name_en": "", "short_name": "示工", "division": "421000"}


def test_a_federation_is_taken_in_and_listed(app, settings):
    ident = provisioning.create(settings, "new-city", **CITY)
    listed = {one.slug: one for one in provisioning.federations(settings)}
    assert listed["new-city"] == provisioning.Federation(
        ident, "new-city", "示范市总工会", "421000", "active"
    )
    slugs = [one.slug for one in provisioning.federations(settings)]
    assert slugs == sorted(slugs)


@pytest.mark.parametrize(
    "slug",
    [
        "", "x", "1city", "-city", "City", "city_one", "city/one", "city.one", "城市", "a" * 32,
        "city\n", "static", "assets", "healthz", "mail", "www", "sign-in",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_one_is_refused_in_words(app, settings, slug):
    with pytest.raises(RuleBroken, match="cannot be an address"):
        provisioning.create(settings, slug, **CITY)


def test_every_word_that_the_house_uses_itself_is_reserved(app):
    first = {rule.rule.split("/")[1] for rule in app.url_map.iter_rules()}
    own = {word for word in first if word and not word.startswith("<")}
    assert own - provisioning.RESERVED == set()


@pytest.mark.parametrize("division", ["", "42", "42100", "4210000", "42100a", "４２１０００"])
def test_a_place_must_be_one_of_the_standard(app, settings, division):
    with pytest.raises(RuleBroken, match="six digits"):
        provisioning.create(settings, "some-city", **{**CITY, "division": division})


def test_an_address_is_given_once(app, settings):
    provisioning.create(settings, "only-city", **CITY)
    with pytest.raises(RuleBroken, match="is taken"):
        provisioning.create(settings, "only-city", **CITY)


def test_a_suspended_federation_closes_its_pages_and_its_jobs(app, settings, ours, theirs):
    provisioning.suspend(settings, ours.slug)
    with app.app_context():
        assert ours.id not in active_tenant_ids()
        assert theirs.id in active_tenant_ids()
        with pytest.raises(NoTenant, match="takes no work"), job_scope(ours.id):
            pytest.fail("entered")
    browser = sign_in(app, ours.officer)
    for path in ("/", "/sign-in", "/reply", "/enterprises"):
        assert browser.get(ours.url(path)).status_code == 404
        assert app.test_client().get(ours.url(path)).status_code == 404
    assert sign_in(app, theirs.officer).get(theirs.url()).status_code == 200
    provisioning.suspend(settings, ours.slug, lift=True)
    assert browser.get(ours.url()).status_code == 200
    with app.app_context(), job_scope(ours.id) as tenant:
        assert tenant.slug == ours.slug


@pytest.mark.parametrize("lift", [True, False])
def test_what_does_not_exist_cannot_be_closed_or_opened(app, settings, lift):
    with pytest.raises(RuleBroken, match="no federation"):
        provisioning.suspend(settings, "no-such-city", lift=lift)


@pytest.mark.parametrize("ident", [0, -1, 987_654_321])
def test_a_job_for_no_federation_is_refused(app, ident):
    with app.app_context(), pytest.raises(NoTenant), job_scope(ident):
        pytest.fail("entered")


def test_the_service_itself_cannot_take_a_federation_in(app, settings):
    without_owner = settings.model_copy(update={"database_owner_url": ""})
    with pytest.raises(Exception, match="permission denied"):
        provisioning.create(without_owner, "sly-city", **CITY)
