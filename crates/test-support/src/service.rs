//! An in-process service, started as in production.

use crate::{Reply, client, environment_of};
use common::{Service, http::Server, settings::Settings};

/// A service on its own port. Must be started on an actix runtime.
pub struct TestService {
    server: Server,
}

impl TestService {
    /// Starts `service` with environment variables, such as the names of the test's database, index
    /// and virtual host.
    pub fn start(name: &'static str, service: fn() -> Service, settings: &[(&str, &str)]) -> Self {
        let service = service();
        let mut environment = environment_of(name, settings);
        environment.insert("CREATETREND_HTTP__HOST".into(), "127.0.0.1".into());
        environment.insert("CREATETREND_HTTP__PORT".into(), "0".into());
        let settings = Settings::from_environment(name, service.defaults, environment)
            .expect("valid settings");
        let parts = (service.start)(&settings).expect("the parts of the service");
        let server = Server::start(name, &settings.common, parts).expect("the service starts");
        Self { server }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    /// Sends a GET request.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::send(client().get(self.url(path))).await
    }

    /// Sends a request without a body.
    pub async fn send(&self, method: reqwest::Method, path: &str) -> Reply {
        Reply::send(client().request(method, self.url(path))).await
    }

    /// Shuts down, as on SIGTERM.
    pub async fn stop(self) {
        self.server.stop().await.expect("the service stops");
    }
}
