//! The SQLSTATE of failed statements.
//!
//! diesel passes on the text of most errors without their SQLSTATE, and the text is in the
//! server's language. The stream below reads the codes from the protocol (PostgreSQL manual,
//! "Message Formats") and remembers which error text came with which code.

use parking_lot::Mutex;
use std::{
    collections::VecDeque,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// SQLSTATE of a write in a read-only transaction, as on a standby.
const READ_ONLY_SQL_TRANSACTION: &str = "25006";
/// The type byte of an `ErrorResponse`.
const ERROR_RESPONSE: u8 = b'E';
/// Type byte and length, at the start of every message.
const HEADER_BYTES: usize = 5;
/// Longer error responses are read up to here: code and text come first.
const MAX_ERROR_BYTES: usize = 8192;
/// How many error texts are remembered in a process.
const MAX_REMEMBERED: usize = 64;

/// An error that does not depend on the statement: the same request may succeed later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outage {
    /// The server stops, starts, is read-only or is out of resources.
    Unavailable,
    /// The statement was cancelled, as by `statement_timeout`.
    TimedOut,
}

impl Outage {
    /// Classifies a SQLSTATE (PostgreSQL manual, appendix A); `None` if it is not an outage.
    fn from_sqlstate(code: &str) -> Option<Self> {
        match code {
            // query_canceled
            "57014" => Some(Self::TimedOut),
            // serialization_failure, deadlock_detected, lock_not_available
            READ_ONLY_SQL_TRANSACTION | "40001" | "40P01" | "55P03" => Some(Self::Unavailable),
            // Connection exceptions, insufficient resources, operator intervention
            // (shutdown, crash, not yet accepting connections), system errors.
            _ if ["08", "53", "57P", "58"].iter().any(|class| code.starts_with(class)) => {
                Some(Self::Unavailable)
            }
            _ => None,
        }
    }

    /// Classifies an error by the SQLSTATE that was received with this text.
    pub(super) fn from_message(message: &str) -> Option<Self> {
        let remembered = OUTAGES.lock();
        remembered.iter().find(|(text, _)| text == message).map(|(_, outage)| *outage)
    }

    fn store(self, message: &str) {
        let mut remembered = OUTAGES.lock();
        if remembered.iter().any(|(text, outage)| text == message && *outage == self) {
            return;
        }
        remembered.retain(|(text, _)| text != message);
        if remembered.len() == MAX_REMEMBERED {
            remembered.pop_front();
        }
        remembered.push_back((message.to_owned(), self));
    }
}

/// The newest error texts and their classification.
static OUTAGES: Mutex<VecDeque<(String, Outage)>> = Mutex::new(VecDeque::new());

/// When a connection of a pool last found a read-only server. Cloning shares it.
#[derive(Clone, Default)]
pub(super) struct LastReadOnly(Arc<Mutex<Option<Instant>>>);

impl LastReadOnly {
    /// A connection that is open now leads to a read-only server.
    pub(super) fn set(&self) {
        *self.0.lock() = Some(Instant::now());
    }

    /// Whether a connection opened at `created` may lead to the read-only server.
    pub(super) fn applies_to(&self, created: Instant) -> bool {
        self.0.lock().is_some_and(|last| created <= last)
    }
}

/// A stream from PostgreSQL that also parses the error responses.
pub(super) struct SqlStateStream<S> {
    inner: S,
    reader: ErrorReader,
    read_only: LastReadOnly,
}

impl<S> SqlStateStream<S> {
    pub(super) fn new(inner: S, read_only: LastReadOnly) -> Self {
        Self { inner, reader: ErrorReader::default(), read_only }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for SqlStateStream<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let stream = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut stream.inner).poll_read(context, buffer))?;
        let read_only = &stream.read_only;
        stream.reader.read(&buffer.filled()[before..], |code, message| {
            if code == READ_ONLY_SQL_TRANSACTION {
                read_only.set();
            }
            if let Some(outage) = Outage::from_sqlstate(code) {
                outage.store(message);
            }
        });
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for SqlStateStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}

/// Finds error responses in a stream of messages, however reads split it.
#[derive(Default)]
struct ErrorReader {
    header: [u8; HEADER_BYTES],
    header_read: usize,
    /// Remaining bytes of the current message's body.
    body_remaining: usize,
    /// The body of the current message, if it is an error response.
    error: Vec<u8>,
}

impl ErrorReader {
    /// Parses the next bytes; calls `found` with SQLSTATE and text of each complete error response.
    fn read(&mut self, mut bytes: &[u8], mut found: impl FnMut(&str, &str)) {
        while !bytes.is_empty() {
            if self.header_read < HEADER_BYTES {
                let (part, rest) = split(bytes, HEADER_BYTES - self.header_read);
                self.header[self.header_read..][..part.len()].copy_from_slice(part);
                self.header_read += part.len();
                bytes = rest;
                if self.header_read == HEADER_BYTES {
                    let [_, length @ ..] = self.header;
                    // The length includes itself.
                    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
                    self.body_remaining = length.saturating_sub(size_of::<u32>());
                }
            } else {
                let (part, rest) = split(bytes, self.body_remaining);
                if self.header[0] == ERROR_RESPONSE {
                    let room = MAX_ERROR_BYTES.saturating_sub(self.error.len());
                    self.error.extend_from_slice(split(part, room).0);
                }
                self.body_remaining -= part.len();
                bytes = rest;
            }
            if self.header_read == HEADER_BYTES && self.body_remaining == 0 {
                self.header_read = 0;
                if let (Some(code), Some(message)) = (self.field(b'C'), self.field(b'M')) {
                    found(code, message);
                }
                self.error.clear();
            }
        }
    }

    /// The field of this type of the error response: each is a byte and a text that ends
    /// with NUL.
    fn field(&self, kind: u8) -> Option<&str> {
        let mut fields = self.error.split(|byte| *byte == 0);
        let field = fields.find_map(|field| field.strip_prefix(&[kind]))?;
        std::str::from_utf8(field).ok()
    }
}

fn split(bytes: &[u8], at: usize) -> (&[u8], &[u8]) {
    bytes.split_at(at.min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap();
        [&[kind][..], &length.to_be_bytes(), body].concat()
    }

    #[test]
    fn error_reader_finds_codes_across_reads() {
        let error = b"SERROR\0VERROR\0C25006\0Mnur lesbar\0\0";
        let stream = [
            message(b'Z', b"I"),
            message(b'n', b""),
            message(b'D', b"E\0\0\0\x20SERROR\0C57P01\0Mno error\0\0"),
            message(b'E', error),
            message(b'E', b"SFATAL\0C57P01\0Mbye\0\0"),
        ]
        .concat();
        for size in 1..=stream.len() {
            let mut reader = ErrorReader::default();
            let mut found = Vec::new();
            for part in stream.chunks(size) {
                reader.read(part, |code, text| found.push(format!("{code} {text}")));
            }
            assert_eq!(found, ["25006 nur lesbar", "57P01 bye"], "in parts of {size}");
        }
    }

    #[test]
    fn error_reader_truncates_large_errors() {
        let huge =
            ["SERROR\0C53100\0M".as_bytes(), vec![b'x'; 100_000].as_slice(), b"\0\0"].concat();
        let stream = [message(b'E', &huge), message(b'E', b"C57014\0Mslow\0\0")].concat();
        let mut reader = ErrorReader::default();
        let mut codes = Vec::new();
        for part in stream.chunks(1000) {
            reader.read(part, |code, _| codes.push(code.to_owned()));
            assert!(reader.error.len() <= MAX_ERROR_BYTES);
        }
        assert_eq!(codes, ["53100", "57014"]);
    }

    #[test]
    fn from_sqlstate_of_statement_error_returns_none() {
        for code in [
            "08006", "25006", "40001", "40P01", "53100", "53200", "53300", "55P03", "57P01",
            "57P02", "57P03", "58030",
        ] {
            assert_eq!(Outage::from_sqlstate(code), Some(Outage::Unavailable), "{code}");
        }
        assert_eq!(Outage::from_sqlstate("57014"), Some(Outage::TimedOut));
        for code in ["22003", "23505", "42501", "42P01", "XX000", ""] {
            assert_eq!(Outage::from_sqlstate(code), None, "{code}");
        }
    }

    #[test]
    fn remembered_messages_are_bounded_to_the_newest() {
        for number in 0..=MAX_REMEMBERED {
            Outage::Unavailable.store(&format!("remembered {number}"));
        }
        assert!(OUTAGES.lock().len() <= MAX_REMEMBERED);
        let newest = format!("remembered {MAX_REMEMBERED}");
        assert_eq!(Outage::from_message(&newest), Some(Outage::Unavailable));
        Outage::TimedOut.store(&newest);
        assert_eq!(Outage::from_message(&newest), Some(Outage::TimedOut));
    }
}
