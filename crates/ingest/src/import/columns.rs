//! The column names of the fields of videos and channels.

use crate::files::{Header, MissingColumn};

/// The column names of a field. The first one is shown in messages.
type Names = &'static [&'static str];

const VIDEO_ID: Names = &[
    "video_id",
    "youtube_id",
    "ytid",
    "vid",
    "video_url",
    "video_link",
    "webpage_url",
    "url",
    "link",
    "id",
    "영상 URL",
    "동영상 링크",
    "영상 ID",
    "동영상 ID",
    "비디오 ID",
];
const TITLE: Names =
    &["title", "video_title", "video_name", "name", "제목", "영상 제목", "동영상 제목", "영상명"];
const PUBLISHED: Names = &[
    "publishedAt",
    "publish_time",
    "publish_date",
    "published",
    "video_published_at",
    "published_date",
    "upload_time",
    "uploaded_at",
    "upload_date",
    "publishedAtSQL",
    "date_published",
    "publish_at",
    "게시일",
    "게시일시",
    "게시일자",
    "게시 날짜",
    "업로드일자",
    "업로드일",
    "업로드 날짜",
];
const CHANNEL_ID: Names =
    &["channelId", "ownerChannelId", "channel_url", "uploader_channel_id", "채널 ID"];
const CHANNEL_NAME: Names = &[
    "channelTitle",
    "channel_name",
    "channel",
    "uploader",
    "author",
    "creator",
    "채널명",
    "채널 이름",
    "채널",
];
const OBSERVED: Names = &[
    "trending_date",
    "video_trending_date",
    "snapshot_utc",
    "snapshot_date",
    "snapshot_time",
    "snapshot_at",
    "snapshot",
    "observed_at",
    "observation_date",
    "observed",
    "observed_date",
    "collected_at",
    "collected_date",
    "collection_date",
    "collected",
    "crawled_at",
    "crawled_date",
    "crawl_date",
    "crawl_time",
    "fetched_at",
    "fetched_date",
    "fetch_date",
    "fetch_time",
    "retrieved_at",
    "retrieved_date",
    "retrieval_date",
    "scraped_at",
    "scraped_date",
    "scrape_date",
    "checked_at",
    "check_time",
    "check_date",
    "recorded_at",
    "captured_at",
    "captured_date",
    "extracted_at",
    "query_time",
    "collection_time",
    "fetch_timestamp",
    "trending_day",
    "date_utc",
    "date",
    "datetime",
    "timestamp",
    "day",
    "epoch",
    "updated_at",
    "수집일",
    "수집일시",
    "수집일자",
    "수집 시각",
    "수집 시간",
    "수집 날짜",
    "관측일",
    "기준일",
    "집계일",
    "일자",
    "날짜",
];
const TAGS: Names = &["tags", "video_tags", "tag_list", "keywords", "태그"];
const VIEWS: Names = &[
    "view_count",
    "views",
    "video_view_count",
    "view_counts",
    "total_views",
    "video_views",
    "조회수",
];
const LIKES: Names =
    &["likes", "like_count", "video_like_count", "video_likes", "좋아요", "좋아요 수"];
const DISLIKES: Names =
    &["dislikes", "dislike_count", "video_dislike_count", "싫어요", "싫어요 수"];
const THUMBNAIL: Names = &[
    "thumbnail_link",
    "thumbnail_url",
    "thumbnail",
    "thumbnail_high",
    "thumbnail_default",
    "thumbnail_maxres",
    "thumbnails.high.url",
    "thumbnails_high_url",
    "thumbnails.default.url",
    "thumbnails_default_url",
];
const DESCRIPTION: Names = &["description", "video_description", "desc"];
/// The number of a category or its English name.
const CATEGORY: Names = &[
    "category_id",
    "video_category_id",
    "categories",
    "category",
    "category_name",
    "video_category",
    "video_category_label",
];
const COMMENTS: Names = &[
    "comment_count",
    "comments",
    "video_comment_count",
    "comments_count",
    "num_comments",
    "total_comments",
    "댓글수",
    "댓글",
];
/// Whether likes are hidden: Kaggle's data sets have 0 then.
const RATINGS_DISABLED: Names = &["ratings_disabled"];
const COMMENTS_DISABLED: Names = &["comments_disabled"];
/// In seconds, ISO 8601 or `4:13`.
const DURATION: Names = &[
    "duration_sec",
    "duration_seconds",
    "duration_in_seconds",
    "duration_iso8601",
    "duration_iso",
    "duration",
    "video_duration",
    "video_duration_seconds",
    "length_seconds",
];
/// The site that yt-dlp has read.
const SITE: Names = &["extractor_key", "ie_key", "extractor"];
const LIVE: Names = &["live_status", "live_broadcast_content"];
const LANGUAGE: Names = &["default_audio_language", "default_language", "language"];
const VIDEO_SUBSCRIBERS: Names = &[
    "channel_follower_count",
    "subscriber_count",
    "subscribers",
    "channel_subscribers",
    "channel_subscriber_count",
    "구독자수",
    "구독자",
];

const CHANNEL_FILE_ID: Names = &["channelId", "channel_url", "url", "id", "채널 ID"];
const SUBSCRIBERS: Names = &[
    "subscribers",
    "subscriberCount",
    "subscriber_num",
    "subscriber_counts",
    "channel_subscribers",
    "channel_subscriber_count",
    "channel_follower_count",
    "followers",
    "subs",
    "구독자수",
    "구독자",
];
/// Whether the number of subscribers is not public; it is 0 then.
const HIDDEN_SUBSCRIBERS: Names =
    &["hiddenSubscriberCount", "channel_have_hidden_subscribers", "hidden_subscribers"];
const CHANNEL_VIEWS: Names =
    &["view_count", "views", "total_views", "channel_views", "channel_view_count"];
const CHANNEL_FILE_NAME: Names = &["channelTitle", "channel_name", "채널명", "채널 이름"];
const CHANNEL_TITLE: Names = &["title", "channel", "name"];
const CHANNEL_DESCRIPTION: Names = &["description", "channel_description"];
const CHANNEL_START: Names =
    &["publishedAt", "start_date", "channel_start_date", "created_at", "joined"];

/// Columns that only rows of videos have.
const VIDEO_ONLY_COLUMNS: Names = &[
    "video_id",
    "youtube_id",
    "ytid",
    "vid",
    "video_url",
    "video_link",
    "webpage_url",
    "video_title",
    "like_count",
    "likes",
    "duration",
    "extractor_key",
    "extractor",
    "upload_date",
    "영상 ID",
    "동영상 ID",
];

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
    pub(super) fn find(header: &Header) -> Result<Self, MissingColumn> {
        let optional = |names: Names| header.find(names);
        // A missing field of a JSON object is the same as `null`: each row is checked instead.
        let required = |names: Names| match header.find(names) {
            None if !header.context.has_optional_fields => Err(MissingColumn::Named(names[0])),
            found => Ok(found),
        };
        let channel_name = optional(CHANNEL_NAME);
        let video_id = optional(VIDEO_ID).ok_or(MissingColumn::Named(VIDEO_ID[0]))?;
        let has_links = optional(&["url", "link"]) == Some(video_id);
        let columns = Self {
            video_id,
            other_id: optional(&["id"]).filter(|_| has_links),
            site: optional(SITE),
            title: required(TITLE)?,
            published: required(PUBLISHED)?,
            channel_id: match channel_name {
                None => required(CHANNEL_ID)?,
                Some(_) => optional(CHANNEL_ID),
            },
            channel_name,
            views: required(VIEWS)?,
            observed: find_observed(header),
            tags: optional(TAGS),
            likes: optional(LIKES),
            dislikes: optional(DISLIKES),
            thumbnail: optional(THUMBNAIL),
            description: optional(DESCRIPTION),
            subscribers: optional(VIDEO_SUBSCRIBERS),
            hidden_subscribers: optional(HIDDEN_SUBSCRIBERS),
            category: optional(CATEGORY),
            comments: optional(COMMENTS),
            duration: optional(DURATION),
            language: optional(LANGUAGE),
            live: optional(LIVE),
            ratings_disabled: optional(RATINGS_DISABLED),
            comments_disabled: optional(COMMENTS_DISABLED),
            has_escaped_lines: header.find(&["video_error_or_removed"]).is_some(),
        };
        if columns.observed.is_none() && header.context.observed.is_none() {
            return Err(MissingColumn::ObservationDate);
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

/// The column with the time of observation. In tables that were made from metadata of yt-dlp,
/// `timestamp` is the time of publication.
fn find_observed(header: &Header) -> Option<usize> {
    let is_metadata = header.find(SITE).is_some()
        || header.find(&["epoch"]).is_some() && header.find(&["upload_date"]).is_some();
    let is_usable = |name: &&&str| !(is_metadata && **name == "timestamp");
    header.find(&OBSERVED.iter().filter(is_usable).copied().collect::<Vec<_>>())
}

/// The positions of the fields of a channel.
pub struct ChannelColumns {
    pub(super) channel_id: usize,
    pub(super) subscribers: Option<usize>,
    pub(super) hidden_subscribers: Option<usize>,
    pub(super) views: Option<usize>,
    pub(super) name: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) start_date: Option<usize>,
    pub(super) thumbnail: Option<usize>,
    pub(super) observed: Option<usize>,
}

impl ChannelColumns {
    pub(super) fn find(header: &Header) -> Result<Self, MissingColumn> {
        let id = header.find(CHANNEL_FILE_ID);
        let subscribers = header.find(SUBSCRIBERS);
        if subscribers.is_none() && !header.context.has_optional_fields {
            return Err(MissingColumn::Named(SUBSCRIBERS[0]));
        }
        // Titles, counts and texts of videos are not those of their channels.
        let is_of_videos = header.find(VIDEO_ONLY_COLUMNS).is_some();
        let of_channel = |names: Names| header.find(names).filter(|_| !is_of_videos);
        let name = header.find(CHANNEL_FILE_NAME).or_else(|| of_channel(CHANNEL_TITLE));
        Ok(Self {
            channel_id: id
                .filter(|id| !is_of_videos || header.find(&["id", "url"]) != Some(*id))
                .ok_or(MissingColumn::Named(CHANNEL_FILE_ID[0]))?,
            subscribers,
            hidden_subscribers: header.find(HIDDEN_SUBSCRIBERS),
            views: of_channel(CHANNEL_VIEWS),
            name,
            description: of_channel(CHANNEL_DESCRIPTION),
            start_date: of_channel(CHANNEL_START),
            thumbnail: of_channel(THUMBNAIL),
            observed: find_observed(header),
        })
    }

    pub(super) fn used_columns(&self) -> Vec<usize> {
        let used = [
            Some(self.channel_id),
            self.subscribers,
            self.hidden_subscribers,
            self.views,
            self.name,
            self.description,
            self.start_date,
            self.thumbnail,
            self.observed,
        ];
        used.into_iter().flatten().collect()
    }
}
