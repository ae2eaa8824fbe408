//! Recognition of text encodings.

use super::legacy::NonAsciiLines;
use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The number of bytes that determine encoding and format.
pub(super) const HEAD_BYTES: usize = 256 * 1024;

/// The encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding {
    pub(super) encoding: &'static Encoding,
    has_byte_order_mark: bool,
    /// A hint at the encoding of the lines that are not UTF-8; empty without such lines.
    legacy_hint: &'static str,
}

impl TextEncoding {
    /// The name for messages. EUC-KR is shown as CP949, the superset that is decoded.
    pub(super) fn name(self) -> &'static str {
        if self.encoding == EUC_KR { "CP949" } else { self.encoding.name() }
    }

    /// Whether the text is converted to UTF-8.
    pub(super) fn is_converted(self) -> bool {
        self.encoding != UTF_8
    }

    pub(super) fn legacy_hint(self) -> &'static str {
        self.legacy_hint
    }

    pub(super) fn has_byte_order_mark(self) -> bool {
        self.has_byte_order_mark
    }
}

/// Parses the name of an encoding: a label of the WHATWG Encoding Standard, or `cp949`.
pub fn parse_encoding(name: &str) -> Result<&'static Encoding, String> {
    let is_korean =
        ["cp949", "ms949", "uhc", "949"].iter().any(|alias| name.eq_ignore_ascii_case(alias));
    if is_korean {
        return Ok(EUC_KR);
    }
    Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        "expected the name of an encoding, such as utf-8, utf-16le, cp949 or shift_jis".to_owned()
    })
}

/// Detects the encoding of a file that starts with `head`: by its byte order mark, `requested`, or
/// UTF-16 or CP949 if the text is certainly in that encoding; otherwise UTF-8.
pub(super) fn detect_encoding(head: &[u8], requested: Option<&'static Encoding>) -> TextEncoding {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return TextEncoding { encoding, has_byte_order_mark: true, legacy_hint: "" };
    }
    let of = |encoding| TextEncoding { encoding, has_byte_order_mark: false, legacy_hint: "" };
    if let Some(encoding) = requested.or_else(|| guess_utf_16(head)) {
        return of(encoding);
    }
    // A character may be split at the end, unless the file ends there.
    let complete = match head.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if head.len() >= HEAD_BYTES => &head[..end],
        _ => head,
    };
    let lines = NonAsciiLines::of(complete);
    if lines.are_korean() {
        return of(EUC_KR);
    }
    TextEncoding { legacy_hint: lines.hint(), ..of(UTF_8) }
}

/// UTF-16, if many bytes at even or odd positions are 0.
fn guess_utf_16(head: &[u8]) -> Option<&'static Encoding> {
    let zeros = |offset| {
        let bytes = head.iter().skip(offset).step_by(2).take(512);
        bytes.clone().filter(|byte| **byte == 0).count() * 3 > bytes.count()
    };
    match (head.len() > 1 && zeros(0), head.len() > 1 && zeros(1)) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(head: &[u8]) -> (&'static str, bool) {
        let encoding = detect_encoding(head, None);
        (encoding.name(), encoding.has_byte_order_mark())
    }

    #[test]
    fn encoding_is_detected_by_byte_order_mark_or_content() {
        let text = "video_id,title\na,한국어 제목\n";
        let cp949 = EUC_KR.encode(text).0;
        let utf_16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect();
        let (little, big): (Vec<u8>, Vec<u8>) =
            (utf_16(u16::to_le_bytes), utf_16(u16::to_be_bytes));
        assert_eq!(detected(text.as_bytes()), ("UTF-8", false));
        assert_eq!(detected(&[b"\xef\xbb\xbf", text.as_bytes()].concat()), ("UTF-8", true));
        assert_eq!(detected(&cp949), ("CP949", false));
        assert_eq!(detected(cp949.trim_ascii_end()), ("CP949", false));
        assert_eq!(detected(&[b"\xff\xfe", little.as_slice()].concat()), ("UTF-16LE", true));
        assert_eq!(detected(&[b"\xfe\xff", big.as_slice()].concat()), ("UTF-16BE", true));
        assert_eq!(detected(&little), ("UTF-16LE", false));
        assert_eq!(detected(&big), ("UTF-16BE", false));
        assert_eq!(detected(b""), ("UTF-8", false));
    }

    #[test]
    fn single_invalid_row_does_not_change_encoding() {
        assert_eq!(detected("a,제목\nb,\u{e9}".as_bytes()), ("UTF-8", false));
        assert_eq!(detected(&"제목".as_bytes()[..5]), ("UTF-8", false));
        assert_eq!(detected(b"a,caf\xe9\nb,x\n"), ("UTF-8", false));
        assert_eq!(
            detected(&[b"\xff\xfex\n", "한국어\n".as_bytes()].concat()[1..]),
            ("UTF-8", false)
        );
    }

    #[test]
    fn character_may_be_split_at_end_of_head() {
        let lines = "가나,다라\n".repeat(HEAD_BYTES / 5);
        let (utf_8, cp949) = (lines.as_bytes(), EUC_KR.encode(&lines).0);
        // At one of these ends a character is split.
        for length in HEAD_BYTES..HEAD_BYTES + 3 {
            assert_eq!(detected(&utf_8[..length]), ("UTF-8", false));
            assert_eq!(detected(&cp949[..length]), ("CP949", false));
        }
    }

    #[test]
    fn chinese_is_not_read_as_korean() {
        let chinese = encoding_rs::GB18030.encode("a,中文标题视频\nb,说明频道美食\n").0;
        assert_eq!(detected(&chinese), ("UTF-8", false));
    }

    #[test]
    fn encoding_names_are_parsed() {
        assert_eq!(parse_encoding("CP949"), Ok(EUC_KR));
        assert_eq!(parse_encoding("utf8"), Ok(UTF_8));
        assert!(parse_encoding("hangul").is_err());
    }
}
