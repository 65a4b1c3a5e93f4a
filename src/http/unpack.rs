//! Packed bodies → what is in them.
//!
//! In: `Content-Encoding`, and the bytes as they come. Out: the unpacked bytes, in pieces of some KiB. A body is unpacked to its very
//! end or is a failure: one that breaks off, is corrupt, or goes on behind its end in a way that may be more of it. Never kept: what
//! was handed on; in memory are one piece, and the window of the format (gzip 32 KiB, brotli 16 MiB at most).
//!
//! RFC 9110 §8.4 (encodings), RFC 1952 (gzip, with all its members), RFC 1950 and RFC 1951 (deflate), RFC 7932 (brotli).

use super::Failure;
use brotli_decompressor::{BrotliDecompressStream, BrotliResult, BrotliState, StandardAlloc};
use flate2::write::GzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use std::io::{self, Write};

/// What is asked for, as `Accept-Encoding`.
pub(super) const ACCEPTED: &str = "gzip, br";

/// How many times a body may be packed. Nobody does it twice on purpose; some servers do behind a proxy that does it as well.
const DEEPEST: usize = 2;

/// How many members a gzip body may have. Those that pack in blocks make some hundreds; a thousand empty ones cost time and give nothing.
const MOST_MEMBERS: usize = 10_000;

/// Bytes of a piece.
const PIECE: usize = 32 * 1024;

/// What servers say of a body that is not packed: a character encoding, that of mail, that of a store.
const NOT_PACKED: &[&str] = &[
    "",
    "identity",
    "none",
    "utf-8",
    "utf8",
    "us-ascii",
    "iso-8859-1",
    "windows-1251",
    "windows-1252",
    "gb2312",
    "gbk",
    "big5",
    "7bit",
    "8bit",
    "binary",
    "chunked",
    "aws-chunked",
];

/// Takes each unpacked piece. Its failure ends the unpacking.
type HandOn<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), Failure>;

/// Unpacks one body.
pub(super) struct Unpacker {
    /// In the order in which they are taken off.
    layers: Vec<Layer>,
    /// A body without a byte is empty, however it is said to be packed.
    has_begun: bool,
}

/// One packing of the body.
struct Layer {
    format: Format,
    /// Bytes that may still come, so that nobody is kept busy with what unpacks to nothing.
    left: u64,
}

enum Format {
    Gzip(Gzip),
    Deflate(Deflate),
    Brotli(Brotli),
}

impl Unpacker {
    /// For a body with these headers, of which `limit` bytes may come out.
    pub(super) fn new(headers: &HeaderMap, limit: u64) -> Result<Self, Failure> {
        let mut layers = Vec::new();
        // Several lines are one list (RFC 9110 §5.3); what was done last is undone first.
        for value in headers.get_all(CONTENT_ENCODING) {
            let value = String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase();
            for name in value.split(',').map(str::trim) {
                let format = match name {
                    "gzip" | "x-gzip" => Format::Gzip(Gzip::new()),
                    "br" => Format::Brotli(Brotli::new()),
                    "deflate" => Format::Deflate(Deflate::default()),
                    name if NOT_PACKED.contains(&name) => continue,
                    name => return Err(Failure::Protocol(format!("`Content-Encoding: {}` instead of gzip or br", super::body::shown(name)))),
                };
                // Packing makes a body longer by some bytes at most.
                layers.insert(0, Layer { format, left: limit.saturating_mul(2).saturating_add(1024) });
                if layers.len() > DEEPEST {
                    return Err(Failure::Protocol(format!("a body that is packed more than {DEEPEST} times")));
                }
            }
        }
        Ok(Self { layers, has_begun: false })
    }

    /// Whether what comes is longer or shorter than what comes out.
    pub(super) fn is_packed(&self) -> bool {
        !self.layers.is_empty()
    }

    /// Unpacks the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
        self.has_begun |= !bytes.is_empty();
        push(&mut self.layers, bytes, hand_on)
    }

    /// Unpacks what is left when everything has come.
    pub(super) fn finish(mut self, hand_on: HandOn<'_>) -> Result<(), Failure> {
        if self.has_begun { finish(&mut self.layers, hand_on) } else { Ok(()) }
    }
}

fn push(layers: &mut [Layer], bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
    let Some((first, inner)) = layers.split_first_mut() else {
        return hand_on(bytes);
    };
    let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    first.left = first.left.checked_sub(count).ok_or_else(|| Failure::Protocol("a packed body that is longer than what is in it".to_owned()))?;
    let hand_on: HandOn<'_> = &mut |piece| push(inner, piece, hand_on);
    match &mut first.format {
        Format::Gzip(gzip) => gzip.push(bytes, hand_on),
        Format::Deflate(deflate) => deflate.push(bytes, hand_on),
        Format::Brotli(brotli) => brotli.push(bytes, hand_on),
    }
}

fn finish(layers: &mut [Layer], hand_on: HandOn<'_>) -> Result<(), Failure> {
    let Some((first, inner)) = layers.split_first_mut() else {
        return Ok(());
    };
    match &mut first.format {
        Format::Gzip(gzip) => gzip.finish(&mut |piece| push(inner, piece, hand_on))?,
        Format::Deflate(deflate) => deflate.finish(&mut |piece| push(inner, piece, hand_on))?,
        Format::Brotli(brotli) => brotli.finish()?,
    }
    finish(inner, hand_on)
}

fn broken(format: &str, how: &str) -> Failure {
    Failure::Protocol(format!("a {format} body that {how}"))
}

/// gzip: one member behind the other (RFC 1952 §2.2), each with its checksum.
struct Gzip {
    place: Place,
    members: usize,
}

/// Where in a gzip body.
enum Place {
    Member(Box<GzDecoder<Vec<u8>>>),
    /// Behind a whole member, with the first byte of the next one when that has come.
    Between {
        has_first: bool,
    },
    /// Something follows that is no member: zeros of a block device, a comment that a script wrote behind the packed page. Browsers
    /// do not look at it either, and what is wanted is whole.
    Behind,
}

impl Gzip {
    const FIRST: u8 = 0x1f;
    const SECOND: u8 = 0x8b;

    fn new() -> Self {
        Self { place: Place::Member(Box::new(GzDecoder::new(Vec::new()))), members: 1 }
    }

    fn push(&mut self, mut bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
        while let Some((&byte, rest)) = bytes.split_first() {
            match &mut self.place {
                Place::Member(decoder) => {
                    // One piece at a time: as many bytes are taken as fill it.
                    let taken = decoder.write(bytes).map_err(|_| broken("gzip", "is corrupt"))?;
                    bytes = bytes.get(taken..).unwrap_or_default();
                    if taken == 0 {
                        // The member is over.
                        Self::end(decoder, hand_on)?;
                        self.place = Place::Between { has_first: false };
                    } else {
                        drain(decoder.get_mut(), hand_on)?;
                    }
                }
                Place::Between { has_first } => match (*has_first, byte) {
                    (false, Self::FIRST) => {
                        *has_first = true;
                        bytes = rest;
                    }
                    (true, Self::SECOND) => bytes = self.begin(rest)?,
                    _ => self.place = Place::Behind,
                },
                Place::Behind => return Ok(()),
            }
        }
        Ok(())
    }

    /// Begins the next member, whose magic number has been read.
    fn begin<'a>(&mut self, rest: &'a [u8]) -> Result<&'a [u8], Failure> {
        self.members += 1;
        if self.members > MOST_MEMBERS {
            return Err(broken("gzip", &format!("has more than {MOST_MEMBERS} members")));
        }
        let mut decoder = Box::new(GzDecoder::new(Vec::new()));
        decoder.write_all(&[Self::FIRST, Self::SECOND]).map_err(|_| broken("gzip", "is corrupt"))?;
        self.place = Place::Member(decoder);
        Ok(rest)
    }

    fn end(decoder: &mut GzDecoder<Vec<u8>>, hand_on: HandOn<'_>) -> Result<(), Failure> {
        let how = |error: io::Error| if error.kind() == io::ErrorKind::UnexpectedEof { "breaks off" } else { "does not match its checksum" };
        decoder.try_finish().map_err(|error| broken("gzip", how(error)))?;
        drain(decoder.get_mut(), hand_on)
    }

    fn finish(&mut self, hand_on: HandOn<'_>) -> Result<(), Failure> {
        match &mut self.place {
            Place::Member(decoder) => Self::end(decoder, hand_on),
            // Half a magic number is a member that breaks off.
            Place::Between { has_first: true } => Err(broken("gzip", "breaks off")),
            Place::Between { has_first: false } | Place::Behind => Ok(()),
        }
    }
}

fn drain(piece: &mut Vec<u8>, hand_on: HandOn<'_>) -> Result<(), Failure> {
    hand_on(piece)?;
    piece.clear();
    Ok(())
}

/// deflate: the zlib format, or as some servers have it what is inside that. Never asked for.
#[derive(Default)]
struct Deflate {
    /// The first two bytes, which tell these apart.
    start: Vec<u8>,
    stream: Option<Decompress>,
    piece: Vec<u8>,
    is_whole: bool,
}

impl Deflate {
    fn push(&mut self, bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
        if self.stream.is_some() {
            return self.inflate(bytes, hand_on);
        }
        let (start, rest) = bytes.split_at_checked(2 - self.start.len().min(2)).unwrap_or((bytes, &[]));
        self.start.extend_from_slice(start);
        let &[first, second] = self.start.as_slice() else {
            return Ok(());
        };
        // RFC 1950 §2.2: the method, and a check of these two bytes.
        let is_zlib = first & 0x0f == 8 && u16::from_be_bytes([first, second]) % 31 == 0;
        self.stream = Some(Decompress::new(is_zlib));
        self.piece.reserve_exact(PIECE);
        self.inflate(&[first, second], hand_on)?;
        self.inflate(rest, hand_on)
    }

    fn inflate(&mut self, mut bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
        let corrupt = || broken("deflate", "is corrupt");
        let stream = self.stream.as_mut().ok_or_else(corrupt)?;
        while !bytes.is_empty() {
            if self.is_whole {
                return Err(broken("deflate", "goes on behind its end"));
            }
            let before = stream.total_in();
            let status = stream.decompress_vec(bytes, &mut self.piece, FlushDecompress::None).map_err(|_| corrupt())?;
            let taken = usize::try_from(stream.total_in().saturating_sub(before)).unwrap_or(usize::MAX);
            bytes = bytes.get(taken..).unwrap_or_default();
            self.is_whole = status == Status::StreamEnd;
            if taken == 0 && self.piece.is_empty() && !self.is_whole {
                return Err(corrupt());
            }
            drain(&mut self.piece, hand_on)?;
        }
        Ok(())
    }

    fn finish(&mut self, hand_on: HandOn<'_>) -> Result<(), Failure> {
        // Of what has come, some may still be on its way through.
        while let Some(stream) = self.stream.as_mut().filter(|_| !self.is_whole) {
            let status = stream.decompress_vec(&[], &mut self.piece, FlushDecompress::None).map_err(|_| broken("deflate", "breaks off"))?;
            self.is_whole = status == Status::StreamEnd;
            if self.piece.is_empty() {
                break;
            }
            drain(&mut self.piece, hand_on)?;
        }
        if self.is_whole { Ok(()) } else { Err(broken("deflate", "breaks off")) }
    }
}

/// brotli (RFC 7932). It has no checksum, and nothing may follow.
struct Brotli {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    piece: Vec<u8>,
    is_whole: bool,
}

impl Brotli {
    fn new() -> Self {
        // Strict: without the windows of up to a GiB that are no part of the RFC.
        let state = BrotliState::new_strict(StandardAlloc::default(), StandardAlloc::default(), StandardAlloc::default());
        Self { state: Box::new(state), piece: vec![0; PIECE], is_whole: false }
    }

    fn push(&mut self, bytes: &[u8], hand_on: HandOn<'_>) -> Result<(), Failure> {
        let (mut left, mut at) = (bytes.len(), 0);
        while !self.is_whole {
            let (mut room, mut length, mut total) = (self.piece.len(), 0, 0);
            let result = BrotliDecompressStream(&mut left, &mut at, bytes, &mut room, &mut length, &mut self.piece, &mut total, &mut self.state);
            hand_on(self.piece.get(..length).unwrap_or_default())?;
            match result {
                BrotliResult::ResultSuccess => self.is_whole = true,
                BrotliResult::NeedsMoreOutput => {}
                BrotliResult::NeedsMoreInput => return Ok(()),
                BrotliResult::ResultFailure => return Err(broken("brotli", "is corrupt")),
            }
        }
        if left > 0 { Err(broken("brotli", "goes on behind its end")) } else { Ok(()) }
    }

    fn finish(&self) -> Result<(), Failure> {
        if self.is_whole { Ok(()) } else { Err(broken("brotli", "breaks off")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};
    use reqwest::header::HeaderValue;

    const LIMIT: u64 = 1_000_000;

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (CONTENT_ENCODING, HeaderValue::from_str(line).unwrap())).collect()
    }

    fn unpack(lines: &[&str], bytes: &[u8], at_once: usize) -> Result<Vec<u8>, String> {
        let mut unpacker = Unpacker::new(&headers(lines), LIMIT).map_err(|failure| failure.to_string())?;
        let most = if unpacker.is_packed() { 2 * PIECE } else { usize::MAX };
        let mut body = Vec::new();
        let mut take = |piece: &[u8]| {
            assert!(piece.len() <= most, "{}", piece.len());
            body.extend_from_slice(piece);
            Ok(())
        };
        bytes.chunks(at_once).try_for_each(|chunk| unpacker.push(chunk, &mut take)).map_err(|failure| failure.to_string())?;
        unpacker.finish(&mut take).map_err(|failure| failure.to_string())?;
        Ok(body)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn raw(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn br(bytes: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        brotli::CompressorWriter::new(&mut packed, 4096, 5, 22).write_all(bytes).unwrap();
        packed
    }

    /// Text that does not pack into nothing.
    fn text(length: usize) -> Vec<u8> {
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b' ' + u8::try_from(seed >> 26).unwrap()
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn however_the_bytes_come_the_same_comes_out() {
        for length in [0, 1, 100, 32_768, 100_000] {
            let text = text(length);
            let (half, rest) = text.split_at(length / 2);
            let with_name = flate2::GzBuilder::new().filename("feed.xml").comment("x").extra("y");
            let mut with_name = with_name.write(Vec::new(), Compression::none());
            with_name.write_all(&text).unwrap();
            let cases: &[(&str, Vec<u8>)] = &[
                ("gzip", gzip(&text)),
                ("X-GZip", with_name.finish().unwrap()),
                ("gzip", [gzip(half), gzip(b""), gzip(rest)].concat()),
                ("deflate", zlib(&text)),
                ("deflate", raw(&text)),
                ("BR", br(&text)),
                ("gzip, br", br(&gzip(&text))),
                ("br, gzip", gzip(&br(&text))),
                ("identity, deflate, utf-8, gzip", gzip(&zlib(&text))),
                ("none", text.clone()),
            ];
            for (encoding, packed) in cases {
                for at_once in [1, 2, 7, 4096, usize::MAX] {
                    let unpacked = unpack(&[encoding], packed, at_once);
                    assert!(unpacked.as_ref() == Ok(&text), "{encoding} of {length}, {at_once} at once: {:?}", unpacked.map(|it| it.len()));
                }
            }
        }
    }

    #[test]
    fn lines_are_one_list() {
        let packed = br(&gzip(b"text"));
        for lines in [&["gzip, br"][..], &["gzip", "br"], &["gzip", "", "identity", "br"]] {
            assert_eq!(unpack(lines, &packed, 5), Ok(b"text".to_vec()));
        }
        for lines in [&["gzip, gzip, gzip"][..], &["gzip", "gzip", "gzip"], &["gzip, br", "deflate"]] {
            assert_eq!(unpack(lines, b"", 5), Err("expected HTTP, found: a body that is packed more than 2 times".to_owned()));
        }
        assert!(unpack(&["br, gzip"], &packed, 5).is_err(), "the other way round");
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        for (value, is_known) in [
            ("identity", true),
            ("UTF-8", true),
            ("none", true),
            ("", true),
            ("gzip, utf-8", true),
            ("zstd", false),
            ("compress", false),
            ("utf-8, dcb", false),
            ("gzip;q=1", false),
            ("gzip br", false),
        ] {
            assert_eq!(Unpacker::new(&headers(&[value]), LIMIT).is_ok(), is_known, "{value}");
        }
    }

    /// Cut at each byte, and with each byte changed: what comes out is all of it or nothing.
    #[test]
    fn what_is_broken_is_nothing() {
        let text = text(300);
        let two = [gzip(&text[..100]), gzip(&text[100..])].concat();
        let member = gzip(&text[..100]).len();
        for (encoding, packed, whole_at) in [("gzip", &two, member), ("deflate", &zlib(&text), 0), ("deflate", &raw(&text), 0), ("br", &br(&text), 0)]
        {
            for end in 1..packed.len() {
                let found = unpack(&[encoding], &packed[..end], 50);
                if end == whole_at {
                    assert_eq!(found, Ok(text[..100].to_vec()), "nothing says that more was to come");
                } else {
                    let failure = found.unwrap_err();
                    assert!(failure.ends_with("breaks off") || failure.ends_with("does not match its checksum"), "{encoding} {end}: {failure}");
                }
            }
        }
        for at in 0..two.len() {
            let mut changed = two.clone();
            changed[at] ^= 0x55;
            // Not what came, but when it was packed and where.
            let says_nothing = (4..10).contains(&at) || (member + 4..member + 10).contains(&at);
            match unpack(&["gzip"], &changed, 50) {
                Ok(found) if at == member || at == member + 1 => assert!(found == text[..100], "no member: {at}"),
                Ok(found) => assert!(says_nothing && found == text, "{at}"),
                Err(failure) => assert!(!says_nothing && failure.starts_with("expected HTTP, found: a gzip body that "), "{failure}"),
            }
        }
    }

    #[test]
    fn what_follows_is_more_of_it_or_is_told_from_that() {
        let follows = |encoding: &str, mut packed: Vec<u8>, more: &[u8]| {
            packed.extend_from_slice(more);
            unpack(&[encoding], &packed, 3)
        };
        let text = || Ok(b"text".to_vec());
        for more in [&b"\0\0\0\0\0\0\0\0\0\0\0\0"[..], b"<!-- 0.1 s -->", b"\n", b"\x1f<", b"\0\x1f\x8b"] {
            assert_eq!(follows("gzip", gzip(b"text"), more), text());
        }
        for more in [&b"\x1f"[..], b"\x1f\x8b", b"\x1f\x8b\x08", b"\x1f\x8b and more text"] {
            assert!(follows("gzip", gzip(b"text"), more).is_err());
        }
        for (encoding, packed) in [("deflate", zlib(b"text")), ("deflate", raw(b"text")), ("br", br(b"text"))] {
            assert!(follows(encoding, packed, b"\n").unwrap_err().ends_with("goes on behind its end"));
        }
    }

    #[test]
    fn an_empty_body_is_empty_and_a_plain_one_is_not_packed() {
        for encoding in ["gzip", "deflate", "br", "gzip, br"] {
            assert_eq!(unpack(&[encoding], b"", 1), Ok(Vec::new()));
            for plain in ["<?xml version='1.0'?><rss version='2.0'></rss>", "x", "{}"] {
                let failure = unpack(&[encoding], plain.as_bytes(), 100).unwrap_err();
                assert!(failure.starts_with("expected HTTP, found: a "), "{failure}");
            }
        }
        // A window of a GiB.
        assert!(unpack(&["br"], &[0x11, 30, 0, 0, 0, 0, 0, 0], 8).unwrap_err().ends_with("is corrupt"));
    }

    #[test]
    fn what_unpacks_to_nothing_has_an_end() {
        // Members, blocks and metadata without a byte in them.
        let members = gzip(b"").repeat(MOST_MEMBERS + 1);
        assert!(unpack(&["gzip"], &members, 1000).unwrap_err().ends_with("has more than 10000 members"));
        let blocks = [0, 0, 0, 0xff, 0xff].repeat(1_000_000);
        assert!(unpack(&["deflate"], &blocks, 1000).unwrap_err().ends_with("longer than what is in it"));
        assert!(unpack(&["deflate, gzip"], &gzip(&blocks), 1000).unwrap_err().ends_with("longer than what is in it"));
    }

    #[test]
    fn who_takes_the_pieces_can_stop_in_the_middle_of_a_chunk() {
        let spaces = vec![b' '; 5_000_000];
        for (encoding, packed) in [("gzip", gzip(&spaces)), ("deflate", zlib(&spaces)), ("br", br(&spaces)), ("gzip, gzip", gzip(&gzip(&spaces)))] {
            let mut unpacker = Unpacker::new(&headers(&[encoding]), LIMIT).unwrap();
            let mut count = 0;
            let mut take = |piece: &[u8]| {
                count += piece.len();
                if count > 100_000 { Err(Failure::TooLarge { limit: 100_000 }) } else { Ok(()) }
            };
            // Of a few bytes, the outer packing may give all at its end.
            let outcome = unpacker.push(&packed, &mut take).and_then(|()| unpacker.finish(&mut take));
            assert_eq!(outcome, Err(Failure::TooLarge { limit: 100_000 }), "{encoding}");
            assert!(count <= 100_000 + 2 * PIECE, "{encoding}: {count}");
        }
    }
}
