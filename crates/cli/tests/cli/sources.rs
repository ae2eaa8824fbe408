//! `createtrend source`, with the simulator of YouTube.

use crate::context::TestContext;
use fake_youtube::{Fault, FaultKind};
use std::fs;
use test_support::tables::query_value;
use youtube::Bucket;

#[tokio::test(flavor = "multi_thread")]
async fn sources_are_added_listed_and_removed() {
    let context = TestContext::new().await;
    let id = context.channel(0);
    let url = format!("https://www.youtube.com/channel/{id}");
    let added = context.output(&["source", "add", &url, "--chart", "kr", "--search", "먹방"]).await;
    assert_eq!(added, format!("channel {id}: added\nchart KR: added\nsearch 먹방: added\n"));
    assert!(context.output(&["source", "add", &id]).await.contains("exists already"));
    let listed = context.output(&["source", "list"]).await;
    assert_eq!(listed.lines().count(), 3);
    assert!(listed.contains(&format!("channel\t{id}\tnever checked")), "{listed}");
    let removed = context.run(&["source", "remove", &id, "--chart", "KR/10"]).await;
    let output = String::from_utf8(removed.stdout).unwrap();
    assert_eq!(output, format!("channel {id}: removed\nchart KR/10: not a source\n"));
    assert_eq!(removed.status.code(), Some(1));
    let missing = context.run(&["source", "add", "--chart", "KR/22"]).await;
    let error = String::from_utf8(missing.stderr).unwrap();
    assert!(!missing.status.success() && error.contains("chart KR/22: chart not found"), "{error}");
    let invalid = context.run(&["source", "add", "not a channel"]).await;
    assert!(!invalid.status.success());
    assert!(String::from_utf8_lossy(&invalid.stderr).contains("a channel id (UC…)"));
    for command in ["add", "remove"] {
        assert_eq!(context.run(&["source", command]).await.status.code(), Some(1), "{command}");
    }
    let unknown = context.run(&["source", "add", "--chart", "ZZ"]).await;
    let error = String::from_utf8(unknown.stderr).unwrap();
    assert!(!unknown.status.success() && error.contains("chart ZZ: bad request"), "{error}");
    let unknown = "UC-_0123456789abcdefABCD";
    let missing = context.run(&["source", "add", &id, unknown]).await;
    let error = String::from_utf8(missing.stderr).unwrap();
    assert_eq!(missing.status.code(), Some(1));
    assert!(error.contains("no channel on YouTube has the id UC-_0123456789abcdefABCD"), "{error}");
    assert!(!context.output(&["source", "list"]).await.contains(unknown));

    // YouTube is unavailable.
    context.server.simulator().add_fault(Fault::always(FaultKind::QuotaExceeded));
    let added = context.output(&["source", "add", unknown]).await;
    assert_eq!(added, format!("channel {unknown}: added\n"));
}

impl TestContext {
    /// Imports a file with this content. Returns whether it succeeded, and the output.
    async fn import(&self, content: impl AsRef<[u8]>) -> (bool, String) {
        let file = self.folder.path().join("channels.csv");
        fs::write(&file, content).unwrap();
        let output = self.run(&["source", "import", file.to_str().unwrap()]).await;
        let text = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8(text).unwrap())
    }

    async fn used_units(&self) -> i64 {
        let used = "SELECT coalesce(sum(used), 0) FROM collector_quota WHERE bucket = 'units'";
        query_value(&self.database, used).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn source_import_reports_rejected_unknown_and_repeated_channels() {
    let context = TestContext::new().await;
    let (first, second) = (context.channel(0), context.channel(1));
    let unknown = "UC-_0123456789abcdefABCD";
    let rows = format!(
        "channel_id,title,category\n{first},먹방,Film\n{unknown},없는 채널,Music\nUCshort,짧은 id,\n\
         {second},,\n{first},again,\n"
    );
    let (is_success, output) = context.import(rows).await;
    assert!(is_success, "{output}");
    for line in [
        "channels.csv:4: channel_id is not an id: \"UCshort\"\n",
        "UC-_0123456789abcdefABCD 없는 채널: not added, it does not exist on YouTube\n",
        "2 channels added, 0 already there, 1 unknown to YouTube, 1 rejected rows, 1 duplicates\n",
        "a row names its channel by an id (UC…), a handle (@…), or the URL",
    ] {
        assert!(output.contains(line), "{line}: {output}");
    }
    let title = format!("SELECT title FROM collector_source WHERE value = '{first}'");
    assert_eq!(query_value::<String>(&context.database, &title).await, "먹방");

    // Sources are not asked about again.
    let units = context.used_units().await;
    let (_, output) = context.import(format!("channel_id\n{first}\n{second}\n")).await;
    assert!(output.starts_with("0 channels added, 2 already there, "), "{output}");
    assert_eq!(context.used_units().await, units);

    let (is_success, output) = context.import(format!("channel_id\nx\ny\n{first}\n")).await;
    assert!(
        !is_success && output.contains("1 already there, 0 unknown to YouTube, 2 rejected"),
        "{output}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn source_import_detects_columns_separators_and_encodings() {
    let context = TestContext::new().await;
    let id = |number| context.channel(number);
    let handle = context.handle(4);
    let cp949 = encoding_rs::EUC_KR
        .encode(&format!("채널 제목;채널 ID\r\n혼자 먹는 저녁;{}\r\n", id(3)))
        .0
        .into_owned();
    let utf_16 = format!("\u{feff}id\ttitle\r\n {}\t제목\r\n", id(5));
    for content in [
        format!("\u{feff}channelId\r\n  {} \r\n", id(0)).into_bytes(),
        format!("url;name\nhttps://www.youtube.com/channel/{}/videos;이름\n", id(1)).into_bytes(),
        format!("\n{}\n\n", id(2)).into_bytes(),
        cp949,
        format!("{handle},이름\n").into_bytes(),
        utf_16.encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ] {
        let (is_success, output) = context.import(&content).await;
        let text = String::from_utf8_lossy(&content);
        assert!(is_success && output.starts_with("1 channels added"), "{text}: {output}");
    }
    let title = "SELECT title FROM collector_source WHERE title LIKE '혼자%'";
    assert_eq!(query_value::<String>(&context.database, title).await, "혼자 먹는 저녁");
    // The line of a rejected row in a file without a header.
    let (_, output) = context.import(format!("{}\nnothing\n", id(0))).await;
    assert!(output.contains("channels.csv:2: "), "{output}");
    for (content, reason) in [
        ("", "the file is empty"),
        ("channel_id,title\n", "only a header"),
        ("name\na\n", "channel_id"),
    ] {
        let (is_success, output) = context.import(content).await;
        assert!(!is_success && output.contains(reason), "{content}: {output}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn source_import_with_exhausted_quota_is_completed_by_repeating_it() {
    let context = TestContext::new().await;
    let rows = format!("channel_id\n{}\n{}\n", context.channel(0), context.channel(1));
    let fault = Fault::always(FaultKind::QuotaExceeded);
    context.server.simulator().add_fault(fault);
    let (is_success, output) = context.import(&rows).await;
    assert!(!is_success, "{output}");
    for line in [
        "0 channels added, ",
        ", 2 not added\n",
        "2 channels were not looked up at YouTube: quota units",
    ] {
        assert!(output.contains(line), "{line}: {output}");
    }
    context.server.simulator().clear_faults();
    let clear = "DELETE FROM collector_quota";
    context.database.client().await.execute(clear, &[]).await.unwrap();
    let (is_success, output) = context.import(&rows).await;
    assert!(is_success && output.starts_with("2 channels added"), "{output}");
    assert_eq!(context.server.simulator().usage().used(Bucket::Units), 2);
}
