//! Playlists of uploads, and feeds.

use super::{
    Catalog, Channel, Kind, Upload, VideoState, ids,
    upload::{Removal, count_until, ordinals},
};
use chrono::{DateTime, TimeDelta, Utc};
use youtube::{ChannelId, PlaylistId};

/// How long a deleted video can stay in a playlist.
const PLACEHOLDER_DAYS: i64 = 3;

/// Entries of a feed.
const FEED_SIZE: usize = 15;

/// A part of a playlist.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaylistPage {
    /// Newest first. Removed videos are listed as placeholders.
    pub videos: Vec<VideoState>,
    /// Whether there are more.
    pub has_more: bool,
    /// The approximate length of the playlist.
    pub total: usize,
}

impl Catalog {
    /// Videos of the playlists `UU…` (all uploads), `UUSH…` (Shorts) and `UULF…` (long videos) of
    /// a channel; `None` if there is no such playlist or it is empty.
    pub fn playlist_page(
        &self,
        id: &PlaylistId,
        at: DateTime<Utc>,
        offset: usize,
        limit: usize,
    ) -> Option<PlaylistPage> {
        let owner = id.channel()?;
        let channel = self.find_channel(&owner).filter(|channel| channel.exists_at(at))?;
        let is_listed = |upload: &Upload| {
            if *id == owner.shorts() {
                upload.kind == Kind::Short && !upload.is_removed_at(at)
            } else if *id == owner.long_videos() {
                matches!(upload.kind, Kind::Long | Kind::Premiere) && !upload.is_removed_at(at)
            } else {
                !upload.is_removed_at(at)
                    || upload.removal.is_some_and(|it| {
                        upload.ordinal.is_multiple_of(2) && has_placeholder(it, at)
                    })
            }
        };
        let mut listed = self.uploads(channel, at).filter(is_listed).peekable();
        listed.peek()?;
        let mut videos: Vec<VideoState> = listed
            .skip(offset)
            .take(limit + 1)
            .filter_map(|upload| self.video_state(channel, &upload, at))
            .collect();
        let has_more = videos.len() > limit;
        videos.truncate(limit);
        let total = count_until(self.seed, channel, at);
        Some(PlaylistPage { videos, has_more, total })
    }

    /// The latest public uploads of a channel; `None` if there is no such channel.
    pub fn feed(&self, id: &ChannelId, at: DateTime<Utc>) -> Option<Vec<VideoState>> {
        let channel = self.find_channel(id).filter(|channel| channel.exists_at(at))?;
        let public = self.uploads(channel, at).filter(|upload| !upload.is_removed_at(at));
        let states = public.filter_map(|upload| self.video_state(channel, &upload, at));
        Some(states.take(FEED_SIZE).collect())
    }

    fn uploads(&self, channel: &Channel, at: DateTime<Utc>) -> impl Iterator<Item = Upload> {
        ordinals(self.seed, channel, at)
            .filter_map(move |ordinal| Upload::new(self.seed, channel, ordinal))
    }

    fn video_state(
        &self,
        channel: &Channel,
        upload: &Upload,
        at: DateTime<Utc>,
    ) -> Option<VideoState> {
        let id = ids::video_id(self.seed, channel.number, upload.ordinal)?;
        Some(self.state(&id, channel, upload, at))
    }
}

/// Whether a playlist still lists a removed video, as "Private video" or "Deleted video".
fn has_placeholder(removal: Removal, at: DateTime<Utc>) -> bool {
    removal.is_private || at < removal.at + TimeDelta::days(PLACEHOLDER_DAYS)
}
