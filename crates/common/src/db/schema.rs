//! The tables after all migrations; a test compares them with a migrated database.

diesel::table! {
    accounts_userinfo (id) {
        id -> Int4,
        phone -> Nullable<Varchar>,
        on_subscribe -> Nullable<Bool>,
        own_channel -> Nullable<Int4>,
        user_id -> Int4,
    }
}

diesel::table! {
    auth_alert (id) {
        id -> Uuid,
        watch_id -> Int4,
        week -> Date,
        created_at -> Timestamptz,
        rising_rank -> Nullable<Int2>,
        video_idx -> Nullable<Int4>,
    }
}

diesel::table! {
    auth_api_key (id) {
        id -> Int4,
        user_id -> Int4,
        name -> Text,
        prefix -> Text,
        hash -> Text,
        created_at -> Timestamptz,
        last_used_at -> Nullable<Timestamptz>,
        window_started_at -> Timestamptz,
        requests -> Int4,
    }
}

diesel::table! {
    auth_feed (user_id) {
        user_id -> Int4,
        id -> Uuid,
        token_hash -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    auth_known_subnet (user_id, subnet) {
        user_id -> Int4,
        subnet -> Text,
        last_used_at -> Timestamptz,
    }
}

diesel::table! {
    auth_throttle (key) {
        key -> Text,
        failures -> Int4,
        blocked_until -> Timestamptz,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    auth_token (jti) {
        jti -> Uuid,
        user_id -> Int4,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    auth_user (id) {
        id -> Int4,
        password -> Varchar,
        last_login -> Nullable<Timestamptz>,
        is_superuser -> Bool,
        username -> Varchar,
        first_name -> Varchar,
        last_name -> Varchar,
        email -> Varchar,
        is_staff -> Bool,
        is_active -> Bool,
        date_joined -> Timestamptz,
    }
}

diesel::table! {
    auth_watch (id) {
        id -> Int4,
        user_id -> Int4,
        keyword_key -> Nullable<Text>,
        keyword -> Nullable<Text>,
        channel_idx -> Nullable<Int4>,
        note -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    channel (idx) {
        idx -> Int4,
        channel_name -> Nullable<Varchar>,
        channel_id -> Varchar,
        channel_description -> Nullable<Varchar>,
        channel_start_date -> Nullable<Date>,
        processed -> Nullable<Bool>,
        upload_id -> Nullable<Varchar>,
        hidden_subscriber -> Nullable<Bool>,
        thumbnail_url -> Nullable<Varchar>,
        temp -> Nullable<Varchar>,
        status -> Nullable<Bool>,
        subscriber_num -> Int4,
        subscriber_estimated -> Bool,
        upload_count -> Nullable<Int8>,
    }
}

diesel::table! {
    channel_subscriber (idx) {
        idx -> Int4,
        channel_idx -> Int4,
        subscriber_num -> Varchar,
        check_time -> Timestamptz,
    }
}

diesel::table! {
    channel_views (idx) {
        idx -> Int4,
        channel_idx -> Int4,
        view_count -> Int8,
        check_time -> Timestamptz,
    }
}

diesel::table! {
    data_version (id) {
        id -> Int4,
        version -> Int8,
    }
}

diesel::table! {
    keyword_list (idx) {
        idx -> Int4,
        days -> Int2,
        category -> Int2,
        length -> Text,
        min_subscribers -> Nullable<Int4>,
        below_subscribers -> Nullable<Int4>,
        window_from -> Timestamptz,
        window_until -> Timestamptz,
        previous_from -> Timestamptz,
        videos -> Int4,
        active_channels -> Int4,
        previous_active_channels -> Int4,
        rising -> Int4,
        large -> Int4,
    }
}

diesel::table! {
    pending_derivation (video_idx) {
        video_idx -> Int4,
    }
}

diesel::table! {
    pending_index (id) {
        id -> Int4,
        since -> Timestamptz,
    }
}

diesel::table! {
    video (idx) {
        idx -> Int4,
        video_name -> Varchar,
        video_description -> Nullable<Varchar>,
        video_id -> Varchar,
        upload_time -> Timestamptz,
        channel_idx -> Nullable<Int4>,
        processed -> Nullable<Bool>,
        thumbnail_url -> Nullable<Varchar>,
        thumbnail_processed -> Nullable<Bool>,
        forbidden -> Nullable<Bool>,
        views -> Nullable<Int8>,
        views_growth -> Nullable<Int8>,
        popularity -> Nullable<Float8>,
        crawled -> Nullable<Bool>,
        changed_at -> Timestamptz,
        popularity_estimated -> Bool,
        category -> Nullable<Int2>,
        duration_seconds -> Nullable<Int4>,
        is_short -> Nullable<Bool>,
        live_state -> Nullable<Text>,
        language -> Nullable<Text>,
        comment_count -> Nullable<Int8>,
        removed_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    video_age_views (video_idx) {
        video_idx -> Int4,
        channel_idx -> Nullable<Int4>,
        upload_time -> Timestamptz,
        length -> Text,
        category -> Nullable<Int2>,
        day_1 -> Nullable<Int8>,
        day_2 -> Nullable<Int8>,
        day_3 -> Nullable<Int8>,
        day_7 -> Nullable<Int8>,
        day_14 -> Nullable<Int8>,
        day_28 -> Nullable<Int8>,
        observed_at -> Nullable<Timestamptz>,
        gained_24h -> Nullable<Int8>,
    }
}

diesel::table! {
    video_keyword_new (idx) {
        idx -> Int4,
        video_idx -> Int4,
        keyword -> Varchar,
    }
}

diesel::table! {
    video_likes (idx) {
        idx -> Int4,
        video_idx -> Int4,
        likes -> Int8,
        dislikes -> Nullable<Int8>,
        check_time -> Timestamptz,
    }
}

diesel::table! {
    video_outlier (video_idx) {
        video_idx -> Int4,
        channel_idx -> Int4,
        upload_time -> Timestamptz,
        length -> Text,
        category -> Nullable<Int2>,
        subscribers -> Int4,
        age_days -> Int2,
        views -> Int8,
        expected_views -> Float8,
        sample -> Int2,
        ratio -> Float8,
        ratio_shrunk -> Float8,
        day_3_ratio -> Nullable<Float8>,
    }
}

diesel::table! {
    video_rollup (id) {
        id -> Int4,
        changed_until -> Timestamptz,
        last_views_idx -> Int4,
    }
}

diesel::table! {
    video_views (idx) {
        idx -> Int4,
        video_idx -> Int4,
        views -> Int8,
        check_time -> Timestamptz,
    }
}

diesel::joinable!(accounts_userinfo -> auth_user (user_id));
diesel::joinable!(accounts_userinfo -> channel (own_channel));
diesel::joinable!(auth_api_key -> auth_user (user_id));
diesel::joinable!(auth_feed -> auth_user (user_id));
diesel::joinable!(auth_known_subnet -> auth_user (user_id));
diesel::joinable!(auth_token -> auth_user (user_id));
diesel::joinable!(auth_watch -> auth_user (user_id));
diesel::joinable!(channel_subscriber -> channel (channel_idx));
diesel::joinable!(channel_views -> channel (channel_idx));
diesel::joinable!(video -> channel (channel_idx));
diesel::joinable!(video_keyword_new -> video (video_idx));
diesel::joinable!(video_likes -> video (video_idx));
diesel::joinable!(video_views -> video (video_idx));

diesel::allow_tables_to_appear_in_same_query!(
    accounts_userinfo,
    auth_alert,
    auth_api_key,
    auth_feed,
    auth_known_subnet,
    auth_throttle,
    auth_token,
    auth_user,
    auth_watch,
    channel,
    channel_subscriber,
    channel_views,
    data_version,
    keyword_list,
    pending_derivation,
    pending_index,
    video,
    video_age_views,
    video_keyword_new,
    video_likes,
    video_outlier,
    video_rollup,
    video_views,
);
