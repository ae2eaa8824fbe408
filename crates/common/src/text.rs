//! Properties of characters.

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

/// The blank Braille pattern, which fonts show as a space.
const BLANK_BRAILLE: char = '\u{2800}';

/// White space, control characters, Unicode's `Default_Ignorable_Code_Point`, such as zero-width
/// spaces and Hangul fillers, and the blank Braille pattern.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || character == BLANK_BRAILLE
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(character)
}
