//! The AI server `python_ai_server.py` as a process.

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

/// Timeout of conditions.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// The process; killed on drop.
pub struct PythonAiServer {
    process: Child,
    events: Mutex<UnboundedReceiver<Value>>,
}

impl PythonAiServer {
    /// Starts the process and waits until it consumes jobs.
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
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python_ai_server.py");
        let mut process = Command::new("/usr/bin/python3")
            .arg(script)
            .args([&url, behaviour])
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let output = BufReader::new(process.stdout.take().expect("standard output"));
        let (sender, events) = unbounded_channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).expect("a line of JSON");
                sender.send(value).ok();
            }
        });
        let server = Self { process, events: Mutex::new(events) };
        assert_eq!(server.next_event().await["ready"], true);
        server
    }

    /// The next event that the process printed.
    pub async fn next_event(&self) -> Value {
        let next = async { self.events.lock().await.recv().await };
        let event = timeout(TIMEOUT, next).await.expect("an event of the AI server in time");
        event.expect("the AI server is running")
    }

    pub fn wait_for_exit(&mut self) {
        self.process.wait().expect("the AI server exits");
    }
}

impl Drop for PythonAiServer {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
