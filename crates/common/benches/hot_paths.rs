//! Computations of each response, without I/O: `cargo bench -p common`.

use common::{
    cache::CachedResponse,
    keywords::{KeywordCount, count_keywords, normalize_keyword},
    search::Tags,
    serializers::KeywordList,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

/// Videos in the larger of the two lists of `channel_analyze`.
const VIDEOS: usize = 700;
/// Typical number of tags of a video.
const TAGS: usize = 8;

/// The tags of a video: a few are common, most are rare.
fn tags(video: usize) -> Tags {
    let keywords: Vec<String> = (0..TAGS).map(|index| keyword(video * index * index)).collect();
    keywords.iter().map(String::as_str).collect()
}

fn keyword(number: usize) -> String {
    format!("먹방 {}", number % 997)
}

fn bench_count_keywords(criterion: &mut Criterion) {
    let videos: Vec<Tags> = (0..VIDEOS).map(tags).collect();
    criterion.bench_function("count the keywords of 700 videos", |bencher| {
        bencher.iter(|| count_keywords(videos.iter().map(Tags::keywords), |_| true, 10));
    });
}

fn bench_parse_tags(criterion: &mut Criterion) {
    let videos: Vec<Tags> = (0..VIDEOS).map(tags).collect();
    let json = serde_json::to_string(&videos).unwrap_or_default();
    criterion.bench_function("parse the tags of 700 videos", |bencher| {
        bencher.iter(|| serde_json::from_str::<Vec<Tags>>(black_box(&json)));
    });
}

fn bench_serialize_response(criterion: &mut Criterion) {
    let counted = || (0..10).map(|number| KeywordCount { name: keyword(number), count: 9 });
    let list = KeywordList::new("인기", counted().collect());
    criterion.bench_function("serialize a response", |bencher| {
        bencher.iter(|| CachedResponse::json(black_box(&list), Duration::from_mins(1)));
    });
}

fn bench_normalize_keyword(criterion: &mut Criterion) {
    criterion.bench_function("normalize a keyword", |bencher| {
        bencher.iter(|| normalize_keyword(black_box("롤 하이라이트 ＢＴＳ")));
    });
}

criterion_group!(
    benches,
    bench_count_keywords,
    bench_parse_tags,
    bench_serialize_response,
    bench_normalize_keyword
);
criterion_main!(benches);
