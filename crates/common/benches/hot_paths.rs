//! What is calculated for each answer, without any I/O: `cargo bench -p common`.

use common::{
    cache::CachedResponse,
    keywords::{KeywordCount, count_keywords},
    search::{Tags, normalize_keyword},
    serializers::KeywordList,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::{hint::black_box, time::Duration};

/// As many as the larger of the two lists of `channel_analyze` is made of.
const VIDEOS: usize = 700;
/// What a video has of them, about.
const TAGS: usize = 8;

/// The tags of a video: a few are common, most are rare.
fn tags(video: usize) -> Tags {
    let keywords: Vec<String> = (0..TAGS).map(|place| keyword(video * place * place)).collect();
    keywords.iter().map(String::as_str).collect()
}

fn keyword(number: usize) -> String {
    format!("먹방 {}", number % 997)
}

fn counting(criterion: &mut Criterion) {
    let videos: Vec<Tags> = (0..VIDEOS).map(tags).collect();
    criterion.bench_function("count the keywords of 700 videos", |bencher| {
        bencher.iter(|| count_keywords(videos.iter().map(Tags::keywords), |_| true, 10));
    });
}

fn reading(criterion: &mut Criterion) {
    let videos: Vec<Tags> = (0..VIDEOS).map(tags).collect();
    let json = serde_json::to_string(&videos).unwrap_or_default();
    criterion.bench_function("read the tags of 700 videos", |bencher| {
        bencher.iter(|| serde_json::from_str::<Vec<Tags>>(black_box(&json)));
    });
}

fn writing(criterion: &mut Criterion) {
    let counted = || (0..10).map(|number| KeywordCount { name: keyword(number), count: 9 });
    let list = KeywordList::new("인기", counted().collect());
    criterion.bench_function("write an answer", |bencher| {
        bencher.iter(|| CachedResponse::json(black_box(&list), Duration::from_mins(1)));
    });
}

fn normalising(criterion: &mut Criterion) {
    criterion.bench_function("normalize a keyword", |bencher| {
        bencher.iter(|| normalize_keyword(black_box("롤 하이라이트 ＢＴＳ")));
    });
}

criterion_group!(benches, counting, reading, writing, normalising);
criterion_main!(benches);
