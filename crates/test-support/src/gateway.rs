//! A gateway of a test's own: the project's `nginx.conf` over replicas that are processes.

use crate::{Reply, TestIndex, client, environment};
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// Below the ports that the system gives to others; each gateway has its own address.
const PORT: u16 = 20_080;
/// How long a process may take to start, or a condition to come true.
const LIMIT: Duration = Duration::from_secs(20);

/// nginx with the project's configuration, and the replicas behind it. All end with this
/// value.
pub struct Gateway {
    service: String,
    binary: PathBuf,
    environment: Vec<(String, String)>,
    replicas: Vec<Replica>,
    address: String,
    folder: TempDir,
    nginx: Option<Child>,
}

/// One process of a service.
struct Replica {
    process: Child,
    port: u16,
}

impl Gateway {
    /// Starts `count` replicas of `service` on `index`, and a gateway over them.
    pub fn start(service: &str, binary: &Path, count: usize, index: &TestIndex) -> Self {
        let prefix = ("CREATETREND_ELASTICSEARCH__INDEX_PREFIX", &*index.settings().index_prefix);
        let host = ("CREATETREND_HTTP__HOST", "127.0.0.1");
        let port = ("CREATETREND_HTTP__PORT", "0");
        let [_, a, b, c, ..] = uuid::Uuid::new_v4().into_bytes();
        let mut gateway = Self {
            service: service.to_owned(),
            binary: binary.to_owned(),
            environment: environment(&[prefix, host, port]).into_iter().collect(),
            replicas: Vec::new(),
            address: format!("127.{a}.{b}.{}:{PORT}", c.clamp(1, 254)),
            folder: tempfile::tempdir().expect("a folder"),
            nginx: None,
        };
        gateway.replicas = (0..count).map(|_| gateway.replica(0)).collect();
        gateway.write_configuration();
        gateway.nginx = Some(gateway.start_nginx());
        gateway
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
        format!("http://127.0.0.1:{}{path}", self.replicas[number].port)
    }

    /// Kills a replica, as a crash does.
    pub fn kill(&mut self, number: usize) {
        let process = &mut self.replicas[number].process;
        process.kill().expect("the replica can be killed");
        process.wait().expect("the replica has ended");
    }

    /// Tells a replica to stop, as an operator does, and waits until it has; `true` if it
    /// says that all went well.
    pub fn terminate(&mut self, number: usize) -> bool {
        let process = &mut self.replicas[number].process;
        terminate(process);
        process.wait().expect("the replica has ended").success()
    }

    /// Runs the service's binary with these arguments and the settings of a replica.
    pub fn run(&self, number: usize, arguments: &[&str]) -> Output {
        Command::new(&self.binary)
            .args(arguments)
            .env_clear()
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .env("CREATETREND_HTTP__PORT", self.replicas[number].port.to_string())
            .output()
            .expect("the service's binary runs")
    }

    /// Starts a replica that has ended again, on its port.
    pub fn revive(&mut self, number: usize) {
        self.replicas[number] = self.replica(self.replicas[number].port);
    }

    /// Starts a replica, and waits until it says where it listens.
    fn replica(&self, port: u16) -> Replica {
        let mut process = Command::new(&self.binary)
            .env_clear()
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .env("CREATETREND_HTTP__PORT", port.to_string())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the service's binary starts");
        let lines = BufReader::new(process.stdout.take().expect("its output")).lines();
        let (found, port) = mpsc::channel();
        // Reads on to the end, so that the replica never waits for its reader.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let Ok(line) = serde_json::from_str::<serde_json::Value>(&line) else {
                    continue;
                };
                if let Some((_, port)) = line["address"].as_str().and_then(|at| at.rsplit_once(':'))
                {
                    found.send(port.parse::<u16>().expect("a port")).ok();
                }
            }
        });
        let port = port.recv_timeout(LIMIT).expect("the replica says where it listens");
        Replica { process, port }
    }

    fn write_configuration(&self) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let folder = self.folder.path();
        fs::create_dir_all(folder.join("tmp")).expect("a folder");
        fs::copy(root.join("nginx.conf"), folder.join("nginx.conf")).expect("nginx.conf");
        for snippet in fs::read_dir(root.join("deploy/nginx/snippets")).expect("the snippets") {
            let snippet = snippet.expect("a snippet");
            fs::copy(snippet.path(), folder.join(snippet.file_name())).expect("a snippet");
        }
        let server = |replica: &Replica| format!("server 127.0.0.1:{} max_fails=0;", replica.port);
        let servers = self.replicas.iter().map(server);
        let template = fs::read_to_string(root.join("deploy/nginx/upstream.conf"))
            .expect("the upstream's template");
        let upstream = template
            .replace("@NAME@", &self.service)
            .replace("@SERVERS@", &servers.collect::<Vec<_>>().join("\n    "));
        fs::write(folder.join("upstreams.conf"), upstream).expect("upstreams.conf");
        let listen = format!("listen {};", self.address);
        fs::write(folder.join("listen.conf"), listen).expect("listen.conf");
    }

    fn start_nginx(&self) -> Child {
        let folder = self.folder.path();
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
        while std::net::TcpStream::connect(&self.address).is_err() {
            let log = fs::read_to_string(folder.join("nginx.log")).unwrap_or_default();
            assert!(Instant::now() < deadline, "nginx does not listen: {log}");
            std::thread::yield_now();
        }
        nginx
    }

    /// Sends bytes as they are, and returns all that comes back until the gateway closes.
    pub fn raw(&self, request: &[u8]) -> String {
        let mut stream = std::net::TcpStream::connect(&self.address).expect("the gateway");
        stream.set_read_timeout(Some(LIMIT)).expect("a time limit");
        stream.write_all(request).expect("the request is taken");
        let mut answer = Vec::new();
        // After a refusal the gateway may reset the connection: what came counts.
        let ended = stream.read_to_end(&mut answer);
        assert!(ended.is_ok() || !answer.is_empty(), "no answer: {ended:?}");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        if let Some(nginx) = &mut self.nginx {
            // The master ends its workers on SIGTERM, not on SIGKILL.
            terminate(nginx);
            nginx.wait().ok();
        }
        for replica in &mut self.replicas {
            replica.process.kill().ok();
            replica.process.wait().ok();
        }
    }
}

fn terminate(process: &Child) {
    Command::new("kill").arg(process.id().to_string()).status().ok();
}
