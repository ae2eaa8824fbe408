//! A replica of a service as a process.

use crate::wait::TIMEOUT;
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread::{self, JoinHandle},
    time::Instant,
};

type SharedOutput = Arc<Mutex<String>>;

pub(crate) struct Replica {
    binary: PathBuf,
    environment: HashMap<String, String>,
    address: String,
    process: Child,
    output: SharedOutput,
    readers: Vec<JoinHandle<()>>,
}

impl Replica {
    /// Starts a replica at `host` and `port` and waits until it serves.
    pub(crate) fn start(
        binary: &Path,
        mut environment: HashMap<String, String>,
        host: &str,
        port: u16,
    ) -> Self {
        environment.insert("CREATETREND_HTTP__HOST".into(), host.into());
        environment.insert("CREATETREND_HTTP__PORT".into(), port.to_string());
        let output = SharedOutput::default();
        let (process, readers) =
            spawn_and_wait_until_serving(command(binary, &environment), &output);
        let address = format!("{host}:{port}");
        Self { binary: binary.to_owned(), environment, address, process, output, readers }
    }

    /// The listening address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Standard output and error so far, across restarts.
    pub(crate) fn output(&self) -> String {
        self.output.lock().expect("output").clone()
    }

    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("the replica is killed");
        self.wait();
    }

    /// Sends SIGTERM and waits; returns whether the process exited successfully.
    pub(crate) fn terminate(&mut self) -> bool {
        terminate(&self.process);
        self.wait().success()
    }

    /// Sends a signal, by its name without `SIG`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().expect("kill runs");
        assert!(sent.success(), "SIG{name} cannot be sent");
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.process.try_wait().expect("the state of the replica").is_none()
    }

    pub(crate) fn wait_for_exit(&mut self) {
        let deadline = Instant::now() + TIMEOUT;
        while self.is_running() {
            assert!(Instant::now() < deadline, "the replica does not exit");
            thread::yield_now();
        }
        self.wait();
    }

    /// Waits for the exit and for the end of the output.
    fn wait(&mut self) -> ExitStatus {
        let status = self.process.wait().expect("the exit status");
        for reader in self.readers.drain(..) {
            reader.join().expect("output");
        }
        status
    }

    pub(crate) fn restart(&mut self) {
        let command = command(&self.binary, &self.environment);
        (self.process, self.readers) = spawn_and_wait_until_serving(command, &self.output);
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = command(&self.binary, &self.environment);
        command.args(arguments).output().expect("the binary runs")
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// Sends SIGTERM.
pub(crate) fn terminate(process: &Child) {
    Command::new("kill").arg(process.id().to_string()).status().ok();
}

fn command(binary: &Path, environment: &HashMap<String, String>) -> Command {
    let mut command = Command::new(binary);
    command.env_clear().envs(environment);
    command
}

fn spawn_and_wait_until_serving(
    mut command: Command,
    output: &SharedOutput,
) -> (Child, Vec<JoinHandle<()>>) {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the binary starts");
    let (sender, serving) = mpsc::channel();
    let stdout = process.stdout.take().expect("standard output");
    let stdout = collect_lines(stdout, output.clone(), move |line| {
        if line.contains("\"address\":") {
            sender.send(()).ok();
        }
    });
    let stderr = process.stderr.take().expect("standard error");
    let stderr = collect_lines(stderr, output.clone(), |_| ());
    let result = serving.recv_timeout(TIMEOUT);
    assert!(result.is_ok(), "the replica does not serve: {}", output.lock().expect("output"));
    (process, vec![stdout, stderr])
}

/// Collects lines and passes them to `on_line`. Reads until the end, so that the replica never
/// blocks on a full pipe.
fn collect_lines(
    from: impl Read + Send + 'static,
    output: SharedOutput,
    on_line: impl Fn(&str) + Send + 'static,
) -> JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut output = output.lock().expect("output");
            output.push_str(&line);
            output.push('\n');
            on_line(&line);
        }
    })
}
