//! The videos and keywords of a channel, for two routes.

use crate::{
    queries::postgres::{KeywordRow, ViewsRow, list_keywords, list_videos, list_views},
    serializers::ChannelVideo,
};
use common::{
    Error,
    keywords::{KeywordCount, count_keywords},
    serializers::Word,
};
use diesel_async::AsyncPgConnection;
use futures_util::future::try_join3;
use std::collections::HashMap;

/// The number of videos of a response.
pub(super) const MAX_VIDEOS: u8 = 5;
/// The number of videos whose keywords are counted.
pub(super) const KEYWORD_SAMPLE: u8 = 50;
/// The number of words of a chart or word map.
const MAX_WORDS: usize = 7;

/// The videos `shown`, and the keywords of the videos `counted` except the channel's name, in
/// one round trip.
pub(super) async fn load(
    connection: &AsyncPgConnection,
    channel_name: Option<&str>,
    shown: &[i32],
    counted: &[i32],
) -> Result<(Vec<ChannelVideo>, Vec<Word>), Error> {
    let both: Vec<i32> = shown.iter().chain(counted).copied().collect();
    let (videos, views, keywords) = try_join3(
        list_videos(connection, shown),
        list_views(connection, shown),
        list_keywords(connection, &both),
    )
    .await?;
    let keywords = group_by_video(keywords, |row: &KeywordRow| row.video_idx);
    let words = count(&keywords, counted, channel_name);
    let mut views = group_by_video(views, |row: &ViewsRow| row.video_idx);
    let mut keywords = keywords;
    let mut videos: HashMap<i32, _> = videos.into_iter().map(|row| (row.idx, row)).collect();
    let entries = shown.iter().filter_map(|idx| {
        let views = views.remove(idx).unwrap_or_default().into_iter();
        let keywords = keywords.remove(idx).unwrap_or_default().into_iter();
        videos.remove(idx).map(|row| ChannelVideo::new(row, views, keywords))
    });
    Ok((entries.collect(), Word::list(words)))
}

fn group_by_video<R>(rows: Vec<R>, video: impl Fn(&R) -> i32) -> HashMap<i32, Vec<R>> {
    rows.into_iter().fold(HashMap::new(), |mut videos, row| {
        videos.entry(video(&row)).or_insert_with(Vec::new).push(row);
        videos
    })
}

fn count(
    keywords: &HashMap<i32, Vec<KeywordRow>>,
    videos: &[i32],
    channel_name: Option<&str>,
) -> Vec<KeywordCount> {
    let tags = videos.iter().filter_map(|idx| keywords.get(idx));
    let tags = tags.map(|rows| rows.iter().map(|row| row.keyword.as_str()));
    count_keywords(tags, |keyword| Some(keyword) != channel_name, MAX_WORDS)
}
