//! A process of a service.

use crate::gateway::{LIMIT, terminate};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
};

/// One replica: what it is started with, and its process.
pub(crate) struct Replica {
    binary: PathBuf,
    environment: HashMap<String, String>,
    address: String,
    process: Child,
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
        let process = serving(command(binary, &environment));
        Self { binary: binary.to_owned(), environment, address: format!("{host}:{port}"), process }
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Kills it, as a crash does.
    pub(crate) fn kill(&mut self) {
        self.process.kill().expect("the replica can be killed");
        self.process.wait().expect("the replica has ended");
    }

    /// Sends SIGTERM and waits for the end; `true` if it says that all went well.
    pub(crate) fn terminate(&mut self) -> bool {
        terminate(&self.process);
        self.process.wait().expect("the replica has ended").success()
    }

    /// Starts it again where it was.
    pub(crate) fn revive(&mut self) {
        self.process = serving(command(&self.binary, &self.environment));
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

/// The process, once it has said where it listens.
fn serving(mut command: Command) -> Child {
    let mut process = command.stdout(Stdio::piped()).spawn().expect("the service's binary starts");
    let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
    let (found, serving) = mpsc::channel();
    // Reads on to the end, so that the replica never waits for its reader.
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if line.contains("\"address\":") {
                found.send(()).ok();
            }
        }
    });
    serving.recv_timeout(LIMIT).expect("the replica says where it listens");
    process
}
