//! A proxy before a server, that counts what goes through, holds it up or cuts it off.

use std::{
    io::{self, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
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
    /// AMQP: connections are counted.
    Amqp,
}

/// A TCP proxy on a port of its own. It ends with the process.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    count: AtomicUsize,
    /// What clients send is swallowed.
    deaf: AtomicBool,
    /// What the server sends is swallowed.
    mute: AtomicBool,
    connections: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    /// A proxy before the server at `target` (`host:port`).
    pub fn before(target: &str, protocol: Protocol) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("its address");
        let state = Arc::new(State::default());
        let (target, shared) = (target.to_owned(), state.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(server) = TcpStream::connect(&target) else { continue };
                pass(client, server, protocol, shared.clone()).ok();
            }
        });
        Self { address, state }
    }

    /// The port it listens on, at 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How many statements, requests or connections have come since the last call.
    pub fn take_count(&self) -> usize {
        self.state.count.swap(0, Ordering::SeqCst)
    }

    /// From now on nothing that clients send arrives, as at a server that hangs, until
    /// connections are cut.
    pub fn swallow(&self) {
        self.state.deaf.store(true, Ordering::SeqCst);
    }

    /// From now on nothing that the server sends arrives, until connections are cut.
    pub fn mute(&self) {
        self.state.mute.store(true, Ordering::SeqCst);
    }

    /// Breaks every connection there is; new ones are passed on.
    pub fn cut(&self) {
        for connection in self.state.connections.lock().expect("connections").drain(..) {
            connection.shutdown(Shutdown::Both).ok();
        }
        self.state.deaf.store(false, Ordering::SeqCst);
        self.state.mute.store(false, Ordering::SeqCst);
    }
}

/// Passes on both directions, each in a thread, and counts what the client sends.
fn pass(
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
    let muted = state.clone();
    let mut counter = Counter { protocol, state, buffer: Vec::new(), started: false };
    thread::spawn(move || copy(client, to_server, |bytes| counter.see(bytes)));
    thread::spawn(move || copy(server, to_client, |_| !muted.mute.load(Ordering::SeqCst)));
    Ok(())
}

/// Passes on what `pass` lets through.
fn copy(mut from: TcpStream, mut to: TcpStream, mut pass: impl FnMut(&[u8]) -> bool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        if !pass(&buffer[..length]) {
            continue;
        }
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
    state: Arc<State>,
    buffer: Vec<u8>,
    started: bool,
}

impl Counter {
    /// Whether these bytes are to go on.
    fn see(&mut self, bytes: &[u8]) -> bool {
        if self.state.deaf.load(Ordering::SeqCst) {
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
            self.state.count.fetch_add(1, Ordering::SeqCst);
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
        self.state.count.fetch_add(1, Ordering::SeqCst);
        self.buffer.drain(..at + END.len());
        true
    }
}
