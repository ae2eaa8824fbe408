"""An account from registration to the end of its sessions."""

import pytest

pytestmark = pytest.mark.gateway_only

PASSWORD = "비밀번호 1234"


def test_account_registers_logs_in_changes_and_logs_out_everywhere(api, unique):
    account = {"username": f"user-{unique}", "password": PASSWORD}
    registered = api.account("POST", "register", account)
    assert registered.status_code == 200
    assert registered.json()["user"]["username"] == account["username"]
    assert api.account("POST", "register", account).status_code == 400

    session = api.account("POST", "login", account)
    tokens = [registered.json()["token"], session.json()["token"]]
    assert session.status_code == 200 and tokens[0] != tokens[1]
    assert api.account("POST", "login", account | {"password": "wrong"}).status_code == 400

    assert api.account("PUT", "userinfo/update", {}, tokens[1]).status_code == 200
    assert api.account("PATCH", "userinfo/update", {"phone": "010-0000-0000"}, tokens[1]).status_code == 200
    assert api.account("GET", "user", token=tokens[1]).json()["userinfo"]["phone"] == "010-0000-0000"

    assert api.account("POST", "logoutall", token=tokens[1]).status_code == 204
    for token in tokens:
        # At every replica.
        assert [api.account("GET", "user", token=token).status_code for _ in range(6)] == [401] * 6
