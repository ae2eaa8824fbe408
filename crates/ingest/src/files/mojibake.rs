//! Detection of mojibake: text that was decoded with the wrong encoding before it was written to
//! the file.

use super::korean::is_korean_text;
use encoding_rs::{EUC_KR, WINDOWS_1252};

/// The cause of mojibake in `text`; `None` if it looks intact.
pub(super) fn detect_mojibake(text: &str) -> Option<&'static str> {
    if text.is_ascii() {
        return None;
    }
    if text.contains('\u{fffd}') {
        return Some("characters were lost in a conversion");
    }
    let is_intact =
        |character: char| matches!(character, '\0'..='\x7f' | '가'..='힣' | 'ᄀ'..='ㆎ');
    if text.chars().all(is_intact) {
        return None;
    }
    if let Some(bytes) = encode_windows_1252(text) {
        if has_multi_byte_utf_8(&bytes) {
            return Some("UTF-8 that was read as Latin-1");
        }
        let cp949 = EUC_KR.decode_without_bom_handling_and_without_replacement(&bytes);
        if cp949.is_some() && is_korean_text(&[&bytes]) {
            return Some("CP949 that was read as Latin-1");
        }
    }
    let (bytes, _, is_lossy) = EUC_KR.encode(text);
    let has_hangul = |text: &str| text.contains(|character| ('가'..='힣').contains(&character));
    let is_utf_8 = !is_lossy && str::from_utf8(&bytes).is_ok_and(has_hangul);
    is_utf_8.then_some("UTF-8 that was read as CP949")
}

/// Re-encodes the text as Windows-1252, to detect mojibake. `None` if a character has no byte.
fn encode_windows_1252(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for character in text.chars() {
        if let Ok(byte) = u8::try_from(u32::from(character)) {
            bytes.push(byte);
        } else {
            let mut buffer = [0; 4];
            let (encoded, _, is_lossy) = WINDOWS_1252.encode(character.encode_utf8(&mut buffer));
            if is_lossy {
                return None;
            }
            bytes.extend_from_slice(&encoded);
        }
    }
    Some(bytes)
}

/// Whether the bytes are UTF-8, possibly truncated at the end, with a character beyond ASCII.
fn has_multi_byte_utf_8(bytes: &[u8]) -> bool {
    let valid = match str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_wrong_encoding_is_detected() {
        let windows = WINDOWS_1252.decode_without_bom_handling("요리 레시피".as_bytes()).0;
        let latin: String = "요리".bytes().map(char::from).collect();
        for (text, cause) in [
            ("ìš”ë¦¬", "Latin-1"),
            (&windows, "Latin-1"),
            (&latin, "Latin-1"),
            ("CafÃ©", "Latin-1"),
            ("癒밸갑", "read as CP949"),
            ("¸Ô¹æ ºêÀÌ·Î±×", "CP949 that"),
            ("¿ä¸® ÀÏ»ó vlog", "CP949 that"),
            ("源�移섏컡媛� 10遺�", "lost"),
            ("제목\u{fffd}", "lost"),
        ] {
            assert!(detect_mojibake(text).is_some_and(|found| found.contains(cause)), "{text}");
        }
    }

    #[test]
    fn intact_text_is_not_mojibake() {
        for text in [
            "한국어 제목 ㅋㅋ",
            "Café Corazón São Paulo",
            "NÃO É FÁCIL",
            "¿Qué? ¡ÁÉÍÓÚ! Ñandú",
            "AÇÃO E COMÉDIA É AQUI",
            "日本語のタイトル",
            "韓國 美食 漢字",
            "🎬 영화 “리뷰” — 1부…",
            "Đà Nẵng ở Việt Nam",
            "Привет, мир",
            "ภาษาไทย",
            "±5° ©2025 ½",
            "티켓 하나",
        ] {
            assert_eq!(detect_mojibake(text), None, "{text}");
        }
    }
}
