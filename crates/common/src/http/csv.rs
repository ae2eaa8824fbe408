//! Lists as CSV (RFC 4180) for clients that accept `text/csv`.

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use serde::Serialize;
use std::{
    convert::Infallible,
    future::{Ready, ready},
};

/// Byte order mark: without it, Excel does not read UTF-8.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The format of a list that the client accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListFormat {
    /// `application/json`
    #[default]
    Json,
    /// `text/csv`: it is the first type of the header `Accept` and not refused by `q=0`, as in the
    /// cache key of the gateway.
    Csv,
}

impl ListFormat {
    /// The value of the header `Content-Type`.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    fn of(accept: &str) -> Self {
        let mut first = accept.split(',').next().unwrap_or_default().split(';').map(str::trim);
        let is_csv = first.next().is_some_and(|name| name.eq_ignore_ascii_case("text/csv"));
        if is_csv && !first.any(is_zero_weight) { Self::Csv } else { Self::Json }
    }
}

/// Whether a parameter of a media range is `q=0`: "not acceptable" (RFC 9110, section 12.4.2).
fn is_zero_weight(parameter: &str) -> bool {
    parameter.split_once('=').is_some_and(|(name, value)| {
        name.trim().eq_ignore_ascii_case("q") && value.trim().parse() == Ok(0.0)
    })
}

impl FromRequest for ListFormat {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        ready(Ok(Self::of(accept.unwrap_or_default())))
    }
}

/// A response with a list that is also available as CSV.
pub trait CsvRows: Serialize {
    /// The rows of the list: flat structs, whose fields are the columns.
    fn rows(&self) -> impl Iterator<Item = impl Serialize>;
}

/// Rows with a header, in UTF-8 with a byte order mark. Texts that a spreadsheet would take for a
/// formula begin with an apostrophe (OWASP, "CSV Injection").
pub fn to_csv(rows: impl IntoIterator<Item = impl Serialize>) -> Result<Vec<u8>, csv::Error> {
    let mut unchecked = csv::Writer::from_writer(Vec::new());
    for row in rows {
        unchecked.serialize(row)?;
    }
    let unchecked = unchecked.into_inner().map_err(csv::IntoInnerError::into_error)?;
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(BOM.to_vec());
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*unchecked);
    for record in reader.byte_records() {
        for field in &record? {
            if is_formula(field) {
                writer.write_field([b"'", field].concat())?;
            } else {
                writer.write_field(field)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

/// A negative number is not a formula.
fn is_formula(field: &[u8]) -> bool {
    let is_number = || str::from_utf8(field).is_ok_and(|text| text.parse::<f64>().is_ok());
    matches!(field.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')) && !is_number()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    struct Row {
        title: &'static str,
        gained: Option<i64>,
    }

    #[test]
    fn csv_escapes_quotes_and_formulas() {
        let row = |title, gained| Row { title, gained };
        let rows = [
            row("먹방, \"2\"\n줄", Some(-5)),
            row("=HYPERLINK(\"http://a\")", None),
            row("-1+2", Some(3)),
            row("@a", Some(4)),
        ];
        let text = String::from_utf8(to_csv(&rows).unwrap()).unwrap();
        let expected = "\u{feff}title,gained\r\n\
            \"먹방, \"\"2\"\"\n줄\",-5\r\n\
            \"'=HYPERLINK(\"\"http://a\"\")\",\r\n\
            '-1+2,3\r\n\
            '@a,4\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn csv_is_sent_if_it_is_accepted_first() {
        for accept in
            ["text/csv", " Text/CSV;q=0.9, */*", "text/csv,application/json;q=0", "text/csv;q=0.01"]
        {
            assert_eq!(ListFormat::of(accept), ListFormat::Csv, "{accept}");
        }
        for accept in [
            "",
            "*/*",
            "application/json, text/csv",
            "text/csvx",
            "text/html",
            "text/csv;q=0",
            "text/csv; charset=utf-8; Q=0.000, */*",
        ] {
            assert_eq!(ListFormat::of(accept), ListFormat::Json, "{accept}");
        }
    }
}
