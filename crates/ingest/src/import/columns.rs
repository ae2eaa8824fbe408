//! The columns of the fields of videos and channels.

use super::column_names as names;
use crate::files::{ANALYTICS_COLUMNS, Header, HeaderError};

/// The positions of the fields of a video.
pub struct VideoColumns {
    pub(super) video_id: usize,
    /// The column `id` beside one with links, which may be links to channels.
    pub(super) other_id: Option<usize>,
    pub(super) site: Option<usize>,
    pub(super) title: Option<usize>,
    pub(super) published: Option<usize>,
    pub(super) channel_id: Option<usize>,
    pub(super) channel_name: Option<usize>,
    pub(super) observed: Option<usize>,
    pub(super) tags: Option<usize>,
    pub(super) views: Option<usize>,
    pub(super) likes: Option<usize>,
    pub(super) dislikes: Option<usize>,
    pub(super) thumbnail: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) subscribers: Option<usize>,
    pub(super) hidden_subscribers: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) comments: Option<usize>,
    pub(super) duration: Option<usize>,
    pub(super) language: Option<usize>,
    pub(super) live: Option<usize>,
    pub(super) ratings_disabled: Option<usize>,
    pub(super) comments_disabled: Option<usize>,
    /// Whether descriptions have `\n` for line breaks, as in Kaggle's data set of 2017.
    pub(super) has_escaped_lines: bool,
}

impl VideoColumns {
    pub(super) fn find(header: &Header) -> Result<Self, HeaderError> {
        let optional = |names: names::Names| header.find(names);
        // A missing field of a JSON object is the same as `null`: each row is checked instead.
        let required = |names: names::Names| match header.find(names) {
            None if !header.context.has_optional_fields => {
                Err(HeaderError::MissingColumn(names[0]))
            }
            found => Ok(found),
        };
        // In a joined table, columns without `video` in their name can be those of a playlist or channel.
        let of_video = |name, names| match header.find(&[name]) {
            None => required(names),
            found => Ok(found),
        };
        let channel_name = optional(names::CHANNEL_NAME);
        let video_id =
            optional(names::VIDEO_ID).ok_or(HeaderError::MissingColumn(names::VIDEO_ID[0]))?;
        let has_links = optional(&["url", "link"]) == Some(video_id);
        let columns = Self {
            video_id,
            other_id: optional(&["id"]).filter(|_| has_links),
            site: optional(names::SITE),
            title: of_video("video_title", names::TITLE)?,
            published: of_video("video_published_at", names::PUBLISHED)?,
            channel_id: match channel_name {
                None => required(names::CHANNEL_ID)?,
                Some(_) => optional(names::CHANNEL_ID),
            },
            channel_name,
            views: find_views(header, required(names::VIEWS)?)?,
            observed: find_observed(header),
            tags: optional(names::TAGS),
            likes: optional(names::LIKES),
            dislikes: optional(names::DISLIKES),
            thumbnail: optional(names::THUMBNAIL),
            description: optional(&["video_description"]).or_else(|| optional(names::DESCRIPTION)),
            subscribers: optional(names::VIDEO_SUBSCRIBERS),
            hidden_subscribers: optional(names::HIDDEN_SUBSCRIBERS),
            category: optional(names::CATEGORY),
            comments: optional(names::COMMENTS),
            duration: optional(names::DURATION),
            language: optional(names::LANGUAGE),
            live: optional(names::LIVE),
            ratings_disabled: optional(names::RATINGS_DISABLED),
            comments_disabled: optional(names::COMMENTS_DISABLED),
            has_escaped_lines: header.find(&["video_error_or_removed"]).is_some(),
        };
        if columns.observed.is_none() && header.context.observed.is_none() {
            return Err(HeaderError::NoObservationDate);
        }
        Ok(columns)
    }

    pub(super) fn used_columns(&self) -> Vec<usize> {
        let used = [
            Some(self.video_id),
            self.other_id,
            self.site,
            self.title,
            self.published,
            self.channel_id,
            self.channel_name,
            self.observed,
            self.tags,
            self.views,
            self.likes,
            self.dislikes,
            self.thumbnail,
            self.description,
            self.subscribers,
            self.hidden_subscribers,
            self.category,
            self.comments,
            self.duration,
            self.language,
            self.live,
            self.ratings_disabled,
            self.comments_disabled,
        ];
        used.into_iter().flatten().collect()
    }
}

/// The column with the views. An error if two columns may have them: `views` beside a total may be
/// those of a day, and the total may be that of the channel.
fn find_views(header: &Header, views: Option<usize>) -> Result<Option<usize>, HeaderError> {
    if header.find(&ANALYTICS_COLUMNS).is_some() {
        return Err(HeaderError::MissingColumn(names::VIEWS[0]));
    }
    let totals = header.find_all(names::TOTAL_VIEWS);
    let mut columns = header.find_all(names::VIEWS);
    columns.retain(|column| !totals.contains(column));
    let is_plain = |column: &usize| header.find(&["views", "조회수"]) == Some(*column);
    let total = totals.first().filter(|_| columns.iter().all(is_plain));
    columns.extend(total);
    match columns.as_slice() {
        [one, other, ..] => Err(HeaderError::Ambiguous {
            field: "the views of the video up to then",
            columns: [one, other].map(|column| header.name(*column)),
        }),
        _ => Ok(views),
    }
}

/// The column with the time of observation. In tables that were made from metadata of yt-dlp,
/// `timestamp` is the time of publication.
pub(super) fn find_observed(header: &Header) -> Option<usize> {
    let is_metadata = header.find(names::SITE).is_some()
        || header.find(&["epoch"]).is_some() && header.find(&["upload_date"]).is_some();
    let is_usable = |name: &&&str| !(is_metadata && **name == "timestamp");
    header.find(&names::OBSERVED.iter().filter(is_usable).copied().collect::<Vec<_>>())
}

/// The positions of the fields of a channel.
pub struct ChannelColumns {
    pub(super) channel_id: usize,
    pub(super) subscribers: Option<usize>,
    pub(super) hidden_subscribers: Option<usize>,
    pub(super) views: Option<usize>,
    pub(super) uploads: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) start_date: Option<usize>,
    pub(super) thumbnail: Option<usize>,
    pub(super) observed: Option<usize>,
}

impl ChannelColumns {
    pub(super) fn find(header: &Header) -> Result<Self, HeaderError> {
        let id = header.find(names::CHANNEL_FILE_ID);
        let subscribers = header.find(names::SUBSCRIBERS);
        if subscribers.is_none() && !header.context.has_optional_fields {
            return Err(HeaderError::MissingColumn(names::SUBSCRIBERS[0]));
        }
        // Titles, counts and texts of videos are not those of their channels.
        let is_of_videos = header.find(names::VIDEO_ONLY_COLUMNS).is_some();
        let of_channel = |names: names::Names| header.find(names).filter(|_| !is_of_videos);
        let name =
            header.find(names::CHANNEL_FILE_NAME).or_else(|| of_channel(names::CHANNEL_TITLE));
        Ok(Self {
            channel_id: id
                .filter(|id| !is_of_videos || header.find(&["id", "url"]) != Some(*id))
                .ok_or(HeaderError::MissingColumn(names::CHANNEL_FILE_ID[0]))?,
            subscribers,
            hidden_subscribers: header.find(names::HIDDEN_SUBSCRIBERS),
            views: of_channel(names::CHANNEL_VIEWS),
            uploads: of_channel(names::CHANNEL_UPLOADS),
            name,
            description: of_channel(names::CHANNEL_DESCRIPTION),
            start_date: of_channel(names::CHANNEL_START),
            thumbnail: of_channel(names::THUMBNAIL),
            observed: find_observed(header),
        })
    }

    pub(super) fn used_columns(&self) -> Vec<usize> {
        let used = [
            Some(self.channel_id),
            self.subscribers,
            self.hidden_subscribers,
            self.views,
            self.uploads,
            self.name,
            self.description,
            self.start_date,
            self.thumbnail,
            self.observed,
        ];
        used.into_iter().flatten().collect()
    }
}
