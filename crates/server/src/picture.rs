//! Pictures on their way in, of people and workspaces and of bots: whatever came is decoded within bounds and drawn anew.
//!
//! Nothing of the file that was sent is kept: no place where a photo was taken, and nothing that a browser could take for
//! anything but a picture.

use std::{io::Cursor, sync::Arc};

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder,
    imageops::FilterType,
};
use store::NewPicture;
use tokio::sync::Semaphore;

use crate::secret;

/// Bytes of a person's picture that is sent.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of a bot's picture that is sent (spec bot.md, "Messages"; phones make 5 MB).
pub const MAX_MEDIA_BYTES: usize = 10 * 1024 * 1024;

/// People and workspaces: small, at the side of a name.
const FACE: Rule = Rule {
    formats: &[ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif],
    side: 256,
    max_side: 6_000,
    max_memory: 160 * 1024 * 1024,
};
/// What bots show: as wide as a phone draws it. Of a moving picture the first one is kept.
const MEDIA: Rule = Rule {
    formats: &[ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp],
    side: 1_024,
    max_side: 9_000,
    max_memory: 256 * 1024 * 1024,
};

/// What may come in, and how it is kept.
struct Rule {
    formats: &'static [ImageFormat],
    /// The longer side of what is kept, in pixels.
    side: u32,
    /// The longer side of what is sent, in pixels.
    max_side: u32,
    /// Memory for one picture while it is decoded.
    max_memory: u64,
}

/// A picture that was drawn anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The SHA-256 of its bytes.
    pub hash: [u8; 32],
    /// Its media type.
    pub kind: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How good photos are kept; transparent pictures are kept exactly.
const QUALITY: u8 = 85;

/// The file is no picture, or too large to be drawn.
#[derive(Debug, thiserror::Error)]
#[error("this is no picture that can be read: {0}")]
pub struct NoPicture(String);

/// Makes pictures small, one at a time.
#[derive(Debug)]
pub struct Pictures {
    permits: Arc<Semaphore>,
}

impl Default for Pictures {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(1)) }
    }
}

impl Pictures {
    /// A small picture of a file.
    pub async fn shrink(&self, file: Vec<u8>) -> Result<NewPicture, NoPicture> {
        let Drawn { hash, kind, bytes, .. } = self.draw(file, &FACE).await?;
        Ok(NewPicture { hash, kind, bytes })
    }

    /// A picture for bots to show.
    pub async fn media(&self, file: Vec<u8>) -> Result<Drawn, NoPicture> {
        self.draw(file, &MEDIA).await
    }

    async fn draw(&self, file: Vec<u8>, rule: &'static Rule) -> Result<Drawn, NoPicture> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(no_picture)?;
        let drawn = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            draw(&file, rule)
        });
        drawn.await.map_err(no_picture)?
    }
}

fn draw(file: &[u8], rule: &Rule) -> Result<Drawn, NoPicture> {
    let format = image::guess_format(file).map_err(no_picture)?;
    if !rule.formats.contains(&format) {
        return Err(NoPicture(format!("{format:?} is not among {:?}", rule.formats)));
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(rule.max_side);
    limits.max_image_height = Some(rule.max_side);
    limits.max_alloc = Some(rule.max_memory);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    let turned = decoder.orientation().map_err(no_picture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    picture.apply_orientation(turned);
    if picture.width().max(picture.height()) > rule.side {
        picture = picture.resize(rule.side, rule.side, FilterType::CatmullRom);
    }
    let (width, height) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let kind = if picture.color().has_alpha() {
        let exact = DynamicImage::ImageRgba8(picture.into_rgba8());
        exact.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(no_picture)?;
        "image/png"
    } else {
        let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
        picture.into_rgb8().write_with_encoder(encoder).map_err(no_picture)?;
        "image/jpeg"
    };
    Ok(Drawn { hash: secret::hash(&bytes), kind, width, height, bytes })
}

#[expect(clippy::needless_pass_by_value, reason = "it is what map_err hands over")]
fn no_picture(error: impl ToString) -> NoPicture {
    NoPicture(error.to_string())
}

#[cfg(test)]
mod tests {
    use image::{RgbImage, RgbaImage};

    use super::*;

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).expect("encodes");
        bytes
    }

    #[test]
    fn a_picture_is_drawn_anew_and_small() {
        let photo =
            DynamicImage::ImageRgb8(RgbImage::from_fn(1_000, 500, |x, y| image::Rgb([x as u8, y as u8, 7])));
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let small = draw(&file(&photo, format), &FACE).expect("is drawn");
            let seen = image::load_from_memory(&small.bytes).expect("is a picture");
            assert_eq!((small.kind, seen.width(), seen.height()), ("image/jpeg", 256, 128), "{format:?}");
        }
        let logo = DynamicImage::ImageRgba8(RgbaImage::new(40, 60));
        for format in [ImageFormat::Png, ImageFormat::Gif] {
            let small = draw(&file(&logo, format), &FACE).expect("is drawn");
            let seen = image::load_from_memory(&small.bytes).expect("is a picture");
            assert_eq!((small.kind, seen.width(), seen.height()), ("image/png", 40, 60), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_or_a_bomb_is_refused() {
        let long = DynamicImage::ImageLuma8(image::GrayImage::new(FACE.max_side + 1, 1));
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
        let whole = file(&DynamicImage::ImageRgb8(RgbImage::new(20, 20)), ImageFormat::Png);
        let half = whole[..whole.len() / 2].to_vec();
        for bad in [Vec::new(), b"GIF89a".to_vec(), svg, half, file(&long, ImageFormat::Png)] {
            assert!(draw(&bad, &FACE).is_err());
        }
    }

    #[test]
    fn what_bots_show_is_as_wide_as_a_phone_draws_it() {
        let photo = DynamicImage::ImageRgb8(RgbImage::from_fn(2_000, 1_000, |x, y| {
            image::Rgb([x as u8, y as u8, 7])
        }));
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Bmp] {
            let drawn = draw(&file(&photo, format), &MEDIA).expect("is drawn");
            assert_eq!((drawn.kind, drawn.width, drawn.height), ("image/jpeg", 1_024, 512), "{format:?}");
            let seen = image::load_from_memory(&drawn.bytes).expect("is a picture");
            assert_eq!((seen.width(), seen.height()), (1_024, 512));
        }
        let small = DynamicImage::ImageRgba8(RgbaImage::new(40, 60));
        let drawn = draw(&file(&small, ImageFormat::Gif), &MEDIA).expect("is drawn");
        assert_eq!((drawn.kind, drawn.width, drawn.height), ("image/png", 40, 60));
        assert!(draw(&file(&small, ImageFormat::WebP), &MEDIA).is_err(), "KakaoTalk does not name WebP");
    }

    #[test]
    fn a_small_file_that_would_be_a_huge_picture_is_refused() {
        // 60,000 × 60,000 dots of one bit: 450 MB from some kilobytes. The header is enough to see that.
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        bomb.extend([0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60, 1, 0, 0, 0, 0]);
        bomb.extend([0; 64]);
        assert!(draw(&bomb, &MEDIA).is_err());
        // A bitmap that says it is 9,000 × 9,000 would fit by its sides, not by its memory.
        let mut bomb = b"BM".to_vec();
        bomb.extend([0; 8]);
        bomb.extend(54_u32.to_le_bytes());
        bomb.extend(40_u32.to_le_bytes());
        bomb.extend(9_000_i32.to_le_bytes());
        bomb.extend(9_000_i32.to_le_bytes());
        bomb.extend([1, 0, 32, 0]);
        bomb.extend([0; 24]);
        assert!(draw(&bomb, &MEDIA).is_err());
    }
}
