use super::*;
use proptest::prelude::*;

fn read_all(text: &[u8], is_valid: impl Fn(&Record) -> bool) -> Vec<(u64, ReadRecord)> {
    let (mut reader, _) = RecordReader::open(text, None).unwrap().unwrap();
    let mut all = Vec::new();
    while let Some(found) = reader.next(&is_valid).unwrap() {
        all.push(found);
    }
    all
}

/// Valid: the first column is a number.
fn numbered(record: &Record) -> bool {
    !record.column(0).is_empty() && record.column(0).iter().all(u8::is_ascii_digit)
}

/// The lines of valid records, and the lines and issues of invalid ones.
fn lines(text: &str) -> (Vec<u64>, Vec<(u64, RowIssue)>) {
    let expected = RecordReader::open(text.as_bytes(), None).unwrap().unwrap().1.columns();
    let (mut valid, mut invalid) = (Vec::new(), Vec::new());
    for (line, found) in read_all(text.as_bytes(), numbered) {
        match found {
            ReadRecord::Complete(_) | ReadRecord::Last(_) => valid.push(line),
            ReadRecord::OtherColumns(record) => {
                invalid.push((line, RowIssue::Columns { found: record.columns(), expected }));
            }
            ReadRecord::Invalid(issue) => invalid.push((line, issue)),
            ReadRecord::Truncated => invalid.push((line, RowIssue::TruncatedFile)),
        }
    }
    (valid, invalid)
}

#[test]
fn record_line_number_is_first_physical_line() {
    let text = "n,a,b\r\n1,x,\"one\r\ntwo\r\n\r\nfour\"\r\n\r\n2,y,z\r\n3,x,\"\"\"\"\n";
    assert_eq!(lines(text), (vec![2, 7, 8], vec![]));
}

#[test]
fn unclosed_quote_invalidates_one_record() {
    let text = "n,a,b\n1,\"x,y\n2,x,y\n3,\"x\",\"y\nz\"\n4,x,y\n";
    assert_eq!(lines(text), (vec![3, 4, 6], vec![(2, RowIssue::UnclosedQuote)]));
}

#[test]
fn unclosed_quote_between_tabs_is_literal() {
    let text = "n\ta\tb\n1\t\"x\ty\n2\tx\t\"one\ntwo\"\n3\t\"x\" y\tz\n4\t\"x\ty\nbad\n5\tx\ty\n";
    assert_eq!(lines(text), (vec![2, 3, 5, 8], vec![(6, RowIssue::UnclosedQuote)]));
    let text = "n\ta\tb\n1\t\"x\ty\n";
    assert_eq!(lines(text), (vec![], vec![(2, RowIssue::TruncatedFile)]));
}

#[test]
fn unclosed_quote_before_multiline_record_affects_one_record() {
    let text = "n,a,b\n1,\"x,y\n2,x,\"one\ntwo\"\n3,x,y\n";
    assert_eq!(lines(text), (vec![3, 5], vec![(2, RowIssue::UnclosedQuote)]));
}

#[test]
fn malformed_records_are_reported_with_reason() {
    let text = "n,a,b\n1,x\n2,\"x\"y,z\n3,x,y,z\n4,x,y\n";
    let columns = |found| RowIssue::Columns { found, expected: 3 };
    let invalid =
        vec![(2, columns(2)), (3, RowIssue::TextAfterQuote { column: 2 }), (4, columns(4))];
    assert_eq!(lines(text), (vec![5], invalid));
}

#[test]
fn file_that_ends_inside_record_is_truncated() {
    for end in ["2", "2,", "2,\"", "2,\"y", "2,\"y\"\"", "2,\"y\nz\n", "2,y,\"z\n\n"] {
        let invalid = vec![(3, RowIssue::TruncatedFile)];
        assert_eq!(lines(&format!("n,a,b\n1,x,y\n{end}")), (vec![2], invalid), "{end}");
    }
}

#[test]
fn complete_last_record_needs_no_line_break() {
    for end in ["2,y,z", "2,y,\"z\"", "2,y,", "2,y,z,,", "2,y,z\r", "2,y,z\n\x1a", "2,y,z\n,"] {
        let (valid, invalid) = lines(&format!("n,a,b\n1,x,y\n{end}"));
        assert_eq!((valid[1], invalid), (3, vec![]), "{end}");
    }
    let found = read_all(b"n,a\r\n1,x\r", numbered);
    assert!(matches!(&found[0].1, ReadRecord::Last(record) if record.column(1) == b"x"));
    let invalid = vec![(2, RowIssue::Columns { found: 2, expected: 3 })];
    assert_eq!(lines("n,a,b\n1,x\n2,y,z"), (vec![3], invalid));
}

#[test]
fn oversized_record_is_skipped_to_next_valid_record() {
    let long_line = "x".repeat(2 * MAX_RECORD_BYTES);
    let text = format!("n,a\n1,x\n2,{long_line}\n3,x\n");
    assert_eq!(lines(&text), (vec![2, 4], vec![(3, RowIssue::TooLong)]));
    let many_lines = "some words\n".repeat(MAX_RECORD_BYTES / 5);
    let text = format!("n,a\n1,\"{many_lines}\n2,x\n");
    let last = 2 + MAX_RECORD_BYTES as u64 / 5 + 1;
    assert_eq!(lines(&text), (vec![last], vec![(2, RowIssue::TooLong)]));
}

#[test]
fn header_after_byte_order_mark_and_blank_lines_is_found() {
    let (_, header) =
        RecordReader::open(&b"\xef\xbb\xbf\r\n\"n\",a\r\n"[..], None).unwrap().unwrap();
    assert_eq!((header.column(0), header.column(1)), (&b"n"[..], &b"a"[..]));
    assert!(RecordReader::open(&b""[..], None).unwrap().is_none());
}

#[test]
fn separator_is_detected_in_header() {
    let header = |text: &str| {
        let (reader, header) = RecordReader::open(text.as_bytes(), None).unwrap().unwrap();
        (reader.separator(), header.columns())
    };
    assert_eq!(header("a;b,c;\"d,,,,\"\r\n1;2;3\r\n"), (b';', 3));
    assert_eq!(header("a\tb\n"), (b'\t', 2));
    assert_eq!(header("a|b\n"), (b'|', 2));
    assert_eq!(header("a\n"), (b',', 1));
    assert_eq!(header("sep=;\r\na;b,c,d\r\n"), (b';', 2));
    assert_eq!(header("\"sep=;\"\r\na;b,c,d\r\n"), (b';', 2));
    let (reader, _) = RecordReader::open(&b"a;b,c\n"[..], Some(b',')).unwrap().unwrap();
    assert_eq!(reader.separator(), b',');
}

#[test]
fn empty_columns_after_the_last_are_ignored() {
    let text = "n,a\n1,x,,\n2,x\n3,x,y\n   \n";
    let invalid = vec![(4, RowIssue::Columns { found: 3, expected: 2 })];
    assert_eq!(lines(text), (vec![2, 3], invalid));
}

fn line_feeds(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

fn field() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(prop::sample::select(b"ab,\"\r\n\0 \xff".to_vec()), 0..12),
        prop::collection::vec(any::<u8>(), 0..8),
    ]
}

proptest! {
    #[test]
    fn records_written_by_csv_crate_round_trip(
        records in prop::collection::vec(prop::collection::vec(field(), 3), 1..8),
        crlf in any::<bool>(),
        always_quoted in any::<bool>(),
    ) {
        let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let style = if always_quoted { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
        let writer = || csv::WriterBuilder::new().terminator(terminator).quote_style(style).from_writer(Vec::new());
        let mut text = b"x,y,z\n".to_vec();
        let mut starts = Vec::new();
        for record in &records {
            starts.push(1 + line_feeds(&text));
            let mut writer = writer();
            writer.write_record(record).unwrap();
            text.extend(writer.into_inner().unwrap());
        }
        let found = read_all(&text, |_| false);
        prop_assert_eq!(found.len(), records.len());
        for ((found, record), start) in found.into_iter().zip(&records).zip(starts) {
            let (line, ReadRecord::Complete(read)) = found else { panic!("{found:?}") };
            prop_assert_eq!(line, start);
            let columns: Vec<_> = (0..read.columns()).map(|index| read.column(index).to_vec()).collect();
            prop_assert_eq!(&columns, record);
        }
    }

    #[test]
    fn arbitrary_bytes_never_fail(text in prop::collection::vec(
        prop::sample::select(b"1,\"\r\nx".to_vec()), 0..200,
    )) {
        let lines = line_feeds(&text);
        let found = read_all(&[b"n,a\n".as_slice(), &text].concat(), numbered);
        prop_assert!(found.iter().all(|(line, _)| (2..=lines + 2).contains(line)));
        prop_assert!(found.is_sorted_by_key(|(line, _)| *line));
    }
}
