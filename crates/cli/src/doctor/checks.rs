//! The checks, one per dependency.

use super::{Report, failed, note, passed};
use crate::collect;
use chrono::TimeDelta;
use collection::{
    CollectError, Collector,
    queries::{quota::UsageRow, status::SourceKindStatus},
};
use common::{
    auth::{Keys, Passwords},
    broker,
    db::{connect, pending_migrations, schema::video},
    search::{SearchClient, SearchError},
    settings::{
        ElasticsearchSettings, PasswordSettings, PostgresSettings, RabbitmqSettings, Settings,
        TokenSettings,
    },
};
use diesel::{QueryDsl, dsl::sql, sql_types::Text};
use diesel_async::RunQueryDsl;
use ingest::pending::pending_work;
use youtube::{Action, Bucket};

const TOKEN_KEYS: &str = "token keys";
const PASSWORD_KEY: &str = "password key";
const POSTGRES: &str = "PostgreSQL";
const ELASTICSEARCH: &str = "Elasticsearch";
const RABBITMQ: &str = "RabbitMQ";
const COLLECTION: &str = "collection";

/// The maximum time since the last successful check; by default, each channel is checked every half
/// hour.
const MAX_CHECK_AGE: TimeDelta = TimeDelta::hours(3);

/// The maximum difference between the clocks of two machines.
const MAX_CLOCK_DIFFERENCE: TimeDelta = TimeDelta::minutes(10);

const POSTGRES_MINIMUM: u32 = 14;

pub(super) fn secrets(tokens: &TokenSettings, passwords: &PasswordSettings) -> [Report; 2] {
    let keys = match Keys::new(tokens) {
        Ok(_) => passed(TOKEN_KEYS, "set"),
        Err(error) => {
            let remedy = "put `k1:` and the output of `openssl rand -hex 32` into a file, and set \
                          CREATETREND_TOKENS__KEYS_FILE to its path";
            failed(TOKEN_KEYS, error.to_string(), remedy)
        }
    };
    let key = match Passwords::new(passwords) {
        Ok(_) => passed(PASSWORD_KEY, "set"),
        Err(error) => {
            let remedy = "put the output of `openssl rand -hex 32` into a file, never change \
                          it, and set CREATETREND_PASSWORDS__KEY_FILE to its path";
            failed(PASSWORD_KEY, error.to_string(), remedy)
        }
    };
    [keys, key]
}

pub(super) async fn postgres(settings: &PostgresSettings) -> Vec<Report> {
    let address = format!("{}:{}/{}", settings.host, settings.port, settings.database);
    let opened = match settings.password() {
        Ok(_) => connect(settings).await.map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let mut connection = match opened {
        Ok(connection) => connection,
        Err(error) => {
            let remedy = "start PostgreSQL, and check CREATETREND_POSTGRES__HOST, __PORT, \
                          __DATABASE, __USER and __PASSWORD_FILE";
            return vec![failed(POSTGRES, format!("{address}: {error}"), remedy)];
        }
    };
    let mut reports = Vec::new();
    let version = diesel::select(sql::<Text>("current_setting('server_version')"));
    let version: Result<String, _> = version.get_result(&mut connection).await;
    reports.push(match version {
        Ok(version) if major(&version) >= POSTGRES_MINIMUM => {
            passed(POSTGRES, format!("{address} is reachable, version {version}"))
        }
        Ok(version) => failed(
            POSTGRES,
            format!("version {version} is too old"),
            format!("use version {POSTGRES_MINIMUM} or newer"),
        ),
        Err(error) => failed(POSTGRES, error.to_string(), "check its log"),
    });
    let videos: Result<i64, _> = video::table.count().get_result(&mut connection).await;
    reports.push(match pending_migrations(connection).await {
        Ok(names) if names.is_empty() => passed("tables", "up to date"),
        Ok(names) => failed(
            "tables",
            format!("not up to date, missing: {}", names.join(", ")),
            "run `createtrend migrate`",
        ),
        Err(error) => failed("tables", error.to_string(), "run `createtrend migrate`"),
    });
    if let Ok(videos) = videos {
        reports.push(match videos {
            0 => note("rows", "no videos yet: the collector adds them; without it, run `createtrend seed` or `createtrend import`"),
            _ => passed("rows", format!("{videos} videos")),
        });
    }
    reports
}

/// The pending work of an interrupted import.
pub(super) async fn interrupted_import(settings: &PostgresSettings) -> Vec<Report> {
    // Other checks report that the database is unreachable or not migrated.
    let Ok(pending) = pending_work(settings).await else { return Vec::new() };
    let remedy = "run the same `createtrend import` again, which reads the rest of the file";
    let index_remedy = "run `createtrend reindex`";
    let derived = match pending.videos {
        0 => passed("derived columns", "complete"),
        videos if pending.is_running => {
            note("derived columns", format!("an import of {videos} videos is running"))
        }
        videos => failed(
            "derived columns",
            format!("an import was interrupted: {videos} videos lack views, growth or popularity"),
            remedy,
        ),
    };
    let indexed = match pending.index_since {
        None => passed("index contents", "complete"),
        Some(_) if pending.is_running => note("index contents", "an import is running"),
        Some(since) => failed(
            "index contents",
            format!(
                "an import or a collection was interrupted: videos changed since {} may be missing",
                collect::describe_time(since)
            ),
            index_remedy,
        ),
    };
    let mut reports = vec![derived, indexed];
    if pending.is_incomplete && !pending.is_running {
        let reason = "the last import ended before the end of its files";
        reports.push(note("import", format!("{reason}: {remedy}")));
    }
    reports
}

/// The collection; costs a unit of the quota.
///
/// An unreachable YouTube or an exhausted quota is not a failure of the installation.
pub(super) async fn collection(settings: &Settings) -> Vec<Report> {
    let collector = match collect::open(settings).await {
        Ok(collector) => collector,
        Err(CollectError::NoKey) => {
            let text = "no API key: nothing is collected; put one into a file, and set \
                        CREATETREND_COLLECTOR__KEY_FILE to its path";
            return vec![note(COLLECTION, text)];
        }
        Err(error) => {
            let remedy = "check CREATETREND_COLLECTOR__KEY_FILE and __API_URL";
            return vec![failed(COLLECTION, error.to_string(), remedy)];
        }
    };
    let mut reports = vec![api_key(&collector).await];
    // Other checks report that the database is unreachable or not migrated.
    let Ok(rows) = collector.usage().await else { return reports };
    reports.push(quota(&collector, &rows));
    if let Ok(Some(problem)) = collector.problem().await {
        let remedy = "solve the problem; the collectors try again within ten minutes";
        reports.push(failed(COLLECTION, problem, remedy));
    }
    if let Ok(kinds) = collector.kinds().await {
        reports.extend(failing_sources(&kinds));
        reports.push(freshness(&collector, &kinds));
    }
    reports
}

async fn api_key(collector: &Collector) -> Report {
    let api = collector.settings().api_name();
    match collector.client().video_categories("KR", "ko").await {
        Ok(_) => passed("API key", format!("accepted by {api}")),
        Err(error) if error.action() == Action::Halt => {
            let remedy = "check the key, and that YouTube Data API v3 is enabled for its project";
            failed("API key", error.to_string(), remedy)
        }
        Err(error) => note("API key", format!("not checked by {api}: {error}")),
    }
}

fn quota(collector: &Collector, rows: &[UsageRow]) -> Report {
    let limits = collector.settings().limits();
    // The limit may have been changed since the row was stored.
    let is_exhausted = |row: &UsageRow| {
        let bucket = Bucket::ALL.into_iter().find(|bucket| bucket.name() == row.bucket);
        row.exhausted
            || bucket.is_some_and(|bucket| {
                u32::try_from(row.used).is_ok_and(|used| used >= limits.of(bucket))
            })
    };
    let usage = collect::describe_usage(rows, &limits);
    let usage = usage.trim_end().replace('\n', ", ");
    if rows.iter().any(is_exhausted) { note("quota", usage) } else { passed("quota", usage) }
}

fn failing_sources(kinds: &[SourceKindStatus]) -> Option<Report> {
    let failing: Vec<String> = kinds
        .iter()
        .filter(|kind| kind.failing > 0)
        .map(|kind| format!("{} of {} of kind {}", kind.failing, kind.sources, kind.kind))
        .collect();
    let text = || format!("failing: {}; see `createtrend source list`", failing.join(", "));
    (!failing.is_empty()).then(|| note("sources", text()))
}

fn freshness(collector: &Collector, kinds: &[SourceKindStatus]) -> Report {
    let last = kinds.iter().filter_map(|kind| kind.last_success_at).max();
    let age = last.map(|last| collector.now() - last);
    match age {
        None => note("freshness", "no source was checked yet"),
        Some(age) if age > MAX_CHECK_AGE => failed(
            "freshness",
            format!("the last successful check of a source was {} h ago", age.num_hours()),
            "look at the log of the collector, and at `createtrend source list`",
        ),
        Some(age) if age < -MAX_CLOCK_DIFFERENCE => {
            let text =
                format!("the last check of a source is {} min in the future", -age.num_minutes());
            let remedy =
                "correct the clock; what was checked before is due again only after that time";
            if collector.settings().is_simulated {
                note("freshness", format!("{text}: the clock of the simulator was set back"))
            } else {
                failed("freshness", text, remedy)
            }
        }
        Some(age) => {
            let minutes = age.num_minutes().max(0);
            passed("freshness", format!("a source was checked {minutes} min ago"))
        }
    }
}

fn major(version: &str) -> u32 {
    let digits = version.split(|character: char| !character.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

pub(super) async fn elasticsearch(settings: &ElasticsearchSettings) -> Vec<Report> {
    let address = settings.url.0.join(", ");
    let client = match SearchClient::new(settings) {
        Ok(client) => client,
        Err(error) => {
            let remedy = "set CREATETREND_ELASTICSEARCH__URL, as in http://127.0.0.1:9200";
            return vec![failed(ELASTICSEARCH, error.to_string(), remedy)];
        }
    };
    let status = match client.cluster_status().await {
        Ok(status) => status,
        Err(error) => {
            let remedy = "start Elasticsearch, and check CREATETREND_ELASTICSEARCH__URL";
            return vec![failed(ELASTICSEARCH, format!("{address}: {error}"), remedy)];
        }
    };
    let cluster = match status.as_str() {
        "red" => {
            failed(ELASTICSEARCH, "a shard is missing (red)", "check its log and its disk space")
        }
        status => passed(ELASTICSEARCH, format!("{address} is reachable, {status}")),
    };
    vec![cluster, nori(&client).await, index(&client).await]
}

async fn nori(client: &SearchClient) -> Report {
    let remedy = "install it on every node: bin/elasticsearch-plugin install analysis-nori \
                  (`scripts/up` does so), and restart Elasticsearch";
    match client.tokenize("nori_tokenizer", "먹방").await {
        Ok(tokens) if tokens == ["먹", "방"] => passed("nori", "먹방 → 먹, 방"),
        Ok(tokens) => failed("nori", format!("먹방 → {}", tokens.join(", ")), remedy),
        Err(SearchError::Rejected { .. }) => failed("nori", "the plugin is not installed", remedy),
        Err(error) => failed("nori", error.to_string(), remedy),
    }
}

async fn index(client: &SearchClient) -> Report {
    let remedy = "run `createtrend reindex`";
    match client.current_index().await {
        Ok(Some(name)) => match client.count(&name).await {
            Ok(count) => passed("index", format!("{name}, {count} videos")),
            Err(error) => failed("index", error.to_string(), remedy),
        },
        Ok(None) => failed("index", format!("`{}` is missing", client.versioned_alias()), remedy),
        Err(error) => failed("index", error.to_string(), remedy),
    }
}

pub(super) async fn rabbitmq(settings: &RabbitmqSettings) -> Vec<Report> {
    let address = format!("{}:{}{}", settings.host, settings.port, settings.vhost);
    let report = match broker::check(settings).await {
        Ok(()) => passed(RABBITMQ, format!("{address} is reachable")),
        Err(error) => {
            let remedy = "start RabbitMQ, and check CREATETREND_RABBITMQ__HOST, __PORT, __VHOST, \
                          __USER and __PASSWORD_FILE";
            failed(RABBITMQ, format!("{address}: {error}"), remedy)
        }
    };
    vec![report]
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn server_version_with_distribution_suffix_is_parsed() {
        assert_eq!(major("15.18 (Debian 15.18-0+deb12u1)"), 15);
        assert_eq!(major("17beta1"), 17);
        assert_eq!(major(""), 0);
    }
}
