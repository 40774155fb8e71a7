//! What scripts can `require`.

use std::sync::LazyLock;

use rquickjs::loader::Bundle;

/// Bytecode of the files of `js/own` (`own:name`) and `js/dist` (`npm:name`), as build.rs has compiled it. The engine
/// trusts bytecode blindly: nothing else may ever come here.
const COMPILED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/libraries.rs"));

/// The same, for the engine's loader.
pub const BUNDLE: Bundle = Bundle { 0: COMPILED };

/// Offered under these names, besides `node:` before those that Node has itself.
const OFFERED: [&str; 32] = [
    "assert",
    "axios",
    "buffer",
    "cheerio",
    "crypto",
    "csv-parse",
    "csv-parse/lib/sync",
    "csv-parse/sync",
    "events",
    "iconv-lite",
    "jsonwebtoken",
    "lodash",
    "moment",
    "moment-timezone",
    "node-fetch",
    "os",
    "path",
    "querystring",
    "request",
    "request-promise",
    "request-promise-native",
    "stream",
    "string_decoder",
    "superagent",
    "timers",
    "underscore",
    "url",
    "util",
    "uuid",
    "uuid/v1",
    "uuid/v4",
    "xml2js",
];

/// The names that `require` knows, in order. `lodash/<function>` and `node:` prefixes are understood besides.
pub fn libraries() -> &'static [&'static str] {
    &OFFERED
}

/// Whether `require(name)` gives something; what [`libraries`] says about prefixes included.
pub fn offers(name: &str) -> bool {
    let bare = name.strip_prefix("node:").unwrap_or(name);
    OFFERED.contains(&bare) || bare.strip_prefix("lodash/").is_some_and(|part| !part.is_empty())
}

/// Whether `own:name` or `npm:name` is in this binary.
pub(crate) fn is_compiled(name: &str) -> bool {
    COMPILED.iter().any(|(known, _)| *known == name)
}

/// The names in `require('…')` calls with a literal in them, each once, in order of appearance.
///
/// Found in the text and not by running it: a name in a comment counts as well, a computed one does not.
pub fn required(script: &str) -> Vec<String> {
    static CALL: LazyLock<Option<regex::Regex>> = LazyLock::new(|| {
        regex::Regex::new(
            r#"(?:^|[^\w$.])require\s*\(\s*(?:'([^'\\\n]+)'|"([^"\\\n]+)"|`([^`\\$\n]+)`)\s*\)"#,
        )
        .ok()
    });
    let mut names: Vec<String> = Vec::new();
    for found in CALL.iter().flat_map(|call| call.captures_iter(script)) {
        let name = found.iter().skip(1).flatten().map(|name| name.as_str()).next().unwrap_or_default();
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literal_names_are_found_once_and_in_order() {
        let script = "const r = require('request'), _ = require(\"lodash/get\");\nconst a=require( `axios` )
            require('request'); required('no'); my.require('no'); require(name); $require('no'); require('a' + b)";
        assert_eq!(required(script), ["request", "lodash/get", "axios"]);
    }

    #[test]
    fn names_of_node_and_parts_of_lodash_are_offered() {
        for (name, offered) in
            [("node:crypto", true), ("lodash/get", true), ("fs", false), ("lodash/", false), ("", false)]
        {
            assert_eq!(offers(name), offered, "{name}");
        }
        assert!(libraries().is_sorted());
    }
}
