//! Ids that contain the numbers of their objects, encrypted with the seed: no table is needed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use xxhash_rust::xxh3::xxh3_64_with_seed;
use youtube::{ChannelId, VideoId};

/// Marks numbers that this simulator has encrypted; others decrypt to another mark.
const VIDEO_MARK: u64 = 0x5a17;
const CHANNEL_MARK: u64 = 0x00c4_a11e;

/// Bits of the ordinal number of an upload within its channel.
const ORDINAL_BITS: u32 = 16;

/// Bits of a channel number.
const CHANNEL_BITS: u32 = 32;

/// The id of an upload; `None` if `ordinal` has more than 16 bits.
pub(super) fn video_id(seed: u64, channel: u32, ordinal: u32) -> Option<VideoId> {
    if ordinal >> ORDINAL_BITS != 0 {
        return None;
    }
    let plain = VIDEO_MARK << (CHANNEL_BITS + ORDINAL_BITS)
        | u64::from(channel) << ORDINAL_BITS
        | u64::from(ordinal);
    URL_SAFE_NO_PAD.encode(encrypt(seed, plain).to_be_bytes()).parse().ok()
}

/// The channel and ordinal number of an upload; `None` for ids of other origin.
pub(super) fn decode_video_id(seed: u64, id: &VideoId) -> Option<(u32, u32)> {
    let bytes = URL_SAFE_NO_PAD.decode(id.as_str()).ok()?;
    let plain = decrypt(seed, u64::from_be_bytes(bytes.try_into().ok()?));
    if plain >> (CHANNEL_BITS + ORDINAL_BITS) != VIDEO_MARK {
        return None;
    }
    let channel = u32::try_from(plain >> ORDINAL_BITS & u64::from(u32::MAX)).ok()?;
    let ordinal = u32::try_from(plain & ((1 << ORDINAL_BITS) - 1)).ok()?;
    Some((channel, ordinal))
}

/// The id of a channel.
pub(super) fn channel_id(seed: u64, channel: u32) -> Option<ChannelId> {
    let first = encrypt(!seed, CHANNEL_MARK << CHANNEL_BITS | u64::from(channel));
    let second = xxh3_64_with_seed(&first.to_be_bytes(), seed);
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&first.to_be_bytes());
    bytes[8..].copy_from_slice(&second.to_be_bytes());
    format!("UC{}", URL_SAFE_NO_PAD.encode(bytes)).parse().ok()
}

/// The number of a channel; `None` for ids of other origin.
pub(super) fn decode_channel_id(seed: u64, id: &ChannelId) -> Option<u32> {
    let bytes = URL_SAFE_NO_PAD.decode(id.as_str().get(2..)?).ok()?;
    let first = u64::from_be_bytes(bytes.get(..8)?.try_into().ok()?);
    let plain = decrypt(!seed, first);
    let channel = u32::try_from(plain & u64::from(u32::MAX)).ok()?;
    (channel_id(seed, channel)? == *id).then_some(channel)
}

/// A Feistel network of four rounds: a permutation of all 64-bit numbers.
fn encrypt(seed: u64, number: u64) -> u64 {
    let (mut left, mut right) = halves(number);
    for round in 0..4 {
        (left, right) = (right, left ^ mix(seed, round, right));
    }
    join(left, right)
}

fn decrypt(seed: u64, number: u64) -> u64 {
    let (mut left, mut right) = halves(number);
    for round in (0..4).rev() {
        (left, right) = (right ^ mix(seed, round, left), left);
    }
    join(left, right)
}

fn mix(seed: u64, round: u8, half: u32) -> u32 {
    let mut bytes = [round; 5];
    bytes[1..].copy_from_slice(&half.to_le_bytes());
    halves(xxh3_64_with_seed(&bytes, seed)).1
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half")]
const fn halves(number: u64) -> (u32, u32) {
    ((number >> 32) as u32, number as u32)
}

const fn join(left: u32, right: u32) -> u64 {
    (left as u64) << 32 | right as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_decode_to_channel_and_video_number(seed: u64, channel: u32, ordinal in 0_u32..1 << 16) {
            let video = video_id(seed, channel, ordinal).unwrap();
            prop_assert_eq!(decode_video_id(seed, &video), Some((channel, ordinal)));
            let id = channel_id(seed, channel).unwrap();
            prop_assert_eq!(decode_channel_id(seed, &id), Some(channel));
        }

        #[test]
        fn ids_of_other_seeds_are_unknown(seed: u64, other: u64, channel: u32) {
            prop_assume!(seed != other);
            let id = channel_id(other, channel).unwrap();
            prop_assert_eq!(decode_channel_id(seed, &id), None);
        }
    }

    #[test]
    fn ids_of_other_origin_are_rarely_accepted() {
        let foreign = (0..2_000).filter_map(|number| video_id(1, number, 7));
        assert!(foreign.filter(|id| decode_video_id(2, id).is_some()).count() < 3);
        assert_eq!(decode_video_id(2, &"dQw4w9WgXcQ".parse().unwrap()), None);
    }
}
