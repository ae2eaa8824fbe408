//! Files with an API key.

use secrecy::SecretString;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Plausible lengths of a key in characters. Google's keys have 39 or more.
const MIN_KEY_LENGTH: usize = 20;
const MAX_KEY_LENGTH: usize = 500;

/// Maximum number of bytes read.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// The API key file is invalid. The message never contains its content.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", .file.display())]
pub struct KeyFileError {
    /// The file.
    pub file: PathBuf,
    /// The reason.
    pub reason: InvalidKey,
}

/// The reason why an API key file is invalid.
#[derive(Debug, thiserror::Error)]
pub enum InvalidKey {
    /// The file is missing, a folder, or not readable.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// Only white space.
    #[error("the file is empty; it must contain an API key")]
    Empty,
    /// UTF-16 or binary.
    #[error("the file is UTF-16 or not a text: save it as UTF-8")]
    Encoding,
    /// More than the key.
    #[error("the file has more than one line of text; it must contain only the API key")]
    Lines,
    /// Spaces, controls or characters other than ASCII.
    #[error("not an API key: a key has visible ASCII characters and no spaces")]
    Characters,
    /// Too short or too long.
    #[error(
        "not an API key: {0} characters, expected {min} to {max}",
        min = MIN_KEY_LENGTH,
        max = MAX_KEY_LENGTH
    )]
    Length(usize),
}

/// Reads the key in a file. A byte order mark, blank lines and white space around the key are
/// ignored.
pub fn read_key_file(file: &Path) -> Result<SecretString, KeyFileError> {
    let mut content = Vec::new();
    let read = File::open(file)
        .and_then(|opened| opened.take(MAX_FILE_BYTES).read_to_end(&mut content))
        .map_err(InvalidKey::from);
    read.and_then(|_| parse_key(&content))
        .map_err(|reason| KeyFileError { file: file.to_owned(), reason })
}

fn parse_key(content: &[u8]) -> Result<SecretString, InvalidKey> {
    if content.starts_with(b"\xff\xfe") || content.starts_with(b"\xfe\xff") || content.contains(&0)
    {
        return Err(InvalidKey::Encoding);
    }
    let text = str::from_utf8(content).map_err(|_| InvalidKey::Characters)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split(['\r', '\n']).map(str::trim).filter(|line| !line.is_empty());
    let key = lines.next().ok_or(InvalidKey::Empty)?;
    if lines.next().is_some() {
        return Err(InvalidKey::Lines);
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(InvalidKey::Characters);
    }
    if !(MIN_KEY_LENGTH..=MAX_KEY_LENGTH).contains(&key.len()) {
        return Err(InvalidKey::Length(key.len()));
    }
    Ok(SecretString::from(key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    const KEY: &str = "AIzaSy-a_key.of-the-test";

    #[test]
    fn key_with_byte_order_mark_blank_lines_and_white_space_is_read() {
        for content in [
            KEY.to_owned(),
            format!("{KEY}\n"),
            format!("\u{feff}{KEY}\r\n"),
            format!("\r\n  {KEY}\t\r\n\r\n \n"),
            format!("\u{feff}\r\n{KEY}\u{a0}"),
        ] {
            let key = parse_key(content.as_bytes()).unwrap();
            assert_eq!(key.expose_secret(), KEY, "{content:?}");
        }
    }

    #[test]
    fn unusable_key_returns_the_reason_without_the_content() {
        let utf_16 = |order: fn(u16) -> [u8; 2]| KEY.encode_utf16().flat_map(order).collect();
        let (little, big): (Vec<u8>, Vec<u8>) =
            (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
        for (content, reason) in [
            (Vec::new(), "is empty"),
            ("\u{feff}\r\n \n".into(), "is empty"),
            (format!("{KEY}\n{KEY}\n").into(), "more than one line"),
            (format!("# the key\n{KEY}\n").into(), "more than one line"),
            (format!("key = {KEY}").into(), "no spaces"),
            (format!("{KEY}é").into(), "visible ASCII"),
            (b"AIzaSy-a_key.of-the-test\xff".to_vec(), "visible ASCII"),
            (b"a".to_vec(), "1 characters, expected 20 to 500"),
            (KEY.repeat(30).into(), "720 characters, expected"),
            ([b"\xff\xfe", little.as_slice()].concat(), "UTF-16"),
            (big, "UTF-16"),
        ] {
            let error = parse_key(&content).unwrap_err().to_string();
            assert!(error.contains(reason) && !error.contains("AIzaSy"), "{reason}: {error}");
        }
    }

    #[test]
    fn unreadable_file_is_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("youtube.key");
        for file in [folder.path(), &missing] {
            let error = read_key_file(file).unwrap_err();
            assert!(matches!(error.reason, InvalidKey::Unreadable(_)), "{error}");
            assert!(error.to_string().starts_with(&file.display().to_string()), "{error}");
        }
    }
}
