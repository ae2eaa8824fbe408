//! The job message.

use serde::{Deserialize, Serialize};

/// A planned video: in JSON an array of these fields, in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "JobFields", into = "JobFields")]
pub struct Job {
    /// Thumbnail: an https URL or a data URL.
    pub thumbnail_url: String,
    /// Title.
    pub video_name: String,
    /// Subscribers of the channel.
    pub channel_subscriber: SubscriberInput,
    /// Planned time of upload: see [`super::UploadTime`].
    pub upload_date: String,
}

/// A number of subscribers, as sent by the client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SubscriberInput {
    /// A number.
    Number(u64),
    /// Digits in a string.
    Digits(String),
}

impl SubscriberInput {
    /// The number; `None` if the string is not one.
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Digits(digits) => digits.trim().parse().ok(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct JobFields(String, String, SubscriberInput, String);

impl From<JobFields> for Job {
    fn from(
        JobFields(thumbnail_url, video_name, channel_subscriber, upload_date): JobFields,
    ) -> Self {
        Self { thumbnail_url, video_name, channel_subscriber, upload_date }
    }
}

impl From<Job> for JobFields {
    fn from(job: Job) -> Self {
        Self(job.thumbnail_url, job.video_name, job.channel_subscriber, job.upload_date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn job_round_trips_as_array_with_type_of_its_number() {
        for (subscribers, text) in [
            (SubscriberInput::Number(1000), r#"["https://a/b","제목",1000,"2026-11-24"]"#),
            (
                SubscriberInput::Digits("1000".into()),
                r#"["https://a/b","제목","1000","2026-11-24"]"#,
            ),
        ] {
            assert_eq!(subscribers.number(), Some(1000));
            let job = Job {
                thumbnail_url: "https://a/b".into(),
                video_name: "제목".into(),
                channel_subscriber: subscribers,
                upload_date: "2026-11-24".into(),
            };
            assert_eq!(serde_json::to_string(&job).unwrap(), text);
            assert_eq!(serde_json::from_str::<Job>(text).unwrap(), job);
        }
    }

    #[test]
    fn malformed_job_is_rejected() {
        for text in ["[]", "{}", r#"["a","b",-1,"c"]"#, r#"["a","b",1,"c","d"]"#, r#"["a","b",1]"#]
        {
            assert!(serde_json::from_str::<Job>(text).is_err(), "{text}");
        }
    }
}
