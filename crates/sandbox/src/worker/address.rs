//! `URL` as browsers read it, for `js/own/url.js`.

#![expect(
    clippy::needless_pass_by_value,
    reason = "the engine hands native functions their arguments by value"
)]

use rquickjs::{Ctx, Function, Object, Result, function::Opt};
use url::{Url, quirks};

/// Adds `url` and `urlSet`.
pub fn natives<'js>(ctx: &Ctx<'js>, natives: &Object<'js>) -> Result<()> {
    natives.set("url", Function::new(ctx.clone(), parse))?;
    natives.set("urlSet", Function::new(ctx.clone(), set))
}

/// Href, protocol, user name, password, host, host name, port, path, search, hash and origin; `null` for what is none.
fn parse(text: String, base: Opt<String>) -> Option<Vec<String>> {
    let base = match base.0 {
        Some(base) => Some(Url::parse(&base).ok()?),
        None => None,
    };
    Url::options().base_url(base.as_ref()).parse(&text).ok().map(|url| parts(&url))
}

/// The same after one part has been set; what cannot be set stays as it was, as in browsers.
fn set(href: String, part: String, value: String) -> Option<Vec<String>> {
    let mut url = Url::parse(&href).ok()?;
    // What fails leaves the address alone; that is the standard's way.
    let _ = match part.as_str() {
        "protocol" => quirks::set_protocol(&mut url, &value),
        "username" => quirks::set_username(&mut url, &value),
        "password" => quirks::set_password(&mut url, &value),
        "host" => quirks::set_host(&mut url, &value),
        "hostname" => quirks::set_hostname(&mut url, &value),
        "port" => quirks::set_port(&mut url, &value),
        "pathname" => {
            quirks::set_pathname(&mut url, &value);
            Ok(())
        }
        "search" => {
            quirks::set_search(&mut url, &value);
            Ok(())
        }
        "hash" => {
            quirks::set_hash(&mut url, &value);
            Ok(())
        }
        _ => Err(()),
    };
    Some(parts(&url))
}

fn parts(url: &Url) -> Vec<String> {
    [
        quirks::href(url),
        quirks::protocol(url),
        quirks::username(url),
        quirks::password(url),
        quirks::host(url),
        quirks::hostname(url),
        quirks::port(url),
        quirks::pathname(url),
        quirks::search(url),
        quirks::hash(url),
        &quirks::origin(url),
    ]
    .map(ToOwned::to_owned)
    .to_vec()
}
