//! A process of a service.

use crate::gateway::{LIMIT, terminate};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread::{self, JoinHandle},
    time::Instant,
};

/// What a process has printed so far.
type Printed = Arc<Mutex<String>>;

/// One replica: what it is started with, and its process.
pub(crate) struct Replica {
    binary: PathBuf,
    environment: HashMap<String, String>,
    address: String,
    process: Child,
    printed: Printed,
    readers: Vec<JoinHandle<()>>,
}

impl Replica {
    /// Starts a replica at `host` and `port`, and waits until it says that it serves.
    pub(crate) fn start(
        binary: &Path,
        mut environment: HashMap<String, String>,
        host: &str,
        port: u16,
    ) -> Self {
        environment.insert("CREATETREND_HTTP__HOST".into(), host.into());
        environment.insert("CREATETREND_HTTP__PORT".into(), port.to_string());
        let printed = Printed::default();
        let (process, readers) = serving(command(binary, &environment), &printed);
        let address = format!("{host}:{port}");
        Self { binary: binary.to_owned(), environment, address, process, printed, readers }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What it has printed so far, output and errors, across revivals: all of it once it has
    /// ended.
    pub(crate) fn output(&self) -> String {
        self.printed.lock().expect("what it printed").clone()
    }

    /// Kills it, as a crash does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("the replica can be killed");
        self.ended();
    }

    /// Sends SIGTERM and waits for the end; `true` if it says that all went well.
    pub(crate) fn terminate(&mut self) -> bool {
        terminate(&self.process);
        self.ended().success()
    }

    /// Sends a signal, by its name without `SIG`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.process.id().to_string();
        let sent = Command::new("kill").args(["-s", name, &id]).status().expect("kill runs");
        assert!(sent.success(), "SIG{name} cannot be sent");
    }

    /// Whether its process is there.
    pub(crate) fn is_running(&mut self) -> bool {
        self.process.try_wait().expect("its state").is_none()
    }

    /// Waits, up to the time limit, until its process has ended.
    pub(crate) fn wait_for_end(&mut self) {
        let deadline = Instant::now() + LIMIT;
        while self.is_running() {
            assert!(Instant::now() < deadline, "the replica does not end");
            thread::yield_now();
        }
        self.ended();
    }

    /// Waits until it has ended, and all that it printed is kept.
    fn ended(&mut self) -> ExitStatus {
        let status = self.process.wait().expect("the replica has ended");
        for reader in self.readers.drain(..) {
            reader.join().expect("what it printed is read");
        }
        status
    }

    /// Starts it again where it was.
    pub(crate) fn revive(&mut self) {
        let command = command(&self.binary, &self.environment);
        (self.process, self.readers) = serving(command, &self.printed);
    }

    /// Runs its binary with these arguments and its settings.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        let mut command = command(&self.binary, &self.environment);
        command.args(arguments).output().expect("the service's binary runs")
    }
}

impl Drop for Replica {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn command(binary: &Path, environment: &HashMap<String, String>) -> Command {
    let mut command = Command::new(binary);
    command.env_clear().envs(environment);
    command
}

/// The process, once it has said where it listens, and who keeps what it prints.
fn serving(mut command: Command, printed: &Printed) -> (Child, Vec<JoinHandle<()>>) {
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = command.spawn().expect("the service's binary starts");
    let (found, serving) = mpsc::channel();
    let output = process.stdout.take().expect("its output");
    let output = keep(output, printed.clone(), move |line| {
        if line.contains("\"address\":") {
            found.send(()).ok();
        }
    });
    let errors = keep(process.stderr.take().expect("its errors"), printed.clone(), |_| ());
    let told = serving.recv_timeout(LIMIT);
    assert!(told.is_ok(), "the replica does not serve: {}", printed.lock().expect("its output"));
    (process, vec![output, errors])
}

/// Keeps each line, and shows it to `see`. Reads on to the end, so that the replica never
/// waits for its reader.
fn keep(
    from: impl Read + Send + 'static,
    printed: Printed,
    see: impl Fn(&str) + Send + 'static,
) -> JoinHandle<()> {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            let mut printed = printed.lock().expect("what it printed");
            printed.push_str(&line);
            printed.push('\n');
            see(&line);
        }
    })
}
