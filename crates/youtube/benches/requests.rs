//! Requests of the client to the simulator, both on this machine: throughput is in videos.
#![expect(clippy::expect_used, reason = "a benchmark fails loudly")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use fake_youtube::{Config, FakeYoutube, Simulator};
use futures_util::future::try_join_all;
use std::{hint::black_box, sync::Arc};
use tokio::runtime::Runtime;
use youtube::{CacheValidators, ChannelId, Client, Limits, MAX_IDS, MemoryLedger, Part, VideoId};

const CONCURRENCY: usize = 4;

struct Setup {
    server: FakeYoutube,
    client: Client,
    channels: Vec<ChannelId>,
    videos: Vec<VideoId>,
}

fn setup() -> Setup {
    let limits = Limits { units: u32::MAX, search: u32::MAX, batch_stats: u32::MAX };
    let config = Config { channels: 2_000, speed: 0.0, limits, ..Config::default() };
    let simulator = Simulator::new(config).expect("a simulator");
    let server = FakeYoutube::start(simulator, "127.0.0.1:0").expect("a server");
    let ledger = Arc::new(MemoryLedger::new(limits));
    let client = Client::new(server.client_config(), &"key".into(), ledger).expect("a client");
    let (catalog, now) = (server.simulator().catalog(), server.simulator().clock().now());
    let exists = |id: &&ChannelId| catalog.channel_at(id, now).is_some_and(|it| it.videos > 100);
    let channels: Vec<ChannelId> =
        catalog.channel_ids().filter(exists).take(MAX_IDS).cloned().collect();
    let videos = catalog.channel_ids().filter_map(|id| catalog.uploads_until(id, now).next());
    let videos = videos.take(MAX_IDS).collect();
    Setup { server, client, channels, videos }
}

fn requests(criterion: &mut Criterion) {
    let runtime = Runtime::new().expect("a runtime");
    let setup = setup();
    let Setup { client, channels, videos, .. } = &setup;
    let mut group = criterion.benchmark_group("requests");
    for concurrency in [1, CONCURRENCY] {
        let of = |name| BenchmarkId::new(name, concurrency);
        group.throughput(Throughput::Elements((concurrency * MAX_IDS) as u64));
        group.bench_function(of("videos.list"), |bencher| {
            bencher.iter(|| {
                let calls = (0..concurrency).map(|_| client.videos(videos, &Part::ALL));
                runtime.block_on(try_join_all(calls)).expect("videos")
            });
        });
        group.bench_function(of("videos:batchGetStats"), |bencher| {
            bencher.iter(|| {
                let calls = (0..concurrency).map(|_| client.video_stats(videos));
                runtime.block_on(try_join_all(calls)).expect("stats")
            });
        });
    }
    group.throughput(Throughput::Elements(1));
    group.bench_function("feed", |bencher| {
        let validators = CacheValidators::default();
        bencher.iter(|| runtime.block_on(client.feed(&channels[0], &validators)).expect("a feed"));
    });
    group.finish();

    let (catalog, now) =
        (setup.server.simulator().catalog(), setup.server.simulator().clock().now());
    let mut group = criterion.benchmark_group("simulator");
    group.throughput(Throughput::Elements(MAX_IDS as u64));
    group.bench_function("videos", |bencher| {
        bencher.iter(|| {
            for id in videos {
                black_box(catalog.video_at(id, now));
            }
        });
    });
    group.bench_function("channels", |bencher| {
        bencher.iter(|| {
            for id in channels {
                black_box(catalog.channel_at(id, now));
            }
        });
    });
    group.bench_function("playlist", |bencher| {
        let uploads = channels[0].uploads();
        bencher.iter(|| black_box(catalog.playlist_page(&uploads, now, 0, MAX_IDS)));
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("chart", |bencher| bencher.iter(|| black_box(catalog.chart(&[20], now))));
    group.bench_function("search", |bencher| {
        bencher.iter(|| black_box(catalog.search("먹방", None, None, now)));
    });
    group.finish();
}

criterion_group!(benches, requests);
criterion_main!(benches);
