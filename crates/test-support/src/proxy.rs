//! A TCP proxy that counts requests and injects faults.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
};

/// The protocol of a proxied connection.
#[derive(Clone, Copy)]
pub enum Protocol {
    /// PostgreSQL: executed statements are counted.
    Postgres,
    /// HTTP: requests are counted.
    Http,
    /// AMQP: connections are counted.
    Amqp,
}

/// A TCP proxy on its own port. It runs until the process exits.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    count: AtomicUsize,
    /// Discard data of clients.
    drops_requests: AtomicBool,
    /// Discard data of the server.
    drops_responses: AtomicBool,
    connections: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// Starts a proxy of the server at `target` (`host:port`).
    pub fn start(target: &str, protocol: Protocol) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(State::default());
        let (target, shared) = (target.to_owned(), state.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&target) else { continue };
                forward(client, server, protocol, shared.clone()).ok();
            }
        });
        Self { address, state }
    }

    /// The listening port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The number of statements, requests or connections since the last call.
    pub fn take_count(&self) -> usize {
        self.state.count.swap(0, Ordering::SeqCst)
    }

    /// Discards all data of clients, as if the server hung, until [`Proxy::disconnect_all`].
    pub fn drop_requests(&self) {
        self.state.drops_requests.store(true, Ordering::SeqCst);
    }

    /// Discards all data of the server, until [`Proxy::disconnect_all`].
    pub fn drop_responses(&self) {
        self.state.drops_responses.store(true, Ordering::SeqCst);
    }

    /// Closes all connections and ends all faults.
    pub fn disconnect_all(&self) {
        for connection in self.state.connections.lock().expect("connections").drain(..) {
            connection.shutdown(Shutdown::Both).ok();
        }
        self.state.drops_requests.store(false, Ordering::SeqCst);
        self.state.drops_responses.store(false, Ordering::SeqCst);
    }
}

/// Forwards both directions, each in a thread, and counts requests.
fn forward(
    client: TcpStream,
    server: TcpStream,
    protocol: Protocol,
    state: Arc<State>,
) -> io::Result<()> {
    let (to_server, to_client) = (server.try_clone()?, client.try_clone()?);
    state.connections.lock().expect("connections").push(client.try_clone()?);
    if matches!(protocol, Protocol::Amqp) {
        state.count.fetch_add(1, Ordering::SeqCst);
    }
    let shared = state.clone();
    let mut counter = Counter { protocol, state, buffer: Vec::new(), started: false };
    thread::spawn(move || copy(client, to_server, |bytes| counter.count(bytes)));
    let is_forwarding = move |_: &[u8]| !shared.drops_responses.load(Ordering::SeqCst);
    thread::spawn(move || copy(server, to_client, is_forwarding));
    Ok(())
}

/// Copies the data for which `is_forwarded` is true.
fn copy(mut from: TcpStream, mut to: TcpStream, mut is_forwarded: impl FnMut(&[u8]) -> bool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if !is_forwarded(&buffer[..length]) {
            continue;
        }
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}

/// Counts the requests of a client.
struct Counter {
    protocol: Protocol,
    state: Arc<State>,
    buffer: Vec<u8>,
    started: bool,
}

impl Counter {
    /// Counts requests; returns whether to forward the data.
    fn count(&mut self, bytes: &[u8]) -> bool {
        if self.state.drops_requests.load(Ordering::SeqCst) {
            return false;
        }
        match self.protocol {
            Protocol::Postgres => {
                self.buffer.extend_from_slice(bytes);
                while self.take_message() {}
            }
            Protocol::Http => {
                self.buffer.extend_from_slice(bytes);
                while self.take_request_line() {}
            }
            Protocol::Amqp => {}
        }
        true
    }

    /// Takes a complete message of the PostgreSQL protocol: a type (except in the first message), a
    /// length that includes itself, and the body. `E` executes a prepared statement, `Q` a plain one.
    fn take_message(&mut self) -> bool {
        let header = usize::from(self.started);
        let Some(length) = self.buffer.get(header..header + 4) else { return false };
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]);
        let end = header + usize::try_from(length).expect("a message length");
        if self.buffer.len() < end {
            return false;
        }
        if self.started && matches!(self.buffer[0], b'E' | b'Q') {
            self.state.count.fetch_add(1, Ordering::SeqCst);
        }
        self.started = true;
        self.buffer.drain(..end);
        true
    }

    /// Takes the data up to the end of a request line, which JSON cannot contain: it escapes line
    /// breaks.
    fn take_request_line(&mut self) -> bool {
        const END: &[u8] = b" HTTP/1.1\r\n";
        let found = self.buffer.windows(END.len()).position(|window| window == END);
        let Some(at) = found else {
            let rest = self.buffer.len().saturating_sub(END.len());
            self.buffer.drain(..rest);
            return false;
        };
        self.state.count.fetch_add(1, Ordering::SeqCst);
        self.buffer.drain(..at + END.len());
        true
    }
}
