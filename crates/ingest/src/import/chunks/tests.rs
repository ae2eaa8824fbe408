use super::*;
use crate::{files::ReadOptions, observation::VideoObservation};
use std::{
    io::{BufReader, Read},
    sync::atomic::{AtomicU64, Ordering},
};

/// An endless CSV file that counts the generated rows.
struct Endless {
    generated: Arc<AtomicU64>,
    rest: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            let number = self.generated.fetch_add(1, Ordering::Relaxed);
            self.rest = format!(
                "v{number:010},제목,2020-08-09T09:32:48Z,UC1,채널,2020-08-12,a|b,3,2,1,,\"a\nb\"\n"
            )
            .into_bytes();
        }
        let count = buffer.len().min(self.rest.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

const HEADER: &[u8] = b"video_id,title,publishedAt,channelId,channelTitle,trending_date,tags,\
    view_count,likes,dislikes,thumbnail_link,description\n";

#[tokio::test]
async fn reader_is_bounded_by_channel_capacity() {
    let generated = Arc::new(AtomicU64::new(0));
    let endless = Endless { generated: Arc::clone(&generated), rest: Vec::new() };
    let input = BufReader::new(HEADER.chain(endless));
    let mut table =
        Table::<VideoObservation, _>::read(Path::new("endless.csv"), input, ReadOptions::default())
            .unwrap();
    let (sender, mut receiver) = channel(QUEUED_CHUNKS);
    let thread = spawn_blocking(move || {
        send_all(&mut table, Path::new("endless.csv"), 1_000, |_| 0, &sender)
    });
    for _ in 0..3 {
        let chunk = receiver.recv().await.unwrap().unwrap();
        assert_eq!(chunk.rows.len(), 1_000);
        assert!(chunk.issues.is_empty());
    }
    drop(receiver);
    assert!(!thread.await.unwrap(), "the reader ends with its receiver");
    // Three received chunks, the queued ones, the one being filled, and the buffers of the input.
    let buffered = (256 + 8) * 1024 / 60;
    assert!(generated.load(Ordering::Relaxed) <= (3 + QUEUED_CHUNKS as u64 + 1) * 1_000 + buffered);
}
