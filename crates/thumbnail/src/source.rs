//! The source of a thumbnail.

use crate::decode::MAX_BYTES;
use data_url::DataUrl;
use url::{Host, Url};

/// The maximum length of a URL.
const MAX_URL: usize = 2048;

/// The image types that data URLs may have.
const MEDIA_TYPES: [&str; 3] = ["jpeg", "png", "webp"];

/// Top-level domains of private networks (RFC 6761 and 6762, ICANN resolution 2024.07.29.06, and
/// `home.arpa` of RFC 8375: no website has an `arpa` name).
const PRIVATE_SUFFIXES: [&str; 4] = ["arpa", "internal", "local", "localhost"];

/// A parsed source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThumbnailSource {
    /// An https URL of a public host.
    Web(Url),
    /// The decoded bytes of a data URL.
    Inline(Vec<u8>),
}

/// An invalid source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    /// Neither an https nor a data URL.
    #[error("Enter an https URL or a data URL (JPEG, PNG or WebP).")]
    NoUrl,
    /// Not a public host: an IP address, a port, credentials.
    #[error("The URL must be https and name a public host, without a port or a login.")]
    NotPublic,
    /// Too long.
    #[error("Ensure the URL has no more than 2048 characters.")]
    TooLong,
    /// Another media type.
    #[error("The data URL must hold a JPEG, PNG or WebP image.")]
    MediaType,
    /// The data cannot be decoded.
    #[error("The data URL cannot be decoded.")]
    Malformed,
    /// Too much data.
    #[error("The image is larger than 10 MB.")]
    TooLarge,
}

impl ThumbnailSource {
    /// Parses an https URL, or a data URL with its bytes.
    pub fn parse(text: &str) -> Result<Self, SourceError> {
        let text = text.trim();
        // Schemes are case-insensitive (RFC 3986, section 3.1).
        let is_data = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:"));
        if is_data { inline(text).map(Self::Inline) } else { web(text).map(Self::Web) }
    }
}

fn inline(text: &str) -> Result<Vec<u8>, SourceError> {
    let url = DataUrl::process(text).map_err(|_| SourceError::Malformed)?;
    let kind = url.mime_type();
    if kind.type_ != "image" || !MEDIA_TYPES.contains(&kind.subtype.as_str()) {
        return Err(SourceError::MediaType);
    }
    // Base64: four characters encode three bytes.
    if text.len() / 4 * 3 > MAX_BYTES + MAX_URL {
        return Err(SourceError::TooLarge);
    }
    let (bytes, _) = url.decode_to_vec().map_err(|_| SourceError::Malformed)?;
    match bytes.len() {
        0 => Err(SourceError::Malformed),
        length if length > MAX_BYTES => Err(SourceError::TooLarge),
        _ => Ok(bytes),
    }
}

fn web(text: &str) -> Result<Url, SourceError> {
    if text.len() > MAX_URL {
        return Err(SourceError::TooLong);
    }
    let url = Url::parse(text).map_err(|_| SourceError::NoUrl)?;
    let Some(Host::Domain(name)) = url.host() else {
        return Err(SourceError::NotPublic);
    };
    let has_public_name = is_public(name.trim_end_matches('.'));
    let has_no_credentials = url.username().is_empty() && url.password().is_none();
    if url.scheme() == "https" && has_public_name && has_no_credentials && url.port().is_none() {
        Ok(url)
    } else {
        Err(SourceError::NotPublic)
    }
}

/// Whether a host name has a top-level domain of the public DNS.
fn is_public(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, suffix)| !PRIVATE_SUFFIXES.contains(&suffix))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::{Engine, prelude::BASE64_STANDARD};
    use proptest::prelude::*;

    #[test]
    fn https_url_with_public_host_is_accepted() {
        for text in [
            "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
            " https://i.ytimg.com/a?b=c#d ",
            "HTTPS://I.YTIMG.COM/a",
            "https://i.ytimg.com:443/a",
            "https://썸네일.한국/a.png",
        ] {
            assert!(matches!(ThumbnailSource::parse(text), Ok(ThumbnailSource::Web(_))), "{text}");
        }
    }

    #[test]
    fn non_public_url_is_rejected() {
        for text in [
            "http://i.ytimg.com/a",
            "https://127.0.0.1/a",
            "https://2130706433/a",
            "https://0x7f.1/a",
            "https://0177.0.0.1/a",
            "https://[::1]/a",
            "https://[::ffff:127.0.0.1]/a",
            "https://localhost/a",
            "https://metadata.google.internal/a",
            "https://printer.local./a",
            "https://user:secret@i.ytimg.com/a",
            "https://user@i.ytimg.com/a",
            "https://i.ytimg.com:8080/a",
            "file:///etc/passwd",
            "ftp://i.ytimg.com/a",
            "javascript:alert(1)",
        ] {
            assert_eq!(ThumbnailSource::parse(text), Err(SourceError::NotPublic), "{text}");
        }
        for text in ["", "no url", "//i.ytimg.com/a", "https://"] {
            assert_eq!(ThumbnailSource::parse(text), Err(SourceError::NoUrl), "{text}");
        }
        let long = format!("https://i.ytimg.com/{}", "a".repeat(3000));
        assert_eq!(ThumbnailSource::parse(&long), Err(SourceError::TooLong));
    }

    #[test]
    fn data_url_is_decoded() {
        for text in [
            "data:image/png;base64,AAEC",
            "DATA:image/PNG;base64,AAEC",
            "data:image/png,%00%01%02",
            "data:image/webp;name=a;base64,AA EC",
        ] {
            assert_eq!(
                ThumbnailSource::parse(text),
                Ok(ThumbnailSource::Inline(vec![0, 1, 2])),
                "{text}"
            );
        }
    }

    #[test]
    fn data_url_of_other_type_is_rejected() {
        for (text, error) in [
            ("data:text/html;base64,AAEC", SourceError::MediaType),
            ("data:image/svg+xml,<svg/>", SourceError::MediaType),
            ("data:,", SourceError::MediaType),
            ("data:image/png;base64,!!!!", SourceError::Malformed),
            ("data:image/png;base64,", SourceError::Malformed),
            ("data:image/png", SourceError::Malformed),
        ] {
            assert_eq!(ThumbnailSource::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn data_url_over_10_megabytes_is_rejected() {
        let url = |length: usize| {
            format!("data:image/png;base64,{}", BASE64_STANDARD.encode(vec![7; length]))
        };
        assert!(ThumbnailSource::parse(&url(MAX_BYTES)).is_ok());
        assert_eq!(ThumbnailSource::parse(&url(MAX_BYTES + 1)), Err(SourceError::TooLarge));
        assert_eq!(ThumbnailSource::parse(&url(2 * MAX_BYTES)), Err(SourceError::TooLarge));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in "\\PC{0,60}") {
            ThumbnailSource::parse(&text).ok();
            ThumbnailSource::parse(&format!("data:{text}")).ok();
            ThumbnailSource::parse(&format!("https://{text}")).ok();
        }
    }
}
