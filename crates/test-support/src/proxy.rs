//! A proxy before PostgreSQL or Elasticsearch that counts what goes through.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

/// What is spoken through a proxy.
#[derive(Clone, Copy)]
pub enum Protocol {
    /// PostgreSQL's: statements executed are counted.
    Postgres,
    /// HTTP: requests are counted.
    Http,
}

/// A TCP proxy on a port of its own. It ends with the process.
pub struct Proxy {
    address: SocketAddr,
    count: Arc<AtomicUsize>,
}

impl Proxy {
    /// A proxy before the server at `target` (`host:port`).
    pub fn before(target: &str, protocol: Protocol) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let count = Arc::new(AtomicUsize::new(0));
        let (target, counted) = (target.to_owned(), count.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&target) else { continue };
                pass(client, server, protocol, counted.clone()).ok();
            }
        });
        Self { address, count }
    }

    /// The port it listens on, at 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many statements or requests have gone through since the last call.
    pub fn take_count(&self) -> usize {
        self.count.swap(0, Ordering::SeqCst)
    }
}

/// Passes on both directions, each in a thread, and counts what the client sends.
fn pass(
    client: TcpStream,
    server: TcpStream,
    protocol: Protocol,
    count: Arc<AtomicUsize>,
) -> io::Result<()> {
    let (to_server, to_client) = (server.try_clone()?, client.try_clone()?);
    let mut counter = Counter { protocol, count, buffer: Vec::new(), started: false };
    thread::spawn(move || copy(client, to_server, |bytes| counter.see(bytes)));
    thread::spawn(move || copy(server, to_client, |_| ()));
    Ok(())
}

fn copy(mut from: TcpStream, mut to: TcpStream, mut see: impl FnMut(&[u8])) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        see(&buffer[..length]);
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}

/// Reads what one client sends.
struct Counter {
    protocol: Protocol,
    count: Arc<AtomicUsize>,
    buffer: Vec<u8>,
    started: bool,
}

impl Counter {
    fn see(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        match self.protocol {
            Protocol::Postgres => while self.take_message() {},
            Protocol::Http => while self.take_request_line() {},
        }
    }

    /// Takes one message of PostgreSQL's protocol, if it is there as a whole: a type (which
    /// the very first has not), a length that counts itself, and the rest. `E` executes a
    /// prepared statement, `Q` is a plain one.
    fn take_message(&mut self) -> bool {
        let head = usize::from(self.started);
        let Some(length) = self.buffer.get(head..head + 4) else { return false };
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        let end = head + usize::try_from(length).expect("a length");
        if self.buffer.len() < end {
            return false;
        }
        if self.started && matches!(self.buffer[0], b'E' | b'Q') {
            self.count.fetch_add(1, Ordering::SeqCst);
        }
        self.started = true;
        self.buffer.drain(..end);
        true
    }

    /// Takes all up to the end of a request line. JSON has no such end in it: there a line
    /// break is escaped.
    fn take_request_line(&mut self) -> bool {
        const END: &[u8] = b" HTTP/1.1\r\n";
        let found = self.buffer.windows(END.len()).position(|window| window == END);
        let Some(at) = found else {
            let rest = self.buffer.len().saturating_sub(END.len());
            self.buffer.drain(..rest);
            return false;
        };
        self.count.fetch_add(1, Ordering::SeqCst);
        self.buffer.drain(..at + END.len());
        true
    }
}
