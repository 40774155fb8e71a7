//! Hashes, ciphers and signatures for `js/own/crypto.js`.
//!
//! Streams of Node (`update`, `update`, `final`) are gathered there; here everything is one piece.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands native functions their arguments by value"
)]

use aes::cipher::{
    BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _,
    block_padding::{NoPadding, Pkcs7},
};
use md5::Digest as _;
use ring::{
    aead, digest, hmac,
    rand::{SecureRandom as _, SystemRandom},
    rsa,
    signature::{self, EcdsaKeyPair, RsaKeyPair, UnparsedPublicKey},
};
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray, Value};

use super::host::bytes;

/// Bytes that a script may have made at once.
const MAX_RANDOM: usize = 65_536;
/// Bytes that MD5 works on at a time; HMAC needs to know.
const MD5_BLOCK: usize = 64;

/// Adds this module's functions.
pub fn natives<'js>(ctx: &Ctx<'js>, natives: &Object<'js>) -> Result<()> {
    natives.set("random", Function::new(ctx.clone(), random))?;
    natives.set("digest", Function::new(ctx.clone(), digest_of))?;
    natives.set("hmac", Function::new(ctx.clone(), hmac_of))?;
    natives.set("aes", Function::new(ctx.clone(), aes_of))?;
    natives.set("sign", Function::new(ctx.clone(), sign))?;
    natives.set("verify", Function::new(ctx.clone(), verify))
}

type Bytes<'js> = TypedArray<'js, u8>;

fn random(ctx: Ctx<'_>, count: usize) -> Result<Bytes<'_>> {
    if count > MAX_RANDOM {
        return Err(Exception::throw_range(&ctx, "randomBytes gives 65,536 bytes at a time"));
    }
    let mut bytes = vec![0; count];
    if SystemRandom::new().fill(&mut bytes).is_err() {
        return Err(Exception::throw_internal(&ctx, "the machine gives no random bytes"));
    }
    TypedArray::new(ctx, bytes)
}

fn digest_of<'js>(ctx: Ctx<'js>, name: String, data: Value<'js>) -> Result<Bytes<'js>> {
    let data = needed(&ctx, &data)?;
    let hash = match name.as_str() {
        "md5" => md5::Md5::digest(&data).to_vec(),
        name => digest::digest(hash(&ctx, name)?, &data).as_ref().to_vec(),
    };
    TypedArray::new(ctx, hash)
}

fn hmac_of<'js>(ctx: Ctx<'js>, name: String, key: Value<'js>, data: Value<'js>) -> Result<Bytes<'js>> {
    let (key, data) = (needed(&ctx, &key)?, needed(&ctx, &data)?);
    let code = match name.as_str() {
        "md5" => hmac_md5(&key, &data),
        "sha1" => keyed(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &key, &data),
        "sha256" => keyed(hmac::HMAC_SHA256, &key, &data),
        "sha384" => keyed(hmac::HMAC_SHA384, &key, &data),
        "sha512" => keyed(hmac::HMAC_SHA512, &key, &data),
        _ => return Err(unknown(&ctx, &name)),
    };
    TypedArray::new(ctx, code)
}

fn keyed(algorithm: hmac::Algorithm, key: &[u8], data: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(algorithm, key), data).as_ref().to_vec()
}

/// RFC 2104 by hand: the one pair that ring does not have.
fn hmac_md5(key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut block = [0; MD5_BLOCK];
    if key.len() > MD5_BLOCK {
        let short = md5::Md5::digest(key);
        block[..short.len()].copy_from_slice(&short);
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = md5::Md5::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(data).finalize();
    md5::Md5::new().chain_update(block.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().to_vec()
}

fn hash(ctx: &Ctx<'_>, name: &str) -> Result<&'static digest::Algorithm> {
    match name {
        "sha1" => Ok(&digest::SHA1_FOR_LEGACY_USE_ONLY),
        "sha256" => Ok(&digest::SHA256),
        "sha384" => Ok(&digest::SHA384),
        "sha512" => Ok(&digest::SHA512),
        _ => Err(unknown(ctx, name)),
    }
}

/// `job`: `encrypt` or `decrypt`, then `-cbc`, `-cbc-nopad` or `-gcm`. For GCM the tag stands at the end of the data.
fn aes_of<'js>(
    ctx: Ctx<'js>,
    job: String,
    key: Value<'js>,
    iv: Value<'js>,
    data: Value<'js>,
    aad: Value<'js>,
) -> Result<Bytes<'js>> {
    let (key, iv, data) = (needed(&ctx, &key)?, needed(&ctx, &iv)?, needed(&ctx, &data)?);
    let (job, mode) = job.split_once('-').unwrap_or_default();
    let encrypt = job == "encrypt";
    let done = match mode {
        "gcm" => gcm(encrypt, &key, &iv, data, &needed(&ctx, &aad)?),
        mode => cbc(encrypt, mode == "cbc", &key, &iv, &data),
    };
    let Some(done) = done else {
        let message = if encrypt {
            "the key, the IV or the length of the data does not fit this cipher"
        } else {
            "Unsupported state or unable to authenticate data: wrong key, IV, tag or data"
        };
        return Err(Exception::throw_message(&ctx, message));
    };
    TypedArray::new(ctx, done)
}

fn cbc(encrypt: bool, pad: bool, key: &[u8], iv: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    macro_rules! with {
        ($cipher:ty) => {
            if encrypt {
                let cipher = cbc::Encryptor::<$cipher>::new_from_slices(key, iv).ok()?;
                if pad {
                    Some(cipher.encrypt_padded_vec::<Pkcs7>(data))
                } else {
                    data.len().is_multiple_of(16).then(|| cipher.encrypt_padded_vec::<NoPadding>(data))
                }
            } else {
                let cipher = cbc::Decryptor::<$cipher>::new_from_slices(key, iv).ok()?;
                if pad {
                    cipher.decrypt_padded_vec::<Pkcs7>(data).ok()
                } else {
                    cipher.decrypt_padded_vec::<NoPadding>(data).ok()
                }
            }
        };
    }
    match key.len() {
        16 => with!(aes::Aes128),
        24 => with!(aes::Aes192),
        32 => with!(aes::Aes256),
        _ => None,
    }
}

fn gcm(encrypt: bool, key: &[u8], iv: &[u8], mut data: Vec<u8>, aad: &[u8]) -> Option<Vec<u8>> {
    let algorithm = match key.len() {
        16 => &aead::AES_128_GCM,
        32 => &aead::AES_256_GCM,
        _ => return None,
    };
    let key = aead::LessSafeKey::new(aead::UnboundKey::new(algorithm, key).ok()?);
    let nonce = aead::Nonce::try_assume_unique_for_key(iv).ok()?;
    let aad = aead::Aad::from(aad);
    if encrypt {
        key.seal_in_place_append_tag(nonce, aad, &mut data).ok()?;
    } else {
        let length = key.open_in_place(nonce, aad, &mut data).ok()?.len();
        data.truncate(length);
    }
    Some(data)
}

/// `name`: as in JSON Web Algorithms (`RS256`, `ES256`, …); `key`: a private key as PEM.
fn sign<'js>(ctx: Ctx<'js>, name: String, key: String, data: Value<'js>) -> Result<Bytes<'js>> {
    let data = needed(&ctx, &data)?;
    let der = pem(&key).ok_or_else(|| Exception::throw_message(&ctx, "the private key is no PEM text"))?;
    let signed = match name.as_str() {
        "RS256" => sign_rsa(&signature::RSA_PKCS1_SHA256, &der, &data),
        "RS384" => sign_rsa(&signature::RSA_PKCS1_SHA384, &der, &data),
        "RS512" => sign_rsa(&signature::RSA_PKCS1_SHA512, &der, &data),
        "ES256" => sign_ec(&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &der, &data),
        "ES384" => sign_ec(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &der, &data),
        _ => return Err(unknown(&ctx, &name)),
    };
    let signed =
        signed.ok_or_else(|| Exception::throw_message(&ctx, "the private key does not fit the algorithm"))?;
    TypedArray::new(ctx, signed)
}

fn sign_rsa(padding: &'static dyn signature::RsaEncoding, der: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let key = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).ok()?;
    let mut signed = vec![0; key.public().modulus_len()];
    key.sign(padding, &SystemRandom::new(), data, &mut signed).ok()?;
    Some(signed)
}

fn sign_ec(algorithm: &'static signature::EcdsaSigningAlgorithm, der: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    let die = SystemRandom::new();
    let key = EcdsaKeyPair::from_pkcs8(algorithm, der, &die).ok()?;
    Some(key.sign(&die, data).ok()?.as_ref().to_vec())
}

/// Whether a signature is good; `key`: a public key as PEM.
fn verify<'js>(
    ctx: Ctx<'js>,
    name: String,
    key: String,
    data: Value<'js>,
    signed: Value<'js>,
) -> Result<bool> {
    let (data, signed) = (needed(&ctx, &data)?, needed(&ctx, &signed)?);
    let der = pem(&key).ok_or_else(|| Exception::throw_message(&ctx, "the public key is no PEM text"))?;
    let algorithm: &dyn signature::VerificationAlgorithm = match name.as_str() {
        "RS256" => &signature::RSA_PKCS1_2048_8192_SHA256,
        "RS384" => &signature::RSA_PKCS1_2048_8192_SHA384,
        "RS512" => &signature::RSA_PKCS1_2048_8192_SHA512,
        "ES256" => &signature::ECDSA_P256_SHA256_FIXED,
        "ES384" => &signature::ECDSA_P384_SHA384_FIXED,
        _ => return Err(unknown(&ctx, &name)),
    };
    // A private key proves its own signatures too, as in Node.
    if let Ok(pair) = RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der)) {
        let public: rsa::PublicKeyComponents<Vec<u8>> = pair.public().into();
        let Some(algorithm) = rsa_parameters(&name) else { return Ok(false) };
        return Ok(public.verify(algorithm, &data, &signed).is_ok());
    }
    let bare = subject_key(&der).unwrap_or(&der);
    Ok(UnparsedPublicKey::new(algorithm, bare).verify(&data, &signed).is_ok())
}

fn rsa_parameters(name: &str) -> Option<&'static rsa::RsaParameters> {
    match name {
        "RS256" => Some(&signature::RSA_PKCS1_2048_8192_SHA256),
        "RS384" => Some(&signature::RSA_PKCS1_2048_8192_SHA384),
        "RS512" => Some(&signature::RSA_PKCS1_2048_8192_SHA512),
        _ => None,
    }
}

/// The bytes between the dashes.
fn pem(text: &str) -> Option<Vec<u8>> {
    let inner = text.split_once("-----BEGIN ")?.1.split_once("-----")?.1.split_once("-----END ")?.0;
    let mut bytes = Vec::with_capacity(inner.len() / 4 * 3);
    let (mut bits, mut held) = (0_u32, 0);
    for letter in inner.bytes().filter(|letter| !letter.is_ascii_whitespace() && *letter != b'=') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

/// The key inside a `SubjectPublicKeyInfo`: SEQUENCE { SEQUENCE { … }, BIT STRING }.
fn subject_key(der: &[u8]) -> Option<&[u8]> {
    let (outer, _) = element(der, 0x30)?;
    let (_, rest) = element(outer, 0x30)?;
    let (key, _) = element(rest, 0x03)?;
    key.strip_prefix(&[0])
}

/// The content of the DER element at the front, and what follows it.
fn element(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = der.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *first != tag {
        return None;
    }
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(*length & 0x7f).min(4))?;
        (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
    };
    rest.split_at_checked(length)
}

fn needed<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Result<Vec<u8>> {
    Ok(bytes(ctx, value)?.unwrap_or_default())
}

fn unknown(ctx: &Ctx<'_>, name: &str) -> rquickjs::Error {
    Exception::throw_message(ctx, &format!("Unsupported algorithm: {name}"))
}
