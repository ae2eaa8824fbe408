//! Recorded responses of `videos.list`, replayed by their dates.

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use flate2::read::GzDecoder;
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read},
    mem::take,
    path::{Path, PathBuf},
};

/// A recording cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// Input or output.
    #[error("{path}: {source}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// Not a response of `videos.list`.
    #[error("{path}: {reason}")]
    Invalid {
        /// The file.
        path: PathBuf,
        /// The reason.
        reason: String,
    },
    /// No file has a date in its name.
    #[error("{0}: no file is named like videos-list-20260131.json.gz")]
    Empty(PathBuf),
}

/// Responses by time: each is the chart of its day, and has the state of its videos.
#[derive(Debug)]
pub struct Recording {
    /// Items by the time of the response.
    charts: BTreeMap<DateTime<Utc>, Vec<Value>>,
}

impl Recording {
    /// Reads the files `*-YYYYMMDD.json.gz` and `*-YYYYMMDD.json` of a folder. A response is valid
    /// from the start of its day in UTC.
    pub fn open(folder: &Path) -> Result<Self, RecordingError> {
        let io = |path: &Path| {
            let path = path.to_owned();
            move |source| RecordingError::Io { path, source }
        };
        let mut charts = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(io(folder))? {
            let path = entry.map_err(io(folder))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let Some(time) = time_of(&name) else { continue };
            let file = File::open(&path).map_err(io(&path))?;
            let mut text = String::new();
            if name.ends_with(".gz") {
                GzDecoder::new(file).read_to_string(&mut text)
            } else {
                io::BufReader::new(file).read_to_string(&mut text)
            }
            .map_err(io(&path))?;
            let items = items(&text)
                .map_err(|reason| RecordingError::Invalid { path: path.clone(), reason })?;
            charts.insert(time, items);
        }
        if charts.is_empty() {
            return Err(RecordingError::Empty(folder.to_owned()));
        }
        Ok(Self { charts })
    }

    /// The time of the first response.
    pub fn start(&self) -> Option<DateTime<Utc>> {
        self.charts.keys().next().copied()
    }

    /// Moves all times by whole days, so that the last response is of the day of `now`.
    pub fn shift_to(&mut self, now: DateTime<Utc>) {
        let Some((last, _)) = self.charts.last_key_value() else { return };
        let by = TimeDelta::days((now - last).num_days());
        for (time, mut items) in take(&mut self.charts) {
            for item in &mut items {
                shift_times(item, by);
            }
            self.charts.insert(time + by, items);
        }
    }

    /// The chart of the latest response at a time.
    pub fn chart(&self, at: DateTime<Utc>) -> &[Value] {
        self.charts.range(..=at).next_back().map_or(&[], |(_, items)| items)
    }

    /// A video as it was recorded last.
    pub fn video(&self, id: &str, at: DateTime<Utc>) -> Option<&Value> {
        let mut newest_first = self.charts.range(..=at).rev().flat_map(|(_, items)| items);
        newest_first.find(|item| item["id"] == id)
    }

    /// The recorded videos of a channel, the last published first.
    pub fn videos_of(&self, channel: &str, at: DateTime<Utc>) -> Vec<&Value> {
        let mut videos: BTreeMap<&str, &Value> = BTreeMap::new();
        for item in self.charts.range(..=at).flat_map(|(_, items)| items) {
            if item["snippet"]["channelId"] == channel {
                videos.insert(item["id"].as_str().unwrap_or_default(), item);
            }
        }
        let mut videos: Vec<&Value> = videos.into_values().collect();
        videos.sort_by_key(|item| {
            std::cmp::Reverse(item["snippet"]["publishedAt"].as_str().unwrap_or_default())
        });
        videos
    }
}

/// Moves the times in a value; texts such as titles are kept.
fn shift_times(value: &mut Value, by: TimeDelta) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let is_time = name == "publishedAt" || name.ends_with("Time");
                let time = field.as_str().and_then(|text| text.parse::<DateTime<Utc>>().ok());
                match time.filter(|_| is_time) {
                    Some(time) => {
                        *field = (time + by).to_rfc3339_opts(SecondsFormat::Secs, true).into();
                    }
                    None => shift_times(field, by),
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                shift_times(item, by);
            }
        }
        _ => {}
    }
}

/// The time of `…-20260131.json.gz`.
fn time_of(name: &str) -> Option<DateTime<Utc>> {
    let stem = name.strip_suffix(".json.gz").or_else(|| name.strip_suffix(".json"))?;
    let (_, date) = stem.rsplit_once('-')?;
    let date = NaiveDate::parse_from_str(date, "%Y%m%d").ok()?;
    Some(date.and_time(NaiveTime::MIN).and_utc())
}

fn items(text: &str) -> Result<Vec<Value>, String> {
    let mut response: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| error.to_string())?;
    match response.remove("items") {
        Some(Value::Array(items)) => Ok(items),
        _ => Err("it has no list of items".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use serde_json::json;
    use std::io::Write;

    fn write(folder: &Path, name: &str, items: &Value) {
        let file = File::create(folder.join(name)).unwrap();
        let mut gzip = GzEncoder::new(file, Compression::fast());
        gzip.write_all(json!({ "items": items }).to_string().as_bytes()).unwrap();
        gzip.finish().unwrap();
    }

    fn video(id: &str, views: u32) -> Value {
        json!({
            "id": id,
            "snippet": { "channelId": "UC1", "publishedAt": format!("2025-05-0{}T00:00:00Z", views % 9) },
            "statistics": { "viewCount": views.to_string() },
        })
    }

    #[test]
    fn recording_is_replayed_by_date() {
        let folder = tempfile::tempdir().unwrap();
        write(
            folder.path(),
            "videos-list-20250501.json.gz",
            &json!([video("a", 1), video("b", 2)]),
        );
        write(folder.path(), "videos-list-20250503.json.gz", &json!([video("a", 5)]));
        fs::write(folder.path().join("README.md"), "").unwrap();
        let recording = Recording::open(folder.path()).unwrap();
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let (first, second) = (at("2025-05-02T12:00:00Z"), at("2025-05-03T00:00:00Z"));
        let views =
            |id, at| recording.video(id, at).map(|it| it["statistics"]["viewCount"].clone());
        assert_eq!(recording.start(), Some(at("2025-05-01T00:00:00Z")));
        assert!(recording.chart(at("2025-04-30T00:00:00Z")).is_empty());
        assert_eq!((recording.chart(first).len(), recording.chart(second).len()), (2, 1));
        assert_eq!(views("a", first), Some(json!("1")));
        assert_eq!(views("a", second), Some(json!("5")));
        assert_eq!(views("b", second), Some(json!("2")));
        let ids: Vec<_> = recording.videos_of("UC1", second).iter().map(|it| &it["id"]).collect();
        assert_eq!(ids, ["a", "b"]);
    }

    #[test]
    fn shifted_recording_ends_today() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "videos-list-20250501.json.gz", &json!([video("a", 1)]));
        write(folder.path(), "videos-list-20250503.json.gz", &json!([video("b", 2)]));
        let mut recording = Recording::open(folder.path()).unwrap();
        let now = "2026-11-29T10:00:00Z".parse().unwrap();
        recording.shift_to(now);
        assert_eq!(recording.start(), Some("2026-11-27T00:00:00Z".parse().unwrap()));
        let published = &recording.video("b", now).unwrap()["snippet"]["publishedAt"];
        assert_eq!(*published, json!("2026-11-28T00:00:00Z"));
    }

    #[test]
    fn invalid_recordings_are_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let error = |path: &Path| Recording::open(path).unwrap_err().to_string();
        assert!(error(folder.path()).contains("no file is named like"));
        assert!(error(&folder.path().join("absent")).contains("absent"));
        fs::write(folder.path().join("videos-list-20250501.json"), "{\"items\": 1}").unwrap();
        assert!(error(folder.path()).contains("20250501.json: it has no list of items"));
        fs::remove_file(folder.path().join("videos-list-20250501.json")).unwrap();
        fs::write(folder.path().join("videos-list-20250501.json.gz"), "{}").unwrap();
        assert!(error(folder.path()).contains("20250501.json.gz"));
    }
}
