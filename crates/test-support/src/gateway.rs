//! A gateway of a test's own: the project's `nginx.conf` over replicas that are processes.

use crate::{Reply, client, environment_of, replica::Replica};
use std::{
    collections::BTreeSet,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Of the gateway; its replicas have the next ones. Each gateway has an address of its own,
/// and the ports lie below those that the system gives to whoever asks for any: nobody takes
/// a replica's while it is dead.
const PORT: u16 = 20_080;
/// How long a process may take to start, or a condition to come true.
pub(crate) const LIMIT: Duration = Duration::from_secs(20);

/// nginx with the project's configuration, and the replicas behind it. All end with this
/// value.
pub struct Gateway {
    replicas: Vec<Replica>,
    address: String,
    folder: TempDir,
    nginx: Child,
}

impl Gateway {
    /// Starts `count` replicas of `service`, with these settings as in the environment, and
    /// a gateway over them. No other service is there.
    pub fn start(service: &str, binary: &Path, count: u16, settings: &[(&str, &str)]) -> Self {
        let [_, a, b, c, ..] = uuid::Uuid::new_v4().into_bytes();
        let host = format!("127.{a}.{b}.{}", c.clamp(1, 254));
        let environment = environment_of(service, settings);
        let replica = |port| Replica::start(binary, environment.clone(), &host, port);
        let replicas: Vec<Replica> = (PORT + 1..=PORT + count).map(replica).collect();
        let address = format!("{host}:{PORT}");
        let folder = tempfile::tempdir().expect("a folder");
        write_configuration(folder.path(), service, &replicas, &address, settings);
        let nginx = start_nginx(folder.path(), &address);
        Self { replicas, address, folder, nginx }
    }

    /// The address of a path, with its query.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// GET through the gateway.
    pub async fn get(&self, path: &str) -> Reply {
        Reply::to(client().get(self.url(path))).await
    }

    /// The address of a path at a replica itself.
    pub fn replica_url(&self, number: usize, path: &str) -> String {
        format!("http://{}{path}", self.replicas[number].address())
    }

    /// Kills a replica, as a crash does.
    pub fn kill(&mut self, number: usize) {
        self.replicas[number].kill();
    }

    /// Tells a replica to stop, as an operator does, and waits until it has; `true` if it
    /// says that all went well.
    pub fn terminate(&mut self, number: usize) -> bool {
        self.replicas[number].terminate()
    }

    /// Runs the service's binary with these arguments and the settings of a replica.
    pub fn run(&self, number: usize, arguments: &[&str]) -> Output {
        self.replicas[number].run(arguments)
    }

    /// Starts a replica that has ended again, on its port.
    pub fn revive(&mut self, number: usize) {
        self.replicas[number].revive();
    }

    /// Freezes a replica (SIGSTOP): the kernel goes on accepting its connections.
    pub fn freeze(&self, number: usize) {
        self.replicas[number].signal("STOP");
    }

    /// Lets a frozen replica go on.
    pub fn thaw(&self, number: usize) {
        self.replicas[number].signal("CONT");
    }

    /// Waits until a replica that somebody else has killed is gone.
    pub fn wait_for_end(&mut self, number: usize) {
        self.replicas[number].wait_for_end();
    }

    /// Whether a replica's process is there.
    pub fn is_running(&mut self, number: usize) -> bool {
        self.replicas[number].is_running()
    }

    /// The gateway's address and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends bytes as they are, and returns all that comes back until the gateway closes.
    pub fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the gateway");
        stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
        stream.write_all(request).expect("the request is taken");
        let mut answer = Vec::new();
        // After a refusal the gateway may reset the connection: what came counts.
        let ended = stream.read_to_end(&mut answer);
        assert!(ended.is_ok() || !answer.is_empty(), "no answer: {ended:?}");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// What the replicas have printed so far: all of it of those that have ended.
    pub fn output(&self) -> String {
        self.replicas.iter().map(Replica::output).collect()
    }

    /// What nginx has logged so far.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("nginx.log")).unwrap_or_default()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        // The master ends its workers on SIGTERM, not on SIGKILL.
        terminate(&self.nginx);
        self.nginx.wait().ok();
    }
}

/// The top of the repository. Cargo says where the package under test is; what was known
/// when this was compiled may be another checkout with the same build folder.
pub(crate) fn project() -> PathBuf {
    let package = std::env::var("CARGO_MANIFEST_DIR");
    let package = package.unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    Path::new(&package).join("../..")
}

fn write_configuration(
    folder: &Path,
    service: &str,
    replicas: &[Replica],
    address: &str,
    settings: &[(&str, &str)],
) {
    let root = project();
    for writable in ["tmp", "bodies"] {
        fs::create_dir_all(folder.join(writable)).expect("a folder");
    }
    let main = fs::read_to_string(root.join("nginx.conf")).expect("nginx.conf");
    fs::write(folder.join("nginx.conf"), &main).expect("nginx.conf");
    for snippet in fs::read_dir(root.join("deploy/nginx/snippets")).expect("the snippets") {
        let snippet = snippet.expect("a snippet");
        fs::copy(snippet.path(), folder.join(snippet.file_name())).expect("a snippet");
    }
    let template = fs::read_to_string(root.join("deploy/nginx/upstream.conf"))
        .expect("the upstream's template");
    let upstream = |name: &str| {
        // Port 9: nothing listens.
        let nobody = vec!["server 127.0.0.1:9;".to_owned()];
        let there = replicas.iter().map(|one| {
            let address = one.address();
            format!("server {address} max_fails=1 fail_timeout=10s; server {address} backup max_fails=0;")
        });
        let servers = if name == service { there.collect() } else { nobody };
        template.replace("@NAME@", name).replace("@SERVERS@", &servers.join("\n    "))
    };
    let upstreams: Vec<String> = upstream_names(&main).into_iter().map(upstream).collect();
    fs::write(folder.join("upstreams.conf"), upstreams.join("\n")).expect("upstreams.conf");
    fs::write(folder.join("listen.conf"), format!("listen {address};")).expect("listen.conf");
    let mut script = Command::new(root.join("deploy/nginx/settings.sh"));
    let made = script.envs(settings.iter().copied()).output().expect("settings.sh runs");
    assert!(made.status.success(), "settings.sh: {}", String::from_utf8_lossy(&made.stderr));
    fs::write(folder.join("settings.conf"), made.stdout).expect("settings.conf");
}

/// The upstreams that the routing table names.
fn upstream_names(configuration: &str) -> BTreeSet<&str> {
    let targets = configuration.split("proxy_pass http://").skip(1);
    targets.filter_map(|rest| rest.split('/').next()).collect()
}

fn start_nginx(folder: &Path, address: &str) -> Child {
    let log = fs::File::create(folder.join("nginx.log")).expect("a log");
    let nginx = Command::new("/usr/sbin/nginx")
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(folder.join("nginx.conf"))
        .args(["-g", "daemon off;"])
        .stdout(log.try_clone().expect("a log"))
        .stderr(log)
        .spawn()
        .expect("nginx starts");
    let deadline = Instant::now() + LIMIT;
    while TcpStream::connect(address).is_err() {
        let log = fs::read_to_string(folder.join("nginx.log")).unwrap_or_default();
        assert!(Instant::now() < deadline, "nginx does not listen: {log}");
        std::thread::yield_now();
    }
    nginx
}

pub(crate) fn terminate(process: &Child) {
    Command::new("kill").arg(process.id().to_string()).status().ok();
}
