//! The names of columns, for each field of videos and channels.

/// The column names of a field. The first one is shown in messages.
pub(super) type Names = &'static [&'static str];

pub(super) const VIDEO_ID: Names = &[
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
pub(super) const TITLE: Names =
    &["title", "video_title", "video_name", "name", "제목", "영상 제목", "동영상 제목", "영상명"];
pub(super) const PUBLISHED: Names = &[
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
pub(super) const CHANNEL_ID: Names =
    &["channelId", "ownerChannelId", "channel_url", "uploader_channel_id", "채널 ID"];
pub(super) const CHANNEL_NAME: Names = &[
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
pub(super) const OBSERVED: Names = &[
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
    "last_trending_date",
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
pub(super) const TAGS: Names = &["tags", "video_tags", "tag_list", "keywords", "태그"];
pub(super) const VIEWS: Names = &[
    "view_count",
    "views",
    "video_view_count",
    "view_counts",
    "total_views",
    "video_views",
    "조회수",
    "누적 조회수",
    "총 조회수",
];
/// Totals of a video, or of its channel.
pub(super) const TOTAL_VIEWS: Names = &[
    "total_views",
    "views_total",
    "cumulative_views",
    "total_view_count",
    "cumulative_view_count",
    "lifetime_views",
    "lifetime_view_count",
    "all_time_views",
    "누적 조회수",
    "총 조회수",
];
pub(super) const LIKES: Names =
    &["likes", "like_count", "video_like_count", "video_likes", "좋아요", "좋아요 수"];
pub(super) const DISLIKES: Names =
    &["dislikes", "dislike_count", "video_dislike_count", "싫어요", "싫어요 수"];
pub(super) const THUMBNAIL: Names = &[
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
pub(super) const DESCRIPTION: Names = &["description", "video_description", "desc"];
/// The number of a category or its English name.
pub(super) const CATEGORY: Names = &[
    "category_id",
    "video_category_id",
    "categories",
    "category",
    "category_name",
    "video_category",
    "video_category_label",
];
pub(super) const COMMENTS: Names = &[
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
pub(super) const RATINGS_DISABLED: Names = &["ratings_disabled"];
pub(super) const COMMENTS_DISABLED: Names = &["comments_disabled"];
/// In seconds, ISO 8601 or `4:13`.
pub(super) const DURATION: Names = &[
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
pub(super) const SITE: Names = &["extractor_key", "ie_key", "extractor"];
pub(super) const LIVE: Names = &["live_status", "live_broadcast_content"];
pub(super) const LANGUAGE: Names = &["default_audio_language", "default_language", "language"];
pub(super) const VIDEO_SUBSCRIBERS: Names = &[
    "channel_follower_count",
    "subscriber_count",
    "subscribers",
    "channel_subscribers",
    "channel_subscriber_count",
    "구독자수",
    "구독자",
];

pub(super) const CHANNEL_FILE_ID: Names = &["channelId", "channel_url", "url", "id", "채널 ID"];
pub(super) const SUBSCRIBERS: Names = &[
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
pub(super) const HIDDEN_SUBSCRIBERS: Names =
    &["hiddenSubscriberCount", "channel_have_hidden_subscribers", "hidden_subscribers"];
pub(super) const CHANNEL_VIEWS: Names =
    &["view_count", "views", "total_views", "channel_views", "channel_view_count"];
pub(super) const CHANNEL_UPLOADS: Names =
    &["videoCount", "channel_video_count", "total_videos", "upload_count", "uploads"];
pub(super) const CHANNEL_FILE_NAME: Names =
    &["channelTitle", "channel_name", "채널명", "채널 이름"];
pub(super) const CHANNEL_TITLE: Names = &["title", "channel", "name"];
pub(super) const CHANNEL_DESCRIPTION: Names = &["description", "channel_description"];
pub(super) const CHANNEL_START: Names =
    &["publishedAt", "start_date", "channel_start_date", "created_at", "joined"];

/// Columns that only rows of videos have.
pub(super) const VIDEO_ONLY_COLUMNS: Names = &[
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
