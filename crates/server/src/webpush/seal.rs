//! Seals what is for a browser, so that its maker, who passes it on, reads nothing (RFC 8291, in the coding of RFC 8188).

use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    hmac,
    rand::SystemRandom,
};

use crate::secret;

/// Bytes of an uncompressed point of P-256.
pub const POINT: usize = 65;
/// Bytes of a browser's secret.
pub const AUTH: usize = 16;
/// Bytes of the one record; browsers' makers take no more.
const RECORD: u32 = 4_096;
const SALT: usize = 16;
const KEY: usize = 16;
/// No other record follows.
const LAST: u8 = 2;

/// It cannot be sealed: chance is missing, or the browser's key is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what is for a browser could not be sealed: its key is none, or chance is missing")]
pub struct Unsealable;

/// Seals a text for the browser with this key and secret. Every call makes a key and a salt of its own.
pub fn seal(text: &[u8], public_key: &[u8], auth: &[u8]) -> Result<Vec<u8>, Unsealable> {
    let salt = secret::bytes::<SALT>().map_err(|_| Unsealable)?;
    let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).map_err(|_| Unsealable)?;
    let own_public = own.compute_public_key().map_err(|_| Unsealable)?;
    let points = (public_key, own_public.as_ref());
    let peer = UnparsedPublicKey::new(&ECDH_P256, public_key);
    let (key, nonce) =
        agree_ephemeral(own, &peer, |shared| derive(shared, auth, points, &salt)).map_err(|_| Unsealable)?;
    let key = UnboundKey::new(&AES_128_GCM, &key).map_err(|_| Unsealable)?;
    let mut sealed = text.to_vec();
    sealed.push(LAST);
    LessSafeKey::new(key)
        .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)
        .map_err(|_| Unsealable)?;
    let mut body = Vec::with_capacity(SALT + 5 + POINT + sealed.len());
    body.extend_from_slice(&salt);
    body.extend_from_slice(&RECORD.to_be_bytes());
    body.push(POINT as u8);
    body.extend_from_slice(own_public.as_ref());
    body.extend_from_slice(&sealed);
    Ok(body)
}

/// The key and the nonce, from what both ends share: HKDF twice, each time with one block (RFC 8291, section 3.4).
fn derive(
    shared: &[u8],
    auth: &[u8],
    (theirs, ours): (&[u8], &[u8]),
    salt: &[u8],
) -> ([u8; KEY], [u8; NONCE_LEN]) {
    let input = mac(&mac(auth, &[shared]), &[b"WebPush: info\0", theirs, ours, &[1]]);
    let keying = mac(salt, &[&input]);
    let key = mac(&keying, &[b"Content-Encoding: aes128gcm\0", &[1]]);
    let nonce = mac(&keying, &[b"Content-Encoding: nonce\0", &[1]]);
    (first(&key), first(&nonce))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key));
    for part in parts {
        mac.update(part);
    }
    first(mac.sign().as_ref())
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    std::array::from_fn(|at| bytes.get(at).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("base64url")
    }

    /// The example of RFC 8291, appendix A.
    #[test]
    fn keys_are_those_of_the_standards_example() {
        let theirs =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let ours =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let (key, nonce) = derive(
            &shared,
            &bytes("BTBZMqHH6r4Tts7J_aSIgg"),
            (&theirs, &ours),
            &bytes("DGv6ra1nlYgDCS1FRnbzlw"),
        );
        assert_eq!(key.to_vec(), bytes("oIhVW04MRdy2XN9CiKLxTg"));
        assert_eq!(nonce.to_vec(), bytes("4h_95klXJ5E_qnoN"));
    }

    /// The browser's end, as the standard has it.
    fn open(body: &[u8], own: EphemeralPrivateKey, own_public: &[u8], auth: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(SALT);
        assert_eq!(rest[..5], [0, 0, 16, 0, 65], "one record of 4,096 bytes, and a key of 65");
        let (sender, sealed) = rest[5..].split_at(POINT);
        let peer = UnparsedPublicKey::new(&ECDH_P256, sender);
        let (key, nonce) =
            agree_ephemeral(own, &peer, |shared| derive(shared, auth, (own_public, sender), salt))
                .expect("agrees");
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).expect("a key"));
        let mut text = sealed.to_vec();
        let plain = key
            .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut text)
            .expect("is whole");
        assert_eq!(plain.last(), Some(&LAST));
        plain[..plain.len() - 1].to_vec()
    }

    #[test]
    fn the_browser_alone_reads_it_and_no_two_are_alike() {
        let made = || {
            let own = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).expect("a key");
            let public = own.compute_public_key().expect("its point").as_ref().to_vec();
            (own, public)
        };
        let ((one, public), auth) = (made(), [7; AUTH]);
        let text = "새 상담 요청".as_bytes();
        let (first, second) =
            (seal(text, &public, &auth).expect("seals"), seal(text, &public, &auth).expect("seals"));
        assert_ne!(first, second);
        assert_eq!(open(&first, one, &public, &auth), text);
        let around = SALT + 4 + 1 + POINT + 1 + AES_128_GCM.tag_len();
        assert_eq!(first.len(), text.len() + around);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert_eq!(seal(b"x", &[4; POINT], &[0; AUTH]), Err(Unsealable));
        assert_eq!(seal(b"x", b"", &[0; AUTH]), Err(Unsealable));
    }
}
