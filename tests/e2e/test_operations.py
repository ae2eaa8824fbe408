"""Reindex, backup, restore and killed replicas on an instance in use."""

import os
import signal
import subprocess
import urllib.parse

import pytest
from support import probes
from support.polling import wait_until

KEYWORD = urllib.parse.quote("먹방")
READY_TIMEOUT = 30
READS = {
    "trends": ("/api/channel_analyze/", 200),
    "keyword": (f"/api/keyword_search/?search={KEYWORD}", 200),
    "channel": ("/api/youtuber_search/channel_list/", 200),
    "video": ("/api/video_detail/1/", 200),
    "auth": ("/api/accounts/auth/user/", 401),
    "predict": (f"/api/views_predict/simple_recommendation?keyword_string={KEYWORD}", 200),
}


def test_reindex_fails_no_read(instance, api, unique):
    reindex = subprocess.Popen(
        [instance.project / "scripts/createtrend", "reindex"],
        env={**os.environ, "STACK_HOME": str(instance.state)},
        stdout=subprocess.DEVNULL,
    )
    count = 0
    while reindex.poll() is None:
        count += 1
        # A different keyword each time, which no cache holds.
        api.get("/api/channel_analyze/keyword_data/", {"search": "인기", "keyword": f"{unique}{count}"})
    assert reindex.returncode == 0 and count > 0
    instance.script("createtrend", "reindex", "--since", "2h")


def test_backup_and_restore_bring_back_every_row_and_key(instance, api, tmp_path):
    before, folder = table_digests(instance), tmp_path / "backup"
    instance.script("backup", folder)
    instance.sql("DELETE FROM video_views WHERE idx % 2 = 0; UPDATE video SET views = 0")
    assert table_digests(instance) != before
    instance.script("restore", folder)
    assert table_digests(instance) == before
    assert (folder / "password_key").read_text("ascii").strip() == instance.secret("password_key")
    api.get("/health/keyword")


def table_digests(instance):
    """The number of rows of every table and a digest of their content, except for the time of the
    search index, which a restore builds again."""
    tables = instance.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").split()
    row = "md5((to_jsonb(t) - 'indexed_until')::text)"
    digest = f"count(*), md5(string_agg({row}, '' ORDER BY {row}))"
    return {table: instance.sql(f'SELECT {digest} FROM "{table}" t') for table in tables}


@pytest.mark.parametrize("service", READS)
def test_killed_replica_fails_no_read_and_is_restarted(instance, api, service):
    path, expected = READS[service]
    port, program = next(iter(instance.replicas(service).items()))
    os.kill(instance.pid(program), signal.SIGKILL)
    for _ in range(50):
        api.get(path, expect=expected)
    wait_until(lambda: probes.is_ready(port), READY_TIMEOUT, f"restart of {program}")
