//! The AI server of `foreign_ai_server.py`, in Python on another client.

use common::settings::RabbitmqSettings;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::ExposeSecret;
use serde_json::Value;
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};
use tokio::{
    sync::{
        Mutex,
        mpsc::{UnboundedReceiver, unbounded_channel},
    },
    time::timeout,
};

/// How long a condition may take to come true.
pub const LIMIT: Duration = Duration::from_secs(20);

/// A process of its own, killed with this value.
pub struct ForeignAiServer {
    process: Child,
    said: Mutex<UnboundedReceiver<Value>>,
}

impl ForeignAiServer {
    /// Starts it, and waits until it takes jobs.
    pub async fn start(broker: &RabbitmqSettings, behaviour: &str) -> Self {
        let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let password = broker.password().expect("a password");
        let url = format!(
            "amqp://{}:{}@{}:{}/{}",
            escaped(&broker.user),
            escaped(password.expose_secret()),
            broker.host,
            broker.port,
            escaped(&broker.vhost)
        );
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign_ai_server.py");
        let mut process = Command::new("/usr/bin/python3")
            .arg(script)
            .args([&url, behaviour])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let output = BufReader::new(process.stdout.take().expect("its output"));
        let (tell, said) = unbounded_channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).expect("a line of JSON");
                tell.send(value).ok();
            }
        });
        let server = Self { process, said: Mutex::new(said) };
        assert_eq!(server.says().await["ready"], true);
        server
    }

    /// The next thing it says.
    pub async fn says(&self) -> Value {
        let said = async { self.said.lock().await.recv().await };
        let said = timeout(LIMIT, said).await.expect("the AI server says something in time");
        said.expect("the AI server still runs")
    }

    /// Waits until it has ended by itself.
    pub fn ended(&mut self) {
        self.process.wait().expect("the AI server has ended");
    }
}

impl Drop for ForeignAiServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
