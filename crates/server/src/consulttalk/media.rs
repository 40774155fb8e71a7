//! Files of ConsultationTalk: what customers send is copied at once, since its address ends after some days; what is sent to
//! them is uploaded to the relay, since the messenger shows nothing else.
//!
//! Both addresses come from outside, so both are fetched by the guarded client, and what customers send from known hosts alone.

use channels::consulttalk::{
    Bubble, BubbleMedia, CallBody, Class, Facts, Failure, Line, MediaKind, Upload, facts,
    media_host_is_allowed, read_uploaded, upload,
};
use engine::message::Media;
use store::{ConsultChannelRow, NewMedia};
use tokio::time::{Duration, Instant};
use url::Url;

use super::ConsultSettings;
use crate::{
    Hub, document, guard,
    http::upload as kept,
    picture::{Drawn, Fit},
    secret::{hash, hex},
};

/// How long fetching a file may take.
const FETCH_WITHIN: Duration = Duration::from_secs(20);
/// How long uploading one may take.
const UPLOAD_WITHIN: Duration = Duration::from_secs(60);
/// Bytes of a file that are copied or uploaded here.
pub const MAX_FILE: usize = 20 * 1024 * 1024;
/// Redirects that are followed to a bot's file.
const REDIRECTS: u32 = 3;

/// Copies what a customer has sent. What cannot be copied is named as a link, so that somebody can still look while it is there.
pub async fn take(hub: &Hub, channel: &ConsultChannelRow, kind: MediaKind, url: &str, name: &str) -> Media {
    match copy(hub, channel, kind, url).await {
        Ok((content_type, uri)) => Media {
            content_type: content_type.to_owned(),
            uri,
            alt_text: (!name.is_empty()).then(|| name.to_owned()),
        },
        Err(why) => {
            tracing::warn!(bot.id = %channel.bot, why, "a customer's file was not copied");
            Media { content_type: "link".to_owned(), uri: url.to_owned(), alt_text: Some(file_name(url)) }
        }
    }
}

/// A long text, which stands in a file of its own.
pub async fn text(
    hub: &Hub,
    channel: &ConsultChannelRow,
    url: &str,
    max_chars: usize,
) -> Result<String, String> {
    let bytes = fetch(hub, channel, url, max_chars * 4).await?;
    let text = match String::from_utf8(bytes.to_vec()) {
        Ok(text) => text,
        Err(other) => String::from_utf8_lossy(other.as_bytes()).into_owned(),
    };
    Ok(text.trim_start_matches('\u{feff}').chars().take(max_chars).collect())
}

async fn fetch(
    hub: &Hub,
    channel: &ConsultChannelRow,
    url: &str,
    max: usize,
) -> Result<bytes::Bytes, String> {
    let known = channels::consulttalk::Relay::read(&channel.relay).map(facts);
    let settings = ConsultSettings::read(&channel.settings);
    let parsed = Url::parse(url).map_err(|error| error.to_string())?;
    let host = parsed.host_str().unwrap_or_default().to_ascii_lowercase();
    let with_port = parsed.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
    let allowed = known.is_some_and(|facts| media_host_is_allowed(&facts, url))
        || settings
            .media_hosts
            .iter()
            .any(|own| own.eq_ignore_ascii_case(&host) || own.eq_ignore_ascii_case(&with_port));
    if !allowed {
        return Err(format!("{host} is no host from which files are taken"));
    }
    let request = guard::Request::new("GET", url).max_bytes(max).max_redirects(0);
    let response =
        hub.guard.send(request, Instant::now() + FETCH_WITHIN).await.map_err(|error| error.to_string())?;
    if !response.is_success() {
        return Err(format!("HTTP {}", response.status));
    }
    Ok(response.body)
}

async fn copy(
    hub: &Hub,
    channel: &ConsultChannelRow,
    kind: MediaKind,
    url: &str,
) -> Result<(&'static str, String), String> {
    let bytes = fetch(hub, channel, url, MAX_FILE).await?;
    let base = hub.config.public_url();
    if kind == MediaKind::Photo {
        // Nobody counts for the customer here: the messenger has let them send it.
        let taken = kept::keep(hub, channel.workspace, bytes.to_vec(), None).await;
        let taken = taken.map_err(|_| "it is no picture that can be drawn anew".to_owned())?;
        return Ok(("image", format!("{base}{}", taken.url)));
    }
    let (ending, media_type) = document::received(&file_name(url), &bytes).ok_or_else(|| {
        "its bytes are not what its name says, or it is of a kind that is not kept".to_owned()
    })?;
    kept::room_for_agents(hub, channel.workspace)
        .await
        .map_err(|_| "there is no room for more files".to_owned())?;
    let file = hash(&bytes);
    let media = NewMedia {
        hash: file,
        workspace: channel.workspace,
        kind: media_type,
        width: 0,
        height: 0,
        bytes: bytes.to_vec(),
        sender: None,
    };
    hub.store.add_media(media, hub.clock.now_ms()).await.map_err(|error| error.to_string())?;
    let content_type = match kind {
        MediaKind::Video => "video",
        MediaKind::Audio => "audio",
        _ => "link",
    };
    Ok((content_type, format!("{base}/media/{}.{ending}", hex(&file))))
}

/// The last part of an address's path.
fn file_name(url: &str) -> String {
    let path = Url::parse(url).ok().map(|url| url.path().to_owned()).unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default().chars().take(120).collect()
}

/// Brings the files of a bubble to the relay.
pub async fn bring(
    hub: &Hub,
    channel: &ConsultChannelRow,
    line: &Line,
    bubble: &mut Bubble,
) -> Result<(), Failure> {
    for (place, media) in bubble.uploads() {
        one(hub, channel, line, media, place).await?;
    }
    Ok(())
}

async fn one(
    hub: &Hub,
    channel: &ConsultChannelRow,
    line: &Line,
    media: &mut BubbleMedia,
    place: Upload,
) -> Result<(), Failure> {
    if media.uploaded.is_some() {
        return Ok(());
    }
    let facts = facts(line.relay);
    let file = of_bot(hub, &media.uri).await.map_err(|(class, why)| Failure {
        class,
        code: "file".to_owned(),
        said: why,
    })?;
    let (file, mime, name) = match media.kind {
        MediaKind::Photo => {
            let drawn = picture(hub, &facts, file, place == Upload::InBubble).await?;
            let name = format!("picture.{}", drawn.ending());
            (drawn.bytes, drawn.kind.to_owned(), name)
        }
        kind => {
            let most = if kind == MediaKind::Audio { facts.audio_bytes } else { facts.file_bytes };
            if file.len() as u64 > most {
                return Err(refused(format!("the file has {} bytes; the relay takes {most}", file.len())));
            }
            let name = media.name.clone().unwrap_or_else(|| file_name(&media.uri));
            (file, "application/octet-stream".to_owned(), name)
        }
    };
    media.size = Some(file.len() as u64);
    let call = upload(line, place, &name, &mime);
    let uploaded = send(hub, channel, call, &file).await?;
    media.name = Some(uploaded.name.unwrap_or(name));
    media.size = uploaded.size.or(media.size);
    media.uploaded = Some(uploaded.url);
    Ok(())
}

fn refused(said: String) -> Failure {
    Failure { class: Class::BadMedia, code: "file".to_owned(), said }
}

/// A picture as the messenger takes it: as it is where it fits, else drawn anew.
async fn picture(hub: &Hub, facts: &Facts, file: Vec<u8>, in_bubble: bool) -> Result<Drawn, Failure> {
    let fit = Fit {
        max_bytes: if in_bubble { facts.link_image_bytes } else { facts.image_bytes },
        min_width: if in_bubble { facts.image_min_width } else { 0 },
        ratio: in_bubble.then_some(facts.image_ratio),
        moves: facts.image_types.contains(&"gif") && !in_bubble,
    };
    hub.people.pictures.fit(file, fit).await.map_err(|error| refused(error.to_string()))
}

/// The bytes that a bot or an agent shows: our own from the store, others from where they are.
async fn of_bot(hub: &Hub, uri: &str) -> Result<Vec<u8>, (Class, String)> {
    let own = uri.strip_prefix(&hub.config.public_url()).unwrap_or(uri);
    if let Some(name) = own.strip_prefix("/media/") {
        let read =
            name.split('.').next().and_then(crate::secret::Token::read).map(crate::secret::Token::into_bytes);
        let Some(read) = read else { return Err((Class::BadMedia, "there is no such file here".to_owned())) };
        return match hub.store.media(read).await {
            Ok(Some(media)) => Ok(media.bytes),
            Ok(None) => Err((Class::BadMedia, "there is no such file here any more".to_owned())),
            Err(error) => Err((Class::Transient, error.to_string())),
        };
    }
    let request = guard::Request::new("GET", uri).max_bytes(MAX_FILE).max_redirects(REDIRECTS);
    match hub.guard.send(request, Instant::now() + FETCH_WITHIN).await {
        Ok(response) if response.is_success() => Ok(response.body.to_vec()),
        Ok(response) if response.status >= 500 => {
            Err((Class::Transient, format!("the file: HTTP {}", response.status)))
        }
        Ok(response) => Err((Class::BadMedia, format!("the file: HTTP {}", response.status))),
        Err(error @ (guard::GuardError::TimedOut { .. } | guard::GuardError::Cut { .. })) => {
            Err((Class::Transient, error.to_string()))
        }
        Err(error) => Err((Class::BadMedia, error.to_string())),
    }
}

async fn send(
    hub: &Hub,
    channel: &ConsultChannelRow,
    call: channels::consulttalk::Call,
    file: &[u8],
) -> Result<channels::consulttalk::Uploaded, Failure> {
    // What is made of a file does not stand in it.
    let boundary = format!("closer{}", &hex(&hash(file))[..24]);
    let CallBody::Form { fields, file_field, file_name, mime } = call.body else {
        return Err(refused("the relay takes no files".to_owned()));
    };
    let mut body = Vec::with_capacity(file.len() + 1_024);
    for (name, value) in fields {
        body.extend(
            format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    let file_name = file_name.replace(['"', '\r', '\n', '\\'], "_");
    body.extend(
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{file_field}\"; filename=\"{file_name}\"\r\nContent-Type: {mime}\r\n\r\n")
            .bytes(),
    );
    body.extend_from_slice(file);
    body.extend(format!("\r\n--{boundary}--\r\n").bytes());
    let mut request = guard::Request::new(call.method, &call.url).max_redirects(0);
    for (name, value) in &call.headers {
        request = request.header(name, value);
    }
    let request =
        request.header("content-type", &format!("multipart/form-data; boundary={boundary}")).body(body);
    // Nothing was said yet: what is lost here is uploaded once more.
    let transient = |error: guard::GuardError| Failure {
        class: Class::Transient,
        code: "upload".to_owned(),
        said: error.to_string(),
    };
    let response = hub.guard.send(request, Instant::now() + UPLOAD_WITHIN).await.map_err(transient)?;
    let relay =
        channels::consulttalk::Relay::read(&channel.relay).ok_or_else(|| refused("no relay".to_owned()))?;
    read_uploaded(relay, response.status, &response.body)
}
