//! The command `healthcheck` of a service, for containers without other HTTP clients.
//!
//! The request and the parser of `/proc/net/tcp` are written by hand: an asynchronous client would
//! start a runtime for one request every three seconds, and only one column of one table is read.

use crate::settings::HttpSettings;
use rustix::process::{Pid, Signal, kill_process};
use std::{
    fs,
    io::{self, ErrorKind, Read, Write},
    net::{IpAddr, Ipv4Addr, SocketAddr, TcpStream, ToSocketAddrs},
    path::Path,
    time::{Duration, Instant},
};

const READY_TIMEOUT: Duration = Duration::from_secs(2);
/// Timeout of the liveness check, after which a replica is unresponsive.
const LIVE_TIMEOUT: Duration = Duration::from_secs(2);

/// Checks `/health/ready` of the local replica. The error is the reason why it is not ready.
///
/// With `kill_unresponsive`, a replica that accepts connections but does not respond even to
/// `/health/live` is killed (SIGKILL: a stopped process handles no other signal), so that
/// the restart policy of its container starts it again.
pub(crate) fn run(http: &HttpSettings, kill_unresponsive: bool) -> Result<(), String> {
    let error = match get(http, "/health/ready", READY_TIMEOUT) {
        Ok(response) if response.starts_with("HTTP/1.1 200") => return Ok(()),
        Ok(response) => return Err(response),
        Err(error) => error,
    };
    if !kill_unresponsive || !is_timeout(&error) {
        return Err(error.to_string());
    }
    match get(http, "/health/live", LIVE_TIMEOUT) {
        Err(error) if is_timeout(&error) => Err(kill_listener(http)),
        _ => Err(error.to_string()),
    }
}

/// A timeout of a read is `WouldBlock` on Unix.
fn is_timeout(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::TimedOut | ErrorKind::WouldBlock)
}

/// The response to a GET, as text, within `timeout` in total.
fn get(http: &HttpSettings, path: &str, timeout: Duration) -> io::Result<String> {
    let deadline = Instant::now() + timeout;
    let remaining = || match deadline.checked_duration_since(Instant::now()) {
        Some(remaining) if !remaining.is_zero() => Ok(remaining),
        _ => Err(io::Error::from(ErrorKind::TimedOut)),
    };
    let mut stream = TcpStream::connect_timeout(&address(http)?, remaining()?)?;
    stream.set_write_timeout(Some(remaining()?))?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut response = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        stream.set_read_timeout(Some(remaining()?))?;
        match stream.read(&mut buffer)? {
            0 => return Ok(String::from_utf8_lossy(&response).into_owned()),
            count => response.extend_from_slice(buffer.get(..count).unwrap_or_default()),
        }
    }
}

fn listening_address(http: &HttpSettings) -> io::Result<SocketAddr> {
    let mut addresses = (http.host.as_str(), http.port).to_socket_addrs()?;
    addresses.next().ok_or_else(|| ErrorKind::AddrNotAvailable.into())
}

/// The address to connect to.
fn address(http: &HttpSettings) -> io::Result<SocketAddr> {
    let mut address = listening_address(http)?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    Ok(address)
}

/// Kills the process that listens on the replica's address; returns a message.
fn kill_listener(http: &HttpSettings) -> String {
    let Some(pid) = listening_address(http).ok().and_then(listener) else {
        return "no response, and the process that listens was not found".to_owned();
    };
    match kill_process(pid, Signal::KILL) {
        Ok(()) => format!("no response: killed process {}", pid.as_raw_nonzero()),
        Err(error) => format!("no response, and the process cannot be killed: {error}"),
    }
}

/// The process that listens on `address`, if this user can see its open files.
fn listener(address: SocketAddr) -> Option<Pid> {
    let sockets = listening_sockets(address);
    let is_listener = |process: &Path| {
        let Ok(files) = fs::read_dir(process.join("fd")) else { return false };
        let mut targets = files.flatten().filter_map(|file| fs::read_link(file.path()).ok());
        targets.any(|target| sockets.iter().any(|socket| target.as_os_str() == socket.as_str()))
    };
    let mut processes = fs::read_dir("/proc").ok()?.flatten();
    let process = processes.find(|entry| is_listener(&entry.path()))?;
    Pid::from_raw(process.file_name().to_str()?.parse().ok()?)
}

/// Names of the sockets that listen on `address`, as `/proc/<pid>/fd` shows them.
fn listening_sockets(address: SocketAddr) -> Vec<String> {
    const LISTEN: &str = "0A";
    let table = if address.is_ipv4() { "/proc/self/net/tcp" } else { "/proc/self/net/tcp6" };
    let local = format_kernel_address(address);
    let table = fs::read_to_string(table).unwrap_or_default();
    let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let listening = rows.filter(|row| row.get(1) == Some(&&*local) && row.get(3) == Some(&LISTEN));
    listening.filter_map(|row| Some(format!("socket:[{}]", row.get(9)?))).collect()
}

/// Formats an address as in `/proc/net/tcp`: 32-bit words in native byte order.
fn format_kernel_address(address: SocketAddr) -> String {
    let octets = match address.ip() {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    };
    let (words, _) = octets.as_chunks::<4>();
    let words = words.iter().map(|word| format!("{:08X}", u32::from_ne_bytes(*word)));
    format!("{}:{:04X}", words.collect::<String>(), address.port())
}
