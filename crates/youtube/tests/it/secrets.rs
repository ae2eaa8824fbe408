//! The key must not get into any output.

use crate::setup::{KEY, client, setup};
use fake_youtube::{Fault, FaultKind};
use std::{
    error::Error as StdError,
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};
use youtube::{BuildError, Client, Config};

/// Log lines.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// All formats of an error and its sources.
fn formats(error: &dyn StdError) -> String {
    let mut text = format!("{error} {error:?} {error:#?}");
    if let Some(source) = error.source() {
        text.push_str(&formats(source));
    }
    text
}

#[tokio::test]
async fn key_is_not_in_logs_or_errors() {
    let (setup, log) = (setup(), Log::default());
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    setup.client.video_categories("KR", "ko").await.unwrap();
    let kinds = [
        FaultKind::EchoKey,
        FaultKind::QuotaExceeded,
        FaultKind::KeyInvalid,
        FaultKind::Malformed,
        FaultKind::Truncate,
        FaultKind::Status { status: 503, retry_after: Some(1) },
    ];
    let mut errors = String::new();
    for kind in kinds {
        // Each has a separate ledger.
        let setup = crate::setup::setup();
        setup.simulator().add_fault(Fault::always(kind));
        let client = client(&setup.server, KEY, &setup.ledger, |config| config.max_attempts = 2);
        errors += &formats(&client.video_categories("KR", "ko").await.unwrap_err());
    }
    let refused = |config: &mut Config| config.api_url = "http://127.0.0.1:1".into();
    let client = client(&setup.server, KEY, &setup.ledger, refused);
    errors += &formats(&client.video_categories("KR", "ko").await.unwrap_err());
    drop(guard);

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("TRACE") && log.contains("videoCategories.list"), "{log}");
    assert!(errors.contains("Invalid request with the key [redacted]"), "{errors}");
    // The server asked for a second.
    assert!(log.contains("retrying") && log.contains("delay=1s"), "{log}");
    let debug = format!("{:?} {:#?}", setup.client, setup.client);
    for (name, text) in [("log", &log), ("errors", &errors), ("debug", &debug)] {
        assert!(!text.contains(KEY), "the key is in the {name}: {text}");
        assert!(!text.contains(&KEY[6..16]), "a part of the key is in the {name}: {text}");
    }
}

#[tokio::test]
async fn invalid_keys_and_urls_are_rejected_without_repeating_the_key() {
    let ledger = Arc::new(youtube::MemoryLedger::new(youtube::Limits::default()));
    for key in ["", "  ", "with space", "줄\n바꿈"] {
        let result = Client::new(Config::default(), &key.to_owned().into(), ledger.clone());
        let error = result.unwrap_err();
        assert!(matches!(error, BuildError::Key));
        assert!(!formats(&error).contains("바꿈"));
    }
    let config = Config { api_url: "not a URL".into(), ..Config::default() };
    let error = Client::new(config, &KEY.to_owned().into(), ledger.clone()).unwrap_err();
    assert!(error.to_string().contains("not a URL"), "{error}");
    // As read from a file.
    Client::new(Config::default(), &format!("{KEY}\n").into(), ledger).unwrap();
}
