//! Pictures of people and workspaces on their way in: whatever came is decoded within bounds and drawn anew, small.
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

/// Bytes of a file that is sent.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;
/// The longer side of what is kept, in pixels.
const SIDE: u32 = 256;
/// The longer side of what is sent, in pixels: phones make 4,000.
const MAX_SIDE: u32 = 6_000;
/// Memory for one picture while it is decoded.
const MAX_MEMORY: u64 = 160 * 1024 * 1024;
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
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(no_picture)?;
        let drawn = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            draw(&file)
        });
        drawn.await.map_err(no_picture)?
    }
}

fn draw(file: &[u8]) -> Result<NewPicture, NoPicture> {
    let format = image::guess_format(file).map_err(no_picture)?;
    if !matches!(format, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP | ImageFormat::Gif) {
        return Err(NoPicture("not PNG, JPEG, WebP or GIF".to_owned()));
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(no_picture)?;
    let turned = decoder.orientation().map_err(no_picture)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(no_picture)?;
    picture.apply_orientation(turned);
    if picture.width().max(picture.height()) > SIDE {
        picture = picture.resize(SIDE, SIDE, FilterType::CatmullRom);
    }
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
    Ok(NewPicture { hash: secret::hash(&bytes), kind, bytes })
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
            let small = draw(&file(&photo, format)).expect("is drawn");
            let seen = image::load_from_memory(&small.bytes).expect("is a picture");
            assert_eq!((small.kind, seen.width(), seen.height()), ("image/jpeg", 256, 128), "{format:?}");
        }
        let logo = DynamicImage::ImageRgba8(RgbaImage::new(40, 60));
        for format in [ImageFormat::Png, ImageFormat::Gif] {
            let small = draw(&file(&logo, format)).expect("is drawn");
            let seen = image::load_from_memory(&small.bytes).expect("is a picture");
            assert_eq!((small.kind, seen.width(), seen.height()), ("image/png", 40, 60), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_or_a_bomb_is_refused() {
        let long = DynamicImage::ImageLuma8(image::GrayImage::new(MAX_SIDE + 1, 1));
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>".to_vec();
        let whole = file(&DynamicImage::ImageRgb8(RgbImage::new(20, 20)), ImageFormat::Png);
        let half = whole[..whole.len() / 2].to_vec();
        for bad in [Vec::new(), b"GIF89a".to_vec(), svg, half, file(&long, ImageFormat::Png)] {
            assert!(draw(&bad).is_err());
        }
    }
}
