//! Recognition of Korean text in CP949, in which the text of many other encodings is valid too.

use encoding_rs::EUC_KR;

/// The 150 most frequent syllables in the titles, tags and descriptions of Korean videos, in
/// descending order: 69 % of all. Text in other encodings that is read as CP949 has few of them.
const FREQUENT_SYLLABLES: &str = "\
    이다스지니의리기는아로가고하에인시한요트사어라드은영을서주자보도정대수오나일상장\
    제그구해마전유부들세만비원게우여브미소국습방를진있연김무타모재동공개신안크레식과\
    면프성러화치생집으바터간용추분카조음금문즈입디선내데더최버경파강래호저티행피독물\
    운송남예위민글코포현매계와작까실거토야양박후메월플감회당명천";

/// The jamo that are written alone, as in `ㅋㅋㅋ`. In Japanese text that is read as CP949, hiragana
/// become other jamo.
const USUAL_JAMO: &str = "ㅋㅎㅠㅜㅇㄷㄱㄹㅅㄴㅂㅈㅁㅡㅗㅏ";

/// `¿¡` in Windows-1252, or the syllable `에` in CP949.
const INVERTED_MARKS: [u8; 2] = *b"\xbf\xa1";

/// A character of CP949.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Character {
    AsciiLetter,
    /// A syllable of KS X 1001, which has the 2,350 common ones.
    Common,
    /// A syllable that only CP949 has: most texts have none. Other encodings that are read as CP949
    /// consist of these.
    Rare,
    Han,
    Other,
}

impl Character {
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

fn characters(line: &[u8]) -> Vec<Character> {
    let mut characters: Vec<Character> = Vec::new();
    let mut bytes = line.iter();
    while let Some(&byte) = bytes.next() {
        characters.push(match byte {
            0x80.. => {
                let trail = bytes.next().copied().unwrap_or_default();
                let is_in_word = characters.last().is_some_and(|before| before.is_syllable());
                if [byte, trail] == INVERTED_MARKS && !is_in_word {
                    Character::Other
                } else {
                    Character::of(byte, trail)
                }
            }
            _ if byte.is_ascii_alphabetic() => Character::AsciiLetter,
            _ => Character::Other,
        });
    }
    characters
}

/// The number of characters and words in lines that are read as CP949.
#[derive(Default)]
struct KoreanText {
    common: usize,
    rare: usize,
    han: usize,
    /// Syllables of [`FREQUENT_SYLLABLES`].
    frequent: usize,
    /// Greek letters, Roman numerals and unusual jamo, which katakana and hiragana become.
    kana: usize,
    /// Sequences of syllables.
    words: usize,
    /// Words of one syllable beside ASCII letters.
    lone: usize,
}

impl KoreanText {
    /// `lines` must be valid CP949.
    fn of(lines: &[&[u8]]) -> Self {
        let mut sum = Self::default();
        for line in lines {
            sum.add_bytes(&characters(line));
            sum.add_text(&EUC_KR.decode_without_bom_handling(line).0);
        }
        sum
    }

    fn add_bytes(&mut self, characters: &[Character]) {
        let count = |kind| characters.iter().filter(|character| **character == kind).count();
        self.common += count(Character::Common);
        self.rare += count(Character::Rare);
        self.han += count(Character::Han);
        let is_same_word = |a: &Character, b: &Character| a.is_syllable() == b.is_syllable();
        let runs: Vec<&[Character]> = characters.chunk_by(is_same_word).collect();
        for (index, run) in runs.iter().enumerate().filter(|(_, run)| run[0].is_syllable()) {
            let before = index.checked_sub(1).and_then(|before| runs[before].last());
            let after = runs.get(index + 1).and_then(|run| run.first());
            let is_beside_letter = [before, after].contains(&Some(&Character::AsciiLetter));
            self.words += 1;
            self.lone += usize::from(run.len() == 1 && is_beside_letter);
        }
    }

    fn add_text(&mut self, text: &str) {
        let is_kana = |c: char| match c {
            'ㄱ'..='ㆎ' => !USUAL_JAMO.contains(c),
            'Α'..='ω' | 'Ⅰ'..='ⅹ' => true,
            _ => false,
        };
        let others = || text.chars().filter(|c| !c.is_ascii());
        self.frequent += others().filter(|c| FREQUENT_SYLLABLES.contains(*c)).count();
        self.kana += others().filter(|c| is_kana(*c)).count();
    }

    /// Whether the syllables are mostly common ones, there are few Han characters (Chinese in GB
    /// 18030 has many), and few single syllables are beside ASCII letters (`Don뭪` is `Don’t` in
    /// Windows-1252).
    fn has_usual_characters(&self) -> bool {
        let syllables = self.common + self.rare;
        self.common > 2 * self.rare
            && syllables > 4 * (self.han + self.kana)
            && 2 * self.lone <= self.words
    }

    /// Whether a quarter of the syllables is frequent: in short Chinese and Japanese texts, all
    /// characters can become common syllables.
    fn has_frequent_syllables(&self) -> bool {
        4 * self.frequent >= self.common + self.rare
    }
}

/// Whether lines of valid CP949 are Korean text. Some short texts of unusual words are not
/// recognized.
pub(super) fn is_korean_text(lines: &[&[u8]]) -> bool {
    let text = KoreanText::of(lines);
    text.has_usual_characters() && text.has_frequent_syllables()
}

/// Whether a line of valid UTF-8 may be Korean text in CP949: `키키` in CP949 is `ŰŰ` in UTF-8.
/// Characters of more than two bytes are never valid in both by chance.
pub(super) fn may_be_korean(line: &str) -> bool {
    let bytes = line.as_bytes();
    line.chars().all(|c| c.len_utf8() <= 2)
        && EUC_KR.decode_without_bom_handling_and_without_replacement(bytes).is_some()
        && KoreanText::of(&[bytes]).has_usual_characters()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frequent_syllables_are_distinct() {
        let mut syllables: Vec<char> = FREQUENT_SYLLABLES.chars().collect();
        syllables.sort_unstable();
        syllables.dedup();
        assert_eq!(syllables.len(), 150);
        assert!(syllables.iter().all(|c| ('가'..='힣').contains(c)));
    }

    #[test]
    fn short_korean_text_is_recognized() {
        for text in ["먹방", "에스파 MV", "ㅋㅋㅋㅋㅋ 대박", "신기한 후기", "침착맨 라이브"]
        {
            assert!(is_korean_text(&[&EUC_KR.encode(text).0]), "{text}");
        }
    }

    #[test]
    fn utf_8_that_may_be_cp949_is_found() {
        assert!(may_be_korean("ŰŰ"));
        for text in ["café", "São Paulo", "Привет", "제목", "abc"] {
            assert!(!may_be_korean(text), "{text}");
        }
    }
}
