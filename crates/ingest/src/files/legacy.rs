//! Guesses of the encoding of text that is not UTF-8.
//!
//! Not `chardetng`, which always decides: files are only read in an encoding that is certain.

use super::korean::{is_korean_text, may_be_korean};
use encoding_rs::{EUC_KR, Encoding, SHIFT_JIS, WINDOWS_1252, WINDOWS_1254};

/// The lines of a text that are not ASCII.
#[derive(Default)]
pub(super) struct NonAsciiLines<'a> {
    /// The number of lines that are UTF-8.
    pub utf_8: usize,
    /// The number of lines that are UTF-8, but may be CP949.
    pub ambiguous: usize,
    /// The lines that are not UTF-8.
    pub other: Vec<&'a [u8]>,
}

impl<'a> NonAsciiLines<'a> {
    /// The last line may end inside a character of UTF-8.
    pub(super) fn of(text: &'a [u8]) -> Self {
        let mut lines = Self::default();
        let mut all = text.split(|byte| *byte == b'\n').peekable();
        while let Some(line) = all.next() {
            match str::from_utf8(line) {
                _ if line.is_ascii() => {}
                Err(error) if all.peek().is_some() || error.error_len().is_some() => {
                    lines.other.push(line);
                }
                Ok(line) if may_be_korean(line) => lines.ambiguous += 1,
                _ => lines.utf_8 += 1,
            }
        }
        lines
    }

    /// Whether the text is certainly CP949: the lines are Korean, and few others are UTF-8. A text
    /// whose only lines are ambiguous is UTF-8.
    pub(super) fn are_korean(&self) -> bool {
        self.utf_8 * 10 + self.ambiguous <= self.other.len() && is_korean(&self.other)
    }

    /// A hint at the encoding of the lines that are not UTF-8, for messages.
    pub(super) fn hint(&self) -> &'static str {
        match hint(&self.other) {
            "" if self.other.len() > self.utf_8 => {
                "; if the file is in another encoding, name it as --encoding"
            }
            hint => hint,
        }
    }
}

/// A hint at the encoding of lines that are not UTF-8; empty if it is unknown.
pub(super) fn hint(lines: &[&[u8]]) -> &'static str {
    if lines.is_empty() {
        ""
    } else if is_korean(lines) {
        ", looks like CP949 (--encoding cp949)"
    } else if is_japanese(lines) {
        ", looks like Shift_JIS (--encoding shift_jis)"
    } else if is_turkish(lines) {
        ", looks like Windows-1254 (--encoding windows-1254)"
    } else if is_western(lines) {
        ", looks like Windows-1252 (--encoding windows-1252)"
    } else {
        ""
    }
}

/// The lines that are valid in an encoding, if nearly all are: texts can be cut inside a character.
fn valid_lines<'a>(lines: &[&'a [u8]], encoding: &'static Encoding) -> Vec<&'a [u8]> {
    let is_valid =
        |line: &&[u8]| encoding.decode_without_bom_handling_and_without_replacement(line).is_some();
    let valid: Vec<_> = lines.iter().copied().filter(is_valid).collect();
    if valid.len() * 10 >= lines.len() * 9 { valid } else { Vec::new() }
}

/// Whether the lines are valid CP949 with Korean text.
fn is_korean(lines: &[&[u8]]) -> bool {
    is_korean_text(&valid_lines(lines, EUC_KR))
}

/// Whether the lines are valid `Shift_JIS` with kana.
fn is_japanese(lines: &[&[u8]]) -> bool {
    let bytes = valid_lines(lines, SHIFT_JIS).join(&b'\n');
    let text = SHIFT_JIS.decode_without_bom_handling(&bytes).0;
    let kana = text.chars().filter(|c| ('\u{3041}'..='\u{30fe}').contains(c)).count();
    let all = text.chars().filter(|c| !c.is_ascii()).count();
    kana > 0 && kana * 20 > all
}

/// Whether the lines are Western with letters of Turkish where Windows-1252 has Icelandic ones.
fn is_turkish(lines: &[&[u8]]) -> bool {
    let bytes = lines.join(&b'\n');
    let text = WINDOWS_1254.decode_without_bom_handling(&bytes).0;
    let count = |letters: &str| text.chars().filter(|c| letters.contains(*c)).count();
    count("ğĞıİşŞ") > count("áéíóúÁÉÍÓÚñÑ") && is_western(lines)
}

/// Whether the lines have only letters and punctuation of Western European languages beyond ASCII,
/// beside ASCII letters, and few letters beyond ASCII in a row, unlike Cyrillic in Windows-1251.
fn is_western(lines: &[&[u8]]) -> bool {
    let bytes = lines.join(&b'\n');
    let text = WINDOWS_1252.decode_without_bom_handling(&bytes).0;
    let is_letter =
        |c: char| matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ' | 'Š' | 'š' | 'Ž' | 'ž');
    let is_usual = |c: char| c.is_ascii() || is_letter(c) || "’‘“”–—…•™€£®©°ºª¿¡«»·´".contains(c);
    let words = || text.split(|c| !is_letter(c)).filter(|word| !word.is_empty());
    let long = words().filter(|word| word.chars().count() > 2).count();
    let characters: Vec<char> = text.chars().collect();
    let is_in_word = |pair: &[char]| {
        let is_ascii_letter = |c: &char| c.is_ascii_alphabetic();
        pair.iter().any(is_ascii_letter) && pair.iter().any(|c| !c.is_ascii())
    };
    text.chars().all(is_usual)
        && 4 * long <= words().count()
        && characters.windows(2).any(is_in_word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{BIG5, EUC_JP, GBK};

    fn hint_of(text: &str, encoding: &'static Encoding) -> &'static str {
        let (bytes, _, is_lossy) = encoding.encode(text);
        assert!(!is_lossy, "{text}");
        let lines = NonAsciiLines::of(&bytes);
        assert_eq!(lines.are_korean(), encoding == EUC_KR, "{text}");
        lines.hint()
    }

    #[test]
    fn korean_text_is_recognized() {
        for text in [
            "a,한국어 제목",
            "a,K팝 스타\nb,먹방",
            "a,뷁 하는 사람",
            "a,韓 음식 이야기",
            "요리",
            "a,ㅋㅋㅋ 대박!! (feat. 친구)",
        ] {
            assert!(hint_of(text, EUC_KR).contains("CP949"), "{text}");
        }
    }

    #[test]
    fn western_text_is_not_korean() {
        for text in [
            "a,Don’t Stop Believin’ (Live)\nb,It’s Me",
            "a,Don’t Stop Me Now",
            "a,VLOG EM SÃO PAULO\nb,NÃO",
            "a,EDUCAÇÃO\nb,CANÇÃO",
            "a,NUR ÄRGER HEUTE",
            "a,café\nb,Crème brûlée\n",
        ] {
            assert!(hint_of(text, WINDOWS_1252).contains("windows-1252"), "{text}");
        }
    }

    #[test]
    fn turkish_text_is_distinguished_from_western_text() {
        for text in ["a,Kadın ve şarkı\nb,İstanbul'da bir gün", "a,Çok güzel bir şarkı"] {
            assert!(hint_of(text, WINDOWS_1254).contains("windows-1254"), "{text}");
        }
    }

    #[test]
    fn japanese_text_is_not_korean() {
        for text in ["料理の作り方を紹介します", "【公式】ミュージックビデオ", "a,東京の朝"]
        {
            assert!(hint_of(text, SHIFT_JIS).contains("shift_jis"), "{text}");
        }
    }

    #[test]
    fn common_words_of_other_languages_are_not_korean() {
        let texts: [(&str, &'static Encoding); 11] = [
            ("歌曲大全", GBK),
            ("周杰伦 告白气球", GBK),
            ("搞笑视频合集", GBK),
            ("海底捞火锅", GBK),
            ("東京散歩", EUC_JP),
            ("高画質 公開", EUC_JP),
            ("公式 映像", EUC_JP),
            ("料理の作り方を紹介します", EUC_JP),
            ("台灣美食", BIG5),
            ("¿¡“Qué”!?", WINDOWS_1252),
            ("¿¡'Otra vez'!?", WINDOWS_1252),
        ];
        for (text, encoding) in texts {
            let (bytes, _, is_lossy) = encoding.encode(text);
            assert!(!is_lossy && !NonAsciiLines::of(&bytes).are_korean(), "{text}");
        }
    }

    #[test]
    fn other_encodings_are_not_guessed() {
        let hint = hint_of("a,中文标题视频\nb,说明频道美食", encoding_rs::GB18030);
        assert!(hint.contains("another encoding"), "{hint}");
        let hint = hint_of("a,Привет мир\nb,ПРИВЕТ", encoding_rs::WINDOWS_1251);
        assert!(hint.contains("another encoding"), "{hint}");
        assert!(NonAsciiLines::of(b"a,Pok\x82mon").hint().contains("another encoding"));
    }

    #[test]
    fn line_that_is_valid_utf_8_too_does_not_change_the_guess() {
        let text = EUC_KR.encode("a,KiiiKiii 키키 'BTG' MV\nb,신기한 후기").0;
        assert!(NonAsciiLines::of(&text).are_korean());
        let alone = EUC_KR.encode("a,KiiiKiii 키키 'BTG' MV").0;
        assert!(!NonAsciiLines::of(&alone).are_korean());
        let joined = [&text, "\nc,café\n".as_bytes()].concat();
        assert!(!NonAsciiLines::of(&joined).are_korean());
    }

    #[test]
    fn text_cut_inside_character_does_not_change_the_guess() {
        let mut text = EUC_KR.encode(&"a,한국어 제목\n".repeat(10)).0.into_owned();
        text.extend(b"b,\xc7\n");
        assert!(NonAsciiLines::of(&text).are_korean());
        let mixed = [text, "a,한글\n".repeat(5).into_bytes()].concat();
        assert!(!NonAsciiLines::of(&mixed).are_korean());
        assert!(NonAsciiLines::of(&mixed).hint().contains("CP949"));
    }
}
