//! A planned video.

use crate::{domain::parse_upload_time, queries::ai_server::PredictionRequest};
use chrono::NaiveDate;
use common::{
    Error,
    error::FieldErrors,
    http::{Body, OptionalField},
    prediction::{Job, Subscribers},
};
use thumbnail::{DecodeError, Source};
use utoipa::{
    ToSchema,
    openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type},
};

/// The longest title, in characters: as much as the table of videos holds.
const LONGEST_TITLE: usize = 500;
/// More subscribers than any channel has.
const MOST_SUBSCRIBERS: i64 = 1_000_000_000;
/// The largest number of a category; YouTube's go to 44.
const LARGEST_CATEGORY: i64 = 999;
/// The longest id of a channel that the table holds, in characters.
const LONGEST_CHANNEL_ID: usize = 200;

const PICTURE: &str = "thumbnail_url";

/// A planned video, checked.
pub(crate) struct PredictRequest {
    /// The request to an AI server.
    pub prediction: PredictionRequest,
    /// Where its picture is; not yet known to be one.
    pub picture: Source,
}

/// A planned video.
#[derive(ToSchema)]
#[schema(as = PredictRequest)]
#[expect(dead_code, reason = "only its schema is used")]
struct RequestSchema {
    /// An https URL, or a data URL with a JPEG, PNG or WebP of up to 10 MB.
    #[schema(
        example = "https://i.ytimg.com/vi/uq5LClQN3cE/hqdefault.jpg",
        pattern = r"^(https://[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/.*)?|data:image/(jpeg|png|webp)[;,].+)$"
    )]
    thumbnail_url: String,
    /// The title.
    #[schema(
        example = "혼자 먹는 저녁 | 라면 먹방",
        max_length = 500,
        pattern = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
    )]
    video_name: String,
    /// How many subscribers the channel has.
    #[schema(schema_with = subscribers_schema)]
    channel_subscriber: Subscribers,
    /// When it is to be published, in Seoul: a day, or an ISO 8601 time. No more than a year
    /// ahead.
    #[schema(
        example = "2026-11-24",
        pattern = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9.]+)?(Z|[+-][0-9]{2}:[0-9]{2})?)?$"
    )]
    upload_date: String,
    /// YouTube's number of the category, if it is known.
    #[schema(example = 22, minimum = 0, maximum = 999)]
    category: Option<u16>,
    /// YouTube's id of the channel, if it is known: how its videos did is then taken into
    /// account.
    #[schema(example = "UC9_L9lA9kqJbGANLRus_1A", max_length = 200)]
    channel_id: Option<String>,
}

/// A number, or its digits in a text.
fn subscribers_schema() -> Schema {
    let number = ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0))
        .maximum(Some(MOST_SUBSCRIBERS))
        .examples([15_300]);
    let digits = ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some("^[0-9]{1,9}$"))
        .examples(["15300"]);
    let either = OneOfBuilder::new()
        .item(number)
        .item(digits)
        .description(Some("How many subscribers the channel has: a number, or its digits."));
    Schema::OneOf(either.build())
}

impl utoipa::PartialSchema for PredictRequest {
    fn schema() -> utoipa::openapi::RefOr<Schema> {
        RequestSchema::schema()
    }
}

impl ToSchema for PredictRequest {}

impl PredictRequest {
    /// Reads the body on the day `today`, or says what is wrong with it.
    pub(crate) fn parse(body: &Body, today: NaiveDate) -> Result<Self, Error> {
        let mut errors = FieldErrors::default();
        let picture = picture(body, &mut errors);
        let video_name = title(body, &mut errors);
        let channel_subscriber = subscribers(body, &mut errors);
        let upload_date = upload_date(body, today, &mut errors);
        let category = category(body, &mut errors);
        let channel_id = channel_id(body, &mut errors);
        let (
            Some((thumbnail_url, picture)),
            Some(video_name),
            Some(channel_subscriber),
            Some(upload_date),
        ) = (picture, video_name, channel_subscriber, upload_date)
        else {
            return Err(errors.into());
        };
        errors.into_result()?;
        let job = Job { thumbnail_url, video_name, channel_subscriber, upload_date };
        Ok(Self { prediction: PredictionRequest { job, category, channel_id }, picture })
    }
}

/// The picture cannot be used, for this reason.
pub(crate) fn unusable_picture(reason: &DecodeError) -> Error {
    FieldErrors::of(PICTURE, reason.to_string()).into()
}

fn picture(body: &Body, errors: &mut FieldErrors) -> Option<(String, Source)> {
    let text = body.text(PICTURE, errors)?;
    match Source::parse(text) {
        Ok(source) => Some((text.to_owned(), source)),
        Err(error) => {
            errors.add(PICTURE, error.to_string());
            None
        }
    }
}

fn title(body: &Body, errors: &mut FieldErrors) -> Option<String> {
    let text = body.text("video_name", errors)?;
    if text.chars().count() > LONGEST_TITLE {
        errors.add("video_name", "Ensure this field has no more than 500 characters.");
    }
    Some(text.to_owned())
}

/// In the form in which it was given: an AI server of the old system was shown that.
fn subscribers(body: &Body, errors: &mut FieldErrors) -> Option<Subscribers> {
    const NAME: &str = "channel_subscriber";
    let number = body.integer(NAME, errors)?;
    let message = match number {
        ..0 => "Ensure this value is greater than or equal to 0.",
        0..=MOST_SUBSCRIBERS => {
            let digits = || Subscribers::Digits(number.to_string());
            let number = || Subscribers::Number(number.unsigned_abs());
            return Some(if body.is_text(NAME) { digits() } else { number() });
        }
        _ => "Ensure this value is less than or equal to 1000000000.",
    };
    errors.add(NAME, message);
    None
}

fn upload_date(body: &Body, today: NaiveDate, errors: &mut FieldErrors) -> Option<String> {
    const NAME: &str = "upload_date";
    let text = body.text(NAME, errors)?;
    match parse_upload_time(text, today) {
        Ok(_) => Some(text.trim().to_owned()),
        Err(message) => {
            errors.add(NAME, message);
            None
        }
    }
}

fn category(body: &Body, errors: &mut FieldErrors) -> Option<u16> {
    const NAME: &str = "category";
    let number = body.optional_integer(NAME, errors).value()?;
    let category = u16::try_from(number).ok().filter(|_| number <= LARGEST_CATEGORY);
    if category.is_none() {
        errors.add(NAME, "Ensure this value is between 0 and 999.");
    }
    category
}

fn channel_id(body: &Body, errors: &mut FieldErrors) -> Option<String> {
    const NAME: &str = "channel_id";
    let OptionalField::Value(text) = body.optional_text(NAME, errors) else {
        return None;
    };
    if text.chars().count() > LONGEST_CHANNEL_ID {
        errors.add(NAME, "Ensure this field has no more than 200 characters.");
    }
    Some(text.trim().to_owned()).filter(|id| !id.is_empty())
}
