//! What nodes that ask the world cost: the same turn with nothing, an empty script and a local HTTP call in its middle.

use std::path::Path;

use serde_json::{Value, json};
use simulator::upstream::Upstream;

use crate::product::Closer;

/// Writes a bot whose answer goes through a node of this type, and installs it.
pub fn install(folder: &Path, kind: &str, upstream: &Upstream) -> anyhow::Result<Closer> {
    std::fs::create_dir_all(folder)?;
    let bot = folder.join("bot.json");
    std::fs::write(&bot, through(kind, upstream).to_string())?;
    std::fs::write(folder.join("closer.toml"), "[outbound]\nallow = [\"127.0.0.1/32\"]\n")?;
    Closer::install(folder, None, &bot.to_string_lossy())
}

fn through(kind: &str, upstream: &Upstream) -> Value {
    let data = match kind {
        "sandbox" => {
            json!({"runtime": "nodejs", "script": "module.exports = function (context, callback) { callback(null, {}); };"})
        }
        "fetch" => json!({"method": "GET", "uri": format!("{}/json", upstream.base)}),
        // A node that asks nothing, in the same place.
        _ => json!({"type": "set", "set": [{"key": "asked", "value": "no"}]}),
    };
    let failed = json!([{"nodeId": 5, "priority": 1, "where": {format!("{kind}.error"): {"exists": true}}}, {"nodeId": 4}]);
    let says = |text: &str| json!({"message": {"type": "text", "text": text}});
    json!({"title": kind, "preference": {"entryFlowId": 1}, "flows": [{"id": 1, "title": "시작", "nodes": [
        {"id": 1, "type": "entry", "next": [{"nodeId": 2}]},
        {"id": 2, "type": "keyboard", "data": {"type": "any"}, "next": [{"nodeId": 3}]},
        {"id": 3, "type": kind, "data": data, "next": failed},
        {"id": 4, "type": "response", "data": says("{{message.text}}: 확인했어요"), "next": [{"nodeId": 2}]},
        {"id": 5, "type": "response", "data": says("failed"), "next": [{"nodeId": 2}]}
    ]}]})
}
