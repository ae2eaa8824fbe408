use super::*;

/// With the elements of a real feed.
const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom">
 <link rel="self" href="http://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdefABCDEF"/>
 <id>yt:channel:0123456789abcdefABCDEF</id>
 <yt:channelId>0123456789abcdefABCDEF</yt:channelId>
 <title>먹는 &amp; 노는 채널</title>
 <link rel="alternate" href="https://www.youtube.com/channel/UC0123456789abcdefABCDEF"/>
 <author>
  <name>먹는 &amp; 노는 채널</name>
  <uri>https://www.youtube.com/channel/UC0123456789abcdefABCDEF</uri>
 </author>
 <published>2017-03-05T09:01:02+00:00</published>
 <entry>
  <id>yt:video:abcdefghij1</id>
  <yt:videoId>abcdefghij1</yt:videoId>
  <yt:channelId>UC0123456789abcdefABCDEF</yt:channelId>
  <title>떡볶이 &lt;3인분&gt; 도전</title>
  <link rel="alternate" href="https://www.youtube.com/shorts/abcdefghij1"/>
  <author><name>먹는 &amp; 노는 채널</name></author>
  <published>2026-11-20T09:00:06+00:00</published>
  <updated>2026-11-21T11:22:33+00:00</updated>
  <media:group>
   <media:title>떡볶이 &lt;3인분&gt; 도전</media:title>
   <media:content url="https://www.youtube.com/v/abcdefghij1?version=3" type="application/x-shockwave-flash" width="640" height="390"/>
   <media:thumbnail url="https://i1.ytimg.com/vi/abcdefghij1/hqdefault.jpg" width="480" height="360"/>
   <media:description>오늘은 매운 맛</media:description>
   <media:community>
    <media:starRating count="120" average="5.00" min="1" max="5"/>
    <media:statistics views="4567"/>
   </media:community>
  </media:group>
 </entry>
 <entry>
  <id>yt:video:abcdefghij2</id>
  <yt:videoId>abcdefghij2</yt:videoId>
  <yt:channelId>UC0123456789abcdefABCDEF</yt:channelId>
  <title>예정된 최초 공개</title>
  <published>2026-11-19T09:00:06+00:00</published>
 </entry>
</feed>"#;

fn invalid(body: &str) -> (String, bool) {
    match parse_feed(body.as_bytes()) {
        Err(Error::InvalidResponse { reason, is_truncated }) => (reason, is_truncated),
        other => panic!("{other:?}"),
    }
}

#[test]
fn feed_has_ids_titles_times_and_views() {
    let feed = parse_feed(FEED.as_bytes()).unwrap();
    assert_eq!(feed.title, "먹는 & 노는 채널");
    let [first, second] = &feed.entries[..] else { panic!("{feed:?}") };
    assert_eq!(first.video_id.as_str(), "abcdefghij1");
    assert_eq!(first.title, "떡볶이 <3인분> 도전");
    assert_eq!(first.published_at.to_rfc3339(), "2026-11-20T09:00:06+00:00");
    assert_eq!(first.views, Some(4_567));
    assert_eq!((second.views, second.updated_at), (None, None));
}

#[test]
fn feed_of_channel_without_uploads_has_no_entries() {
    let start = FEED.find("<entry>").unwrap();
    let empty = format!("{}</feed>", &FEED[..start]);
    assert_eq!(parse_feed(empty.as_bytes()).unwrap().entries, []);
}

#[test]
fn truncated_feed_is_invalid_at_every_length() {
    // Every length at which the last character is complete.
    for end in (60..FEED.len() - 8).filter(|end| FEED.is_char_boundary(*end)) {
        let (reason, is_truncated) = invalid(&FEED[..end]);
        assert!(is_truncated, "{end}: {reason}");
    }
}

#[test]
fn page_that_is_not_a_feed_is_invalid() {
    let (reason, _) = invalid("<html><body>Before you continue to YouTube</body></html>");
    assert!(reason.contains("title"), "{reason}");
    let (reason, is_truncated) = invalid(&FEED.replace("abcdefghij1</yt", "short</yt"));
    assert!(reason.contains("is not a video id"), "{reason}");
    assert!(!is_truncated);
}

#[test]
fn entities_of_untrusted_feeds_are_not_expanded() {
    let bomb = r#"<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><feed><title>&b;</title></feed>"#;
    if let Ok(feed) = parse_feed(bomb.as_bytes()) {
        assert!(feed.title.len() < 10, "{}", feed.title);
    }
}
