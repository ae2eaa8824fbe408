//! Recognition of binary files by their first bytes.

/// The magic number of gzip.
pub(super) const GZIP: [u8; 2] = [0x1f, 0x8b];

const SIGNATURES: [(&[u8], &str); 28] = [
    (b"PAR1", "a Parquet file: convert it to CSV"),
    (b"SQLite format 3", "an SQLite database: export the table as CSV"),
    (b"%PDF", "a PDF document: import the data that it was made from"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"RIFF", "an image, a sound or a video (RIFF)"),
    (b"\0\0\0\x18ftyp", "a video (MP4)"),
    (b"\0\0\0\x20ftyp", "a video (MP4)"),
    (b"\0\0\0\x1cftyp", "a video (MP4)"),
    (b"\x1aE\xdf\xa3", "a video (WebM or Matroska)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls): save it as `CSV UTF-8`"),
    (b"PK\x03\x04", "a ZIP archive in another archive: unpack it"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"BZh", "a bzip2 file: unpack it"),
    (b"\xfd7zXZ", "an xz file: unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file: unpack it"),
    (b"\x04\"M\x18", "an LZ4 file: unpack it"),
    (b"ARROW1", "an Arrow or Feather file: convert it to CSV"),
    (b"FEA1", "a Feather file: convert it to CSV"),
    (b"\x89HDF", "an HDF5 file: convert it to CSV"),
    (b"Obj\x01", "an Avro file: convert it to CSV"),
    (b"ORC", "an ORC file: convert it to CSV"),
    (b"\x93NUMPY", "a NumPy array: save it as CSV"),
    (b"PGDMP", "a dump of PostgreSQL: restore it and export the table as CSV"),
    (&GZIP, "an archive packed several times: unpack it"),
];

/// Describes an unsupported binary file that starts with `head`; `None` if it may be text.
pub(super) fn describe_binary(head: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(what);
    }
    // A PROTO opcode with the protocol version, followed by a frame or an object.
    if matches!(head, [0x80, 2..=5, 0x95 | b'c' | b'}' | b']', ..]) {
        return Some("a Python pickle: save it as CSV");
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive: unpack it");
    }
    let start = &head[..head.len().min(512)];
    let is_utf_16 = start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff");
    let controls = start.iter().filter(|byte| matches!(byte, 1..=8 | 14..=25)).count();
    (controls > 8 && !is_utf_16 && !start.contains(&0))
        .then_some("not text: convert it to CSV or JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn binary_files_are_described() {
        let tar = [vec![b'a'; 257], b"ustar\x0000".to_vec()].concat();
        for (head, what) in [
            (&b"PAR1\x15\x04"[..], "Parquet"),
            (b"\x89PNG\r\n\x1a\n", "PNG"),
            (b"%PDF-1.7\n", "PDF"),
            (b"\x80\x04\x95\x00", "pickle"),
            (&tar, "tar"),
            (&[3, 7, 1, 200].repeat(10), "not text"),
        ] {
            assert!(describe_binary(head).is_some_and(|found| found.contains(what)), "{what}");
        }
    }

    #[test]
    fn texts_in_any_encoding_are_not_binary() {
        let utf_16: Vec<u8> =
            "video_id,제목\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cp949 = encoding_rs::EUC_KR.encode("video_id,제목\r\n").0;
        for head in
            [&b""[..], "video_id,제목".as_bytes(), &cp949, &utf_16, b"\xef\xbb\xbfid\tt\x1a"]
        {
            assert_eq!(describe_binary(head), None);
        }
    }
}
