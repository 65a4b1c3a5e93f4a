//! `Accept-Encoding` → how a body is packed (RFC 9110 §12.5.3).

use std::io::Write;

/// How hard packing is tried: what takes longer than it saves on a loopback is not worth it.
const BROTLI_QUALITY: u32 = 5;
const BROTLI_WINDOW: u32 = 22;
const GZIP_LEVEL: u32 = 6;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Coding {
    /// The best coding that is accepted: the smallest body first.
    pub(super) fn accepted(header: &str) -> Self {
        let best = [Self::Brotli, Self::Gzip].into_iter().filter_map(|coding| Some((quality(header, coding.name()?)?, coding)));
        // Of equals the first.
        best.rev().max_by_key(|(quality, _)| *quality).filter(|(quality, _)| *quality > 0).map_or(Self::Identity, |(_, coding)| coding)
    }

    /// The value of `Content-Encoding`, where there is one.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The packed bytes; `None` when they could not be packed, which only a lack of memory causes.
    pub(super) fn pack(self, bytes: Vec<u8>) -> Option<Vec<u8>> {
        match self {
            Self::Identity => Some(bytes),
            Self::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP_LEVEL));
                encoder.write_all(&bytes).ok()?;
                encoder.finish().ok()
            }
            Self::Brotli => {
                let mut packed = Vec::new();
                let mut encoder = brotli::CompressorWriter::new(&mut packed, 1 << 16, BROTLI_QUALITY, BROTLI_WINDOW);
                encoder.write_all(&bytes).and_then(|()| encoder.flush()).ok()?;
                drop(encoder);
                Some(packed)
            }
        }
    }
}

/// How much a coding is wanted, in thousandths; `None` when nothing is said of it.
fn quality(header: &str, name: &str) -> Option<u32> {
    let mut any = None;
    for part in header.split(',') {
        let mut words = part.split(';').map(str::trim);
        let coding = words.next().unwrap_or_default();
        let weight = words.find_map(|word| word.strip_prefix("q=").or_else(|| word.strip_prefix("Q="))).map_or(Some(1000), thousandths);
        if coding.eq_ignore_ascii_case(name) || name == "gzip" && coding.eq_ignore_ascii_case("x-gzip") {
            return weight;
        }
        if coding == "*" {
            any = weight;
        }
    }
    any
}

fn thousandths(weight: &str) -> Option<u32> {
    let (whole, part) = weight.split_once('.').unwrap_or((weight, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let value = whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(digits.parse().ok()?)?;
    (value <= 1000).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn the_smallest_accepted_one_is_taken() {
        for (header, expected) in [
            ("", Coding::Identity),
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("GZIP;q=0.5, br;q=0.4", Coding::Gzip),
            ("br;q=0, gzip;q=0.0", Coding::Identity),
            ("*", Coding::Brotli),
            ("*;q=0", Coding::Identity),
            ("br;q=0, *", Coding::Gzip),
            ("identity", Coding::Identity),
            ("br;q=2, gzip;q=0.001", Coding::Gzip),
            ("br;q=é,gzip;q=-1", Coding::Identity),
        ] {
            assert_eq!(Coding::accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn what_is_packed_is_unpacked_again() {
        let bytes = "早市。".repeat(1000).into_bytes();
        let packed = |coding: Coding| coding.pack(bytes.clone()).unwrap();
        assert_eq!(packed(Coding::Identity), bytes);
        let mut gzip = Vec::new();
        flate2::read::GzDecoder::new(packed(Coding::Gzip).as_slice()).read_to_end(&mut gzip).unwrap();
        let mut brotli = Vec::new();
        brotli::Decompressor::new(packed(Coding::Brotli).as_slice(), 4096).read_to_end(&mut brotli).unwrap();
        assert!(gzip == bytes && brotli == bytes);
        assert!(packed(Coding::Brotli).len() < 500 && packed(Coding::Gzip).len() < 500);
    }
}
