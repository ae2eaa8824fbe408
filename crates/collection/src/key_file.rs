//! Files with an API key.

use secrecy::SecretString;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Plausible lengths of a key. Those of Google have 39 characters or more.
const MIN_KEY_LENGTH: usize = 20;
const MAX_KEY_LENGTH: usize = 500;

/// What is read of a file.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// A file has no usable key. The text does not contain its content.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", .file.display())]
pub struct KeyFileError {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub reason: InvalidKey,
}

/// Why a file has no usable key.
#[derive(Debug, thiserror::Error)]
pub enum InvalidKey {
    /// The file is missing, a folder, or not readable.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
    /// There is no text.
    #[error("the file is empty; it must contain an API key")]
    Empty,
    /// UTF-16, or not a text.
    #[error("the file is UTF-16 or not a text: save it as UTF-8")]
    Encoding,
    /// More than the key.
    #[error("the file has more than one line of text; it must contain only the API key")]
    Lines,
    /// Spaces, controls or characters other than ASCII.
    #[error("the file contains no API key, which has visible ASCII characters and no spaces")]
    Characters,
    /// Too short or too long.
    #[error("the text is no API key: its length is {0}, that of a key of Google 39 or more")]
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
    fn byte_order_mark_blank_lines_and_white_space_around_the_key_are_ignored() {
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
    fn error_of_an_unusable_key_names_the_reason_and_not_the_content() {
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
            (b"a".to_vec(), "length is 1,"),
            (KEY.repeat(30).into(), "length is 720,"),
            ([b"\xff\xfe", little.as_slice()].concat(), "UTF-16"),
            (big, "UTF-16"),
        ] {
            let error = parse_key(&content).unwrap_err().to_string();
            assert!(error.contains(reason) && !error.contains("AIzaSy"), "{reason}: {error}");
        }
    }

    #[test]
    fn error_of_an_unreadable_file_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("youtube.key");
        for file in [folder.path(), &missing] {
            let error = read_key_file(file).unwrap_err();
            assert!(matches!(error.reason, InvalidKey::Unreadable(_)), "{error}");
            assert!(error.to_string().starts_with(&file.display().to_string()), "{error}");
        }
    }
}
