//! An isolated gateway: the project's `nginx.conf` with replicas as processes.

use crate::{
    Reply, client, environment_of,
    replica::{Replica, terminate},
    wait::TIMEOUT,
};
use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output},
    time::Instant,
};
use tempfile::TempDir;

/// Port of the gateway; its replicas have the next ones. Each gateway has its own loopback address.
/// The ports are below the ephemeral range, so that no process takes the port of a stopped replica.
const PORT: u16 = 20_080;

/// nginx with the project's configuration and its replicas; stopped on drop.
pub struct TestGateway {
    replicas: Vec<Replica>,
    address: String,
    directory: TempDir,
    nginx: Child,
}

impl TestGateway {
    /// Starts `count` replicas of `service` with these environment variables, and a gateway. No
    /// other service is available.
    pub fn start(service: &str, binary: &Path, count: u16, settings: &[(&str, &str)]) -> Self {
        let [_, a, b, c, ..] = uuid::Uuid::new_v4().into_bytes();
        let host = format!("127.{a}.{b}.{}", c.clamp(1, 254));
        let environment = environment_of(service, settings);
        let replica = |port| Replica::start(binary, environment.clone(), &host, port);
        let replicas: Vec<Replica> = (PORT + 1..=PORT + count).map(replica).collect();
        let address = format!("{host}:{PORT}");
        let directory = tempfile::tempdir().expect("a directory");
        write_configuration(directory.path(), service, &replicas, &address, settings);
        let nginx = start_nginx(directory.path(), &address);
        Self { replicas, address, directory, nginx }
    }

    /// The URL of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends a GET request through the gateway.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::send(client().get(self.url(path))).await
    }

    /// The URL of a path on a replica, bypassing the gateway.
    pub fn replica_url(&self, number: usize, path: &str) -> String {
        format!("http://{}{path}", self.replicas[number].address())
    }

    /// Kills a replica (SIGKILL).
    pub fn kill(&mut self, number: usize) {
        self.replicas[number].kill();
    }

    /// Terminates a replica (SIGTERM) and waits for its exit; returns whether it exited
    /// successfully.
    pub fn terminate(&mut self, number: usize) -> bool {
        self.replicas[number].terminate()
    }

    /// Runs the service's binary with these arguments and the settings of a replica.
    pub fn run(&self, number: usize, arguments: &[&str]) -> Output {
        self.replicas[number].run(arguments)
    }

    /// Restarts a stopped replica on its port.
    pub fn restart(&mut self, number: usize) {
        self.replicas[number].restart();
    }

    /// Pauses a replica (SIGSTOP): the kernel still accepts connections.
    pub fn pause(&self, number: usize) {
        self.replicas[number].signal("STOP");
    }

    /// Resumes a paused replica.
    pub fn resume(&self, number: usize) {
        self.replicas[number].signal("CONT");
    }

    /// Waits for the exit of a replica.
    pub fn wait_for_exit(&mut self, number: usize) {
        self.replicas[number].wait_for_exit();
    }

    /// Whether a replica's process is running.
    pub fn is_running(&mut self, number: usize) -> bool {
        self.replicas[number].is_running()
    }

    /// The gateway's address and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends raw bytes and returns the response until the gateway closes the connection.
    pub fn send_raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the gateway");
        stream.set_read_timeout(Some(TIMEOUT)).expect("a timeout");
        stream.write_all(request).expect("the request is sent");
        let mut response = Vec::new();
        // The gateway may reset the connection after rejecting the request.
        let ended = stream.read_to_end(&mut response);
        assert!(ended.is_ok() || !response.is_empty(), "no response: {ended:?}");
        String::from_utf8_lossy(&response).into_owned()
    }

    /// The output of all replicas so far.
    pub fn output(&self) -> String {
        self.replicas.iter().map(Replica::output).collect()
    }

    /// The log of nginx so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.directory.path().join("nginx.log")).unwrap_or_default()
    }
}

impl Drop for TestGateway {
    fn drop(&mut self) {
        // On SIGKILL the workers would not exit.
        terminate(&self.nginx);
        self.nginx.wait().ok();
    }
}

/// The root of the repository. At run time, as the binary may have been built in another checkout
/// with the same target directory.
pub(crate) fn project() -> PathBuf {
    let package = std::env::var("CARGO_MANIFEST_DIR");
    let package = package.unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).join("../..")
}

fn write_configuration(
    directory: &Path,
    service: &str,
    replicas: &[Replica],
    address: &str,
    settings: &[(&str, &str)],
) {
    let root = project();
    for writable in ["tmp", "bodies"] {
        fs::create_dir_all(directory.join(writable)).expect("a directory");
    }
    let main = fs::read_to_string(root.join("nginx.conf")).expect("nginx.conf");
    fs::write(directory.join("nginx.conf"), &main).expect("nginx.conf");
    for snippet in fs::read_dir(root.join("deploy/nginx/snippets")).expect("the snippets") {
        let snippet = snippet.expect("a snippet");
        fs::copy(snippet.path(), directory.join(snippet.file_name())).expect("a snippet");
    }
    let template = fs::read_to_string(root.join("deploy/nginx/upstream.conf"))
        .expect("the upstream's template");
    let upstream = |name: &str| {
        // Port 9: nothing listens.
        let unavailable = vec!["server 127.0.0.1:9;".to_owned()];
        let servers = replicas.iter().map(|one| {
            let address = one.address();
            format!("server {address} max_fails=1 fail_timeout=10s; server {address} backup max_fails=0;")
        });
        let servers = if name == service { servers.collect() } else { unavailable };
        template.replace("@NAME@", name).replace("@SERVERS@", &servers.join("\n    "))
    };
    let upstreams: Vec<String> = upstream_names(&main).into_iter().map(upstream).collect();
    fs::write(directory.join("upstreams.conf"), upstreams.join("\n")).expect("upstreams.conf");
    fs::write(directory.join("listen.conf"), format!("listen {address};")).expect("listen.conf");
    let mut script = Command::new(root.join("deploy/nginx/settings.sh"));
    let output = script.envs(settings.iter().copied()).output().expect("settings.sh runs");
    assert!(output.status.success(), "settings.sh: {}", String::from_utf8_lossy(&output.stderr));
    fs::write(directory.join("settings.conf"), output.stdout).expect("settings.conf");
}

/// The upstreams in the `proxy_pass` directives.
fn upstream_names(configuration: &str) -> BTreeSet<&str> {
    let targets = configuration.split("proxy_pass http://").skip(1);
    targets.filter_map(|rest| rest.split('/').next()).collect()
}

fn start_nginx(directory: &Path, address: &str) -> Child {
    let log = fs::File::create(directory.join("nginx.log")).expect("the log");
    let nginx = Command::new("/usr/sbin/nginx")
        .arg("-p")
        .arg(directory)
        .arg("-c")
        .arg(directory.join("nginx.conf"))
        .args(["-g", "daemon off;"])
        .stdout(log.try_clone().expect("the log"))
        .stderr(log)
        .spawn()
        .expect("nginx starts");
    let deadline = Instant::now() + TIMEOUT;
    while TcpStream::connect(address).is_err() {
        let log = fs::read_to_string(directory.join("nginx.log")).unwrap_or_default();
        assert!(Instant::now() < deadline, "nginx does not listen: {log}");
        std::thread::yield_now();
    }
    nginx
}
