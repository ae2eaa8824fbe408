//! Files in the format of the trending data set.

use flate2::{Compression, write::GzEncoder};
use std::{
    io::Write,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The columns of the data set, in order.
pub const COLUMNS: [&str; 16] = [
    "video_id",
    "title",
    "publishedAt",
    "channelId",
    "channelTitle",
    "categoryId",
    "trending_date",
    "tags",
    "view_count",
    "likes",
    "dislikes",
    "comment_count",
    "thumbnail_link",
    "comments_disabled",
    "ratings_disabled",
    "description",
];

/// The header with its line break.
pub fn header() -> String {
    COLUMNS.join(",") + "\n"
}

/// The row of a video on a day of August 2020.
pub fn video_row(video_id: &str, channel_id: &str, day: u32, views: i64) -> Vec<String> {
    let texts = [
        video_id,
        &format!("제목 {video_id}"),
        "2020-08-09T09:32:48Z",
        channel_id,
        &format!("채널 {channel_id}"),
        "24",
        &format!("2020-08-{day:02}T00:00:00Z"),
        &format!("먹방|{video_id}|vlog"),
        &views.to_string(),
        &(views / 10).to_string(),
        &(views / 100).to_string(),
        "7",
        &format!("https://i.ytimg.com/vi/{video_id}/default.jpg"),
        "False",
        "False",
        "첫 줄\n\n\"둘째\" 줄, 끝",
    ];
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Replaces the value of the column `name`.
pub fn with_field(mut row: Vec<String>, name: &str, text: &str) -> Vec<String> {
    let index =
        COLUMNS.iter().position(|column| *column == name).expect("a column of the data set");
    text.clone_into(&mut row[index]);
    row
}

/// A row as CSV.
pub fn line(row: &[String]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(row).unwrap();
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Rows as CSV, with the header.
pub fn file(rows: &[Vec<String>]) -> String {
    header() + &rows.iter().map(|row| line(row)).collect::<String>()
}

/// 24 rows, ordered by day: twelve videos of four channels on one to three days each.
pub fn sample() -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for day in 12..15 {
        for number in (0..12).filter(|number| number % 3 >= day - 12) {
            let (video, channel) = (format!("v{number}"), format!("UC{}", number % 4));
            rows.push(video_row(&video, &channel, day, i64::from((day - 11) * 1000 + number * 10)));
        }
    }
    rows
}

/// A temporary directory, deleted on drop.
pub struct Files(TempDir);

impl Files {
    /// Creates an empty directory.
    #[expect(clippy::new_without_default, reason = "it creates a directory")]
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Writes a file and returns its path.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Writes a gzip file of one member per part.
    pub fn write_gzip(&self, name: &str, parts: &[&[u8]]) -> PathBuf {
        let compress = |part: &&[u8]| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(part).unwrap();
            encoder.finish().unwrap()
        };
        self.write(name, parts.iter().flat_map(compress).collect::<Vec<u8>>())
    }

    /// The path of a file in the directory.
    pub fn path(&self, name: &str) -> PathBuf {
        Path::join(self.0.path(), name)
    }
}
