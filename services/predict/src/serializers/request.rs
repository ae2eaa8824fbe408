//! The request of a prediction.

use crate::{domain::parse_upload_time, queries::ai_server::PredictionRequest};
use chrono::NaiveDate;
use common::{
    Error,
    error::FieldErrors,
    http::Field,
    prediction::{Job, parse_category, parse_subscribers, parse_uploads, subscribers_schema},
};
use serde::Deserialize;
use serde_json::Value;
use thumbnail::{DecodeError, SourceError, ThumbnailSource};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;

/// The maximum length of a title in characters, as of the database column.
const MAX_TITLE: usize = 500;
/// The maximum length of a channel id in characters, as of the database column.
const MAX_CHANNEL_ID: usize = 200;

const THUMBNAIL: &str = "thumbnail_url";

/// A valid [`PredictRequest`].
pub(crate) struct PlannedVideo {
    /// The request to an AI server.
    pub prediction: PredictionRequest,
    /// The source of the thumbnail, which is not decoded yet.
    pub thumbnail: ThumbnailSource,
}

/// A planned video. Integers may also be digits in a string.
#[derive(Deserialize, ToSchema)]
#[schema(example = json!({
    "thumbnail_url": "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
    "video_name": "혼자 먹는 저녁 | 라면 먹방",
    "channel_subscriber": 15_300,
    "upload_date": "2026-11-24",
    "category": 22,
    "uploads": 240,
    "is_short": false
}))]
pub(crate) struct PredictRequest {
    /// An https URL of a public host name, without a port or a login, of up to 2048 characters, or a
    /// data URL with a JPEG, PNG or WebP of up to 10 MB. It has no effect on the prediction of the
    /// included AI server: no training data has thumbnails.
    #[schema(
        value_type = String,
        example = "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
        pattern = r"^\s*([hH][tT][tT][pP][sS]|[dD][aA][tT][aA]):\S"
    )]
    thumbnail_url: Field<String>,
    /// The title, of up to 500 characters in NFC: a Hangul syllable is one character.
    #[schema(
        value_type = String,
        example = "혼자 먹는 저녁 | 라면 먹방",
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    video_name: Field<String>,
    #[schema(schema_with = subscribers_schema)]
    channel_subscriber: Field<Value>,
    /// The planned upload, in Seoul: a date or an ISO 8601 time, at most 31 days from now and 365
    /// days ago.
    #[schema(
        value_type = String,
        example = "2026-11-24",
        pattern = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}([T ](([01]?[0-9]|2[0-3]):[0-5]?[0-9]((Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])|:[0-5]?[0-9](\.[0-9]{1,9})?)?|([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])))?\s*$"
    )]
    upload_date: Field<String>,
    /// The YouTube category id, if known.
    #[schema(value_type = Option<u16>, example = 22, minimum = 0, maximum = 999)]
    category: Field<i64>,
    /// The YouTube channel id, if known; the prediction then uses the channel's history.
    #[schema(
        value_type = Option<String>,
        example = "UC9_L9lA9kqJbGANLRus_1A",
        max_length = 200,
        pattern = r"^[^\u0000]*$"
    )]
    channel_id: Field<String>,
    /// The channel's `idx`, instead of `channel_id`.
    #[schema(value_type = Option<i32>, example = 17, minimum = 0)]
    channel_idx: Field<i64>,
    /// The number of videos that the channel has published, if known.
    #[schema(value_type = Option<u32>, example = 240, minimum = 0, maximum = 10_000_000)]
    uploads: Field<i64>,
    /// Whether the video is a Short, if known.
    #[schema(value_type = Option<bool>, example = false)]
    is_short: Field<bool>,
}

impl PredictRequest {
    /// Validates the fields on the day `today`.
    pub(crate) fn validate(self, today: NaiveDate) -> Result<PlannedVideo, Error> {
        let mut errors = FieldErrors::default();
        let thumbnail = self.thumbnail_url.not_blank().and_then(thumbnail);
        let thumbnail = thumbnail.required(THUMBNAIL, &mut errors);
        let title = self.video_name.not_blank().and_then(title);
        let video_name = title.required("video_name", &mut errors);
        let subscribers = self.channel_subscriber.and_then(parse_subscribers);
        let channel_subscriber = subscribers.required("channel_subscriber", &mut errors);
        let valid = |text: String| parse_upload_time(&text, today).map(|_| text.trim().to_owned());
        let upload_date = self.upload_date.not_blank().and_then(valid);
        let upload_date = upload_date.required("upload_date", &mut errors);
        let category = self.category.and_then(parse_category).optional("category", &mut errors);
        let channel_id = self.channel_id.max_chars(MAX_CHANNEL_ID);
        let channel_id = channel_id.optional("channel_id", &mut errors);
        let channel_id = channel_id.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty());
        let channel_idx =
            self.channel_idx.and_then(channel_idx).optional("channel_idx", &mut errors);
        if channel_id.is_some() && channel_idx.is_some() {
            errors.add("channel_idx", "Give channel_id or channel_idx, not both.");
        }
        let uploads = self.uploads.and_then(parse_uploads).optional("uploads", &mut errors);
        let is_short = self.is_short.optional("is_short", &mut errors);
        let required = (thumbnail, video_name, channel_subscriber, upload_date);
        let (
            Some((thumbnail_url, thumbnail)),
            Some(video_name),
            Some(channel_subscriber),
            Some(upload_date),
        ) = required
        else {
            return Err(errors.into());
        };
        errors.into_result()?;
        let job = Job { thumbnail_url, video_name, channel_subscriber, upload_date };
        let prediction =
            PredictionRequest { job, category, channel_id, channel_idx, uploads, is_short };
        Ok(PlannedVideo { prediction, thumbnail })
    }
}

/// The error of a thumbnail that cannot be decoded.
pub(crate) fn invalid_thumbnail(reason: &DecodeError) -> Error {
    FieldErrors::single(THUMBNAIL, reason.to_string()).into()
}

/// Limits the composed length: decomposed, a Hangul syllable is two or three characters.
fn title(text: String) -> Result<String, String> {
    if text.nfc().count() > MAX_TITLE {
        return Err(format!("Ensure this field has no more than {MAX_TITLE} characters."));
    }
    Ok(text)
}

/// The source and its text for the AI server. A parsed URL is serialized again: other parsers can find
/// another host in the text that was sent.
fn thumbnail(text: String) -> Result<(String, ThumbnailSource), SourceError> {
    let source = ThumbnailSource::parse(&text)?;
    let url = if let ThumbnailSource::Web(url) = &source { url.to_string() } else { text };
    Ok((url, source))
}

fn channel_idx(number: i64) -> Result<i32, &'static str> {
    let idx = i32::try_from(number).ok().filter(|idx| *idx >= 0);
    idx.ok_or("Ensure this value is between 0 and 2147483647.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{prelude::*, string::string_regex};
    use utoipa::PartialSchema;

    /// Strings of the documented form, on 24 November 2026.
    fn upload_date() -> impl Strategy<Value = String> {
        let schema = serde_json::to_value(PredictRequest::schema()).unwrap();
        let pattern = schema["properties"]["upload_date"]["pattern"].as_str().unwrap();
        let of_one_day = pattern.replace("[0-9]{4}-[0-9]{2}-[0-9]{2}", "2026-11-24");
        string_regex(&of_one_day.trim_matches(['^', '$']).replace(r"\s", " ")).unwrap()
    }

    #[test]
    fn url_of_a_thumbnail_is_published_as_it_was_parsed() {
        for text in [
            r"https://i.ytimg.com\@127.0.0.1/x",
            " https://i.yt\timg.com/@127.0.0.1/x",
            r"https:\\i.ytimg.com/@127.0.0.1/x",
        ] {
            let (url, _) = thumbnail(text.to_owned()).unwrap();
            assert_eq!(url, "https://i.ytimg.com/@127.0.0.1/x", "{text}");
        }
    }

    proptest! {
        #[test]
        fn upload_date_in_the_documented_form_is_accepted(text in upload_date()) {
            let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
            prop_assert!(parse_upload_time(&text, today).is_ok(), "{text:?}");
        }
    }
}
