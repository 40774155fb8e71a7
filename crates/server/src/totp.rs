//! One-time codes that a phone counts (RFC 6238: SHA-1, 30 seconds, six digits), and how the secret gets there.

use hmac::{Hmac, KeyInit, Mac};
use qrcode::{EcLevel, QrCode, render::svg};
use sha1::Sha1;

/// Bytes of a secret, as RFC 4226 recommends.
pub const SECRET: usize = 20;
/// How long a code is good.
const STEP_MS: i64 = 30_000;
/// How many steps a phone's clock may be off.
const SLACK: i64 = 1;
/// RFC 4648.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The step of time whose code this is, if it is one of now.
pub fn step_of(secret: &[u8], code: &str, now_ms: i64) -> Option<i64> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let now = now_ms.div_euclid(STEP_MS);
    // All are looked at, so that the time says nothing about which one fits.
    (now - SLACK..=now + SLACK).fold(None, |found, step| {
        let fits: bool =
            subtle::ConstantTimeEq::ct_eq(code_of(secret, step).as_bytes(), code.as_bytes()).into();
        if fits { Some(step) } else { found }
    })
}

/// The code of a moment.
pub fn code_at(secret: &[u8], now_ms: i64) -> String {
    code_of(secret, now_ms.div_euclid(STEP_MS))
}

fn code_of(secret: &[u8], step: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(secret) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[digest.len() - 1] & 15);
    let number = digest[at..at + 4].iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
    format!("{:06}", (number & 0x7fff_ffff) % 1_000_000)
}

/// The secret as people type it into an app.
pub fn shown(secret: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in secret {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        text.push(char::from(BASE32[(held << (5 - bits) & 31) as usize]));
    }
    text
}

/// The address that apps read from a QR code.
pub fn uri(secret: &[u8], email: &str) -> String {
    let account: String = email
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("otpauth://totp/closer:{account}?secret={}&issuer=closer", shown(secret))
}

/// The address as a drawing; `None` where it is too long to be one.
pub fn qr(uri: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(uri, EcLevel::M).ok()?;
    Some(code.render::<svg::Color<'_>>().min_dimensions(192, 192).build())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, cut to six digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(code_at(secret, seconds * 1_000), code, "{seconds}");
        }
        assert_eq!(shown(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn a_clock_may_be_a_little_off() {
        let secret = b"12345678901234567890";
        let code = code_at(secret, 1_000_000_000);
        assert_eq!(step_of(secret, &format!(" {} {}", &code[..3], &code[3..]), 1_000_030_000), Some(33_333));
        assert_eq!(step_of(secret, &code, 999_970_000), Some(33_333));
        assert_eq!(step_of(secret, &code, 1_000_100_000), None);
        assert_eq!(step_of(secret, "", 1_000_000_000), None);
    }

    #[test]
    fn a_phone_can_read_the_secret() {
        let uri = uri(b"12345678901234567890", "kim+가@example.com");
        assert!(uri.starts_with("otpauth://totp/closer:kim%2B%EA%B0%80%40example.com?secret=GEZ"), "{uri}");
        let drawing = qr(&uri).expect("a drawing");
        assert!(drawing.contains("<svg") && !drawing.contains("<script"));
    }
}
