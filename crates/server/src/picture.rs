//! Pictures on their way in, of people and workspaces and of bots: whatever came is decoded within bounds and drawn anew.
//!
//! Nothing of the file that was sent is kept: no place where a photo was taken, and nothing that a browser could take for
//! anything but a picture.

use std::{io::Cursor, sync::Arc};

use image::{
    AnimationDecoder as _, DynamicImage, Frame, ImageDecoder, ImageFormat, ImageReader, Limits,
    codecs::{
        gif::{GifDecoder, GifEncoder, Repeat},
        jpeg::JpegEncoder,
    },
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
    moving: false,
};
/// What bots show: as wide as a phone draws it.
const MEDIA: Rule = Rule {
    formats: &[ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp],
    side: 1_024,
    max_side: 9_000,
    max_memory: 256 * 1024 * 1024,
    moving: true,
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
    /// Does a picture that moves go on moving? Else its first one is kept.
    moving: bool,
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

/// Dots of all pictures of a moving one: some seconds of work. Of one that has more the first picture is kept.
const MAX_MOVING: u64 = 48 * 1024 * 1024;
/// How thoroughly colours are chosen for a moving picture, from 1 (best) to 30.
const COLOUR_SPEED: i32 = 20;

impl Drawn {
    /// How its name ends.
    pub fn ending(&self) -> &'static str {
        match self.kind {
            "image/png" => "png",
            "image/gif" => "gif",
            _ => "jpg",
        }
    }
}

/// What a messenger takes as a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// Its bytes.
    pub max_bytes: u64,
    /// How wide it is at least, in pixels.
    pub min_width: u32,
    /// Width by height, least and most; any where absent.
    pub ratio: Option<(f32, f32)>,
    /// May it move?
    pub moves: bool,
}

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

    /// A picture that a messenger takes: white is added at its sides where it is too long or too wide, a small one is drawn
    /// larger, and one of too many bytes is drawn with fewer.
    pub async fn fit(&self, file: Vec<u8>, fit: Fit) -> Result<Drawn, NoPicture> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(no_picture)?;
        let drawn = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            fitted(&file, fit)
        });
        drawn.await.map_err(no_picture)?
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
    let mut limits = Limits::default();
    limits.max_image_width = Some(rule.max_side);
    limits.max_image_height = Some(rule.max_side);
    limits.max_alloc = Some(rule.max_memory);
    if rule.moving
        && format == ImageFormat::Gif
        && let Some(drawn) = draw_moving(file, rule, &limits)?
    {
        return Ok(drawn);
    }
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
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

/// See [`Pictures::fit`].
fn fitted(file: &[u8], fit: Fit) -> Result<Drawn, NoPicture> {
    let drawn = draw(file, &MEDIA)?;
    let fits = |width: u32, height: u32| {
        let ratio = width as f32 / height.max(1) as f32;
        width >= fit.min_width && fit.ratio.is_none_or(|(least, most)| (least..=most).contains(&ratio))
    };
    let may = drawn.kind != "image/gif" || fit.moves;
    if may && fits(drawn.width, drawn.height) && drawn.bytes.len() as u64 <= fit.max_bytes {
        return Ok(drawn);
    }
    let picture = image::load_from_memory(&drawn.bytes).map_err(no_picture)?;
    let mut picture = on_white(&picture, fit.ratio);
    if picture.width() < fit.min_width {
        let height = picture.height() * fit.min_width / picture.width().max(1);
        picture = picture.resize_exact(fit.min_width, height.max(1), FilterType::CatmullRom);
    }
    // Fewer bytes by coarser colours first, then by fewer dots.
    for quality in [QUALITY, 70, 55, 40] {
        // Sides are whole dots: what was resized may be a dot too narrow.
        picture = on_white(&picture, fit.ratio);
        let mut bytes = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
        picture.to_rgb8().write_with_encoder(encoder).map_err(no_picture)?;
        if bytes.len() as u64 <= fit.max_bytes {
            let (width, height) = (picture.width(), picture.height());
            return Ok(Drawn { hash: secret::hash(&bytes), kind: "image/jpeg", width, height, bytes });
        }
        let narrower = (picture.width() * 3 / 4).max(fit.min_width);
        picture = picture.resize(narrower, u32::MAX, FilterType::CatmullRom);
    }
    Err(NoPicture(format!("it cannot be made smaller than {} bytes", fit.max_bytes)))
}

/// A picture on white, with as much of it at its sides as the ratio needs.
fn on_white(picture: &DynamicImage, ratio: Option<(f32, f32)>) -> DynamicImage {
    let (width, height) = (picture.width(), picture.height());
    let (least, most) = ratio.unwrap_or((0.0, f32::INFINITY));
    let own = width as f32 / height.max(1) as f32;
    let (wide, high) = if own < least {
        // Rounded up: a dot too narrow would be refused.
        ((height as f32 * least).ceil() as u32, height)
    } else if own > most {
        (width, (width as f32 / most).ceil() as u32)
    } else {
        (width, height)
    };
    let mut sheet = image::RgbaImage::from_pixel(wide, high, image::Rgba([255; 4]));
    let (left, top) = (i64::from((wide - width) / 2), i64::from((high - height) / 2));
    image::imageops::overlay(&mut sheet, &picture.to_rgba8(), left, top);
    DynamicImage::ImageRgba8(sheet)
}

/// A moving picture, each of its pictures drawn anew; nothing where it does not move, or is too long.
fn draw_moving(file: &[u8], rule: &Rule, limits: &Limits) -> Result<Option<Drawn>, NoPicture> {
    let mut decoder = GifDecoder::new(Cursor::new(file)).map_err(no_picture)?;
    decoder.set_limits(limits.clone()).map_err(no_picture)?;
    let (width, height) = decoder.dimensions();
    let side = width.max(height);
    let (mut frames, mut dots) = (Vec::new(), 0);
    for frame in decoder.into_frames() {
        let frame = frame.map_err(no_picture)?;
        dots += u64::from(width) * u64::from(height);
        if dots > MAX_MOVING {
            return Ok(None);
        }
        let delay = frame.delay();
        let picture = DynamicImage::ImageRgba8(frame.into_buffer());
        let picture = if side > rule.side {
            picture.resize(rule.side, rule.side, FilterType::Triangle)
        } else {
            picture
        };
        frames.push(Frame::from_parts(picture.into_rgba8(), 0, 0, delay));
    }
    let (Some(first), true) = (frames.first(), frames.len() > 1) else { return Ok(None) };
    let (width, height) = first.buffer().dimensions();
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, COLOUR_SPEED);
    encoder.set_repeat(Repeat::Infinite).map_err(no_picture)?;
    encoder.encode_frames(frames).map_err(no_picture)?;
    drop(encoder);
    // Drawing anew may make it larger than what was sent; then it does not move.
    if bytes.len() > MAX_MEDIA_BYTES {
        return Ok(None);
    }
    Ok(Some(Drawn { hash: secret::hash(&bytes), kind: "image/gif", width, height, bytes }))
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
    fn what_moves_goes_on_moving_as_wide_as_a_phone_draws_it() {
        let mut moving = Vec::new();
        let mut encoder = GifEncoder::new(&mut moving);
        for shade in [10, 120, 240] {
            let picture = RgbaImage::from_pixel(1_600, 800, image::Rgba([shade, 0, 0, 255]));
            let delay = image::Delay::from_numer_denom_ms(80, 1);
            encoder.encode_frame(Frame::from_parts(picture, 0, 0, delay)).expect("encodes");
        }
        drop(encoder);
        let drawn = draw(&moving, &MEDIA).expect("is drawn");
        assert_eq!((drawn.kind, drawn.ending(), drawn.width, drawn.height), ("image/gif", "gif", 1_024, 512));
        let seen = GifDecoder::new(Cursor::new(&drawn.bytes)).expect("is a GIF").into_frames();
        let seen: Vec<Frame> = seen.collect_frames().expect("has pictures");
        let shades: Vec<u8> = seen.iter().map(|frame| frame.buffer().get_pixel(500, 200).0[0]).collect();
        assert_eq!(seen.len(), 3);
        assert!(shades[0] < 40 && shades[1].abs_diff(120) < 30 && shades[2] > 210, "{shades:?}");
        assert!(seen.iter().all(|frame| frame.delay().numer_denom_ms() == (80, 1)));
        // A face does not move.
        assert_eq!(draw(&moving, &FACE).expect("is drawn").kind, "image/png");
    }

    #[test]
    fn a_picture_is_made_to_fit_a_messenger() {
        let fit = Fit { max_bytes: 200_000, min_width: 500, ratio: Some((0.75, 2.0)), moves: false };
        let noise = |width, height| {
            let dot =
                |x: u32, y: u32| image::Rgb([((x * 37) ^ (y * 91)) as u8, (x * y) as u8, (x + y * 7) as u8]);
            file(&DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, dot)), ImageFormat::Png)
        };
        for (width, height) in [(80, 60), (900, 100), (100, 900), (1_024, 1_024), (600, 400)] {
            let drawn = fitted(&noise(width, height), fit).expect("fits");
            let ratio = drawn.width as f32 / drawn.height as f32;
            assert!(
                drawn.width >= 500 && (0.75..=2.0).contains(&ratio),
                "{width}×{height}: {}×{}",
                drawn.width,
                drawn.height
            );
            assert!(drawn.bytes.len() <= 200_000);
            let seen = image::load_from_memory(&drawn.bytes).expect("is a picture");
            assert_eq!((seen.width(), seen.height()), (drawn.width, drawn.height));
        }
        // One that fits is as it was drawn.
        let plain = file(&DynamicImage::ImageRgb8(RgbImage::new(600, 400)), ImageFormat::Png);
        assert_eq!(fitted(&plain, fit).expect("fits"), draw(&plain, &MEDIA).expect("is drawn"));
        assert!(fitted(&noise(1_024, 1_024), Fit { max_bytes: 900, ..fit }).is_err());
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
