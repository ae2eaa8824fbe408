//! Ids of videos, channels and playlists, and references to channels by id, handle or URL.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use url::Url;

/// A text is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not {expected}")]
pub struct InvalidId {
    /// The text, truncated to 100 characters.
    pub text: String,
    /// The expected form.
    pub expected: &'static str,
}

impl InvalidId {
    fn new(text: &str, expected: &'static str) -> Self {
        Self { text: text.chars().take(100).collect(), expected }
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $expected:literal, $is_valid:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.to_owned().try_into()
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, InvalidId> {
                let is_valid: fn(&str) -> bool = $is_valid;
                if is_valid(&text) { Ok(Self(text)) } else { Err(InvalidId::new(&text, $expected)) }
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// The id of a video: 11 characters of URL-safe base64.
    VideoId, "a video id (11 letters, digits, - or _)", |text| text.len() == 11 && is_base64(text)
}

id! {
    /// The id of a channel: `UC` and 22 characters of URL-safe base64.
    ChannelId, "a channel id (UC and 22 letters, digits, - or _)",
    |text| text.len() == 24 && text.starts_with("UC") && is_base64(text)
}

id! {
    /// The id of a playlist: 2 to 64 characters of URL-safe base64.
    PlaylistId, "a playlist id (letters, digits, - or _)",
    |text| (2..=64).contains(&text.len()) && is_base64(text)
}

id! {
    /// The handle of a channel without `@`: up to 30 letters or digits of any script, `.`, `_`, `-`
    /// or `·`. The minimum length depends on the script.
    Handle, "a handle (@ and up to 30 letters, digits, '.', '_' or '-')",
    |text| (1..=30).contains(&text.chars().count())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '·'))
}

fn is_base64(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

impl ChannelId {
    /// The playlist of all uploads.
    pub fn uploads(&self) -> PlaylistId {
        self.playlist("UU")
    }

    /// The playlist of all Shorts. No field of the API marks a Short; this playlist does.
    pub fn shorts(&self) -> PlaylistId {
        self.playlist("UUSH")
    }

    /// The playlist of uploads that are neither Shorts nor live streams.
    pub fn long_videos(&self) -> PlaylistId {
        self.playlist("UULF")
    }

    /// The id without its prefix `UC`.
    pub fn suffix(&self) -> &str {
        self.0.strip_prefix("UC").unwrap_or(&self.0)
    }

    fn playlist(&self, prefix: &str) -> PlaylistId {
        PlaylistId(format!("{prefix}{}", self.suffix()))
    }
}

impl PlaylistId {
    /// The channel whose uploads, Shorts or long videos the playlist lists.
    pub fn channel(&self) -> Option<ChannelId> {
        let suffix = ["UUSH", "UULF", "UU"]
            .into_iter()
            .find_map(|prefix| self.0.strip_prefix(prefix).filter(|suffix| suffix.len() == 22))?;
        Some(ChannelId(format!("UC{suffix}")))
    }
}

/// A reference to a channel by id, handle or URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ChannelRef {
    /// `UC…` or `https://www.youtube.com/channel/UC…`.
    Id(ChannelId),
    /// `@handle` or `https://www.youtube.com/@handle`; resolved with
    /// [`Client::channel_by_handle`](crate::Client::channel_by_handle).
    Handle(Handle),
}

const CHANNEL_FORMS: &str =
    "a channel: a channel id (UC…), a handle (@…), or the URL of a channel page with one of them";

impl FromStr for ChannelRef {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let text = text.trim();
        let invalid = || InvalidId::new(text, CHANNEL_FORMS);
        if let Some(handle) = text.strip_prefix('@') {
            return Ok(Self::Handle(handle.parse()?));
        }
        if let Ok(id) = text.parse() {
            return Ok(Self::Id(id));
        }
        let has_scheme = text.starts_with("https://") || text.starts_with("http://");
        let url = if has_scheme { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&url).map_err(|_| invalid())?;
        let host = url.host_str().unwrap_or_default();
        if !matches!(host, "youtube.com" | "www.youtube.com" | "m.youtube.com") {
            return Err(invalid());
        }
        // `Url` percent-encodes Hangul handles.
        let segments: Vec<&str> = url.path_segments().into_iter().flatten().collect();
        match segments[..] {
            ["channel", id, ..] => Ok(Self::Id(id.parse()?)),
            [handle, ..] if handle.starts_with('@') || handle.starts_with("%40") => {
                decode_percent(handle).ok_or_else(invalid)?.parse()
            }
            _ => Err(invalid()),
        }
    }
}

impl fmt::Display for ChannelRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => id.fmt(f),
            Self::Handle(handle) => write!(f, "@{handle}"),
        }
    }
}

fn decode_percent(text: &str) -> Option<String> {
    let decoded = percent_encoding::percent_decode_str(text).decode_utf8().ok()?;
    decoded.starts_with('@').then(|| decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CHANNEL: &str = "UC-_0123456789abcdefABCD";

    #[test]
    fn playlists_of_channel_have_documented_prefixes() {
        let channel: ChannelId = CHANNEL.parse().unwrap();
        assert_eq!(channel.uploads().as_str(), "UU-_0123456789abcdefABCD");
        assert_eq!(channel.shorts().as_str(), "UUSH-_0123456789abcdefABCD");
        assert_eq!(channel.long_videos().as_str(), "UULF-_0123456789abcdefABCD");
        for playlist in [channel.uploads(), channel.shorts(), channel.long_videos()] {
            assert_eq!(playlist.channel(), Some(channel.clone()), "{playlist}");
        }
        assert_eq!("PLabc".parse::<PlaylistId>().unwrap().channel(), None);
    }

    #[test]
    fn only_the_first_prefix_of_a_channel_id_is_replaced() {
        let channel: ChannelId = "UCUC0123456789abcdefghij".parse().unwrap();
        assert_eq!(channel.uploads().as_str(), "UUUC0123456789abcdefghij");
        assert_eq!(channel.uploads().channel(), Some(channel));
    }

    #[test]
    fn channel_reference_accepts_ids_handles_and_urls() {
        let id = ChannelRef::Id(CHANNEL.parse().unwrap());
        let handle = |text: &str| ChannelRef::Handle(text.parse().unwrap());
        let urls = |path: &str| {
            ["https://www.youtube.com", "http://youtube.com", "m.youtube.com", "youtube.com"]
                .map(|site| format!("{site}/{path}"))
        };
        for text in [CHANNEL.to_owned(), format!(" {CHANNEL}\n")] {
            assert_eq!(text.parse(), Ok(id.clone()));
        }
        for text in urls(&format!("channel/{CHANNEL}/videos?view=0")) {
            assert_eq!(text.parse(), Ok(id.clone()), "{text}");
        }
        for text in urls("@my.handle_1/shorts") {
            assert_eq!(text.parse(), Ok(handle("my.handle_1")), "{text}");
        }
        for text in [
            "@먹는로그",
            "https://www.youtube.com/@먹는로그",
            "youtube.com/@%EB%A8%B9%EB%8A%94%EB%A1%9C%EA%B7%B8",
        ] {
            assert_eq!(text.parse(), Ok(handle("먹는로그")), "{text}");
        }
        assert_eq!("@abc".parse::<ChannelRef>().unwrap().to_string(), "@abc");
    }

    #[test]
    fn invalid_channel_references_are_named_in_the_error() {
        for text in [
            "",
            "@",
            "@a/b",
            "UCshort",
            "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            "https://www.youtube.com/c/custom",
            "https://youtube.com.example.org/@handle",
            "https://www.youtube.com/channel/UCshort",
            "@name with spaces",
        ] {
            let error = text.parse::<ChannelRef>().unwrap_err();
            assert!(error.to_string().contains("is not a"), "{text}: {error}");
        }
        let long = "x".repeat(5_000).parse::<VideoId>().unwrap_err();
        assert!(long.to_string().len() < 200);
    }

    proptest! {
        #[test]
        fn channel_reference_never_panics_and_round_trips(text in "\\PC{0,60}") {
            if let Ok(reference) = text.parse::<ChannelRef>() {
                prop_assert_eq!(reference.to_string().parse(), Ok(reference));
            }
        }

        #[test]
        fn video_ids_of_eleven_base64_characters_are_valid(text in "[A-Za-z0-9_-]{11}") {
            let id: VideoId = text.parse().unwrap();
            prop_assert_eq!(id.as_str(), text.as_str());
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<VideoId>(&json).unwrap(), id);
        }
    }
}
