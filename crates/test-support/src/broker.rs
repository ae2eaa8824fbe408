//! An isolated virtual host of RabbitMQ with the project's policies.

use crate::{Reply, client, gateway::project, secret_of, settings_with, unique};
use common::settings::RabbitmqSettings;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    fs,
    time::{Duration, Instant},
};

/// Timeout of conditions.
const TIMEOUT: Duration = Duration::from_secs(20);

/// A unique virtual host; deleted on drop.
pub struct TestBroker {
    settings: RabbitmqSettings,
}

impl TestBroker {
    /// Creates a virtual host with the policies and permissions of `deploy/rabbitmq`, in which
    /// `expires` of the policies is replaced.
    pub async fn create(expires: Duration) -> Self {
        let name = unique("test-");
        let vhost = [("CREATETREND_RABBITMQ__VHOST", name.as_str())];
        let broker = Self { settings: settings_with(&vhost).common.rabbitmq };
        manage(Method::PUT, &format!("vhosts/{name}"), None).await;
        for permission in definitions("permissions") {
            let user = permission["user"].as_str().expect("a user");
            manage(Method::PUT, &format!("permissions/{name}/{user}"), Some(permission)).await;
        }
        for (policy, body) in policies(expires) {
            manage(Method::PUT, &format!("policies/{name}/{policy}"), Some(body)).await;
        }
        broker
    }

    /// The environment variable that selects it in a service.
    pub fn setting(&self) -> (&'static str, &str) {
        ("CREATETREND_RABBITMQ__VHOST", &self.settings.vhost)
    }

    /// The settings of a user with all permissions.
    pub fn settings(&self) -> &RabbitmqSettings {
        &self.settings
    }

    /// The settings of a service with its own user.
    pub fn settings_of(&self, service: &str) -> RabbitmqSettings {
        let password = secret_of(service, "rabbitmq").expect("a password of the service");
        RabbitmqSettings {
            user: service.to_owned(),
            password: None,
            password_file: Some(password),
            ..self.settings.clone()
        }
    }

    /// Grants or revokes the permission of a user to publish; other permissions are not changed.
    /// Open channels may keep the previous permission.
    pub async fn allow_publishing(&self, user: &str, allowed: bool) {
        let mut permissions = definitions("permissions").into_iter();
        let mut permission = permissions.find(|one| one["user"] == user).expect("a user");
        if !allowed {
            permission["write"] = json!("^$");
        }
        let path = format!("permissions/{}/{user}", self.settings.vhost);
        manage(Method::PUT, &path, Some(permission)).await;
    }

    /// The names of its queues.
    pub async fn queues(&self) -> BTreeSet<String> {
        let path = format!("queues/{}?columns=name", self.settings.vhost);
        let queues = manage(Method::GET, &path, None).await.json();
        let names = queues.as_array().expect("a list of queues").iter();
        names.filter_map(|queue| Some(queue["name"].as_str()?.to_owned())).collect()
    }

    /// Waits until exactly these queues exist.
    pub async fn wait_for_queues(&self, names: &[&str]) {
        let expected: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let queues = self.queues().await;
            if queues == expected {
                return;
            }
            assert!(Instant::now() < deadline, "queues are {queues:?} instead of {expected:?}");
            tokio::task::yield_now().await;
        }
    }

    /// Waits until a queue with this suffix has a consumer.
    pub async fn wait_for_consumer(&self, suffix: &str) {
        let path = format!("consumers/{}", self.settings.vhost);
        let deadline = Instant::now() + TIMEOUT;
        loop {
            let consumers = manage(Method::GET, &path, None).await.json();
            let mut consumers = consumers.as_array().expect("a list of consumers").iter();
            let has_suffix = |consumer: &Value| {
                consumer["queue"]["name"].as_str().is_some_and(|name| name.ends_with(suffix))
            };
            if consumers.any(has_suffix) {
                return;
            }
            assert!(Instant::now() < deadline, "no queue *{suffix} has a consumer");
            tokio::task::yield_now().await;
        }
    }

    /// Bodies and headers of the messages in a queue; requeues them.
    pub async fn messages(&self, queue: &str) -> Vec<(String, Value)> {
        let path = format!("queues/{}/{queue}/get", self.settings.vhost);
        let request = json!({"count": 100, "ackmode": "ack_requeue_true", "encoding": "auto"});
        let messages = manage(Method::POST, &path, Some(request)).await.json();
        let messages = messages.as_array().expect("a list of messages").iter();
        let message = |message: &Value| {
            let body = message["payload"].as_str().unwrap_or_default().to_owned();
            (body, message["properties"]["headers"].clone())
        };
        messages.map(message).collect()
    }
}

impl Drop for TestBroker {
    fn drop(&mut self) {
        let path = format!("vhosts/{}", self.settings.vhost);
        // In its own runtime: the test's may be shutting down.
        let deletion = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(manage(Method::DELETE, &path, None))
        });
        let result = deletion.join();
        assert!(
            std::thread::panicking() || result.is_ok(),
            "the virtual host of the test could not be deleted"
        );
    }
}

const OPERATOR: &str = "operator";

/// A list in `deploy/rabbitmq/definitions.json`.
fn definitions(list: &str) -> Vec<Value> {
    let path = project().join("deploy/rabbitmq/definitions.json");
    let text = fs::read_to_string(path).expect("the definitions of RabbitMQ");
    let definitions: Value = serde_json::from_str(&text).expect("definitions");
    definitions[list].as_array().expect("a list").clone()
}

/// The policies of the project and their names.
fn policies(expires: Duration) -> Vec<(String, Value)> {
    let policy = |mut policy: Value| {
        if policy["definition"]["expires"].is_number() {
            policy["definition"]["expires"] = json!(u64::try_from(expires.as_millis()).ok());
        }
        (policy["name"].as_str().expect("a name").to_owned(), policy)
    };
    definitions("policies").into_iter().map(policy).collect()
}

/// Sends a request to the management API of RabbitMQ; panics unless it succeeds.
async fn manage(method: Method, path: &str, body: Option<Value>) -> Reply {
    let reply = Reply::send(request(method, path, body)).await;
    assert!(reply.status.is_success(), "{path}: {} {}", reply.status, reply.body);
    reply
}

fn request(method: Method, path: &str, body: Option<Value>) -> RequestBuilder {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
    let password = fs::read_to_string(variable("TEST_RABBITMQ_OPERATOR_PASSWORD_FILE"));
    let password = password.expect("the operator's password").trim().to_owned();
    let url = format!("{}/api/{path}", variable("TEST_RABBITMQ_MANAGEMENT"));
    let request = client().request(method, url).basic_auth(OPERATOR, Some(password));
    match body {
        Some(body) => request.json(&body),
        None => request,
    }
}
