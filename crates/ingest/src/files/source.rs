//! A file as a stream of UTF-8: decompressed, and converted from its encoding.

use super::{
    encoding::{HEAD_BYTES, TextEncoding, detect_encoding},
    signature::{GZIP, describe_binary},
};
use encoding_rs::Encoding;
use encoding_rs_io::DecodeReaderBytesBuilder;
use flate2::bufread::GzDecoder;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

const BUFFER_BYTES: usize = 128 * 1024;

/// The maximum number of times that content is compressed, one in another.
const MAX_GZIP_LAYERS: usize = 3;

/// The content of a file; gzip and encoding are detected by the content, not by the name.
pub struct FileReader {
    content: Box<dyn BufRead + Send>,
    position: Arc<AtomicU64>,
    is_gzip: bool,
    binary_content: Option<&'static str>,
    encoding: TextEncoding,
}

impl FileReader {
    /// Opens a file. Without `encoding` it is detected.
    pub fn open(path: &Path, encoding: Option<&'static Encoding>) -> io::Result<Self> {
        let position = Arc::new(AtomicU64::new(0));
        let file = CountingReader { input: File::open(path)?, count: Arc::clone(&position) };
        let mut bytes: Box<dyn BufRead + Send> =
            Box::new(BufReader::with_capacity(BUFFER_BYTES, file));
        let mut layers = 0;
        while layers < MAX_GZIP_LAYERS && bytes.fill_buf()?.starts_with(&GZIP) {
            let content = GzipReader { member: Some(GzDecoder::new(bytes)) };
            bytes = Box::new(BufReader::with_capacity(BUFFER_BYTES, content));
            layers += 1;
        }
        let is_gzip = layers > 0;
        let bytes = Peeked::new(bytes, HEAD_BYTES);
        let binary_content = describe_binary(bytes.head());
        let encoding = detect_encoding(bytes.head(), encoding);
        let content: Box<dyn BufRead + Send> = if encoding.is_converted() {
            let mut decoder = DecodeReaderBytesBuilder::new();
            let decoder = decoder.encoding(Some(encoding.encoding)).build(bytes);
            Box::new(BufReader::with_capacity(BUFFER_BYTES, decoder))
        } else {
            Box::new(bytes)
        };
        Ok(Self { content, position, is_gzip, binary_content, encoding })
    }

    /// The number of (compressed) bytes read.
    pub(super) fn position(&self) -> u64 {
        self.position.load(Ordering::Relaxed)
    }

    /// Describes the content if it is binary.
    pub(super) fn binary_content(&self) -> Option<&'static str> {
        self.binary_content
    }

    pub(super) fn is_gzip(&self) -> bool {
        self.is_gzip
    }

    pub(super) fn encoding(&self) -> TextEncoding {
        self.encoding
    }
}

impl Read for FileReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.content.read(buffer)
    }
}

impl BufRead for FileReader {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.content.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.content.consume(amount);
    }
}

/// Decompresses the members of a gzip file, which may end in zeros, as copies from tapes do. Not
/// `MultiGzDecoder`, for which zeros are an invalid member.
struct GzipReader<R> {
    /// The member that is being read; `None` at the end.
    member: Option<GzDecoder<R>>,
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let read = member.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut input) = self.member.take().map(GzDecoder::into_inner) else { break };
            while input.fill_buf()?.first() == Some(&0) {
                input.consume(1);
            }
            if !input.fill_buf()?.is_empty() {
                self.member = Some(GzDecoder::new(input));
            }
        }
        Ok(0)
    }
}

struct CountingReader<R> {
    input: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A reader with its first bytes read ahead. An error while reading them is returned after them.
pub(super) struct Peeked<R> {
    head: Cursor<Vec<u8>>,
    error: Option<io::Error>,
    input: R,
}

impl<R: BufRead> Peeked<R> {
    pub(super) fn new(mut input: R, bytes: usize) -> Self {
        let mut head = Vec::new();
        let error = (&mut input).take(bytes as u64).read_to_end(&mut head).err();
        Self { head: Cursor::new(head), error, input }
    }

    /// The bytes that were read ahead.
    pub(super) fn head(&self) -> &[u8] {
        self.head.get_ref()
    }

    pub(super) fn input(&self) -> &R {
        &self.input
    }
}

impl<R: BufRead> Read for Peeked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buffer)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Peeked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.head.position() < self.head.get_ref().len() as u64 {
            return self.head.fill_buf();
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => self.input.fill_buf(),
        }
    }

    fn consume(&mut self, amount: usize) {
        if self.head.position() < self.head.get_ref().len() as u64 {
            self.head.consume(amount);
        } else {
            self.input.consume(amount);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn gzip(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    fn unpacked(bytes: &[u8]) -> io::Result<String> {
        let mut text = String::new();
        GzipReader { member: Some(GzDecoder::new(bytes)) }.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_of_gzip_are_joined_and_zeros_after_them_are_ignored() {
        let (first, second) = (gzip("a,b\n"), gzip("c,d\n"));
        let zeros = vec![0; 1000];
        for bytes in [
            [first.as_slice(), &second].concat(),
            [first.as_slice(), &second, &zeros].concat(),
            [first.as_slice(), &zeros, &second].concat(),
        ] {
            assert_eq!(unpacked(&bytes).unwrap(), "a,b\nc,d\n");
        }
    }

    #[test]
    fn truncated_gzip_or_other_bytes_after_it_are_an_error() {
        let packed = gzip("a,b\n");
        assert!(unpacked(&packed[..packed.len() - 3]).is_err());
        assert!(unpacked(&[&packed, b"junk".as_slice()].concat()).is_err());
    }
}
