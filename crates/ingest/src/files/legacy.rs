//! Guesses of the encoding of text that is not UTF-8.
//!
//! Not `chardetng`, which always decides: files are only read in an encoding that is certain.

use encoding_rs::{EUC_KR, Encoding, SHIFT_JIS, WINDOWS_1252};

/// The lines of a text that are not ASCII.
#[derive(Default)]
pub(super) struct NonAsciiLines<'a> {
    /// The number of lines that are UTF-8.
    pub utf_8: usize,
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
                _ => lines.utf_8 += 1,
            }
        }
        lines
    }

    /// Whether the text is certainly CP949: the lines are Korean, and few others are UTF-8.
    pub(super) fn are_korean(&self) -> bool {
        self.utf_8 * 10 <= self.other.len() && is_korean(&self.other)
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

/// A character of CP949.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Korean {
    AsciiLetter,
    /// A syllable of KS X 1001, which has the 2,350 common ones.
    Common,
    /// A syllable that only CP949 has: most texts have none. Other encodings that are read as CP949
    /// consist of these.
    Rare,
    Han,
    Other,
}

impl Korean {
    fn of(lead: u8, trail: u8) -> Self {
        match (lead, trail) {
            (0xb0..=0xc8, 0xa1..) => Self::Common,
            (0xca..=0xfd, 0xa1..) => Self::Han,
            (0x81..=0xc6, 0x41..=0xa0) | (0x81..=0xa0, _) => Self::Rare,
            _ => Self::Other,
        }
    }

    fn is_syllable(self) -> bool {
        matches!(self, Self::Common | Self::Rare)
    }
}

fn korean_characters(line: &[u8]) -> Vec<Korean> {
    let mut characters = Vec::new();
    let mut bytes = line.iter();
    while let Some(&byte) = bytes.next() {
        characters.push(match byte {
            0x80.. => Korean::of(byte, bytes.next().copied().unwrap_or_default()),
            _ if byte.is_ascii_alphabetic() => Korean::AsciiLetter,
            _ => Korean::Other,
        });
    }
    characters
}

/// Whether the lines are valid CP949 with common syllables, few Han characters (Chinese in GB 18030
/// has many), and few single syllables beside ASCII letters (`Don뭪` is `Don’t` in Windows-1252).
fn is_korean(lines: &[&[u8]]) -> bool {
    let (mut common, mut rare, mut han, mut words, mut lone) = (0, 0, 0, 0, 0);
    for line in valid_lines(lines, EUC_KR) {
        let characters = korean_characters(line);
        let count = |kind| characters.iter().filter(|character| **character == kind).count();
        common += count(Korean::Common);
        rare += count(Korean::Rare);
        han += count(Korean::Han);
        let is_same_word = |a: &Korean, b: &Korean| a.is_syllable() == b.is_syllable();
        let runs: Vec<&[Korean]> = characters.chunk_by(is_same_word).collect();
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run[0].is_syllable()) {
            let before = index.checked_sub(1).and_then(|before| runs[before].last());
            let after = runs.get(index + 1).and_then(|run| run.first());
            let is_beside_letter = [before, after].contains(&Some(&Korean::AsciiLetter));
            words += 1;
            lone += usize::from(run.len() == 1 && is_beside_letter);
        }
    }
    common > 2 * rare && common + rare > 4 * han && 2 * lone <= words
}

/// Whether the lines are valid `Shift_JIS` with kana.
fn is_japanese(lines: &[&[u8]]) -> bool {
    let bytes = valid_lines(lines, SHIFT_JIS).join(&b'\n');
    let text = SHIFT_JIS.decode_without_bom_handling(&bytes).0;
    let kana = text.chars().filter(|c| ('\u{3041}'..='\u{30fe}').contains(c)).count();
    let all = text.chars().filter(|c| !c.is_ascii()).count();
    kana > 0 && kana * 20 > all
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
    fn japanese_text_is_not_korean() {
        for text in ["料理の作り方を紹介します", "【公式】ミュージックビデオ", "a,東京の朝"]
        {
            assert!(hint_of(text, SHIFT_JIS).contains("shift_jis"), "{text}");
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
    fn text_cut_inside_character_does_not_change_the_guess() {
        let mut text = EUC_KR.encode(&"a,한국어 제목\n".repeat(10)).0.into_owned();
        text.extend(b"b,\xc7\n");
        assert!(NonAsciiLines::of(&text).are_korean());
        let mixed = [text, "a,한글\n".repeat(5).into_bytes()].concat();
        assert!(!NonAsciiLines::of(&mixed).are_korean());
        assert!(NonAsciiLines::of(&mixed).hint().contains("CP949"));
    }
}
