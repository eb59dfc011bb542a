//! Text files as Windows writes them: UTF-8 with or without a byte-order mark, and UTF-16 in either order.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The byte-order mark, by which Windows tells UTF-8 from what it took for text before.
pub const MARK: char = '\u{feff}';

/// The largest file that is taken for a configuration or a key.
const LARGEST: u64 = 1 << 20;

/// Reads a text file of a megabyte at most.
pub fn read(path: &Path) -> io::Result<String> {
    decode(&read_bytes(path, LARGEST)?)
}

/// Reads a file of so many bytes at most; of one without end no more.
pub fn read_bytes(path: &Path, largest: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(largest + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > largest {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is larger than {} MiB", largest >> 20),
        ));
    }
    Ok(bytes)
}

/// Decodes a text. Without a byte-order mark it is UTF-16 only if its first character is of ASCII or Latin-1 and shows
/// the order.
pub fn decode(bytes: &[u8]) -> io::Result<String> {
    let text = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [1..=0xff, 0, ..] => utf16(bytes, u16::from_le_bytes),
        [0, 1..=0xff, ..] => utf16(bytes, u16::from_be_bytes),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    };
    text.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "it is neither UTF-8 nor UTF-16 text"))
}

/// Tells whether a text begins with a byte-order mark.
pub fn is_marked(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [0xef, 0xbb, 0xbf, ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..]
    )
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
    if rest.is_empty() {
        String::from_utf16(&units).ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_the_same_in_every_encoding() {
        let text = "{\"ключ\": \"🔑\"}";
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, marked) in [
            (text.as_bytes().to_vec(), false),
            ([b"\xef\xbb\xbf", text.as_bytes()].concat(), true),
            ([b"\xff\xfe".as_slice(), &le].concat(), true),
            ([b"\xfe\xff".as_slice(), &be].concat(), true),
            (le, false),
            (be, false),
        ] {
            assert_eq!(decode(&bytes).unwrap(), text, "{bytes:x?}");
            assert_eq!(is_marked(&bytes), marked, "{bytes:x?}");
        }
        assert!(is_marked(MARK.to_string().as_bytes()));
    }

    #[test]
    fn bytes_that_are_no_text_are_an_error() {
        for bytes in [
            b"\xff\xfea".as_slice(),
            b"caf\xe9",
            b"\xff\xfe\x00\xd8",
            b"\x00\x00",
        ] {
            // Two zero bytes are valid UTF-8, if a strange text.
            assert_eq!(decode(bytes).is_ok(), bytes == b"\x00\x00", "{bytes:x?}");
        }
    }

    #[test]
    fn a_file_without_end_is_not_read_to_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("big");
        File::create(&path).unwrap().set_len(LARGEST).unwrap();
        assert_eq!(read(&path).unwrap().len() as u64, LARGEST);
        File::create(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(read(&path).unwrap_err().to_string(), "it is larger than 1 MiB");
    }
}
