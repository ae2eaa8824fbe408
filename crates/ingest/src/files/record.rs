//! Parsing one record of a CSV file, line by line (RFC 4180, with any separator).

use memchr::{memchr, memchr2};

/// The columns of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Record {
    /// A record of these columns.
    pub(super) fn of<'a>(columns: impl Iterator<Item = &'a str>) -> Self {
        let mut record = Self::default();
        for column in columns {
            record.text.extend_from_slice(column.as_bytes());
            record.ends.push(record.text.len());
        }
        record
    }

    /// Removes the columns from `length` on.
    pub(super) fn truncate(&mut self, length: usize) {
        self.ends.truncate(length);
        self.text.truncate(self.ends.last().copied().unwrap_or_default());
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        self.ends.len()
    }

    /// The bytes of a column; empty beyond the last.
    pub fn column(&self, index: usize) -> &[u8] {
        let previous = index.checked_sub(1).and_then(|previous| self.ends.get(previous));
        let start = previous.copied().unwrap_or_default();
        self.ends.get(index).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// Whether all columns are blank.
    pub(super) fn is_empty(&self) -> bool {
        self.text.trim_ascii().is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first byte of a column.
    Start,
    /// In a column without quotes.
    Plain,
    /// Between the quotes of a column.
    Quoted,
    /// After a quote in a quoted column: the closing quote, or the first of an escaped one.
    AfterQuote,
}

/// A record being parsed. A quote inside an unquoted column is literal. Text after a closing
/// quote is kept, and its column remembered; between tabs, which programs often write without
/// quotes, the quotes of such a column are literal.
#[derive(Debug, Clone)]
pub(super) struct Scanner {
    record: Record,
    state: State,
    separator: u8,
    has_quotes: bool,
    text_after_quote: Option<usize>,
}

impl Scanner {
    pub(super) fn new(separator: u8) -> Self {
        let (record, state) = (Record::default(), State::Start);
        Self { record, state, separator, has_quotes: true, text_after_quote: None }
    }

    /// A scanner for which all quotes are literal.
    pub(super) fn without_quotes(separator: u8) -> Self {
        Self { has_quotes: false, ..Self::new(separator) }
    }

    /// Parses one line with its line ending; returns whether the record ends with it.
    pub(super) fn feed(&mut self, whole: &[u8]) -> bool {
        let mut line = whole;
        // The position of the quote that opens the column, if it is in this line.
        let mut quote = None;
        while let Some(&first) = line.first() {
            let (taken, ended) = match (self.state, first) {
                (State::Start, b'"') if self.has_quotes => {
                    quote = Some(whole.len() - line.len());
                    self.switch_to(State::Quoted)
                }
                (State::Start | State::Plain, _) => self.plain(line),
                (State::Quoted, _) => self.quoted(line),
                (State::AfterQuote, b'"') => {
                    self.record.text.push(b'"');
                    self.switch_to(State::Quoted)
                }
                (State::AfterQuote, _) => match quote {
                    Some(start) if self.separator == b'\t' && !self.ends_column(line) => {
                        let column = self.record.ends.last().copied().unwrap_or_default();
                        self.record.text.truncate(column);
                        line = &whole[start..];
                        self.plain(line)
                    }
                    _ => self.after_quote(line),
                },
            };
            if ended {
                return true;
            }
            line = &line[taken..];
        }
        match self.state {
            State::Quoted => false,
            // The last line has no line ending.
            State::Start | State::Plain | State::AfterQuote => {
                self.end_column();
                true
            }
        }
    }

    /// The parsed record, whether a quote is still open, and the column, from 0, with text after a
    /// closing quote.
    pub(super) fn finish(mut self) -> (Record, bool, Option<usize>) {
        let open = self.state == State::Quoted;
        if open {
            self.end_column();
        }
        (self.record, open, self.text_after_quote)
    }

    pub(super) fn size(&self) -> usize {
        self.record.size()
    }

    fn switch_to(&mut self, state: State) -> (usize, bool) {
        self.state = state;
        (1, false)
    }

    fn plain(&mut self, line: &[u8]) -> (usize, bool) {
        self.state = State::Plain;
        let Some(end) = memchr2(self.separator, b'\n', line) else {
            // The file ends here, perhaps between the characters of a line ending.
            self.record.text.extend_from_slice(without_carriage_returns(line));
            return (line.len(), false);
        };
        let is_last = line[end] == b'\n';
        let text = &line[..end];
        let text = if is_last { without_carriage_returns(text) } else { text };
        self.record.text.extend_from_slice(text);
        self.end_column();
        (end + 1, is_last)
    }

    fn quoted(&mut self, line: &[u8]) -> (usize, bool) {
        let Some(end) = memchr(b'"', line) else {
            self.record.text.extend_from_slice(line);
            return (line.len(), false);
        };
        self.record.text.extend_from_slice(&line[..end]);
        self.state = State::AfterQuote;
        (end + 1, false)
    }

    /// Whether the column ends before `line`.
    fn ends_column(&self, line: &[u8]) -> bool {
        line.first() == Some(&self.separator)
            || matches!(line, [b'\n', ..] | [b'\r', b'\n', ..] | [b'\r'])
    }

    fn after_quote(&mut self, line: &[u8]) -> (usize, bool) {
        if !self.ends_column(line) {
            self.text_after_quote.get_or_insert(self.record.columns());
        }
        self.plain(line)
    }

    fn end_column(&mut self) {
        self.record.ends.push(self.record.text.len());
        self.state = State::Start;
    }
}

/// The text without the carriage returns at its end: on Windows `csv` of Python writes two.
fn without_carriage_returns(mut text: &[u8]) -> &[u8] {
    while let Some(shorter) = text.strip_suffix(b"\r") {
        text = shorter;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(line: &str) -> (Vec<String>, bool, Option<usize>) {
        let mut scanner = Scanner::new(b',');
        scanner.feed(line.as_bytes());
        let (record, open, error_column) = scanner.finish();
        let columns = (0..record.columns()).map(|index| record.column(index));
        (
            columns.map(|text| String::from_utf8_lossy(text).into_owned()).collect(),
            open,
            error_column,
        )
    }

    #[test]
    fn quoted_columns_are_unescaped() {
        assert_eq!(scan("a,\"b \"\"c\"\", d\",,e\r\n").0, ["a", "b \"c\", d", "", "e"]);
        assert_eq!(scan("say \"hi\",x").0, ["say \"hi\"", "x"]);
        assert_eq!(scan("\"\",\"\"\n").0, ["", ""]);
        assert_eq!(scan("a,\n").0, ["a", ""]);
        assert_eq!(Record::of(["a"].into_iter()).column(2), b"");
    }

    #[test]
    fn quoted_column_spans_lines() {
        let mut scanner = Scanner::new(b',');
        assert!(!scanner.feed(b"a,\"first\r\n"));
        assert!(scanner.feed(b"second\",b\n"));
        let (record, open, _) = scanner.finish();
        assert_eq!((record.column(1), open), (&b"first\r\nsecond"[..], false));
        assert!(scan("a,\"b\n").1);
    }

    #[test]
    fn quotes_of_unquoted_columns_between_tabs_are_literal() {
        let columns = |mut scanner: Scanner, line: &[u8]| {
            let is_complete = scanner.feed(line);
            let (record, _, error_column) = scanner.finish();
            assert!(is_complete && error_column.is_none());
            let column = |index| String::from_utf8_lossy(record.column(index)).into_owned();
            (0..record.columns()).map(column).collect::<Vec<_>>()
        };
        let quoted = Scanner::new(b'\t');
        assert_eq!(columns(quoted.clone(), b"a\t\"b\" c\td\n"), ["a", "\"b\" c", "d"]);
        assert_eq!(
            columns(quoted.clone(), b"\"b\"\"c\" \"d\"\t\"e\tf\"\n"),
            ["\"b\"\"c\" \"d\"", "e\tf"]
        );
        assert_eq!(columns(quoted, b"\"a \"\"b\"\"\"\tc\r\n"), ["a \"b\"", "c"]);
        let literal = Scanner::without_quotes(b'\t');
        assert_eq!(columns(literal, b"\"a\tb\"\n"), ["\"a", "b\""]);
    }

    #[test]
    fn text_after_closing_quote_is_detected() {
        assert_eq!(
            scan("a,\"b\"c,d\n"),
            (vec!["a".into(), "bc".into(), "d".into()], false, Some(1))
        );
        assert_eq!(scan("\"a\"\r\n").2, None);
    }
}
